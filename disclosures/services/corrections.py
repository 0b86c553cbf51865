"""Reading the memory of corrections: what is corrected now, the history, and what to change in the Word file."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from disclosures import editing, models
from disclosures.plain.data import Disclosure
from disclosures.storage import load


@dataclass(frozen=True, slots=True)
class WordChange:
    """One thing to change in the file: where it stands, what it says, what it is to say."""

    place: str
    words: str
    source: str | None
    old: str | None
    new: str | None
    reason: str
    action: str = models.CorrectionAction.SET


def active_corrections(disclosure_id: int) -> dict[str, models.Correction]:
    """The places that differ from what was read, with the correction that made them so."""
    found = models.Correction.objects.filter(disclosure=disclosure_id, active=True, ended_by=None).select_related(
        "user"
    )
    return {item.place: item for item in found.order_by("pk")}


def history(disclosure_id: int, place: str | None = None) -> QuerySet[models.Correction]:
    """Every correction of a disclosure, or of one place, latest first."""
    found = models.Correction.objects.filter(disclosure=disclosure_id).select_related("user")
    return found if place is None else found.filter(place=place, ended_by=None)


def correction_list(disclosure_id: int, disclosure: Disclosure | None = None) -> list[WordChange]:
    """What a clerk has to change in the file: mistakes of the document, in its order; no misreadings."""
    current = disclosure or load(disclosure_id)
    order = {table.id: number for number, table in enumerate(current.tables)}
    found = models.Correction.objects.filter(
        disclosure=disclosure_id, active=True, kind=models.CorrectionKind.DOCUMENT
    ).order_by("pk")
    listed = [(editing.path_or_none(current, item.place), item) for item in found]
    listed.sort(key=lambda pair: (order.get(pair[1].place.partition("/")[0], len(order)), _row(pair[0])))
    return [
        WordChange(
            item.place,
            item.words,
            editing.source_of(current, path) if path else None,
            item.read_value,
            item.new_value,
            item.reason,
            item.action,
        )
        for path, item in listed
    ]


def _row(path: editing.Path | None) -> tuple[int, ...]:
    return tuple(step for step in path or () if isinstance(step, int))
