"""Departments that have not handed in for a year, with what is known of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from disclosures.models import Department, DepartmentYear, Disclosure, Role, State, User

from .deadlines import Deadline, missing_departments, of_approval
from .permissions import visible_disclosures


@dataclass(frozen=True, slots=True)
class Missing:
    """One department that has handed in nothing for a year."""

    department: Department
    disclosure: int | None  # its latest, not handed in
    state: str
    clerks: str
    deadline: Deadline | None


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
    return Missing(
        department,
        getattr(department, "latest", None),
        State(state).label if state else "没有导入",
        clerks,
        of_approval(approved_on) if approved_on else None,
    )
