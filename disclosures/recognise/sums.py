"""Which rows of a table are declared to be the sum of which others."""

from __future__ import annotations

from collections.abc import Sequence

from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy, SideDecl, TableDecl

from .grid_labels import Draft
from .placement import Sum


def declared_sums(decl: TableDecl, side: SideDecl, drafts: Sequence[Draft]) -> list[Sum]:
    """The row sums of one side of a table, as indices of its rows; a single column leaves nothing to choose."""
    if len(side.columns) == 1:
        return []
    if side.row_sums:
        return _by_items(side, drafts)
    total = next(
        (n for n, draft in enumerate(drafts) if not draft.code and fold(draft.name) in decl.total_labels), None
    )
    if decl.hierarchy is Hierarchy.CODE:
        return _by_codes(drafts, total)
    if decl.hierarchy is Hierarchy.GROUP:
        return _by_groups(drafts, total)
    if decl.hierarchy is Hierarchy.UNITS and total is not None:
        return [Sum(total, tuple(n for n in range(len(drafts)) if n != total))]
    return []


def _by_items(side: SideDecl, drafts: Sequence[Draft]) -> list[Sum]:
    names = {item.id: {fold(item.item), *map(fold, item.variants)} for item in side.items}
    rows = {
        item_id: next((n for n, draft in enumerate(drafts) if fold(draft.name) in wordings), None)
        for item_id, wordings in names.items()
    }
    found = []
    for equation in side.row_sums:
        total = rows.get(equation.total)
        parts = tuple(n for part in equation.parts if (n := rows.get(part)) is not None)
        if total is not None and parts:
            found.append(Sum(total, parts))
    return found


def _by_codes(drafts: Sequence[Draft], total: int | None) -> list[Sum]:
    rows = {draft.code: n for n, draft in enumerate(drafts) if draft.code}
    children: dict[int, list[int]] = {}
    for code, n in rows.items():
        parent = next((rows[code[:length]] for length in (5, 3) if length < len(code) and code[:length] in rows), total)
        if parent is not None:
            children.setdefault(parent, []).append(n)
    return [Sum(parent, tuple(parts)) for parent, parts in children.items()]


def _by_groups(drafts: Sequence[Draft], total: int | None) -> list[Sum]:
    groups: list[tuple[int, list[int]]] = []
    for n, draft in enumerate(drafts):
        if n == total:
            continue
        if not draft.second_name:
            groups.append((n, []))
        elif groups:
            groups[-1][1].append(n)
    found = [Sum(group, tuple(parts)) for group, parts in groups if parts]
    if total is not None and groups:
        found.append(Sum(total, tuple(group for group, _ in groups)))
    return found
