"""What became of findings: every step is written down, one by one or many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from audit import models
from audit.models import FindingEvent, Happening, Status
from disclosures.models import User

_BECAME = {
    Status.GONE: Happening.CLOSED,
    Status.WAIVED: Happening.WAIVED,
    Status.EXPLAINED: Happening.EXPLAINED,
    Status.MUTED: Happening.MUTED,
}
_WAS = {
    Status.MUTED: Happening.UNMUTED,
    Status.WAIVED: Happening.REVOKED,
    Status.EXPLAINED: Happening.UNEXPLAINED,
}


def step(
    finding: models.Finding,
    before: str,
    *,
    user: User | None = None,
    lapsed: bool = False,
    at: datetime | None = None,
) -> FindingEvent:
    """The unsaved step from a status ("" for none) to the one that the finding has now."""
    after = str(finding.status)
    what = Happening.LAPSED if lapsed and after == Status.OPEN else _happening(before, after)
    return FindingEvent(finding=finding, what=what, before=before, after=after, user=user, at=at or timezone.now())


def write_steps(events: Sequence[FindingEvent]) -> None:
    """Save steps in one batch; what stayed as it was is no step."""
    FindingEvent.objects.bulk_create([event for event in events if event.before != event.after])


def write_moves(moves: Iterable[tuple[int, str, str]], user: User | None) -> None:
    """Save steps of findings by key: (finding, before, after)."""
    now = timezone.now()
    write_steps(
        [
            FindingEvent(finding_id=pk, what=_happening(before, after), before=before, after=after, user=user, at=now)
            for pk, before, after in moves
        ]
    )


def finding_history(finding: models.Finding | int) -> QuerySet[FindingEvent]:
    """The life of a finding, the latest step first."""
    pk = finding if isinstance(finding, int) else finding.pk
    return FindingEvent.objects.filter(finding=pk).select_related("user", "run")


def _happening(before: str, after: str) -> Happening:
    if not before:
        return Happening.OPENED
    if before == Status.GONE:
        return Happening.REOPENED
    if after in _BECAME:
        return _BECAME[Status(after)]
    return _WAS.get(Status(before), Happening.OPENED)
