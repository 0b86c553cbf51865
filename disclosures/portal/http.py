"""How public pages answer: read only, cacheable for a minute, with a tag of their content, small over the line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]
SECONDS = 60  # a withdrawal is everywhere after so long
GONE = 410
_TAGGED = frozenset({200, GONE})


def public(view: View) -> View:
    """A public page, compressed for who can read it so."""
    return gzip_page(public_file(view))


def public_file(view: View) -> View:
    """GET and HEAD; ETag of the content; a plain page where there is nothing. Files keep their length."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = render(request, "portal/404.html", {"title": "没有找到"}, status=404)
        response.headers.setdefault("Cache-Control", f"public, max-age={SECONDS}")
        if isinstance(response, HttpResponse) and response.status_code in _TAGGED and "ETag" not in response.headers:
            response.headers["ETag"] = tag(response.content)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            return get_conditional_response(request, etag=response.headers.get("ETag"), response=response) or response
        return response

    return require_safe(answer)


def tag(content: bytes) -> str:
    """The ETag of some bytes."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """The 304 for who has it already, before it is made. A tag starts and ends with a quotation mark."""
    answer = get_conditional_response(request, etag=etag)
    if answer is not None:
        answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return answer


def number(request: HttpRequest, name: str, largest: int) -> int | None:
    """A whole number of the query within 1 … largest; None for anything else."""
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        return None
    value = int(text)
    return value if 1 <= value <= largest else None


def words(request: HttpRequest, name: str, longest: int = 50) -> str:
    """A text of the query without what no name contains."""
    text = "".join(letter for letter in request.GET.get(name, "") if letter.isprintable())
    return text.encode("utf-8", "ignore").decode().strip()[:longest]
