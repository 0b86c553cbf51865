"""Which cells of the tables a concept of the prose speaks of.

`Figures.of(concept)` gives alternatives: the prose is right when it agrees with any one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from disclosures.plain.data import Disclosure, Level, Row, Side, Table
from disclosures.plain.places import row_keys
from disclosures.plain.text import fold
from disclosures.profiles import DEFAULT_PROFILE, PROFILES


@dataclass(frozen=True, slots=True)
class Figure:
    """One table cell: place, printed value (None is blank, that is nil), unit 万元."""

    where: str
    value: str | None
    source: str | None
    name: str  # as a message calls it: 表二“合计”一般公共预算


# concept -> (table, side, item id, column) of fixed-item tables
_FIXED: dict[str, tuple[tuple[str, Side, str, str], ...]] = {
    "balance_total": (
        ("T01", Side.INCOME, "income_total", "amount"),
        ("T01", Side.EXPENDITURE, "expenditure_total", "total"),
    ),
    "income_total": (("T01", Side.INCOME, "income_total", "amount"),),
    "expenditure_total": (("T01", Side.EXPENDITURE, "expenditure_total", "total"),),
    "income_this_year": (("T01", Side.INCOME, "income_this_year", "amount"),),
    "current_year": (("T01", Side.EXPENDITURE, "expenditure_total", "current_year"),),
    "carried_over": (("T01", Side.INCOME, "carried_over", "amount"),),
    "carried_over_spent": (("T01", Side.EXPENDITURE, "expenditure_total", "carried_over"),),
    "year_end_carry_over": (("T01", Side.EXPENDITURE, "year_end_carry_over", "total"),),
    "income:general_public": (("T01", Side.INCOME, "general_public", "amount"),),
    "income:gov_fund": (("T01", Side.INCOME, "gov_fund", "amount"),),
    "income:state_capital": (("T01", Side.INCOME, "state_capital", "amount"),),
    "income:fiscal_account": (("T01", Side.INCOME, "fiscal_account", "amount"),),
    "income:unit_funds": (("T01", Side.INCOME, "unit_funds", "amount"),),
    "fiscal_total": (
        ("T04", Side.INCOME, "income_total", "amount"),
        ("T04", Side.EXPENDITURE, "expenditure_total", "total"),
    ),
    "fiscal_this_year": (("T04", Side.INCOME, "income_this_year", "amount"),),
    "fiscal_carried_over": (("T04", Side.INCOME, "carried_over", "amount"),),
    "fiscal:general_public": (("T04", Side.EXPENDITURE, "expenditure_total", "general_public"),),
    "fiscal:gov_fund": (("T04", Side.EXPENDITURE, "expenditure_total", "gov_fund"),),
    "fiscal:state_capital": (("T04", Side.EXPENDITURE, "expenditure_total", "state_capital"),),
    "fiscal_income:general_public": (("T04", Side.INCOME, "general_public", "amount"),),
    "fiscal_income:gov_fund": (("T04", Side.INCOME, "gov_fund", "amount"),),
    "fiscal_income:state_capital": (("T04", Side.INCOME, "state_capital", "amount"),),
    "three_public": (("T10", Side.ONE, "total", "total"),),
    "abroad": (("T10", Side.ONE, "abroad", "total"),),
    "reception": (("T10", Side.ONE, "reception", "total"),),
    "vehicles": (("T10", Side.ONE, "vehicles", "total"),),
    "vehicle_running": (("T10", Side.ONE, "vehicle_running", "total"),),
    "vehicle_purchase": (("T10", Side.ONE, "vehicle_purchase", "total"),),
}
# concept -> (table, column) of the row that totals the table
_TOTALS: dict[str, tuple[tuple[str, str], ...]] = {
    "basic_all": (("T03", "basic"),),
    "project_all": (("T03", "project"),),
    "gp_total": (("T05", "total"),),
    "gp_basic": (("T05", "basic"),),
    "gp_project": (("T05", "project"),),
    "basic": (("T06", "total"), ("T05", "basic")),
    "personnel": (("T06", "personnel"),),
    "public_use": (("T06", "public_use"),),
    "operating": (("T11", "total"),),
    "projects_this_year": (("T12", "total"),),
    "projects_carried_over": (("T13", "total"),),
}


class Figures:
    """The figures of one disclosure; built once, every look-up is a dictionary access."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._profile = PROFILES.get(disclosure.profile, DEFAULT_PROFILE)
        self._tables = {table.id: table for table in disclosure.tables}
        self._keys = {table.id: row_keys(table) for table in disclosure.tables}
        self._fixed: dict[tuple[str, Side, str], tuple[str, Row]] = {}
        self._category: dict[tuple[str, str], tuple[str, Row]] = {}
        self._total: dict[str, tuple[str, Row]] = {}
        for table in disclosure.tables:
            self._index(table)

    def _index(self, table: Table) -> None:
        decl = self._profile.table(table.id)
        names = {
            side.side: [(item, {fold(item.item), *map(fold, item.variants)}) for item in side.items]
            for side in decl.sides
        }
        taken: set[tuple[Side, str]] = set()
        for key, row in zip(self._keys[table.id], table.rows, strict=True):
            label = fold(row.name)
            for item, labels in names.get(row.side, ()):
                if label in labels and (row.side, item.id) not in taken:
                    taken.add((row.side, item.id))
                    self._fixed[table.id, row.side, item.id] = (key, row)
                    break
            if (table.id == "T04" and row.side is Side.EXPENDITURE) or table.id == "T05":
                self._category.setdefault((table.id, label), (key, row))
            if table.id not in self._total and self._is_total(table, row):
                self._total[table.id] = (key, row)

    def _is_total(self, table: Table, row: Row) -> bool:
        decl = self._profile.table(table.id)
        if table.id in ("T12", "T13"):
            return row.level is Level.DEPARTMENT or row is table.rows[0]
        return fold(row.name) in map(fold, decl.total_labels) and not row.second_name and not row.code

    def has(self, table_id: str) -> bool:
        """Whether the table is there, with data or saying that it has none."""
        return table_id in self._tables

    def table(self, table_id: str) -> Table | None:
        return self._tables.get(table_id)

    def total_row(self, table_id: str) -> tuple[str, Row] | None:
        """Key and row of a table's total."""
        return self._total.get(table_id)

    def of(self, concept: str) -> tuple[Figure, ...] | None:
        """Alternatives for a concept; None when the table it needs is missing or the concept is unknown.

        A table that says 本表无数据, or lacks the row, gives a figure without value, that is nil.
        """
        if concept.startswith("category:"):
            return None
        found = [self._fixed_figure(*spec) for spec in _FIXED.get(concept, ())]
        found += [self._total_figure(*spec) for spec in _TOTALS.get(concept, ())]
        figures = tuple(figure for figure in found if figure is not None)
        return figures or None

    def category(self, table_id: str, name: str) -> tuple[Figure, ...] | None:
        """The total of a functional class (any level) in T04 or T05 by its printed name."""
        if not self.has(table_id):
            return None
        short = self._short(table_id)
        hit = self._category.get((table_id, fold(name)))
        if hit is None:
            return (
                Figure(
                    f"{table_id}/expenditure/{name}" if table_id == "T04" else table_id, None, None, f"{short}“{name}”"
                ),
            )
        key, row = hit
        return (self._figure(table_id, key, row, "total"),)

    def _short(self, table_id: str) -> str:
        return f"表{self._profile.table(table_id).ordinal}"

    def _figure(self, table_id: str, key: str, row: Row, column: str) -> Figure:
        side = self._profile.table(table_id).side(row.side)
        label = next(decl.label for decl in side.columns if decl.key == column)
        return Figure(
            f"{table_id}/{key}/{column}",
            row.value(column),
            row.place_of(column),
            f"{self._short(table_id)}“{row.name}”{label}",
        )

    def _fixed_figure(self, table_id: str, side: Side, item_id: str, column: str) -> Figure | None:
        if not self.has(table_id):
            return None
        hit = self._fixed.get((table_id, side, item_id))
        if hit is None:
            name = self._profile.table(table_id).side(side).item(item_id).item
            return Figure(table_id, None, None, f"{self._short(table_id)}“{name}”")
        return self._figure(table_id, *hit, column)

    def _total_figure(self, table_id: str, column: str) -> Figure | None:
        if not self.has(table_id):
            return None
        hit = self._total.get(table_id)
        if hit is None:
            return Figure(table_id, None, None, f"{self._short(table_id)}合计")
        return self._figure(table_id, *hit, column)
