"""One line of a list of disclosures: state, findings, age, who acts next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from disclosures.models import Disclosure, Role, State
from disclosures.services.deadlines import Deadline, countdowns
from disclosures.services.findings import Counts, desk

_NEXT = {
    State.TO_CORRECT: (Role.CLERK, "改正或说明问题，然后提交审核"),
    State.RETURNED: (Role.CLERK, "按审核意见修改后再次提交"),
    State.IN_REVIEW: (Role.REVIEWER, "审核：通过或退回"),
    State.APPROVED: (Role.REVIEWER, "登记审查与签发，公开"),
    State.PUBLISHED: (None, "已公开"),
    State.WITHDRAWN: (Role.CLERK, "启动修订，改好后重新提交"),
    State.SUPERSEDED: (None, "已由新版取代"),
}


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """What a list shows of one disclosure."""

    record: Disclosure
    counts: Counts | None  # None: never checked
    deadline: Deadline | None
    next_role: str
    next_step: str

    @property
    def errors(self) -> int:
        return self.counts.errors if self.counts else 0

    @property
    def age(self) -> str:
        return age_words(self.record.updated_at)

    @property
    def waiting(self) -> str:
        """How long it has been waiting for a reviewer."""
        return age_words(self.record.submitted_at or self.record.updated_at).removesuffix("前")


def turn_of(state: State) -> Role | None:
    """Who acts next on a disclosure in a state; None: nobody."""
    return _NEXT[state][0]


def age_words(moment: datetime) -> str:
    """How long ago, in the coarsest words that are still useful."""
    minutes = int((timezone.now() - moment).total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} 分钟前" if minutes > 0 else "刚刚"
    return f"{minutes // 60} 小时前" if minutes < 24 * 60 else f"{minutes // (24 * 60)} 天前"


def rows(records: Iterable[Disclosure]) -> list[DisclosureRow]:
    """The lines of these disclosures, in a constant number of queries."""
    chosen = list(records)
    counts, limits = desk().counts([record.pk for record in chosen]), countdowns(chosen)
    return [
        DisclosureRow(
            record,
            counts.get(record.pk),
            limits.get(record.pk),
            role.label if role else "",
            step,
        )
        for record in chosen
        for role, step in (_NEXT.get(State(record.state), (None, "")),)
    ]
