"""Every request has an id: the one that a proxy gave it, or a new one. It stands in the answer and in the log."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from disclosures.log_context import request_id

HEADER = "X-Request-ID"
_GOOD = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = logging.getLogger("site.requests")


class RequestId:
    """Outermost, so that every line of the log about a request names it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        name = given if _GOOD.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(name)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = name
            milliseconds = round((time.monotonic() - began) * 1000)
            line = {"method": request.method, "path": request.path, "status": response.status_code}
            _log.info("request", extra=line | {"milliseconds": milliseconds})
            return response
        finally:
            request_id.reset(token)
