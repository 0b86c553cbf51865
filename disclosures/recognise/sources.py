"""Columns of sources that one table leaves open, settled by another that names them: T02 by T01, T12 by T02.

A dump that lost its spaces keeps the order of amounts but not their columns, and sums do not tell one source
from another. Where the reader was not sure, a whole column is moved to the source that bears its total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from disclosures.plain.data import BLANK, Note, Row, Side, Surety, Table
from disclosures.plain.text import fold
from disclosures.profiles import TableDecl, TemplateProfile

_SOURCES = ("general_public", "gov_fund", "state_capital", "fiscal_account", "unit_funds")
_MOVED = "表{ordinal}的“{was}”一列无法由版面确定，按{other}的来源归入“{now}”，请核对"


def settle_sources(tables: Sequence[Table], profile: TemplateProfile) -> tuple[tuple[Table, ...], tuple[Note, ...]]:
    """The tables, columns of T02 and T12 that were in doubt standing under the sources that T01 and T02 name."""
    by_id = {table.id: table for table in tables}
    notes: list[Note] = []
    if "T01" in by_id and "T02" in by_id:
        decl = profile.table("T01")
        wanted = _income(by_id["T01"], decl)
        by_id["T02"] = _settled(by_id["T02"], profile.table("T02"), wanted, True, "表一", notes)
    if "T02" in by_id and "T12" in by_id:
        head = _head(by_id["T02"])
        wanted = {key: Decimal(head.value(key) or 0) for key in _SOURCES} if head else {}
        by_id["T12"] = _settled(by_id["T12"], profile.table("T12"), wanted, False, "表二", notes)
    return tuple(by_id[table.id] for table in tables), tuple(notes)


def _income(table: Table, decl: TableDecl) -> dict[str, Decimal]:
    """The amounts of T01 by source; {} where one of them is in doubt."""
    names = {
        fold(name): item.id
        for item in decl.side(Side.INCOME).items
        if item.id in _SOURCES
        for name in (item.item, *item.variants)
    }
    found: dict[str, Decimal] = {}
    for row in table.side(Side.INCOME):
        key = names.get(fold(row.name))
        if key is not None and row.cell("amount").surety is Surety.DOUBTFUL:
            return {}
        if key is not None:
            found[key] = Decimal(row.value("amount") or 0)
    return found


def _head(table: Table) -> Row | None:
    """The row that totals the table: its first one with amounts."""
    return next((row for row in table.rows if not row.is_blank), None)


def _settled(
    table: Table, decl: TableDecl, wanted: dict[str, Decimal], equal: bool, other: str, notes: list[Note]
) -> Table:
    head = _head(table)
    if head is None or not any(wanted.values()):
        return table
    labels = {column.key: column.label for column in decl.sides[0].columns}
    moves: dict[str, str] = {}
    for key in _SOURCES:
        value = Decimal(head.value(key) or 0)
        if not value or (wanted.get(key) == value if equal else wanted.get(key)):
            continue
        homes = [
            home
            for home in _SOURCES
            if not Decimal(head.value(home) or 0)
            and (wanted.get(home) == value if equal else wanted.get(home, 0) >= value)
        ]
        if len(homes) == 1 and homes[0] not in moves.values() and _is_open(table, key) and _is_empty(table, homes[0]):
            moves[key] = homes[0]
            message = _MOVED.format(ordinal=decl.ordinal, was=labels[key], other=other, now=labels[homes[0]])
            notes.append(Note(message, table.id, table.source))
    return replace(table, rows=tuple(_moved(row, moves) for row in table.rows)) if moves else table


def _is_open(table: Table, key: str) -> bool:
    """Whether the reader was not sure of any amount of a column."""
    return all(row.cell(key).surety is not Surety.SURE for row in table.rows if row.value(key) is not None)


def _is_empty(table: Table, key: str) -> bool:
    return all(row.value(key) is None for row in table.rows)


def _moved(row: Row, moves: dict[str, str]) -> Row:
    back = {home: key for key, home in moves.items()}
    cells = []
    for key, cell in row.cells:
        if key in back:
            moved = row.cell(back[key])
            cells.append((key, replace(moved, surety=Surety.INFERRED) if moved.value is not None else moved))
        elif key in moves:
            cells.append((key, replace(BLANK, surety=Surety.INFERRED)))
        else:
            cells.append((key, cell))
    return replace(row, cells=tuple(cells))
