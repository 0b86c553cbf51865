"""Whose the rows are below a row whose kind a person changed: projects belong to the unit above them."""

from __future__ import annotations

from disclosures.plain.data import Disclosure, Level, Row
from disclosures.plain.places import row_keys
from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy, TableDecl

from .places import UnknownPlaceError, declaration, find


def units_from(disclosure: Disclosure, place: str) -> dict[str, str]:
    """Of the row of a place and the projects below it, as far as the next unit: place of the unit's name -> unit.

    Empty where the rows of the table do not nest. Raises UnknownPlaceError.
    """
    path = find(disclosure, place)[1]
    if path[0] != "tables" or path[2] != "rows":
        raise UnknownPlaceError(f"“{place}”不是一行")
    table, start = disclosure.tables[int(path[1])], int(path[3])
    decl = declaration(disclosure, table.id)
    if decl.hierarchy is not Hierarchy.NESTING:
        return {}
    units = _units(decl, table.rows, disclosure.department)
    end = next((n for n in range(start + 1, len(table.rows)) if not _is_project(table.rows[n])), len(table.rows))
    keys = row_keys(table)
    return {f"{table.id}/{keys[n]}/@unit_name": units[n] for n in range(start, end)}


def _is_project(row: Row) -> bool:
    return row.level in (Level.PROJECT, None)


def _units(decl: TableDecl, rows: tuple[Row, ...], department: str) -> list[str]:
    """For every row the unit it belongs to; nothing for units themselves and for totals."""
    unit, found = department, []
    for row in rows:
        if not _is_project(row) and fold(row.name) not in decl.total_labels:
            unit = row.name
        found.append(unit if _is_project(row) else "")
    return found
