"""Corrections by hand: checked, written with their memory, re-checked at once, refused when somebody was faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from disclosures import editing, models
from disclosures.errors import InvalidValueError, RefusedError

from .drafts import Draft
from .rows import NewRow, TableChanges, change_table
from .saving import CellChange, CellState, CorrectionResult, Edit, open_session, save

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


def correct_cell(edit: Edit, place: str, value: str | None) -> CorrectionResult:
    """Set one place. See `correct_cells`."""
    return correct_cells(edit, [CellChange(place, value)])


def correct_cells(edit: Edit, changes: Sequence[CellChange]) -> CorrectionResult:
    """Set several places, all or none. Setting the value that stands there confirms a doubtful reading.

    Raises EditConflictError when the revision is not the latest, InvalidValueError naming every bad value.
    """
    session = open_session(edit, changes[0] if changes else None)
    session.draft.set_all([(change.place, change.value) for change in changes])
    session.draft.set_all(_units_of_projects(session.draft, {change.place for change in changes}))
    return save(session)


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
    session = open_session(Edit(user, disclosure_id, revision, reason=reason), CellChange(place, None))
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
    return save(session, models.Action.REVERTED, found.kind)


def add_row(edit: Edit, table_id: str, before: int, labels: Mapping[str, str], side: str = "") -> CorrectionResult:
    """Put a blank row before position `before` of a table (counted from 0; the number of rows: at its end)."""
    return change_table(edit, table_id, TableChanges(added=(NewRow(before, labels, {}, side),)))


def remove_row(edit: Edit, place: str) -> CorrectionResult:
    """Take a whole row out of a table; its values stay in the history."""
    return change_table(edit, place.partition("/")[0], TableChanges(removed=(place,)))
