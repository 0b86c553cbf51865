"""While the installation is worked on (an upgrade, a restore) people are asked to come back in a moment."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from config.headers import POLICY
from disclosures import maintenance

_ALIVE = "/health/live"
_PROGRAMS = ("/api/", "/tasks/", "/health/", "/metrics")
_SECONDS = "60"


class Closed:
    """Before everything that asks the database: nothing may read or write it meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == _ALIVE or not maintenance.is_on():
            return self.get_response(request)
        why = f"{maintenance.reason()}，请过几分钟再试"
        response: HttpResponse
        if request.path.startswith(_PROGRAMS) or "application/json" in request.headers.get("Accept", ""):
            response = JsonResponse({"status": "closed", "error": why}, status=503)
        else:
            response = HttpResponse(render_to_string("503.html", {"reason": why}), status=503)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Retry-After"] = _SECONDS
        response.headers["Cache-Control"] = "no-store"
        return response
