"""Public pages know nobody: cookies are taken off the request and the answer, so that any cache may keep them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

PUBLIC = ("/open/", "/api/v1/public/", "/published/")
PUBLIC_FILES = frozenset({"/robots.txt", "/sitemap.xml"})


class Anonymous:
    """Stands before the session: whoever is logged in is nobody here, and no answer sets or varies by a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not (request.path.startswith(PUBLIC) or request.path in PUBLIC_FILES):
            return self.get_response(request)
        request.COOKIES = {}
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        varied = [name.strip() for name in response.headers.get("Vary", "").split(",")]
        kept = [name for name in varied if name and name.lower() != "cookie"]
        if kept:
            response.headers["Vary"] = ", ".join(kept)
        elif "Vary" in response.headers:
            del response.headers["Vary"]
        return response
