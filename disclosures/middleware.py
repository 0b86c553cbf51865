"""What holds for every request of somebody who is logged in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, resolve_url
from django.urls import NoReverseMatch, reverse

API = "/api/v1/"
_ALWAYS = ("admin:logout", "admin:password_change", "admin:password_change_done", "admin:jsi18n")


class PasswordChangeRequired:
    """Who was given a password by an administrator sees nothing else until it is changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not getattr(request.user, "must_change_password", False) or self._is_open(request.path):
            return self.get_response(request)
        if request.method != "GET" or "application/json" in request.headers.get("Accept", ""):
            return HttpResponseForbidden("请先修改密码")
        return redirect(settings.PASSWORD_CHANGE_URL)

    @staticmethod
    def _is_open(path: str) -> bool:
        if path.startswith(f"/{settings.STATIC_URL.lstrip('/')}") or path == resolve_url(settings.PASSWORD_CHANGE_URL):
            return True
        if path.startswith(API):
            return True  # its own permission refuses, in its own words
        return path in {found for name in (*_ALWAYS, "logout", "password_change") if (found := _path(name))}


def _path(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
