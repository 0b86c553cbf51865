"""Basic and project expenditure: T06, T10, T11 inside T05, and T12 and T13 against T02 to T05."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import DIFFERS, Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext
from audit.equations import columns_sum, ready, table_rule
from audit.figures import Figure
from audit.findings import Evidence, Family, Severity
from audit.intervals import ZERO
from audit.nesting import Nesting, nesting
from audit.rules.tables_totals import FISCAL
from audit.tables import IndexedRow, IndexedTable
from disclosures.plain.data import Level, Side
from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy

_IN, _OUT = Side.INCOME, Side.EXPENDITURE
_UNSURE = "的部门、单位、项目层次无法判定，未核对逐级合计"


def nested_sums(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T12, T13: a department equals its units, a unit its projects."""
    for table in context.tables.values():
        if table.decl.hierarchy is not Hierarchy.NESTING or not table.has_data:
            continue
        tree = nesting(context, table)
        if tree is None:
            yield rule.not_checked(f"{table.words}{_UNSURE}", table.id)
            continue
        parents = {id(parent) for parent, _ in tree.below}
        for parent, children in tree.below:
            units = any(id(child) in parents for child in children)
            yield from columns_sum(rule, parent, children, "其下各单位之和" if units else "其下各项目之和")


def childless_units(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T12, T13: a unit with an amount has projects under it, as other units do."""
    for table in context.tables.values():
        tree = nesting(context, table) if table.decl.hierarchy is Hierarchy.NESTING and table.has_data else None
        for row in tree.leaves if tree is not None and tree.below else ():
            if row.row is not None and row.row.level is Level.UNIT and not row.is_blank:
                figure = row["total"]
                params = {"unit": row.words_of(), "value": figure.text or "空白"}
                yield rule.finding(figure.place, params, actual=figure.text, source=figure.source)


def _whole(context: CheckContext, table: IndexedTable, column: str) -> tuple[Figure, ...] | None:
    """The cells that together are the whole of T12 or T13; of an empty table none, None when nobody can tell."""
    if not table.has_data:
        return () if table.says_nil else None
    tree: Nesting | None = nesting(context, table)
    if tree is not None:
        return tuple(row[column] for row in tree.top)
    first: IndexedRow = table.rows[0]
    known = first is table.total() or fold(first.name) == fold(context.disclosure.department)
    return (first[column],) if known else None


def _some(figures: tuple[Figure, ...]) -> bool:
    return any(not figure.is_blank for figure in figures)


def projects_by_source(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T12 by fiscal source = the project column of the table of that source; other sources ≤ T02."""
    table = context.table("T12")
    yield from ready(rule, table, context.table("T05"))
    spent = (
        context.total("T05", "project"),
        context.total("T08", "project"),
        context.total("T09", "project", _OUT),
    )
    if not table.has_data:
        return
    for source, project in zip(FISCAL, spent, strict=True):
        figures = _whole(context, table, source)
        if figures is None:
            yield rule.not_checked(f"{table.words}没有可认定的合计行", table.id)
        elif project is not None and _some((*figures, project)):
            yield Linear(rule, figures, (project,))
        elif _some(figures) and not context.table("T05" if source == "general_public" else "T08").table:
            yield rule.not_checked("没有可对照的表", table.id)
    for source in ("fiscal_account", "unit_funds"):
        figures = _whole(context, table, source) or ()
        income = context.total("T02", source)
        if income is not None and _some(figures):
            yield Linear(rule, figures, (income,), at_most=True)


def carry_over(context: CheckContext) -> tuple[Figure | None, Figure | None]:
    """Fiscal carry-over (T04) and all carry-over (T02, else T01)."""
    everything = context.total("T02", "carried_over") or context.item("T01", "carried_over", "amount", _IN)
    return context.item("T04", "carried_over", "amount", _IN), everything


def all_projects(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T12 + T13 = T03 project; carry-over of other than fiscal money may come on top."""
    current, carried = context.table("T12"), context.table("T13")
    yield from ready(rule, current, context.table("T03"))
    project = context.total("T03", "project")
    this_year = _whole(context, current, "total")
    fiscal, everything = carry_over(context)
    # An empty T13 is one finding of its own (X-TABLE-EMPTY); here its money is taken from T04.
    before = _whole(context, carried, "total") if carried.has_data else ((fiscal,) if fiscal is not None else ())
    if project is None or this_year is None or before is None or not current.has_data:
        yield rule.not_checked("表十二、表十三或表三没有可认定的合计行", current.id)
        return
    other = everything.middle - fiscal.middle if everything is not None and fiscal is not None else ZERO
    parts = this_year + before
    if everything is None or fiscal is None or abs(other) <= everything.half + fiscal.half:
        yield Linear(rule, parts, (project,))
    else:
        yield Linear(rule, parts, (project,), at_most=True)
        yield Linear(rule, (project, fiscal), (*parts, everything), at_most=True)


def basic_carry_over(context: CheckContext) -> tuple[tuple[Figure, ...], tuple[Figure, ...]] | None:
    """Figures whose difference bounds carry-over spent on basic expenditure: T03 basic beyond this year's."""
    basic = context.total("T03", "basic")
    table = context.table("T12")
    if basic is None or not table.has_data:
        return None
    more, less = [basic], []
    for other in (
        context.total("T05", "basic"),
        context.total("T08", "basic"),
        context.total("T09", "basic", _OUT),
        context.total("T02", "fiscal_account"),
        context.total("T02", "unit_funds"),
    ):
        less += [other] if other is not None else []
    for source in ("fiscal_account", "unit_funds"):
        more += _whole(context, table, source) or ()
    return tuple(more), tuple(less)


def may_be_basic(sides: tuple[tuple[Figure, ...], tuple[Figure, ...]] | None) -> bool:
    """Whether some carry-over may have gone to basic expenditure."""
    if sides is None:
        return False
    more, less = sides
    surplus = sum((f.middle for f in more), ZERO) - sum((f.middle for f in less), ZERO)
    return surplus > sum((f.half for f in more + less), ZERO)


def carried_projects(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T13 by source = fiscal carry-over of T04, less what of it went to basic expenditure."""
    table = context.table("T13")
    yield from ready(rule, table, context.table("T04"))
    if not table.has_data:
        return
    sides = basic_carry_over(context)
    bounded = may_be_basic(sides)
    for source in FISCAL:
        figures = _whole(context, table, source)
        carried = context.item("T04", f"carried_over_{source}", "amount", _IN)
        if figures is None:
            yield rule.not_checked(f"{table.words}没有可认定的合计行", table.id)
        elif carried is not None and _some((*figures, carried)):
            yield Linear(rule, figures, (carried,), at_most=bounded)
    total, fiscal = _whole(context, table, "total"), carry_over(context)[0]
    if bounded and sides is not None and total is not None and fiscal is not None:
        more, less = sides
        yield Linear(rule, (fiscal, *less), (*total, *more), at_most=True)


def unlisted_code(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Where T12 is short of T05 by exactly one code's project money, that code's project is not listed."""
    table, codes = context.table("T12"), context.table("T05")
    yield from ready(rule, table, codes)
    listed = _whole(context, table, "general_public") if table.has_data else None
    whole = codes.total()
    if listed is None or whole is None:
        return
    shortfall = Linear(rule, (whole["project"],), listed)
    if not shortfall.fails():
        return
    without = [Linear(rule, (whole["project"],), (*listed, row["project"])) for row in _leaves(codes)]
    fitting = [statement.right[-1] for statement in without if not statement.fails()]
    if len(fitting) == 1:
        figure = fitting[0]
        gap = shortfall.gap()
        yield rule.finding(
            figure.place,
            {"place": figure.words, "value": figure.text or "", "difference": f"{gap.difference:f}"},
            actual=figure.text,
            difference=gap.signed_difference,
            evidence=[Evidence(f.place, f.text, f.source) for f in (whole["project"], *listed)],
            source=figure.source,
        )


def _leaves(table: IndexedTable) -> list[IndexedRow]:
    """Codes with project money and no code below them."""
    coded = [row for row in table.rows if row.code and row["project"].middle]
    parents = {row.code[:n] for row in table.rows for n in (3, 5) if len(row.code) > n}
    return [row for row in coded if row.code not in parents]


RULES = (
    table_rule(
        "T-NEST-SUM",
        "项目表逐级合计",
        "部门 = 各单位之和；单位 = 各项目之和（逐栏）",
        ("T12", "T13"),
        "表十二“某单位” 161.46 万元，与其下各项目之和 123.46 万元不一致，相差 +38.00 万元。",
        nested_sums,
        family=Family.HIERARCHY,
    ),
    table_rule(
        "X-T05-T12",
        "本年项目支出逐来源一致",
        "表十二合计的一般公共预算 = 表五合计的项目支出；政府性基金、国有资本经营同样对照表八、表九；"
        "财政专户、单位资金不大于表二",
        ("T02", "T05", "T08", "T09", "T12"),
        "表十二“某局”一般公共预算 6100.91 万元，不等于表五项目支出合计 6103.36 万元，相差 -2.45 万元。",
        projects_by_source,
        DIFFERS,
    ),
    table_rule(
        "X-T03-T12",
        "项目支出与两张项目表一致",
        "表十二合计 + 表十三合计 = 表三合计的项目支出（非财政结转另计）",
        ("T03", "T12", "T13"),
        "表十二“某局”、表十三“某局”之和 500.00 万元，不等于表三项目支出合计 501.80 万元，相差 -1.80 万元。",
        all_projects,
        DIFFERS,
    ),
    table_rule(
        "X-T04-T13",
        "结转项目与财政拨款结转一致",
        "表十三合计[来源] = 表四上年结转[来源]（结转用于基本支出的部分除外）",
        ("T02", "T03", "T04", "T05", "T12", "T13"),
        "表十三“某局”一般公共预算 661.98 万元，不等于表四收入“一般公共预算” 616.98 万元"
        "，相差 +45.00 万元，疑为数字颠倒。",
        carried_projects,
        DIFFERS,
    ),
    Rule(
        id="X-T05-UNLISTED",
        title="没有列出项目的科目",
        statement="表十二比表五项目支出少的金额恰为某一科目的项目支出时，该科目的项目漏列",
        tables=("T05", "T12"),
        family=Family.PERFORMANCE_MATCH,
        severity=Severity.WARNING,
        message="{place} {value} 万元，恰为表十二比表五项目支出少列的 {difference} 万元，疑该科目的项目未列入表十二。",
        example="表五“2081099 其他社会福利支出”项目支出 2.45 万元，恰为表十二比表五项目支出少列的 2.45 万元，"
        "疑该科目的项目未列入表十二。",
        check=unlisted_code,
    ),
    Rule(
        id="T-NEST-EMPTY",
        title="单位下没有列项目",
        statement="表十二、表十三中有金额的单位，其下要列出项目",
        tables=("T12", "T13"),
        family=Family.COMPLETENESS,
        severity=Severity.WARNING,
        message="{unit} {value} 万元，其下没有列出项目。",
        example="表十二“某中心” 25.00 万元，其下没有列出项目。",
        check=childless_units,
    ),
)
