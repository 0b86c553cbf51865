"""What is remembered of a correction: the value read, before and after, by whom, when, why, and of which kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import models as orm

from disclosures import editing, models
from disclosures.plain.data import Disclosure

Action = models.CorrectionAction
P = TypeVar("P", models.Correction, models.Remark)


@dataclass(frozen=True, slots=True)
class Entry:
    """One changed place of a save; a whole row has no path."""

    place: str
    path: editing.Path
    words: str
    before: str | None
    after: str | None
    surety: str = ""


def remember(
    record: models.Disclosure,
    old: Disclosure,
    new: Disclosure,
    entries: Sequence[Entry],
    kind: str,
    reason: str,
    action: models.CorrectionAction,
    user: models.User | None,
) -> list[models.Correction]:
    """Write the corrections of one save; those of renamed rows follow their row."""
    changed = editing.moves(old, new)
    if action is Action.REMOVE_ROW:
        _end_below(record, entries[0].place)
    if changed:
        _follow(record, changed)
    places = [editing.moved(entry.place, changed) if entry.path else entry.place for entry in entries]
    known = {item.place: item for item in record.corrections.filter(active=True, place__in=places, action=Action.SET)}
    made = [
        _correction(record, place, entry, known.get(place), kind, reason, action, user)
        for place, entry in zip(places, entries, strict=True)
    ]
    if known:
        record.corrections.filter(pk__in=[item.pk for item in known.values()]).update(active=False)
    return models.Correction.objects.bulk_create(made)


def _correction(
    record: models.Disclosure,
    place: str,
    entry: Entry,
    known: models.Correction | None,
    kind: str,
    reason: str,
    action: models.CorrectionAction,
    user: models.User | None,
) -> models.Correction:
    read_value = known.read_value if known else entry.before
    is_row = action in (Action.ADD_ROW, Action.REMOVE_ROW)
    return models.Correction(
        disclosure=record,
        place=place,
        words=entry.words,
        action=action,
        kind=kind,
        read_value=read_value,
        read_surety=known.read_surety if known else entry.surety,
        old_value=entry.before,
        new_value=entry.after,
        reason=reason.strip(),
        active=is_row or (action is Action.SET and entry.after != read_value),
        revision=record.revision,
        user=user,
    )


def _end_below(record: models.Disclosure, place: str) -> None:
    """Corrections of a row that is no longer there."""
    below = orm.Q(place=place) | orm.Q(place__startswith=f"{place}/")
    record.corrections.filter(below, active=True).update(active=False)


def _follow(record: models.Disclosure, changed: Mapping[str, str]) -> None:
    corrections = _moving(record.corrections.all(), changed)
    models.Correction.objects.bulk_update(corrections, ["place"])
    models.Remark.objects.bulk_update(_moving(record.remarks.exclude(place=""), changed), ["place"])


def _moving(items: Iterable[P], changed: Mapping[str, str]) -> list[P]:
    """The items whose place moved, with the new one."""
    found = []
    for item in items:
        place = editing.moved(item.place, changed)
        if place != item.place:
            item.place = place
            found.append(item)
    return found
