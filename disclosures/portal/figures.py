"""The figures of a disclosure that a citizen asks for, from its tables. Plain data, no Django; amounts in 万元."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from disclosures.plain.data import Disclosure, Level, Row, Side, Table
from disclosures.profiles import DEFAULT_PROFILE, PROFILES, ItemDecl, SideDecl

TOTAL, SOURCE, FUNCTION, VISIT = "total", "source", "function", "visit"
SOURCES = ("general_public", "gov_fund", "state_capital", "fiscal_account", "unit_funds", "carried_over")
FISCAL = frozenset({"general_public", "gov_fund", "state_capital"})
VISITS = ("abroad", "reception", "vehicle_purchase", "vehicle_running")
TOTALS = {
    "income": "收入总计",
    "expenditure": "支出总计",
    "basic": "基本支出",
    "project": "项目支出",
    "visits": "“三公”经费",
    "running": "机关运行经费",
}
_CATEGORY_DIGITS = 3
_LARGEST = Decimal(10) ** 13  # beyond it nothing is an amount of money
_FINEST = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its measure, its key within that, what it is called, how much."""

    measure: str
    key: str
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Project:
    """A project of T12, or of T13 where it is paid from last year's money."""

    name: str
    unit: str
    carried_over: bool
    amount: Decimal | None


def amount(text: str | None) -> Decimal | None:
    """The amount of a cell; None where there is none, or nothing that can be one."""
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        return None
    if value is None or not value.is_finite() or abs(value) >= _LARGEST:
        return None
    return value.quantize(_FINEST)


def figures_of(disclosure: Disclosure) -> list[Figure]:
    """Totals, income by source, spending by function, 三公; what is blank or nil in the tables is not there."""
    found = [*_totals(disclosure), *_sources(disclosure), *_functions(disclosure), *_visits(disclosure)]
    unique: dict[tuple[str, str], Figure] = {}
    for figure in found:
        unique.setdefault((figure.measure, figure.key), figure)
    return list(unique.values())


def projects_of(disclosure: Disclosure) -> Iterator[Project]:
    """The projects of T12 and T13 in printed order."""
    for table_id in ("T12", "T13"):
        table = disclosure.table(table_id)
        for row in table.rows if table else ():
            if row.level in (Level.PROJECT, None) and row.name.strip():
                carried = table_id == "T13"
                yield Project(row.name, row.unit_name or "", carried, amount(row.value("total")))


def _totals(disclosure: Disclosure) -> Iterator[Figure]:
    spent = _total_row(disclosure.table("T03"))
    values = {
        "income": _item_amount(disclosure, "T01", Side.INCOME, "income_total", "amount"),
        "expenditure": _item_amount(disclosure, "T01", Side.EXPENDITURE, "expenditure_total", "total"),
        "basic": amount(spent.value("basic")) if spent else None,
        "project": amount(spent.value("project")) if spent else None,
        "visits": _item_amount(disclosure, "T10", Side.ONE, "total", "total"),
        "running": _first_amount(disclosure.table("T11")),
    }
    if values["expenditure"] is None and spent is not None:
        values["expenditure"] = amount(spent.value("total"))
    for key, value in values.items():
        if value is not None:
            yield Figure(TOTAL, key, TOTALS[key], value)


def _sources(disclosure: Disclosure) -> Iterator[Figure]:
    side = _side(disclosure, "T01", Side.INCOME)
    for key in SOURCES:
        value = _item_amount(disclosure, "T01", Side.INCOME, key, "amount")
        if value:
            yield Figure(SOURCE, key, side.item(key).item, value)


def _functions(disclosure: Disclosure) -> Iterator[Figure]:
    table = disclosure.table("T03")
    rows = [row for row in table.rows if len(row.code) == _CATEGORY_DIGITS] if table else []
    amounts = [(row, value) for row in rows if (value := amount(row.value("total")))]
    for row, value in sorted(amounts, key=lambda pair: -pair[1]):
        yield Figure(FUNCTION, row.code, row.name, value)


def _visits(disclosure: Disclosure) -> Iterator[Figure]:
    side = _side(disclosure, "T10", Side.ONE)
    for key in VISITS:
        value = _item_amount(disclosure, "T10", Side.ONE, key, "total")
        if value is not None:
            yield Figure(VISIT, key, side.item(key).item, value)


def _item_amount(disclosure: Disclosure, table_id: str, side: Side, item: str, column: str) -> Decimal | None:
    row = _item_row(disclosure.table(table_id), side, _side(disclosure, table_id, side).item(item))
    return amount(row.value(column)) if row else None


def _item_row(table: Table | None, side: Side, item: ItemDecl) -> Row | None:
    names = {item.item, *item.variants}
    return next((row for row in table.side(side) if row.name in names), None) if table else None


def _side(disclosure: Disclosure, table_id: str, side: Side) -> SideDecl:
    return PROFILES.get(disclosure.profile, DEFAULT_PROFILE).table(table_id).side(side)


def _total_row(table: Table | None) -> Row | None:
    return next((row for row in table.rows if not row.code), None) if table else None


def _first_amount(table: Table | None) -> Decimal | None:
    """T11 opens with the total of its units."""
    row = next(iter(table.rows), None) if table else None
    return amount(row.value("total")) if row else None
