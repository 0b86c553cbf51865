"""Departments that have not handed in: who, how far, how many days are left; to copy or as Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from disclosures.exchange.columns import Column, Kind
from disclosures.models import Department, DepartmentYear, Disclosure, Role, State, User
from disclosures.services.deadlines import missing_departments, of_approval
from disclosures.services.permissions import visible_disclosures

from .access import page_of, person
from .deadlines import Countdown
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


@dataclass(frozen=True, slots=True)
class Missing:
    """One department that has handed in nothing for a year."""

    department: Department
    disclosure: int | None  # its latest, not handed in
    state: str
    clerks: str
    deadline: Countdown | None


def season(user: User) -> int:
    """The budget year that the work is about: the latest on file, else this year."""
    latest = visible_disclosures(user).order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    return latest or timezone.localdate().year


def missing_query(user: User, year: int) -> QuerySet[Department]:
    """Those departments, the nearest deadline first, with the latest disclosure of each beside it."""
    latest = Disclosure.objects.filter(department=OuterRef("pk"), fiscal_year=year).order_by("-version", "-pk")
    years = DepartmentYear.objects.filter(department=OuterRef("pk"), fiscal_year=year)
    return (
        missing_departments(user, year)
        .select_related("region")
        .annotate(
            latest=Subquery(latest.values("pk")[:1]),
            latest_state=Subquery(latest.values("state")[:1]),
            approved_on=Subquery(years.values("budget_approved_on")[:1]),
        )
        .order_by(F("approved_on").asc(nulls_last=True), "region__name", "name", "pk")
    )


def missing_rows(departments: Iterable[Department]) -> list[Missing]:
    """The lines of these departments (of `missing_query`), with one more query for their clerks."""
    chosen = list(departments)
    clerks: dict[int, list[str]] = {}
    people = User.objects.filter(role=Role.CLERK, is_active=True, department__in=[item.pk for item in chosen])
    for clerk in people.order_by("pk"):
        clerks.setdefault(clerk.department_id or 0, []).append(str(clerk))
    return [_missing(item, "、".join(clerks.get(item.pk, ()))) for item in chosen]


def _missing(department: Department, clerks: str) -> Missing:
    approved_on, state = getattr(department, "approved_on", None), getattr(department, "latest_state", None)
    limit = of_approval(approved_on) if approved_on else None
    return Missing(
        department,
        getattr(department, "latest", None),
        State(state).label if state else "没有导入",
        clerks,
        Countdown(limit.last_day, limit.days_left) if limit else None,
    )


@page_of("missing")
def missing(request: HttpRequest) -> HttpResponse:
    """The list, page by page."""
    user = person(request)
    year = _year(request, user)
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
    year = _year(request, user)
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


def _year(request: HttpRequest, user: User) -> int:
    wanted = request.GET.get("year", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) == 4 else season(user)
