"""Between tables by source and category: T01 and T04 against T02, T03, T05, T07, T08 and T09."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import AT_MOST, DIFFERS, Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext, year_end
from audit.equations import equal, ready, table_rule, within
from audit.figures import Figure
from audit.intervals import can_meet
from audit.tables import IndexedRow
from disclosures.plain.data import Side

FISCAL = ("general_public", "gov_fund", "state_capital")
SOURCES = (*FISCAL, "fiscal_account", "unit_funds")
_IN, _OUT = Side.INCOME, Side.EXPENDITURE


def income_by_source(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T02 合计 = T01 income, source by source, and the carry-over."""
    yield from ready(rule, context.table("T01"), context.table("T02"))
    for source in SOURCES:
        yield from equal(rule, context.item("T01", source, "amount", _IN), context.total("T02", source))
    yield from equal(rule, context.item("T01", "income_this_year", "amount", _IN), context.total("T02", "total"))
    yield from equal(rule, context.item("T01", "carried_over", "amount", _IN), context.total("T02", "carried_over"))


def fiscal_income(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T04 income = T01 income for the three fiscal sources; fiscal carry-over ≤ carry-over."""
    yield from ready(rule, context.table("T01"), context.table("T04"))
    for source in FISCAL:
        yield from equal(rule, context.item("T04", source, "amount", _IN), context.item("T01", source, "amount", _IN))


def fiscal_carry_over(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T04 上年财政拨款结转 ≤ T01 上年结转."""
    carried = context.item("T04", "carried_over", "amount", _IN), context.item("T01", "carried_over", "amount", _IN)
    yield from within(rule, carried[:1], carried[1:])


def years(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T01: spending out of carry-over = 上年结转; spending out of this year's income = 本年收入合计."""
    yield from ready(rule, context.table("T01"))
    row = context.table("T01").item("expenditure_this_year", _OUT)
    if row is None or year_end(context) is not None:
        reason = "没有本年支出合计行" if row is None else "有年终结转，当年与结转不能分别核对"
        yield rule.not_checked(f"表一{reason}", "T01")
        return
    yield from equal(rule, row["current_year"], context.item("T01", "income_this_year", "amount", _IN))
    yield from equal(rule, row["carried_over"], context.item("T01", "carried_over", "amount", _IN))


def fiscal_balance(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T04: 支出总计 of a source = its income + its carry-over."""
    table = context.table("T04")
    yield from ready(rule, table)
    spent = table.item("expenditure_total", _OUT)
    kept = table.item("year_end_carry_over", _OUT)
    unsplit = kept is not None and not kept["total"].is_blank and all(kept[s].is_blank for s in FISCAL)
    if spent is None or unsplit:
        reason = "没有支出总计行" if spent is None else "年终结转未分来源"
        yield rule.not_checked(f"表四{reason}，无法分来源核对收支", "T04")
        return
    for source in FISCAL:
        income = context.item("T04", source, "amount", _IN)
        carried = context.item("T04", f"carried_over_{source}", "amount", _IN)
        figures = tuple(figure for figure in (income, carried) if figure is not None)
        if income is not None and not all(figure.is_blank for figure in (*figures, spent[source])):
            yield Linear(rule, (spent[source],), figures)


def categories(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T01 expenditure by category = T03[类]; this year's and carried-over part = T02[类]."""
    yield from ready(rule, context.table("T01"), context.table("T02"), context.table("T03"))
    if not context.table("T01").has_data:
        return
    keeps = year_end(context) is not None
    if keeps:
        yield rule.not_checked("有年终结转，当年与结转不能逐类核对", "T01")
    for code, row in _category_rows(context, "T01"):
        yield from equal(rule, row["total"], _cell(context, "T03", code, "total"))
        if not keeps:
            yield from equal(rule, row["current_year"], _cell(context, "T02", code, "total"))
            yield from equal(rule, row["carried_over"], _cell(context, "T02", code, "carried_over"))


def _category_rows(context: CheckContext, table_id: str) -> Iterator[tuple[str, IndexedRow]]:
    """Category rows by code, and 本年支出合计 by the empty code; lines that are not printed left out."""
    rows = {**context.categories(table_id)}
    total = context.table(table_id).item("expenditure_this_year", _OUT)
    if total is not None:
        rows[""] = total
    return ((code, row) for code, row in rows.items() if row.row is not None)


def _cell(context: CheckContext, table_id: str, code: str, column: str) -> Figure | None:
    """The cell of a code, or of 合计 for the empty code.

    A code that the table does not print at all is nil there, and None says so to nobody: a line that
    ought to be printed is X-LINE-MISSING's business, and a category nobody else knows is `strays`'.
    """
    if not code:
        return context.total(table_id, column)
    row = context.table(table_id).row_of_code(code)
    return row[column] if row is not None and row.row is not None else None


def strays(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A category with an amount in T01 or T04 whose 类 T03 and T02 do not print."""
    for table_id in ("T01", "T04"):
        others = [context.table(other) for other in ("T03", "T02") if context.table(other).has_data]
        for code, row in _category_rows(context, table_id) if others else ():
            figure = row["total"]
            if code and figure.middle and not any(table.with_code(code) for table in others):
                words = f"{'、'.join(table.words for table in others)}没有“{code}”这一类，其金额"
                yield Linear(rule, (figure,), (), right_words=words)


def fiscal_categories(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T04 expenditure by category and source = T02's source + its carry-over, as far as the split is known."""
    yield from ready(rule, context.table("T02"), context.table("T04"))
    if not (context.table("T02").has_data and context.table("T04").has_data):
        return
    carried = {source: context.item("T04", f"carried_over_{source}", "amount", _IN) for source in FISCAL}
    fiscal, everything = context.item("T04", "carried_over", "amount", _IN), context.total("T02", "carried_over")
    all_fiscal = fiscal is not None and everything is not None and can_meet(fiscal.interval, everything.interval)
    carrying = [source for source in FISCAL if (figure := carried[source]) is None or figure.middle]
    for code, row in _category_rows(context, "T04"):
        received = {key: _cell(context, "T02", code, key) for key in (*FISCAL, "carried_over")}
        if any(figure is None for figure in received.values()):
            continue
        for source in FISCAL:
            alone = all_fiscal and carrying == [source]
            yield from _by_source(context, rule, row[source], received, source, source in carrying, alone)
        if all_fiscal and year_end(context) is None:
            parts = tuple(figure for figure in received.values() if figure is not None)
            if not all(figure.is_blank for figure in (*parts, row["total"])):
                yield Linear(rule, (row["total"],), parts)


def _by_source(
    context: CheckContext,
    rule: Rule,
    spent: Figure,
    received: dict[str, Figure | None],
    source: str,
    carries: bool,
    alone: bool,
) -> Iterator[Outcome]:
    income, carried = received[source], received["carried_over"]
    keeps = year_end(context) is not None
    if not carries and not keeps:
        yield from equal(rule, spent, income)
    elif alone and not keeps and income is not None and carried is not None:
        if not (spent.is_blank and income.is_blank and carried.is_blank):
            yield Linear(rule, (spent,), (income, carried))
    else:
        yield from within(rule, (spent,), (income, carried))
        if not keeps:
            yield from within(rule, (income,), (spent,))


def general_public(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T05 合计 = this year's general public income of T04."""
    yield from ready(rule, context.table("T04"), context.table("T05"))
    yield from equal(rule, context.total("T05", "total"), context.item("T04", "general_public", "amount", _IN))


def funds(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T07 合计 and T08 合计 = government fund income of T04."""
    yield from ready(rule, context.table("T07"), context.table("T08"))
    income = context.item("T04", "gov_fund", "amount", _IN)
    yield from equal(rule, context.total("T07", "amount"), income)
    yield from equal(rule, context.total("T08", "total"), income)


def state_capital(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T09 合计 of both sides = state capital income of T04."""
    yield from ready(rule, context.table("T09"))
    if not context.table("T09").has_data:
        return
    income = context.item("T04", "state_capital", "amount", _IN)
    yield from equal(rule, context.total("T09", "amount", _IN), income)
    yield from equal(rule, context.total("T09", "total", _OUT), income)


RULES = (
    table_rule(
        "X-T01-T02",
        "收入逐来源一致",
        "表一各来源、本年收入合计、上年结转 = 表二合计行各栏",
        ("T01", "T02"),
        "表一收入“单位资金” 267.80 万元，与表二单位资金合计 276.80 万元不一致，相差 -9.00 万元，疑为数字颠倒。",
        income_by_source,
    ),
    table_rule(
        "X-T01-T04",
        "财政拨款收入一致",
        "表四三项财政拨款收入 = 表一同名来源",
        ("T01", "T04"),
        "表四收入“一般公共预算” 6964.92 万元，与表一收入“一般公共预算” 6946.92 万元不一致"
        "，相差 +18.00 万元，疑为数字颠倒。",
        fiscal_income,
    ),
    table_rule(
        "X-T04-CARRY",
        "财政拨款结转不大于全部结转",
        "表四上年财政拨款结转 ≤ 表一上年结转",
        ("T01", "T04"),
        "表四收入“上年财政拨款结转” 196.30 万元，大于表一收入“上年结转” 169.30 万元，相差 +27.00 万元。",
        fiscal_carry_over,
        AT_MOST,
    ),
    table_rule(
        "X-T01-YEARS",
        "当年与结转安排分别平衡",
        "表一本年支出合计的当年预算安排 = 本年收入合计；其上年结转安排 = 上年结转（年终结转为零时）",
        ("T01",),
        "表一支出“本年支出合计”上年结转安排 670.66 万元，与表一收入“上年结转” 607.66 万元不一致"
        "，相差 +63.00 万元，疑为数字颠倒。",
        years,
    ),
    table_rule(
        "X-T04-SOURCES",
        "财政拨款逐来源收支平衡",
        "表四支出总计[来源] = 收入[来源] + 上年结转[来源]",
        ("T04",),
        "表四支出“支出总计”一般公共预算 7134.22 万元，与表四收入两项一般公共预算之和 7143.22 万元不一致"
        "，相差 -9.00 万元。",
        fiscal_balance,
    ),
    table_rule(
        "X-T01-T03",
        "支出逐类一致",
        "表一支出[类]合计 = 表三[类]合计；当年预算安排 = 表二[类]合计；上年结转安排 = 表二[类]上年结转",
        ("T01", "T02", "T03"),
        "表一支出“卫生健康支出” 36.41 万元，与表三“210 卫生健康支出” 63.41 万元不一致，相差 -27.00 万元。",
        categories,
    ),
    table_rule(
        "X-CATEGORY",
        "总表有金额的类在明细表中要有",
        "表一、表四有金额的支出类，表二、表三要有这一类",
        ("T01", "T02", "T03", "T04"),
        "表一支出“教育支出” 12.00 万元，与表三、表二没有“205”这一类，其金额 0.00 万元不一致，相差 +12.00 万元。",
        strays,
        "{left} {left_value} 万元，但{right}为零{hint}。",
    ),
    table_rule(
        "X-T02-T04",
        "财政拨款支出逐类逐来源一致",
        "表四支出[类][来源] = 表二[类][来源] + 其上年结转（结转来源分不清时只核对上下限）",
        ("T02", "T04"),
        "表四支出“教育支出”一般公共预算 3798.54 万元，与表二“205 教育支出”一般公共预算 3978.54 万元不一致"
        "，相差 -180.00 万元。",
        fiscal_categories,
        DIFFERS,
    ),
    table_rule(
        "X-T04-T05",
        "一般公共预算支出与财政拨款收入一致",
        "表五合计 = 表四一般公共预算收入",
        ("T04", "T05"),
        "表五合计 6964.92 万元，与表四收入“一般公共预算” 6946.92 万元不一致，相差 +18.00 万元，疑为数字颠倒。",
        general_public,
    ),
    table_rule(
        "X-T07-T08",
        "政府性基金预算一致",
        "表七合计 = 表四政府性基金预算收入；表八合计 = 表四政府性基金预算收入",
        ("T04", "T07", "T08"),
        "表八合计 300.00 万元，与表四收入“政府性基金预算” 330.00 万元不一致，相差 -30.00 万元。",
        funds,
    ),
    table_rule(
        "X-T04-T09",
        "国有资本经营预算一致",
        "表九收入合计 = 表九支出合计 = 表四国有资本经营预算收入",
        ("T04", "T09"),
        "表九支出合计 9.00 万元，与表四收入“国有资本经营预算” 6.00 万元不一致，相差 +3.00 万元。",
        state_capital,
    ),
)
