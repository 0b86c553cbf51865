"""Deadlines in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from disclosures.models import Disclosure
from disclosures.services import deadlines as service

SOON = 5  # days


@dataclass(frozen=True, slots=True)
class Countdown:
    """The last day of publication, seen from today."""

    last_day: date
    days_left: int

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


def countdowns(records: Iterable[Disclosure]) -> dict[int, Countdown]:
    """For disclosures that are not yet public, by their keys; one query."""
    found = service.deadlines(records)
    return {pk: Countdown(item.last_day, item.days_left) for pk, item in found.items() if not item.met}
