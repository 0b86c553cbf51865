"""Sums inside a table: rows, fixed items, code hierarchy, groups, units, and the balance of T01 and T04.

Everything is derived from the declarations of the profile; a fourteenth table needs no line here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from audit.catalogue import Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext
from audit.equations import adds_up, columns_sum, table_rule
from audit.findings import Family
from audit.tables import IndexedRow, IndexedTable
from disclosures.plain.data import Level, Side
from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy, RowSum, SideDecl

ALL = tuple(f"T{n:02d}" for n in range(1, 14))

# Totals of all the rows above them, whatever rows a year prints there.
_OPEN_SUMS = ("income_this_year", "expenditure_this_year")

# 部门预算支出经济分类的类: the groups of T06.
ECONOMIC_GROUPS = frozenset(
    fold(name)
    for name in (
        "工资福利支出",
        "商品和服务支出",
        "对个人和家庭的补助",
        "对个人和家庭的补助支出",
        "债务利息及费用支出",
        "资本性支出（基本建设）",
        "资本性支出",
        "对企业补助（基本建设）",
        "对企业补助",
        "对社会保障基金补助",
        "其他支出",
    )
)


def _unsplit_rows(table: IndexedTable) -> set[int]:
    """年终结转 printed as one amount that is not split by year or source, and the 支出总计 that holds it."""
    kept, whole = (table.item(key, Side.EXPENDITURE) for key in ("year_end_carry_over", "expenditure_total"))
    if kept is None or kept["total"].is_blank or sum(not figure.is_blank for figure in kept.figures.values()) > 1:
        return set()
    return {id(row) for row in (kept, whole) if row is not None}


def row_sums(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Every row: its total column equals its component columns."""
    for table in context.tables.values():
        sums = {side.side: side.column_sums for side in table.decl.sides if side.column_sums}
        if not sums or not table.has_data:
            continue
        unsplit = _unsplit_rows(table)
        for row in table.rows:
            for total, parts in sums.get(row.side.side, ()):
                figures = tuple(row.figures[part] for part in parts)
                blank = all(figure.text is None for figure in figures)
                if id(row) in unsplit or (blank and row.figures[total].text is None):
                    continue
                yield Linear(rule, (row.figures[total],), figures, right_words="本行各分项之和")


def _parts(table: IndexedTable, side: SideDecl, row_sum: RowSum) -> list[IndexedRow]:
    """The printed rows of a fixed sum; a part that is itself a sum and not printed gives way to its own parts."""
    inner = {item.total: item for item in side.row_sums}
    rows: list[IndexedRow] = []
    for part in row_sum.parts:
        row = table.item(part, side.side)
        if row is not None:
            rows.append(row)
        elif part in inner:
            rows += _parts(table, side, inner[part])
    return rows


def _unknown_above(table: IndexedTable, side: SideDecl, total: IndexedRow) -> list[IndexedRow]:
    """Rows above a total that no item declares: a source or category of a later classification counts too."""
    known = {id(row) for row in table.items.values()}
    above = (row for row in table.side_rows(side.side) if row.position < total.position)
    return [row for row in above if id(row) not in known and not row.name.startswith("其中")]


def item_sums(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T01, T04, T10: each fixed total equals the fixed rows it totals, per column."""
    for table in context.tables.values():
        unsplit = _unsplit_rows(table)
        for side in table.decl.sides if table.has_data else ():
            for row_sum in side.row_sums:
                total = table.item(row_sum.total, side.side)
                parts = _parts(table, side, row_sum)
                if total is not None and row_sum.total in _OPEN_SUMS:
                    parts += _unknown_above(table, side, total)
                if total is not None and parts:
                    columns = ("total",) if id(total) in unsplit else side.column_keys
                    yield from columns_sum(rule, total, parts, columns=columns)
                elif any(not row.is_blank for row in (total, *parts) if row is not None):
                    lacking = f"“{side.item(row_sum.total).item}”" + ("的分项" if total else "行")
                    yield rule.not_checked(f"{table.words}没有{lacking}，无法核对其构成", table.id)


def _children(rows: Sequence[IndexedRow]) -> tuple[list[IndexedRow], dict[str, list[IndexedRow]]]:
    """Top-level rows, and the rows directly below each code; a missing level in between is passed over."""
    codes = {row.code for row in rows}
    top: list[IndexedRow] = []
    below: dict[str, list[IndexedRow]] = defaultdict(list)
    for row in rows:
        parent = next((row.code[:n] for n in range(len(row.code) - 1, 2, -1) if row.code[:n] in codes), None)
        if parent is None:
            top.append(row)
        else:
            below[parent].append(row)
    return top, below


def _coded_rows(context: CheckContext) -> Iterator[tuple[IndexedTable, SideDecl, list[IndexedRow]]]:
    for table in context.tables.values():
        if table.decl.hierarchy is Hierarchy.CODE and table.has_data:
            for side in table.decl.sides:
                yield table, side, _each_once(row for row in table.side_rows(side.side) if row.code)


def _each_once(rows: Iterable[IndexedRow]) -> list[IndexedRow]:
    """Rows without exact repetitions: a line printed twice (C-REPEATED) counts once in sums."""
    lines = {(row.code, *(figure.text for figure in row.figures.values())): row for row in reversed(list(rows))}
    return list(lines.values())[::-1]


def code_sums(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Every code equals the sum of its children, per column."""
    for table, _, rows in _coded_rows(context):
        once, printed = {row.code: row for row in rows}, Counter(row.code for row in rows)
        for code, children in _children(rows)[1].items():
            if printed[code] > 1:
                reason = f"{table.words}科目 {code} 印了不止一行，不知应与哪一行核对"
                yield rule.not_checked(reason, f"{table.id}/{code}")
            elif once[code].row is not None:
                yield from columns_sum(rule, once[code], children, "下级科目之和")


def code_totals(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """合计 equals the sum of the top-level codes, per column."""
    for table, side, rows in _coded_rows(context):
        total = table.total(side.side)
        if total is None or not rows:
            if rows or (total is not None and not total.is_blank):
                reason = "没有合计行" if rows else "只印了合计，没有科目"
                yield rule.not_checked(f"{table.words}{reason}", table.id)
        else:
            yield from columns_sum(rule, total, _children(rows)[0], "各类科目之和")


def _is_group(rows: Sequence[IndexedRow], at: int) -> bool:
    """Whether a T06 row is a group: a class of the department classification without a government class.

    A row without a government class that bears no such name may have lost it, or may be a class of a
    later year: then it is a group if the rows after it, up to the next of its kind, add up to it.
    """
    row = rows[at].row
    if row is None or row.second_name:
        return False
    if row.level is Level.GROUP or fold(row.name) in ECONOMIC_GROUPS:
        return True
    end = next((n for n in range(at + 1, len(rows)) if rows[n].row and not _second_name(rows[n])), len(rows))
    below = tuple(each["total"] for each in rows[at + 1 : end])
    return bool(below) and adds_up(rows[at]["total"], below)


def _second_name(row: IndexedRow) -> str:
    return row.row.second_name if row.row else ""


def group_sums(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T06: a group equals the rows under it; 合计 equals the groups."""
    for table in context.tables.values():
        if table.decl.hierarchy is not Hierarchy.GROUP or not table.has_data:
            continue
        total = table.total()
        rows = [row for row in table.rows if row is not total]
        lots: list[tuple[IndexedRow | None, list[IndexedRow]]] = [(None, [])]
        for at, row in enumerate(rows):
            if _is_group(rows, at):
                lots.append((row, []))
            else:
                lots[-1][1].append(row)
        loose = lots[0][1]
        for group, members in lots[1:]:
            if group is not None and members:
                yield from columns_sum(rule, group, members, "其下各科目之和")
        if total is None:
            yield rule.not_checked(f"{table.words}没有合计行", table.id)
        else:
            groups = [group for group, _ in lots[1:] if group is not None]
            yield from columns_sum(rule, total, [*groups, *loose], "各类支出之和" if groups else "各科目之和")


def unit_sums(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T11: 部门合计 equals the sum of the units."""
    for table in context.tables.values():
        if table.decl.hierarchy is not Hierarchy.UNITS or not table.has_data:
            continue
        total = table.total()
        units = [row for row in table.rows if row is not total]
        if total is None:
            yield rule.not_checked(f"{table.words}没有合计行", table.id)
        elif not units:
            yield rule.not_checked(f"{table.words}只印了合计，没有各单位", table.id)
        else:
            yield from columns_sum(rule, total, units, "各单位之和")


def balances(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T01, T04: income in all = expenditure in all."""
    for table in context.tables.values():
        income, spent = table.item("income_total", Side.INCOME), table.item("expenditure_total", Side.EXPENDITURE)
        if income is not None and spent is not None:
            yield Linear(rule, (income["amount"],), (spent["total"],))
        elif table.has_data and any(side.row_sums for side in table.decl.sides) and table.decl.two_sided:
            yield rule.not_checked(f"{table.words}没有收入总计或支出总计行", table.id)


RULES = (
    table_rule(
        "T-ROW-SUM",
        "每行合计等于各分项之和",
        "合计（小计）栏 = 本行各分项栏之和",
        tuple(t for t in ALL if t != "T07"),
        "表三“20801”合计 1249.95 万元，与本行各分项之和 1294.94 万元不一致，相差 -44.99 万元。",
        row_sums,
        family=Family.ARITHMETIC,
    ),
    table_rule(
        "T-ITEM-SUM",
        "固定项目的合计",
        "本年收入合计 = 各来源之和；总计 = 本年合计 + 结转；本年支出合计 = 各类支出之和；"
        "“三公”经费合计 = 出国 + 接待 + 公务用车",
        ("T01", "T04", "T10"),
        "表十合计 16.32 万元，与公务接待费、公务用车购置及运行费之和 18.32 万元不一致，相差 -2.00 万元。",
        item_sums,
        family=Family.ARITHMETIC,
    ),
    table_rule(
        "T-BALANCE",
        "收支平衡",
        "收入总计 = 支出总计",
        ("T01", "T04"),
        "表一收入“收入总计” 7134.22 万元，与表一支出“支出总计” 7143.22 万元不一致，相差 -9.00 万元。",
        balances,
        family=Family.ARITHMETIC,
    ),
    table_rule(
        "T-CODE-SUM",
        "上级科目等于下级科目之和",
        "类 = 各款之和；款 = 各项之和（逐栏）",
        ("T02", "T03", "T05", "T07", "T08", "T09"),
        "表二“20805 行政事业单位养老支出”一般公共预算 143.44 万元，与下级科目之和 134.44 万元不一致，相差 +9.00 万元。",
        code_sums,
        family=Family.HIERARCHY,
    ),
    table_rule(
        "T-CODE-TOTAL",
        "合计等于各类科目之和",
        "合计 = 各类（顶级）科目之和（逐栏）",
        ("T02", "T03", "T05", "T07", "T08", "T09"),
        "表五合计 6964.92 万元，与各类科目之和 6946.92 万元不一致，相差 +18.00 万元，疑为数字颠倒。",
        code_totals,
        family=Family.HIERARCHY,
    ),
    table_rule(
        "T-GROUP-SUM",
        "经济科目各类等于其下科目之和",
        "类（工资福利支出等）= 其下各科目之和；合计 = 各类之和",
        ("T06",),
        "表六“商品和服务支出” 51.07 万元，与其下各科目之和 57.07 万元不一致，相差 -6.00 万元。",
        group_sums,
        family=Family.HIERARCHY,
    ),
    table_rule(
        "T-UNIT-SUM",
        "部门合计等于各单位之和",
        "机关运行经费部门合计 = 各单位之和",
        ("T11",),
        "表十一合计 425.28 万元，与各单位之和 424.28 万元不一致，相差 +1.00 万元。",
        unit_sums,
        family=Family.HIERARCHY,
    ),
)
