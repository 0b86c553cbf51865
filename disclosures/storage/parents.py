"""Which row of a table stands under which, from the table's declared way of nesting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from disclosures.plain.data import Level, Row
from disclosures.profiles import Hierarchy, TableDecl

Parents = tuple[int | None, ...]


def parent_positions(decl: TableDecl, rows: Sequence[Row]) -> Parents:
    """For every row the position of its parent row, which always stands before it; None at the top."""
    finder = _FINDERS.get(decl.hierarchy)
    return finder(decl, rows) if finder else (None,) * len(rows)


def depths(decl: TableDecl, rows: Sequence[Row]) -> list[int]:
    """For every row how deep it stands under others; 0 at the top."""
    found: list[int] = []
    for parent in parent_positions(decl, rows):
        found.append(0 if parent is None else found[parent] + 1)
    return found


def _by_code(_decl: TableDecl, rows: Sequence[Row]) -> Parents:
    """A code stands under the nearest shorter code that begins it (2080101 under 20801, else 208)."""
    seen: dict[tuple[str, str], int] = {}
    parents = []
    for position, row in enumerate(rows):
        shorter = (row.code[:length] for length in (5, 3) if length < len(row.code))
        parents.append(next((seen[row.side, code] for code in shorter if (row.side, code) in seen), None))
        if row.code:
            seen[row.side, row.code] = position
    return tuple(parents)


def _by_group(decl: TableDecl, rows: Sequence[Row]) -> Parents:
    """T06: a row with a government class stands under the last row without one."""
    group: int | None = None
    parents: list[int | None] = []
    for position, row in enumerate(rows):
        if row.second_name:
            parents.append(group)
            continue
        parents.append(None)
        group = None if row.name in decl.total_labels else position
    return tuple(parents)


def _by_level(_decl: TableDecl, rows: Sequence[Row]) -> Parents:
    """T11 to T13: projects under units, units under the department (or its total)."""
    top: int | None = None
    unit: int | None = None
    parents: list[int | None] = []
    for position, row in enumerate(rows):
        if row.level in (Level.DEPARTMENT, Level.TOTAL):
            parents.append(None)
            top, unit = position, None
        elif row.level is Level.UNIT:
            parents.append(top)
            unit = position
        else:
            parents.append(unit if unit is not None else top)
    return tuple(parents)


_FINDERS: dict[Hierarchy, Callable[[TableDecl, Sequence[Row]], Parents]] = {
    Hierarchy.CODE: _by_code,
    Hierarchy.GROUP: _by_group,
    Hierarchy.NESTING: _by_level,
    Hierarchy.UNITS: _by_level,
}
