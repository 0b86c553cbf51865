"""Which cells of the tables a concept of the prose speaks of."""

from __future__ import annotations

from decimal import Decimal

from audit.context import CheckContext
from audit.figures import Figure
from audit.tables import IndexedRow
from disclosures.plain.data import Level, Side
from disclosures.plain.text import fold

_INCOME, _EXPENDITURE, _ONE = Side.INCOME, Side.EXPENDITURE, Side.ONE

# concept -> cells (table, side, item id, column); the prose is right when it agrees with any of them
_FIXED: dict[str, tuple[tuple[str, Side, str, str], ...]] = {
    "balance_total": (
        ("T01", _INCOME, "income_total", "amount"),
        ("T01", _EXPENDITURE, "expenditure_total", "total"),
    ),
    "income_total": (("T01", _INCOME, "income_total", "amount"),),
    "expenditure_total": (("T01", _EXPENDITURE, "expenditure_total", "total"),),
    "income_this_year": (("T01", _INCOME, "income_this_year", "amount"),),
    "current_year": (("T01", _EXPENDITURE, "expenditure_total", "current_year"),),
    "carried_over": (("T01", _INCOME, "carried_over", "amount"),),
    "carried_over_spent": (("T01", _EXPENDITURE, "expenditure_total", "carried_over"),),
    "year_end_carry_over": (("T01", _EXPENDITURE, "year_end_carry_over", "total"),),
    **{
        f"income/{key}": (("T01", _INCOME, key, "amount"),)
        for key in ("general_public", "gov_fund", "state_capital", "fiscal_account", "unit_funds")
    },
    "fiscal_total": (
        ("T04", _INCOME, "income_total", "amount"),
        ("T04", _EXPENDITURE, "expenditure_total", "total"),
    ),
    "fiscal_this_year": (("T04", _INCOME, "income_this_year", "amount"),),
    "fiscal_carried_over": (("T04", _INCOME, "carried_over", "amount"),),
    **{
        f"fiscal/{key}": (("T04", _EXPENDITURE, "expenditure_total", key), ("T04", _INCOME, key, "amount"))
        for key in ("general_public", "gov_fund", "state_capital")
    },
    "three_public": (("T10", _ONE, "total", "total"),),
    **{
        key: (("T10", _ONE, key, "total"),)
        for key in ("abroad", "reception", "vehicles", "vehicle_running", "vehicle_purchase")
    },
}
# concept -> cells (table, column) of the row that totals the table
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


class Cells:
    """Look-up of table cells by concept for one disclosure; the same concept gives the same figures."""

    def __init__(self, context: CheckContext) -> None:
        self._context = context
        self._classes: dict[str, dict[str, IndexedRow]] = {}
        self._nil: dict[str, Figure] = {}

    def of(self, topic: str, concept: str) -> tuple[Figure, ...]:
        """Alternatives for a concept; empty when the table it needs is missing or the concept has no cell."""
        if concept.startswith("category:"):
            return self._category("T04" if topic == "fiscal" else "T05", concept.removeprefix("category:"))
        if concept.startswith("source:"):
            concept = f"{topic}/{concept.removeprefix('source:')}"
        found = [self._fixed(*spec) for spec in _FIXED.get(concept, ())]
        found += [self._total(*spec) for spec in _TOTALS.get(concept, ())]
        return tuple(figure for figure in found if figure is not None)

    def total_row(self, table_id: str) -> IndexedRow | None:
        """The row that totals a table; for T12 and T13 the department's line."""
        table = self._context.table(table_id)
        if table_id in ("T12", "T13"):
            heads = [row for row in table.rows if row.row is not None and row.row.level is Level.DEPARTMENT]
            return next(iter(heads or table.rows), None)
        return table.total()

    def categories(self, topic: str) -> tuple[IndexedRow, ...]:
        """The 类 rows with an amount of the table that a section lists them from: T04 or T05."""
        if topic == "fiscal":
            table = self._context.table("T04")
            items = [item for item in table.decl.side(_EXPENDITURE).items if item.functional_code]
            found = (table.item(item.id, _EXPENDITURE) for item in items)
            return tuple(row for row in found if row is not None and not row["total"].is_blank)
        rows = self._context.table("T05").rows
        return tuple(row for row in rows if len(row.code) == 3 and not row["total"].is_blank)

    def _missing(self, table_id: str) -> bool:
        return self._context.table(table_id).table is None

    def _fixed(self, table_id: str, side: Side, item_id: str, column: str) -> Figure | None:
        if self._missing(table_id):
            return None
        figure = self._context.item(table_id, item_id, column, side)
        if figure is not None:
            return figure
        decl = self._context.table(table_id).decl
        return self._nothing(table_id, f"表{decl.ordinal}“{decl.side(side).item(item_id).item}”")

    def _total(self, table_id: str, column: str) -> Figure | None:
        if self._missing(table_id):
            return None
        row = self.total_row(table_id)
        if row is not None:
            return row[column]
        return self._nothing(table_id, f"表{self._context.table(table_id).decl.ordinal}合计")

    def _category(self, table_id: str, name: str) -> tuple[Figure, ...]:
        if self._missing(table_id):
            return ()
        row = self._named(table_id).get(fold(name))
        if row is not None:
            return (row["total"],)
        return (self._nothing(table_id, f"表{self._context.table(table_id).decl.ordinal}“{name}”（表中没有）"),)

    def _named(self, table_id: str) -> dict[str, IndexedRow]:
        if table_id not in self._classes:
            rows: dict[str, IndexedRow] = {}
            for row in self._context.table(table_id).rows:
                if row.side.side is not Side.INCOME:
                    rows.setdefault(fold(row.name), row)
            self._classes[table_id] = rows
        return self._classes[table_id]

    def _nothing(self, place: str, words: str) -> Figure:
        """A figure for a line that is not there: nil."""
        if words not in self._nil:
            self._nil[words] = Figure(None, Decimal(0), Decimal(0), place=place, words=words)
        return self._nil[words]
