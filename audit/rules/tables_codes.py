"""Between tables by functional code: T02, T03, T05, T08 and T09 must tell the same story of every code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from audit.catalogue import AT_MOST, Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext, year_end
from audit.equations import pairs, ready, table_rule
from audit.figures import Figure
from audit.tables import IndexedRow
from disclosures.plain.data import Side

MISSING_LINE = "{left}，而{right}有 {right_value} 万元{hint}。"
_EXPENDITURE_SIDES = (("T05", Side.ONE), ("T08", Side.ONE), ("T09", Side.EXPENDITURE))


def income_is_spending(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T02 total + carried over = T03 total (+ 年终结转 for the grand total)."""
    spending, income = context.table("T03"), context.table("T02")
    yield from ready(rule, income, spending)
    left_over = year_end(context)
    for spent, received in pairs(spending, income):
        left: tuple[Figure, ...] = (spent["total"],)
        if left_over is not None and not spent.code:
            left = (*left, left_over)
        at_most = left_over is not None and bool(spent.code)
        yield Linear(rule, left, (received["total"], received["carried_over"]), at_most=at_most)


def source_is_spending(source: str, table_id: str, side: Side, context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A source column of T02 = the total of the table that spends it, code by code."""
    spending, income = context.table(table_id), context.table("T02")
    yield from ready(rule, income, spending)
    for spent, received in pairs(spending, income, side) if spending.has_data else ():
        yield Linear(rule, (spent["total"],), (received[source],))


def missing_lines(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A line that one table prints with an amount and another table must print too."""
    for row, witnesses in context.missing_lines:
        figure = next(iter(row.figures.values()))
        yield Linear(rule, (figure,), witnesses, left_words=row.words_of())


def parts_within_all(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T05 + T08 + T09 ≤ T03, per code and column."""
    everything = context.table("T03")
    parts = [(context.table(table_id), side) for table_id, side in _EXPENDITURE_SIDES]
    yield from ready(rule, everything)
    rows: dict[int, tuple[IndexedRow, list[IndexedRow]]] = {}
    for table, side in parts:
        for row, part in pairs(everything, table, right_side=side) if table.has_data else ():
            rows.setdefault(id(row), (row, []))[1].append(part)
    for whole, found in rows.values():
        for column in ("total", "basic", "project"):
            figures = tuple(part[column] for part in found)
            if any(figure.text is not None for figure in figures):
                yield Linear(rule, figures, (whole[column],), at_most=True)


RULES = (
    table_rule(
        "X-T02-T03",
        "收入总表与支出总表逐科目一致",
        "表三[科目]合计 = 表二[科目]合计 + 上年结转（年终结转为零时；合计行加年终结转）",
        ("T02", "T03"),
        "表三“2080701 就业创业服务补助” 19.54 万元，与表二同科目合计、上年结转之和 19.45 万元不一致，相差 +0.09 万元。",
        income_is_spending,
    ),
    table_rule(
        "X-T02-T05",
        "一般公共预算逐科目一致",
        "表五[科目]合计 = 表二[科目]一般公共预算",
        ("T02", "T05"),
        "表五合计 6964.92 万元，与表二一般公共预算合计 6946.92 万元不一致，相差 +18.00 万元，疑为数字颠倒。",
        partial(source_is_spending, "general_public", "T05", Side.ONE),
    ),
    table_rule(
        "X-T02-T08",
        "政府性基金预算逐科目一致",
        "表八[科目]合计 = 表二[科目]政府性基金预算",
        ("T02", "T08"),
        "表八“2120803 城市建设支出” 300.00 万元，与表二“2120803 城市建设支出”政府性基金预算 330.00 万元不一致"
        "，相差 -30.00 万元。",
        partial(source_is_spending, "gov_fund", "T08", Side.ONE),
    ),
    table_rule(
        "X-T02-T09",
        "国有资本经营预算逐科目一致",
        "表九支出[科目]合计 = 表二[科目]国有资本经营预算",
        ("T02", "T09"),
        "表九支出“223 国有资本经营预算支出” 9.00 万元，与表二同科目国有资本经营预算 6.00 万元不一致，相差 +3.00 万元。",
        partial(source_is_spending, "state_capital", "T09", Side.EXPENDITURE),
    ),
    table_rule(
        "X-PARTS-T03",
        "各预算支出不大于支出总表",
        "表五 + 表八 + 表九支出 ≤ 表三（逐科目、逐栏）",
        ("T03", "T05", "T08", "T09"),
        "表五“2080102 一般行政管理事务”项目支出 661.61 万元，大于表三同科目项目支出 561.61 万元，相差 +100.00 万元。",
        parts_within_all,
        AT_MOST,
    ),
    table_rule(
        "X-LINE-MISSING",
        "一张表有而另一张表缺的行",
        "表二、表三、表五、表八、表九之间，一张表有金额的科目，应列它的另一张表也要有这一行；表一、表四的类同此",
        ("T01", "T02", "T03", "T04", "T05", "T08", "T09"),
        "表五缺少“2080705 公益性岗位补贴”一行，而表二“2080705 公益性岗位补贴”一般公共预算有 2570.88 万元。",
        missing_lines,
        MISSING_LINE,
    ),
)
