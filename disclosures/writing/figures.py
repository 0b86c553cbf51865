"""Which charts a disclosure carries, and behind which section each stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from disclosures.plain.data import Disclosure, Row, Table
from disclosures.plain.numbers import to_decimal
from disclosures.profiles import DEFAULT_PROFILE, PROFILES

from .cells import with_thousands
from .charts import Chart, ChartKind, Series

_FEWEST_BARS, _MOST_BARS = 2, 12
_CATEGORY_DIGITS = 3
_VISITS = ("abroad", "reception", "vehicles")


def charts_of(disclosure: Disclosure) -> Mapping[str, tuple[Chart, ...]]:
    """Charts by the numeral of the section behind which they stand."""
    found = {"二": _income(disclosure), "三": _spending(disclosure, "T03", "支出预算"), "七": _visits(disclosure)}
    return {numeral: (chart,) for numeral, chart in found.items() if chart is not None}


def _income(disclosure: Disclosure) -> Chart | None:
    """This year's income by source, from the totals row of T02."""
    table = disclosure.table("T02")
    total = _total(table)
    if table is None or total is None:
        return None
    labels = _labels(disclosure, "T02")
    bars = [
        (labels[key], to_decimal(cell.value))
        for key, cell in total.cells
        if key not in ("total", "carried_over") and to_decimal(cell.value) > 0
    ]
    return _bars(f"{disclosure.fiscal_year}年收入预算按来源（万元）", bars)


def _spending(disclosure: Disclosure, table_id: str, subject: str) -> Chart | None:
    """Spending by category, basic and project stacked."""
    table = disclosure.table(table_id)
    rows = [row for row in table.rows if len(row.code) == _CATEGORY_DIGITS] if table else []
    rows = sorted((row for row in rows if not row.is_blank), key=lambda row: -to_decimal(row.value("total")))
    if len(rows) < _FEWEST_BARS:
        return None
    labels = _labels(disclosure, table_id)
    series = tuple(
        Series(labels[key], tuple(to_decimal(row.value(key)) for row in rows[:_MOST_BARS]))
        for key in ("basic", "project")
    )
    names = tuple(f"{row.name} {with_thousands(row.value('total'))}" for row in rows[:_MOST_BARS])
    return Chart(ChartKind.STACKED, f"{disclosure.fiscal_year}年{subject}按功能分类（万元）", names, series)


def _visits(disclosure: Disclosure) -> Chart | None:
    """The 三公 items of T10."""
    table = disclosure.table("T10")
    if table is None:
        return None
    side = PROFILES.get(disclosure.profile, DEFAULT_PROFILE).table("T10").sides[0]
    names = {name for key in _VISITS for name in (side.item(key).item, *side.item(key).variants)}
    bars = [(row.name, to_decimal(row.value("total"))) for row in table.rows if row.name in names]
    return _bars(f"{disclosure.fiscal_year}年“三公”经费预算（万元）", [bar for bar in bars if bar[1] > 0])


def _bars(title: str, bars: list[tuple[str, Decimal]]) -> Chart | None:
    if len(bars) < _FEWEST_BARS:  # one bar shows nothing
        return None
    return Chart(ChartKind.BAR, title, tuple(name for name, _ in bars), (Series("金额", tuple(n for _, n in bars)),))


def _total(table: Table | None) -> Row | None:
    return next((row for row in table.rows if not row.code), None) if table else None


def _labels(disclosure: Disclosure, table_id: str) -> dict[str, str]:
    decl = PROFILES.get(disclosure.profile, DEFAULT_PROFILE).table(table_id)
    return {column.key: column.label for column in decl.sides[0].columns}
