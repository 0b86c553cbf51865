"""Departments that have not handed in: who, how far, how many days are left; to copy or as Excel."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from disclosures.exchange.columns import Column, Kind
from disclosures.services.missing import missing_query, missing_rows

from .access import page_of, person, year_asked
from .sheets import excel

PER_PAGE = 100
COLUMNS = (
    Column("region", "地区", width=16),
    Column("department", "部门（单位）", width=34),
    Column("kind", "类别", width=8),
    Column("state", "进度", width=14),
    Column("clerks", "经办", width=20),
    Column("due", "公开期限", Kind.DATE, width=12),
    Column("left", "剩余天数", Kind.INTEGER, "负数为已超过的天数", width=10),
)


@page_of("missing")
def missing(request: HttpRequest) -> HttpResponse:
    """The list, page by page."""
    user = person(request)
    year = year_asked(request, user)
    shown = Paginator(missing_query(user, year), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "还没有提交的部门",
        "nav": "front",
        "year": year,
        "shown": shown,
        "rows": missing_rows(shown.object_list),
        "query": f"year={year}",
    }
    return render(request, "workplace/missing.html", context)


@page_of("missing_export")
def missing_export(request: HttpRequest) -> HttpResponse:
    """All of it as Excel."""
    user = person(request)
    year = year_asked(request, user)
    lines = [
        (
            item.department.region,
            item.department,
            item.department.get_kind_display(),
            item.state,
            item.clerks,
            item.deadline.last_day if item.deadline else None,
            item.deadline.days_left if item.deadline else None,
        )
        for item in missing_rows(missing_query(user, year))
    ]
    return excel(f"{year}年还没有提交的部门", COLUMNS, lines)
