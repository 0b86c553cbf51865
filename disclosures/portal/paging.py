"""Pages of lists: one query for the page, none for a number of pages nobody leafs through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from .http import number

LAST = 400  # nobody leafs further; a search says to be more precise


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the addresses' queries of the pages beside (empty: there is none)."""

    rows: Sequence[Any]
    number: int
    previous: str
    following: str

    @property
    def is_only(self) -> bool:
        return not self.previous and not self.following


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int) -> Page:
    """The page that `?page=` asks for; a page that is none is the first."""
    asked = number(request, "page", LAST) or 1
    start = (asked - 1) * size
    found = list(rows[start : start + size + 1])
    if not found and asked > 1:
        return page_of(_first(request), rows, size)
    more = len(found) > size and asked < LAST
    return Page(found[:size], asked, _query(request, asked - 1), _query(request, asked + 1) if more else "")


def _first(request: HttpRequest) -> HttpRequest:
    query = request.GET.copy()
    query.pop("page", None)
    request.GET = query  # type: ignore[assignment]
    return request


def _query(request: HttpRequest, page: int) -> str:
    if page < 1:
        return ""
    query = request.GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"
