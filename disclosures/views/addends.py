"""Which rows of a table add up to its grand total: the workbench sums them while cells change."""

from __future__ import annotations

from disclosures.plain.data import Level, Row, Table
from disclosures.profiles import Hierarchy, RowSum, SideDecl, TableDecl


def adding_rows(decl: TableDecl, table: Table) -> frozenset[int]:
    """Positions of the rows whose sum is the grand total of their side, none of them counted twice."""
    return frozenset(at for at, row in enumerate(table.rows) if _adds(decl, decl.side(row.side), row))


def _adds(decl: TableDecl, side: SideDecl, row: Row) -> bool:
    if row.name in decl.total_labels and not side.items:
        return False
    if side.items:
        return row.name in _names(side, _grand_sum(side).parts)
    if decl.hierarchy is Hierarchy.NESTING:
        return row.level is Level.PROJECT
    if decl.hierarchy is Hierarchy.GROUP:
        return not row.second_name
    if decl.hierarchy is Hierarchy.UNITS:
        return row.level is not Level.DEPARTMENT
    return len(row.code) == 3


def grand_rows(decl: TableDecl, table: Table) -> frozenset[int]:
    """Positions of the rows that print the grand total: at most one on each side."""
    found: dict[str, int] = {}
    for at, row in enumerate(table.rows):
        if _is_grand(decl, decl.side(row.side), row):
            found.setdefault(row.side.value, at)
    return frozenset(found.values())


def _is_grand(decl: TableDecl, side: SideDecl, row: Row) -> bool:
    if side.items:
        return row.name in _names(side, (_grand_sum(side).total,))
    return row.name in decl.total_labels or row.level is Level.DEPARTMENT


def _grand_sum(side: SideDecl) -> RowSum:
    """The sum over this year's income or expenditure, or over the whole where there is only that."""
    sums = {total.total: total for total in side.row_sums}
    return next(sums[key] for key in ("income_this_year", "expenditure_this_year", "total") if key in sums)


def _names(side: SideDecl, ids: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for key in ids for name in (side.item(key).item, *side.item(key).variants))
