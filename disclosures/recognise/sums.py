"""Which rows of a table are declared to be the sum of which others."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from disclosures.plain.data import Level
from disclosures.plain.numbers import to_decimal
from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy, SideDecl, TableDecl

from .grid_cells import Kind
from .grid_labels import Draft
from .levels import NestedName, nesting
from .placement import Sum


def declared_sums(decl: TableDecl, side: SideDecl, drafts: Sequence[Draft], department: str | None = None) -> list[Sum]:
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
    if decl.hierarchy is Hierarchy.NESTING:
        return _by_nesting(decl, drafts, department)
    return []


def _by_nesting(decl: TableDecl, drafts: Sequence[Draft], department: str | None) -> list[Sum]:
    """Units over projects, found by totals: the first number of a row of T12 or T13 is its total."""
    names = [
        NestedName(draft.name, to_decimal(draft.numbers[0].text), draft.indent)
        if draft.numbers and draft.numbers[0].kind is Kind.AMOUNT
        else NestedName(draft.name, Decimal(0), draft.indent)
        for draft in drafts
    ]
    levels, settled = nesting(decl, names, department)
    if not settled:
        return []
    parts: dict[int, list[int]] = {}
    head = unit = None
    for n, level in enumerate(levels):
        if level is Level.DEPARTMENT:
            head = unit = n
        elif level is Level.UNIT:
            unit = n
            if head is not None:
                parts.setdefault(head, []).append(n)
        elif unit is not None:
            parts.setdefault(unit, []).append(n)
    return [Sum(total, tuple(under)) for total, under in parts.items()]


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
