"""Which rows of a table are the sum of which others, the families nearest the top of the table first."""

from __future__ import annotations

from collections.abc import Sequence

from disclosures.plain.data import Level, Row
from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy, SideDecl, TableDecl

from .sums import Family

_DEPTHS = {Level.TOTAL: 0, Level.DEPARTMENT: 0, Level.UNIT: 1, Level.PROJECT: 2}


def families(decl: TableDecl, rows: Sequence[Row]) -> list[Family]:
    """The families of a table whose rows have their levels already."""
    if decl.hierarchy is Hierarchy.CODE:
        return _by_codes(rows)
    if decl.hierarchy is Hierarchy.GROUP:
        return _by_depth([{Level.TOTAL: 0, Level.GROUP: 1}.get(row.level or Level.ITEM, 2) for row in rows])
    if decl.hierarchy in (Hierarchy.UNITS, Hierarchy.NESTING):
        return _by_depth([_DEPTHS.get(row.level or Level.PROJECT, 2) for row in rows])
    return [family for side in decl.sides for family in _by_items(side, rows)]


def _by_depth(depths: Sequence[int]) -> list[Family]:
    """A row and the less deep of those under it, up to the next one that is as high."""
    open_rows: list[int] = []
    children: dict[int, list[int]] = {}
    for n, depth in enumerate(depths):
        while open_rows and depths[open_rows[-1]] >= depth:
            open_rows.pop()
        if open_rows:
            children.setdefault(open_rows[-1], []).append(n)
        open_rows.append(n)
    order = sorted(children, key=lambda parent: (depths[parent], parent))
    return [Family(parent, tuple(children[parent])) for parent in order]


def _by_codes(rows: Sequence[Row]) -> list[Family]:
    """A code and the longer codes right under it; a total and the codes that stand under none."""
    open_codes: list[int] = []
    children: dict[int, list[int]] = {}
    tops: list[int] = []
    for n, row in enumerate(rows):
        if not row.code:
            continue
        while open_codes and not _is_under(row.code, rows[open_codes[-1]].code):
            open_codes.pop()
        (children.setdefault(open_codes[-1], []) if open_codes else tops).append(n)
        open_codes.append(n)
    total = next((n for n, row in enumerate(rows) if row.level is Level.TOTAL), None)
    found = [Family(total, tuple(tops))] if total is not None and tops else []
    return [*found, *(Family(parent, tuple(below)) for parent, below in sorted(children.items()))]


def _is_under(code: str, above: str) -> bool:
    return len(code) > len(above) and code.startswith(above)


def _by_items(side: SideDecl, rows: Sequence[Row]) -> list[Family]:
    places = _item_places(side, rows)
    found = []
    for row_sum in reversed(side.row_sums):  # grand totals are declared last
        total = places.get(row_sum.total)
        parts = tuple(places[part] for part in row_sum.parts if part in places)
        if total is not None and parts:
            found.append(Family(total, parts))
    return found


def _item_places(side: SideDecl, rows: Sequence[Row]) -> dict[str, int]:
    """Where each declared item stands; items of one wording are met in the order of their declaration."""
    wordings: dict[str, list[str]] = {}
    for item in side.items:
        for name in {fold(name) for name in (item.item, *item.variants)}:
            wordings.setdefault(name, []).append(item.id)
    places: dict[str, int] = {}
    for n, row in enumerate(rows):
        if row.side is side.side:
            free = next((item_id for item_id in wordings.get(fold(row.name), ()) if item_id not in places), None)
            if free:
                places[free] = n
    return places
