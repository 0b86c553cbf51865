"""Findings over time, from the steps that were written down of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from audit.models import Audit, Finding, FindingEvent, Happening, ItemState, Status

from .selection import Selection, disclosures_of

_LOOKED_AT = (ItemState.CHECKED, ItemState.UNCHANGED)
_OPEN = (Status.OPEN, Status.EXPLAINED)
_NOT_THERE = ("", Status.GONE)


@dataclass(frozen=True, slots=True)
class Movement:
    """Findings that came and went between two audits; `joined` and `left` are whole disclosures."""

    new: int = 0
    gone: int = 0
    joined: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day, and how many findings were open or explained at its end."""

    day: date
    opened: int = 0
    reopened: int = 0
    closed: int = 0
    waived: int = 0
    standing: int = 0


def moved(before: Audit, now: Audit) -> Movement:
    """New and gone findings since the audit before, for departments whose disclosure was in both.

    A new version of a disclosure is held against the version before it by fingerprint: a finding that it
    still has is not new.
    """
    assert before.finished_at is not None
    then, today = _looked_at(before), _looked_at(now)
    same = {pk for key, pk in today.items() if then.get(key) == pk}
    new, gone = _moved_within(same, before.finished_at)
    replaced = {key: (then[key], pk) for key, pk in today.items() if key in then and then[key] != pk}
    old_prints = _held_at([old for old, _ in replaced.values()], before.finished_at)
    new_prints = _held_at([pk for _, pk in replaced.values()], timezone.now())
    for old, pk in replaced.values():
        new += len(new_prints.get(pk, set()) - old_prints.get(old, set()))
        gone += len(old_prints.get(old, set()) - new_prints.get(pk, set()))
    return Movement(new, gone, len(today.keys() - then.keys()), len(then.keys() - today.keys()))


def trend(selection: Selection, first: date, last: date) -> list[Day]:
    """One entry for each day from first to last, both included; two queries whatever the span."""
    of_selection = FindingEvent.objects.filter(finding__disclosure__in=disclosures_of(selection)).order_by()
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    earlier = of_selection.filter(at__lt=begin).values_list("before", "after").annotate(Count("pk"))
    standing = sum(_standing(old, new) * number for old, new, number in earlier)
    steps = (
        of_selection.filter(at__gte=begin, at__lt=end)
        .annotate(day=TruncDate("at"))
        .values_list("day", "what", "before", "after")
        .annotate(Count("pk"))
    )
    happened: dict[date, Counter[str]] = {}
    for day, what, old, new, number in steps:
        counter = happened.setdefault(day, Counter())
        counter[what] += number
        counter["standing"] += _standing(old, new) * number
    days = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        counter = happened.get(day, Counter())
        standing += counter["standing"]
        days.append(
            Day(
                day,
                counter[Happening.OPENED],
                counter[Happening.REOPENED],
                counter[Happening.CLOSED],
                counter[Happening.WAIVED],
                standing,
            )
        )
    return days


def _standing(before: str, after: str) -> int:
    return (after in _OPEN) - (before in _OPEN)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _looked_at(audit: Audit) -> dict[tuple[int, str], int]:
    """The disclosures of an audit by department and kind."""
    items = audit.items.filter(state__in=_LOOKED_AT).order_by()
    found = items.values_list("disclosure__department", "disclosure__kind", "disclosure")
    return {(department, kind): pk for department, kind, pk in found}


def _moved_within(disclosures: Iterable[int], since: datetime) -> tuple[int, int]:
    """New and gone findings of disclosures since a moment, by the status before the first step after it."""
    events = FindingEvent.objects.filter(finding__disclosure__in=disclosures, at__gt=since).order_by("pk")
    first: dict[int, tuple[str, str]] = {}
    for pk, before, status in events.values_list("finding", "before", "finding__status").iterator():
        first.setdefault(pk, (before, status))
    new = sum(before in _NOT_THERE and now != Status.GONE for before, now in first.values())
    gone = sum(before not in _NOT_THERE and now == Status.GONE for before, now in first.values())
    return new, gone


def _held_at(disclosures: Iterable[int], moment: datetime) -> dict[int, set[str]]:
    """The fingerprints that held in each disclosure at a moment."""
    chosen = list(disclosures)
    if not chosen:
        return {}
    later: dict[int, str] = {}
    events = FindingEvent.objects.filter(finding__disclosure__in=chosen, at__gt=moment).order_by("pk")
    for pk, before in events.values_list("finding", "before").iterator():
        later.setdefault(pk, before)
    held: dict[int, set[str]] = {}
    found = Finding.objects.filter(disclosure__in=chosen).order_by()
    for pk, disclosure, fingerprint, status in found.values_list("pk", "disclosure", "fingerprint", "status"):
        if later.get(pk, status) not in _NOT_THERE:
            held.setdefault(disclosure, set()).add(fingerprint)
    return held
