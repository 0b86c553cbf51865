"""Whole tables: taken for a declared one, added, said to have no data; each one save, taken back by `undoing`."""

from __future__ import annotations

from disclosures.editing import Items, ListKind
from disclosures.errors import InvalidValueError, RefusedError
from disclosures.plain.data import Table
from disclosures.profiles import PROFILES, TableDecl
from disclosures.recognise.assigned import read_as

from .drafts import Draft
from .rows import no_longer_empty
from .saving import CorrectionResult, Edit, Session, open_session, save


def assign_other_table(edit: Edit, position: int, table_id: str) -> CorrectionResult:
    """Take a table that matched no declaration for a declared one: its rows are read again by that declaration.

    Where the disclosure has that table already, the rows are added behind its own (a table printed in two
    pieces). Raises InvalidValueError, RefusedError when it holds no row of such a table, EditConflictError.
    """
    session = open_session(edit)
    draft, others = session.draft, Items(ListKind.OTHERS)
    held = draft.new.other_tables
    if not 0 <= position < len(held):
        raise InvalidValueError([("other", f"没有第 {position + 1} 张其他表格")])
    decl = _declared(session, table_id)
    if decl is None:
        raise InvalidValueError([("other", f"没有“{table_id}”这张表")])
    table = read_as(decl, held[position], draft.new.department)
    if all(row.is_blank for row in table.rows) and not table.no_data:
        raise RefusedError(f"按表{decl.ordinal}的栏目读不出任何一行，没有认定")
    if draft.new.table(table_id) is None:
        _put_in(draft, table)
    else:
        no_longer_empty(draft, table_id)
        rows = Items(ListKind.ROWS, table_id)
        draft.rearrange(rows, (*draft.items(rows), *table.rows))
    held = draft.new.other_tables
    draft.rearrange(others, (*held[:position], *held[position + 1 :]))
    return save(session)


def add_table(edit: Edit, table_id: str, *, no_data: bool) -> CorrectionResult:
    """Add a declared table that was not read, empty or saying 本表无数据.

    Raises InvalidValueError, EditConflictError.
    """
    session = open_session(edit)
    decl = _declared(session, table_id)
    if decl is None or session.draft.new.table(table_id) is not None:
        raise InvalidValueError([(table_id, "没有这张表，或者这张表已经有了")])
    _put_in(session.draft, Table(table_id, decl.title, no_data=no_data))
    return save(session)


def declare_no_data(edit: Edit, table_id: str, *, no_data: bool) -> CorrectionResult:
    """Say that a table has no data (its rows go, and come back by undo), or that it has."""
    session = open_session(edit)
    draft, rows = session.draft, Items(ListKind.ROWS, table_id)
    held = draft.items(rows)
    draft.set_all([(f"{table_id}/@no_data", "是" if no_data else "否")])
    if no_data and held:
        draft.rearrange(rows, ())
    return save(session)


def _declared(session: Session, table_id: str) -> TableDecl | None:
    return next((decl for decl in PROFILES[session.record.profile].tables if decl.id == table_id), None)


def _put_in(draft: Draft, table: Table) -> None:
    """Put a table before the first that comes after it in the official order."""
    tables = draft.new.tables
    number = next((n for n, other in enumerate(tables) if other.id > table.id), len(tables))
    draft.rearrange(Items(ListKind.TABLES), (*tables[:number], table, *tables[number:]))
