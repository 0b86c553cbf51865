"""When a disclosure must be public: days after the approval of the budget (预算法第十四条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from disclosures import models

from .permissions import visible_departments

_PUBLIC = (models.State.PUBLISHED,)
SOON = 5  # days
HANDED_IN = (models.State.IN_REVIEW, models.State.APPROVED, models.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, how many days are left (negative: so many too late), and that in words; `met` once it is public."""

    approved_on: date
    last_day: date
    days_left: int
    met: bool = False

    @property
    def words(self) -> str:
        if self.days_left < 0:
            return f"已超过公开期限 {-self.days_left} 天"
        return "今天是公开期限的最后一天" if self.days_left == 0 else f"距公开期限 {self.days_left} 天"

    @property
    def days_over(self) -> int:
        return max(-self.days_left, 0)

    @property
    def short(self) -> str:
        """For a narrow column."""
        if self.days_left < 0:
            return f"已超过 {-self.days_left} 天"
        return "今天到期" if self.days_left == 0 else f"还有 {self.days_left} 天"

    @property
    def urgency(self) -> str:
        return "late" if self.days_left < 0 else "soon" if self.days_left <= SOON else ""


def deadline(disclosure: models.Disclosure, today: date | None = None) -> Deadline | None:
    """The deadline of one disclosure; None where nobody entered when the budget was approved."""
    return deadlines([disclosure], today).get(disclosure.pk)


def deadlines(disclosures: Iterable[models.Disclosure], today: date | None = None) -> dict[int, Deadline]:
    """The deadlines of several disclosures, in one query."""
    chosen = list(disclosures)
    years = models.DepartmentYear.objects.filter(
        department__in={item.department_id for item in chosen},
        fiscal_year__in={item.fiscal_year for item in chosen},
        budget_approved_on__isnull=False,
    ).values_list("department", "fiscal_year", "budget_approved_on")
    approved = {(department, year): day for department, year, day in years}
    found = {}
    for item in chosen:
        day = approved.get((item.department_id, item.fiscal_year))
        if day is not None:
            found[item.pk] = of_approval(day, today, met=item.state in _PUBLIC)
    return found


def countdowns(disclosures: Iterable[models.Disclosure]) -> dict[int, Deadline]:
    """The deadlines of those that are not yet public, by their keys; one query."""
    return {pk: item for pk, item in deadlines(disclosures).items() if not item.met}


def of_approval(approved_on: date, today: date | None = None, *, met: bool = False) -> Deadline:
    """The deadline that follows from a date of approval."""
    last_day = approved_on + timedelta(days=settings.DISCLOSURE_DEADLINE_DAYS)
    return Deadline(approved_on, last_day, (last_day - (today or timezone.localdate())).days, met)


def missing_departments(user: models.User, fiscal_year: int) -> QuerySet[models.Department]:
    """Departments within a person's reach that have handed in nothing for a year."""
    handed_in = models.Disclosure.objects.filter(
        department=OuterRef("pk"), fiscal_year=fiscal_year, state__in=HANDED_IN
    )
    return visible_departments(user).exclude(Exists(handed_in))
