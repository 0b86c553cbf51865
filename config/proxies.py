"""Who asks, where a proxy of ours passes requests on: sign-ins are counted and locked by the address of the person."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Client:
    """Puts the address that a trusted proxy (PROXY_IPS) names last into REMOTE_ADDR; nobody else is believed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer = request.META.get("REMOTE_ADDR", "")
        if "*" in settings.PROXY_IPS or peer in settings.PROXY_IPS:
            named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
            if _is_address(named):
                request.META["REMOTE_ADDR"] = named
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
