"""Tables as published: the official header with its merged cells, rows as printed."""

from __future__ import annotations

from dataclasses import dataclass

from disclosures.plain.data import Disclosure, Table
from disclosures.writing.cells import Merged, Role, merged, with_thousands
from disclosures.writing.tables import sheet_of

_ROLES = {Role.AMOUNT: "n", Role.CODE: "k", Role.NUMBER: "i"}


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a page: `kind` is its class, `scope` what it heads."""

    text: str
    kind: str
    rows: int
    columns: int
    scope: str


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with its title and unit; `head` and `body` are rows of cells."""

    id: str
    title: str
    caption: str
    unit: str
    head: tuple[tuple[PrintedCell, ...], ...]
    body: tuple[tuple[bool, tuple[PrintedCell, ...]], ...]
    notes: tuple[str, ...]


def printed(disclosure: Disclosure, table: Table) -> PrintedTable:
    """A budget table of a disclosure for a page."""
    sheet = sheet_of(disclosure, table)
    rows: list[list[Merged]] = [[] for _ in sheet.grid.rows]
    for item in merged(sheet.grid):
        rows[item.row].append(item)
    heads = sheet.grid.head_rows
    return PrintedTable(
        id=sheet.id,
        title=sheet.title,
        caption=sheet.caption or "",
        unit=sheet.unit or "单位：万元",
        head=tuple(tuple(_head(item) for item in row) for row in rows[:heads]),
        body=tuple((any(item.cell.strong for item in row), tuple(map(_cell, row))) for row in rows[heads:] if row),
        notes=sheet.notes,
    )


def _head(item: Merged) -> PrintedCell:
    scope = "colgroup" if item.columns > 1 else "col"
    return PrintedCell(item.cell.text, _ROLES.get(item.cell.role, ""), item.rows, item.columns, scope)


def _cell(item: Merged) -> PrintedCell:
    cell = item.cell
    text = with_thousands(cell.text) if cell.role is Role.AMOUNT else cell.text
    kind = _ROLES.get(cell.role, f"l{cell.indent}" if cell.indent else "")
    return PrintedCell(text, kind, item.rows, item.columns, "")
