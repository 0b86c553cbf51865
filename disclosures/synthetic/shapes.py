"""The printed shape of the thirteen tables: header rows and body rows as cells, whatever separates them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from disclosures.plain.data import Level, Row, Side, Table
from disclosures.profiles import DEFAULT_PROFILE

Cells = tuple[str, ...]
_FISCAL_HEADERS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed row of a table: its cells, which of them are amounts, how deep it is indented."""

    cells: Cells
    amounts: frozenset[int]
    indent: int = 0
    total: bool = False


def header_rows(table: Table) -> tuple[Cells, ...]:
    """The header lines over a table's rows; a spanned cell is followed by blanks."""
    year = f"{table.printed_year}年"
    coded = ("科目编码", "科目名称")
    spending = (("项目", "", f"{year}预算数", "", ""), (*coded, "合计", "基本支出", "项目支出"))
    projects = ("项目名称", "合计", f"{year}财政拨款", "", "")
    headers: dict[str, tuple[Cells, ...]] = {
        "T01": (
            ("收入", "", "支出", "", "", ""),
            ("项目", year, "项目", f"{year}合计", "当年预算安排", "上年结转安排"),
        ),
        "T02": (
            ("项目", "", "本年收入", "", "", "", "", "", "上年结转"),
            (*coded, "合计", "一般公共预算", "政府性基金", "国有资本经营预算", "财政专户管理资金", "单位资金", ""),
        ),
        "T03": spending,
        "T04": (
            ("收入", "", "支出", "", "", "", ""),
            ("项目", "金额", "项目", "金额", "", "", ""),
            ("", "", "", "小计", *_FISCAL_HEADERS),
        ),
        "T05": spending,
        "T06": (
            ("部门预算支出经济科目名称", "政府预算支出经济科目名称", f"{year}预算数", "", ""),
            ("", "", "合计", "人员经费", "公用经费"),
        ),
        "T07": (("项目", "", "政府性基金收入预算"), ("收入科目编码", "科目名称", "")),
        "T08": ((*coded, "合计", "基本支出", "项目支出"),),
        "T09": (
            ("国有资本经营预算收入", "", "国有资本经营预算支出", "", "", "", "", ""),
            ("项目", "", "国有资本经营收入预算", *coded, "合计", "基本支出", "项目支出"),
            ("收入科目编码", "科目名称", "", "", "", "", "", ""),
        ),
        "T10": (("项目", f"{year}预算数", "", "", ""), ("", "合计", *_FISCAL_HEADERS)),
        "T11": (("单位名称", f"{year}预算数", "", "", ""), ("", "合计", *_FISCAL_HEADERS)),
        "T12": (
            (*projects, "财政专户管理资金", "单位资金"),
            ("", "", *_FISCAL_HEADERS, "", ""),
            tuple("1234567"),
        ),
        "T13": (projects, ("", "", *_FISCAL_HEADERS), tuple("12345")),
    }
    return headers[table.id]


def body_rows(table: Table, *, thousands: bool = False) -> tuple[Line, ...]:
    """The rows of a table as printed, both sides of a two-sided table on one line."""
    if table.id in ("T01", "T04"):
        return tuple(_two_sided(table, thousands))
    if table.id == "T09":
        return tuple(_t09(table, thousands))
    return tuple(_line([(_labels(table, row), _amounts(row, thousands))], row) for row in table.rows)


def _amounts(row: Row, thousands: bool) -> Cells:
    return tuple(_amount(cell.value, thousands) for _, cell in row.cells)


def _amount(value: str | None, thousands: bool) -> str:
    if value is None:
        return ""
    return f"{Decimal(value):,}" if thousands and value.replace(".", "").replace("-", "").isdigit() else value


def _line(parts: Iterable[tuple[Cells, Cells]], row: Row | None = None) -> Line:
    """Join (labels, amounts) pairs into one line that remembers where the amounts are."""
    cells: list[str] = []
    places: set[int] = set()
    for labels, amounts in parts:
        places.update(range(len(cells) + len(labels), len(cells) + len(labels) + len(amounts)))
        cells += (*labels, *amounts)
    indents = {Level.UNIT: 1, Level.PROJECT: 2}
    indent = indents.get(row.level, 0) if row and row.level else 0
    return Line(tuple(cells), frozenset(places), indent, bool(row and row.level is Level.TOTAL))


def _labels(table: Table, row: Row) -> Cells:
    if table.id == "T06":
        return (row.name, row.second_name)
    if len(DEFAULT_PROFILE.table(table.id).side(row.side).labels) == 1:
        return (_marker(table, row) + row.name,)
    return (row.code, row.name) if row.code else (row.name, "")


def _marker(table: Table, row: Row) -> str:
    """What the template prints in front of a fixed item: 一、 or ①."""
    items = DEFAULT_PROFILE.table(table.id).side(row.side).items
    return next((item.marker or "" for item in items if item.item == row.name), "")


def _t09(table: Table, thousands: bool) -> Iterable[Line]:
    blank = Row("", ())
    for left, right in zip_longest(table.side(Side.INCOME), table.side(Side.EXPENDITURE), fillvalue=blank):
        yield _line(
            (
                (_labels(table, left), _amounts(left, thousands)) if left.name else (("", ""), ("",)),
                (_labels(table, right), _amounts(right, thousands)) if right.name else (("", ""), ("", "", "")),
            )
        )


_CLOSING = {  # id of the income row beside each of the last expenditure rows
    "T01": (
        ("income_this_year", "expenditure_this_year"),
        ("carried_over", "year_end_carry_over"),
        ("income_total", "expenditure_total"),
    ),
    "T04": (
        ("income_this_year", "expenditure_this_year"),
        ("carried_over", "year_end_carry_over"),
        ("carried_over_general_public", None),
        ("carried_over_gov_fund", None),
        ("carried_over_state_capital", None),
        ("income_total", "expenditure_total"),
    ),
}


def _two_sided(table: Table, thousands: bool) -> Iterable[Line]:
    """Sources beside categories from the top, totals beside totals at the bottom."""
    decl = DEFAULT_PROFILE.table(table.id)
    sides = {side: tuple(table.side(side)) for side in (Side.INCOME, Side.EXPENDITURE)}
    ids = {side: [item.id for item in decl.side(side).items] for side in sides}
    closing = _CLOSING[table.id]
    top = len(ids[Side.INCOME]) - sum(1 for left, _ in closing if left)
    pairs: list[tuple[Row | None, Row | None]] = list(
        zip_longest(sides[Side.INCOME][:top], sides[Side.EXPENDITURE][: len(ids[Side.EXPENDITURE]) - 3])
    )
    for left, right in closing:
        pairs.append(
            (
                sides[Side.INCOME][ids[Side.INCOME].index(left)],
                sides[Side.EXPENDITURE][ids[Side.EXPENDITURE].index(right)] if right else None,
            )
        )
    widths = {side: len(decl.side(side).columns) for side in sides}
    for income, expenditure in pairs:
        yield _line(
            (
                (_labels(table, income), _amounts(income, thousands))
                if income
                else (("",), ("",) * widths[Side.INCOME]),
                (_labels(table, expenditure), _amounts(expenditure, thousands))
                if expenditure
                else (("",), ("",) * widths[Side.EXPENDITURE]),
            )
        )
