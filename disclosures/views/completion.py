"""How far the departments of each region are in a year."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from disclosures.models import Department, DepartmentKind, Disclosure, State, User
from disclosures.services.permissions import visible_departments

_FINISHED = (State.APPROVED, State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Completion:
    """How many departments of a region are done."""

    region: str
    departments: int
    imported: int
    finished: int

    @property
    def percent(self) -> int:
        return self.finished * 100 // self.departments if self.departments else 0


def completion(user: User, year: int) -> list[Completion]:
    """One line for each region, in one query."""
    of_year = Q(disclosures__fiscal_year=year)
    found = (
        visible_departments(user)
        .filter(kind=DepartmentKind.DEPARTMENT)
        .order_by("region__name")
        .values_list("region__name")
        .annotate(
            Count("pk", distinct=True),
            imported=Count("pk", distinct=True, filter=of_year),
            finished=Count("pk", distinct=True, filter=of_year & Q(disclosures__state__in=_FINISHED)),
        )
    )
    return [Completion(name or "（未填地区）", *numbers) for name, *numbers in found]


def without_disclosure(user: User, year: int) -> QuerySet[Department]:
    """Departments that have nothing on file for the year."""
    on_file = Disclosure.objects.filter(department=OuterRef("pk"), fiscal_year=year)
    return visible_departments(user).filter(~Exists(on_file)).select_related("region").order_by("region", "name")
