"""Corrections by hand: checked, written with their memory, re-checked at once, refused when somebody was faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from disclosures import editing, models
from disclosures.errors import InvalidValueError, RefusedError

from . import restructuring
from .drafts import Draft
from .saving import CellChange, CellState, CorrectionResult, check_kind, open_session, save

Kind = models.CorrectionKind

__all__ = [
    "CellChange",
    "CellState",
    "CorrectionResult",
    "add_row",
    "correct_cell",
    "correct_cells",
    "remove_row",
    "revert_correction",
]


def correct_cell(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    place: str,
    value: str | None,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Set one place. See `correct_cells`."""
    return correct_cells(user, disclosure_id, revision, [CellChange(place, value)], kind, reason)


def correct_cells(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    changes: Sequence[CellChange],
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Set several places, all or none. Setting the value that stands there confirms a doubtful reading.

    Raises EditConflictError when the revision is not the latest, InvalidValueError naming every bad value.
    """
    check_kind(kind)
    session = open_session(user, disclosure_id, revision, changes[0] if changes else None)
    session.draft.set_all([(change.place, change.value) for change in changes])
    session.draft.set_all(_units_of_projects(session.draft, {change.place for change in changes}))
    return save(session, kind, reason)


def _units_of_projects(draft: Draft, changed: Set[str]) -> Sequence[tuple[str, str]]:
    """Where the kind of a row was changed: the units of the projects below it, unless a person set them as well."""
    found: dict[str, str] = {}
    if not draft.problems:
        for place in changed:
            if place.endswith("/@level"):
                found |= editing.units_from(draft.new, draft.moved(place))
    said = {draft.moved(place) for place in changed}
    return [(place, unit) for place, unit in found.items() if place not in said]


def revert_correction(
    user: models.User | None, disclosure_id: int, revision: int, place: str, reason: str = ""
) -> CorrectionResult:
    """Give a place back the value that was read, as sure as it was read. Raises RefusedError where none was changed."""
    session = open_session(user, disclosure_id, revision, CellChange(place, None))
    old = session.draft.old
    try:
        place, path = editing.find(old, place)
    except editing.UnknownPlaceError as error:
        raise InvalidValueError([(place, str(error))]) from error
    found = models.Correction.objects.filter(
        disclosure=session.record, place=place, active=True, action=models.CorrectionAction.SET, ended_by=None
    ).first()
    if found is None:
        raise RefusedError(f"{editing.words_of(old, path)}没有更正过，不需要撤销")
    session.draft.put_back(place, found.read_value, found.read_surety)
    return save(session, found.kind, reason, models.Action.REVERTED)


def add_row(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    table_id: str,
    before: int,
    labels: Mapping[str, str],
    kind: str = Kind.READING,
    side: str = "",
    reason: str = "",
) -> CorrectionResult:
    """Put a blank row before position `before` of a table (counted from 0; the number of rows: at its end)."""
    row = restructuring.NewRow(before, labels, {}, side)
    changes = restructuring.TableChanges(added=(row,))
    return restructuring.change_table(user, disclosure_id, revision, table_id, changes, kind, reason)


def remove_row(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    place: str,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Take a whole row out of a table; its values stay in the history."""
    changes = restructuring.TableChanges(removed=(place,))
    table_id = place.partition("/")[0]
    return restructuring.change_table(user, disclosure_id, revision, table_id, changes, kind, reason)
