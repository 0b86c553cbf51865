"""What somebody else saved since a person opened the page."""

from __future__ import annotations

from disclosures import editing, models
from disclosures.errors import EditConflictError, OthersChange
from disclosures.plain.data import Disclosure

_MOST = 50


def conflict(
    record: models.Disclosure, current: Disclosure, revision: int, place: str | None, mine: str | None
) -> EditConflictError:
    """The refusal of a save that rests on an old revision: their version and mine."""
    full, value = _now(current, place)
    since = record.corrections.filter(revision__gt=revision).select_related("user").order_by("-pk")[:_MOST]
    changes = [
        OthersChange(item.place, item.words, item.new_value, str(item.user or "系统"), item.at) for item in since
    ]
    changes.sort(key=lambda change: change.place != full)  # the place itself first
    return EditConflictError(record.revision, value, tuple(changes), mine)


def _now(current: Disclosure, place: str | None) -> tuple[str | None, str | None]:
    if place is None:
        return None, None
    try:
        full, path = editing.find(current, place)
    except editing.UnknownPlaceError:
        return place, None
    return full, editing.shown(editing.read(current, path))
