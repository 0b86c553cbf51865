"""A unit's disclosure against that of its department, which includes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from audit.catalogue import CLASSIFICATION, EQUAL, Gap
from audit.constraints import Linear
from audit.context import CheckContext
from audit.figures import Figure
from audit.findings import Evidence, Family, Severity
from audit.nesting import nesting
from audit.tables import IndexedRow, IndexedTable
from disclosures.plain.data import Level
from disclosures.plain.text import fold

from .context import Member, SetContext
from .rule import Reach, SetFinding, SetRule

_TABLES = ("T11", "T12", "T13")
_SUMMED = ("total", "carried_over")  # of T02


@dataclass(frozen=True, slots=True)
class _Pair:
    """A unit and its department, both with their indexed disclosures."""

    unit: Member
    mine: CheckContext
    head: Member
    theirs: CheckContext


def _pairs(context: SetContext) -> Iterator[_Pair]:
    for head, units in context.families():
        theirs = context.content(head)
        for unit in units:
            mine = context.content(unit)
            if mine is not None and theirs is not None:
                yield _Pair(unit, mine, head, theirs)


# ---------------------------------------------------------------- the unit's own line


def own_line(context: SetContext, rule: SetRule) -> Iterator[SetFinding]:
    """The totals of a unit's T11, T12 and T13 are what its department prints in the unit's line."""
    for pair in _pairs(context):
        for table_id in _TABLES:
            total = _whole(pair.mine, table_id)
            line = _line_of(pair, table_id)
            if total is None or line is None:
                continue
            failing = _first_failing(rule, total, line)
            if failing is not None:
                yield _unlike(rule, pair, total, *failing)


def _whole(context: CheckContext, table_id: str) -> IndexedRow | None:
    """The line that stands for all of a table; None where the table is missing, empty or unclear."""
    table = context.table(table_id)
    if not table.has_data:
        return None
    if table_id == "T11":
        return table.total() or (table.rows[0] if len(table.rows) == 1 else None)
    nested = nesting(context, table)
    return nested.top[0] if nested is not None and len(nested.top) == 1 else None


def _unit_rows(context: CheckContext, table: IndexedTable) -> list[IndexedRow]:
    """The lines of units in a department's T11, T12 or T13."""
    total = table.total()
    if table.id == "T11":
        return [row for row in table.rows if row.row is not None and row is not total]
    nested = nesting(context, table)
    if nested is None:
        return []
    top = {id(row) for row in nested.top}
    parents = [row for row, _ in nested.below if id(row) not in top]
    return parents or [row for row in table.rows if row.row is not None and row.row.level is Level.UNIT]


def _line_of(pair: _Pair, table_id: str) -> IndexedRow | None:
    """The line of a unit in its department's table; None where none or more than one could be it."""
    table = pair.theirs.table(table_id)
    if not table.has_data:
        return None
    rows = _unit_rows(pair.theirs, table)
    names = {fold(pair.unit.name), fold(pair.mine.disclosure.department)} - {""}
    found = [row for row in rows if fold(row.name) in names]
    return found[0] if len(found) == 1 else None


def _first_failing(rule: SetRule, total: IndexedRow, line: IndexedRow) -> tuple[Figure, Gap] | None:
    """The first column in which two lines cannot be equal, and by how much."""
    for key, mine in total.figures.items():
        theirs = line.figures.get(key)
        if theirs is None or (mine.is_blank and theirs.is_blank):
            continue
        statement = Linear(rule, (mine,), (theirs,))
        if statement.fails():
            return mine, statement.gap()
    return None


def _unlike(rule: SetRule, pair: _Pair, row: IndexedRow, figure: Figure, gap: Gap) -> SetFinding:
    finding = rule.finding(
        figure.place,
        {
            "left": f"本单位{gap.left}",
            "left_value": gap.left_value,
            "right": f"{pair.head.name}部门预算中{gap.right}",
            "right_value": gap.right_value,
            "difference": str(abs(gap.difference)),
            "unit": gap.unit,
        },
        actual=gap.left_value,
        expected=gap.right_value,
        difference=gap.signed_difference,
        evidence=[Evidence(figure.place, figure.text, figure.source)],
        source=figure.source,
        key=(row.table.id,),
    )
    return SetFinding(pair.unit, finding)


# ---------------------------------------------------------------- a line for every unit


def listed(context: SetContext, rule: SetRule) -> Iterator[SetFinding]:
    """A unit that prints projects or operating costs has a line in its department's table of them."""
    for pair in _pairs(context):
        for table_id in _TABLES:
            total, theirs = _whole(pair.mine, table_id), pair.theirs.table(table_id)
            if total is None or not total["total"].middle or not theirs.has_data:
                continue
            rows = _unit_rows(pair.theirs, theirs)
            if rows and not any(_alike(row.name, pair) for row in rows):
                params = {"name": pair.unit.name, "head": pair.head.name, "table": theirs.words}
                value = total["total"].text
                evidence = [Evidence(total["total"].place, value, total["total"].source)]
                finding = rule.finding(total.place, params, actual=value, evidence=evidence, key=(table_id,))
                yield SetFinding(pair.unit, finding)


def _alike(name: str, pair: _Pair) -> bool:
    """Whether a printed name may be the unit's: the same, or one within the other."""
    printed = fold(name)
    own = (fold(pair.unit.name), fold(pair.mine.disclosure.department))
    return any(item and printed and (item in printed or printed in item) for item in own)


# ---------------------------------------------------------------- codes


def codes(context: SetContext, rule: SetRule) -> Iterator[SetFinding]:
    """A functional code of a unit is one of its department's."""
    for pair in _pairs(context):
        mine, theirs = pair.mine.table("T02"), pair.theirs.table("T02")
        lengths = {len(code) for code in theirs.codes()}
        for code in mine.codes() if theirs.has_data else ():
            row = mine.row_of_code(code)
            # A table that stops at 款 owes no 项.
            if row is None or row.row is None or len(code) not in lengths or theirs.with_code(code):
                continue
            figures = [row[key] for key in _SUMMED if key in row.figures and row[key].middle]
            if figures:
                params = {"label": row.label, "head": pair.head.name}
                evidence = [Evidence(figure.place, figure.text, figure.source) for figure in figures]
                finding = rule.finding(row.place, params, actual=code, evidence=evidence, source=row.row.source)
                yield SetFinding(pair.unit, finding)


# ---------------------------------------------------------------- sums


def within(context: SetContext, rule: SetRule) -> Iterator[SetFinding]:
    """Units together have no more than their department, in every code and altogether (T02)."""
    for head, units in context.families():
        theirs = context.content(head)
        parts = [(unit, part) for unit in units if (part := context.content(unit)) is not None]
        if theirs is None or not parts:
            continue
        exceeded = list(_exceeded(rule, theirs.table("T02"), [part.table("T02") for _, part in parts]))
        for figure, statement in _finest(exceeded):
            yield _beyond(rule, head, [unit for unit, _ in parts], figure, statement)


_Exceeded = tuple[Figure, Linear]


def _exceeded(rule: SetRule, whole: IndexedTable, parts: Sequence[IndexedTable]) -> Iterator[_Exceeded]:
    rows = [(whole.total(), [part.total() for part in parts])]
    rows += [(whole.row_of_code(code), [part.row_of_code(code) for part in parts]) for code in whole.codes()]
    for row, units in rows:
        if row is None or row.row is None:
            continue
        for key in _SUMMED:
            figures = tuple(unit[key] for unit in units if unit is not None and not unit[key].is_blank)
            statement = Linear(rule, figures, (row[key],), at_most=True)
            if figures and statement.fails():
                yield row[key], statement


def _finest(found: Sequence[_Exceeded]) -> Iterator[_Exceeded]:
    """Of a code and those above it that are exceeded only the finest is named, of each column."""
    keys = [(_column(figure), _code(figure)) for figure, _ in found]
    for (column, code), item in zip(keys, found, strict=True):
        if not any(other == column and finer != code and finer.startswith(code) for other, finer in keys):
            yield item


def _column(figure: Figure) -> str:
    return figure.column.key if figure.column is not None else ""


def _code(figure: Figure) -> str:
    return figure.row.code if isinstance(figure.row, IndexedRow) else ""


def _beyond(rule: SetRule, head: Member, units: Sequence[Member], figure: Figure, statement: Linear) -> SetFinding:
    gap = statement.gap()
    names = "、".join(unit.name for unit in units[:3]) + ("等" if len(units) > 3 else "")
    params = {
        "left": f"{names} {len(units)} 个单位预算的{figure.words}之和"
        if len(units) > 1
        else f"{names}的{figure.words}",
        "left_value": gap.left_value,
        "right": f"本部门预算的{figure.words}",
        "right_value": gap.right_value,
        "difference": str(gap.difference),
        "unit": gap.unit,
    }
    finding = rule.finding(
        figure.place,
        params,
        actual=gap.right_value,
        expected=f"不小于 {gap.left_value}",
        difference=gap.signed_difference,
        evidence=[Evidence(figure.place, figure.text, figure.source)],
        source=figure.source,
    )
    return SetFinding(head, finding)


_family_rule = partial(SetRule, severity=Severity.WARNING, reach=Reach.FAMILY)

RULES = (
    _family_rule(
        id="S-UNIT-LINE",
        title="单位预算与部门预算中该单位一行一致",
        statement="单位预算表十一、十二、十三的合计 = 部门预算同一张表中该单位一行，逐列核对",
        tables=_TABLES,
        family=Family.CROSS_TABLE,
        message=EQUAL,
        example="本单位表十二合计 120.00 万元，与示例市水务局部门预算中表十二“示例市河道站” 102.00 万元不一致，"
        "相差 18.00 万元。",
        check_set=own_line,
    ),
    _family_rule(
        id="S-UNIT-LISTED",
        title="部门预算列出所属单位",
        statement="单位预算表十一、十二、十三有数的，部门预算同一张表中有该单位一行",
        tables=_TABLES,
        family=Family.COMPLETENESS,
        message="{head}部门预算的{table}没有列出{name}，而本单位{table}有数，请与主管部门核对。",
        example="示例市水务局部门预算的表十二没有列出示例市河道站，而本单位表十二有数，请与主管部门核对。",
        check_set=listed,
    ),
    _family_rule(
        id="S-UNIT-CODE",
        title="单位的科目都在部门预算中",
        statement="单位预算表二有数的科目，部门预算表二中也有",
        tables=("T02",),
        family=Family.CODE_NAME,
        basis=CLASSIFICATION,
        message="本单位表二的“{label}”在{head}部门预算的表二中没有，请与主管部门核对。",
        example="本单位表二的“2130304 水利行业业务管理”在示例市水务局部门预算的表二中没有，请与主管部门核对。",
        check_set=codes,
    ),
    _family_rule(
        id="S-UNIT-SUM",
        title="单位预算不超过部门预算",
        statement="各单位预算表二同一科目（及合计）之和 ≤ 部门预算表二该科目（合计）；本年收入合计与上年结转分别核对",
        tables=("T02",),
        family=Family.CROSS_TABLE,
        message="{left} {left_value}{unit}，大于{right} {right_value}{unit}，多出 {difference}{unit}。",
        example="示例市河道站的表二合计 1300.00 万元，大于本部门预算的表二合计 1200.00 万元，多出 100.00 万元。",
        check_set=within,
    ),
)
