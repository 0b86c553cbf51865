"""Cells, rows added and rows removed of one table: one save with its memory, taken back by `undoing`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from disclosures import editing
from disclosures.editing import Item, Items, ListKind
from disclosures.errors import InvalidValueError
from disclosures.plain.data import Row, Side

from .drafts import Draft
from .saving import CellChange, CorrectionResult, Edit, open_session, save

MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to add before a row of the present table (counted from 0; the number of rows: at the end)."""

    before: int
    labels: Mapping[str, str]
    values: Mapping[str, str | None] = field(default_factory=dict)
    side: str = ""


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What changes of one table in one save. Places and positions are those of the table before it."""

    cells: Sequence[CellChange] = ()
    removed: Sequence[str] = ()  # places of rows
    added: Sequence[NewRow] = ()


def change_table(edit: Edit, table_id: str, changes: TableChanges) -> CorrectionResult:
    """Set cells, remove rows and add rows of one table: all or nothing, one save, one re-check.

    Raises InvalidValueError naming every value that cannot stand there, EditConflictError.
    """
    session = open_session(edit, changes.cells[0] if changes.cells else None)
    draft, rows = session.draft, Items(ListKind.ROWS, table_id)
    if len(changes.added) > MOST_ROWS:
        raise InvalidValueError([(table_id, f"一次最多增加 {MOST_ROWS} 行")])
    gone = _positions(draft, rows, changes.removed)
    draft.set_all([(change.place, change.value) for change in changes.cells])
    added = _new_rows(draft, table_id, changes.added)
    if draft.problems:
        raise InvalidValueError(draft.problems)
    if gone or added:
        no_longer_empty(draft, table_id)
        held = draft.items(rows)
        after: list[Item] = []
        for position in range(len(held) + 1):
            after += [row for before, row in added if before == position]
            if position < len(held) and position not in gone:
                after.append(held[position])
        draft.rearrange(rows, after)
    return save(session)


def no_longer_empty(draft: Draft, table_id: str) -> None:
    """Let a table that gets rows say no more that it has no data (本表无数据)."""
    table = draft.new.table(table_id)
    if table is not None and table.no_data:
        draft.set_all([(f"{table_id}/@no_data", "否")])


def _positions(draft: Draft, items: Items, places: Sequence[str]) -> set[int]:
    known = {place: n for n, place in enumerate(items.places(draft.items(items)))}
    draft.problems += [(place, f"没有“{place}”这一行") for place in places if place not in known]
    return {known[place] for place in places if place in known}


def _new_rows(draft: Draft, table_id: str, added: Sequence[NewRow]) -> list[tuple[int, Row]]:
    made = []
    table = draft.new.table(table_id)
    for number, new in enumerate(added):
        try:
            if table is None or not 0 <= new.before <= len(table.rows):
                raise editing.UnknownPlaceError(f"{table_id} 没有第 {new.before + 1} 行")
            row = editing.new_row(draft.new, table_id, new.before, new.labels, Side(new.side), new.values)
        except ValueError as error:
            draft.problems.append((table_id, f"新增的第 {number + 1} 行：{error}"))
            continue
        made.append((new.before, row))
    return made
