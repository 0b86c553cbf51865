"""Search in projects and indicators of what is current."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from disclosures.models import PublicationStatus, PublishedIndicator, PublishedProject, State

from . import grams, selectors
from .asking import Asked, asked_of
from .http import public
from .paging import page_of

_PAGE = 25
_COUNTED = 1000
WHERE = {"projects": "项目", "indicators": "绩效指标"}


@public
def search(request: HttpRequest) -> HttpResponseBase:
    """A page of rows that contain the words; without words, how to ask."""
    asked = asked_of(request)
    query = grams.folded(asked.q)
    where = request.GET.get("in", "projects")
    where = where if where in WHERE else "projects"
    context: dict[str, Any] = {
        "title": "搜索项目和绩效指标",
        "asked": asked,
        "chosen": where,
        "where": WHERE,
        "regions": selectors.regions(),
        "years": selectors.years(),
        "too_short": bool(asked.q) and len(query) < grams.SHORTEST,
    }
    if len(query) >= grams.SHORTEST:
        rows = found(where, query, asked)
        count = rows.order_by().values("pk")[: _COUNTED + 1].count()
        context |= {
            "page": page_of(request, rows, _PAGE),
            "count": f"{_COUNTED} 多条" if count > _COUNTED else f"{count} 条",
        }
    return render(request, "portal/search.html", context)


def found(where: str, query: str, asked: Asked) -> QuerySet[Any]:
    """Rows of current publications that contain a folded query, in a fixed order."""
    model = PublishedProject if where == "projects" else PublishedIndicator
    rows: QuerySet[Any] = grams.having(model.objects.all(), query).filter(
        publication__status=PublicationStatus.CURRENT, publication__disclosure__state=State.PUBLISHED
    )
    if asked.year:
        rows = rows.filter(publication__fiscal_year=asked.year)
    if asked.region:
        rows = rows.filter(publication__department__region__in=selectors.region_and_below(asked.region))
    rows = rows.select_related("publication__department__region").defer("words", "grams")
    if where == "projects":
        return rows.order_by(F("amount").desc(nulls_last=True), "pk")
    return rows.order_by("-publication__fiscal_year", "pk")
