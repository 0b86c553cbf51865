"""What kind of row each row of a table is, and under which unit a project stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from disclosures.plain.data import Level, Note, Row
from disclosures.plain.numbers import to_decimal
from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy, TableDecl

from .placement import HALF_CENT

_UNIT_NAME = re.compile(
    "(?:局|厅|委|委员会|办公室|办|中心|院|所|站|馆|校|学校|小学|中学|幼儿园|大学|学院|队|支队|大队|处|部|会|联|社|台|"
    "园|场|库|基地|医院|分局|党校|机关|本级|管理区|开发区|街道|乡|镇|署|室|科|组|团)(?:[(（].*[)）])?$"
)
_PROJECT_NAME = re.compile(
    "费|补助|经费|资金|项目|补贴|工资|奖励|款|采购|购置|工程|建设|维修|运维|服务$|保障金|奖金|租赁|工作$|业务$|慰问|20\\d\\d年"
)
_GROUP_ITEMS = {"T04": {"carried_over"}, "T10": {"vehicles"}}
_TOTAL_ITEMS = {"income_this_year", "income_total", "expenditure_this_year", "expenditure_total", "total"}
_TOTAL_NAMES = frozenset({"合计", "总计", "部门合计", "单位合计"})
_MOST_PROJECTS = 400


def with_levels(
    decl: TableDecl, rows: Sequence[Row], department: str | None, indents: Sequence[int] = ()
) -> tuple[tuple[Row, ...], tuple[Note, ...]]:
    """The rows with `level` (and in T12/T13 `unit_name`) filled in."""
    if decl.hierarchy is Hierarchy.NESTING:
        return _nested(decl, rows, department, indents)
    return tuple(replace(row, level=_level(decl, row)) for row in rows), ()


def _level(decl: TableDecl, row: Row) -> Level:
    if decl.hierarchy is Hierarchy.CODE:
        if row.code:
            return Level.ITEM if len(row.code) == 7 else Level.GROUP
        return Level.TOTAL if row.name.endswith("计") else Level.ITEM
    if decl.hierarchy is Hierarchy.UNITS:
        return Level.TOTAL if fold(row.name) in decl.total_labels else Level.UNIT
    if decl.hierarchy is Hierarchy.GROUP:
        if row.second_name:
            return Level.ITEM
        return Level.TOTAL if fold(row.name) in decl.total_labels else Level.GROUP
    item = next((item for item in decl.side(row.side).items if row.name in (item.item, *item.variants)), None)
    if item is None:
        return Level.TOTAL if row.name.endswith(("合计", "总计")) else Level.ITEM
    if item.id in _TOTAL_ITEMS:
        return Level.TOTAL
    return Level.GROUP if item.id in _GROUP_ITEMS.get(decl.id, ()) else Level.ITEM


# ---------------------------------------------------------------- department, units, projects


@dataclass(frozen=True, slots=True)
class NestedName:
    """What nesting is inferred from: a row's name, its total, its indentation."""

    name: str
    total: Decimal
    indent: int = 0


def nesting(decl: TableDecl, rows: Sequence[NestedName], department: str | None) -> tuple[list[Level], bool]:
    """The level of each row of T12/T13, and whether indentation or sums settled it (else names did)."""
    if not rows:
        return [], True
    head = _head(decl, rows, department)
    body = rows[head:]
    settled = True
    levels = _by_indent(body)
    if levels is None and head == 1 and _adds_up(rows[0].total, [row.total for row in body]):
        levels = [Level.PROJECT] * len(body)
    if levels is None:
        levels = _by_sums(body, department)
    if levels is None:
        settled = False
        levels = [Level.UNIT if _likeness(row.name, department) > 0 else Level.PROJECT for row in body]
    return [Level.DEPARTMENT] * head + levels, settled


def _nested(
    decl: TableDecl, rows: Sequence[Row], department: str | None, indents: Sequence[int]
) -> tuple[tuple[Row, ...], tuple[Note, ...]]:
    depths = indents if len(indents) == len(rows) else [0] * len(rows)
    names = [NestedName(row.name, to_decimal(row.value("total")), n) for row, n in zip(rows, depths, strict=True)]
    levels, settled = nesting(decl, names, department)
    unit = department
    done: list[Row] = []
    for row, level in zip(rows, levels, strict=True):
        if level is not Level.PROJECT and fold(row.name) not in _TOTAL_NAMES:
            unit = row.name
        done.append(replace(row, level=level, unit_name=unit if level is Level.PROJECT else None))
    if settled:
        return tuple(done), ()
    message = f"表{decl.ordinal}中单位与项目的层级无法由合计关系确定，按名称判断，请核对"
    return tuple(done), (Note(message, decl.id, rows[0].source),)


def _head(decl: TableDecl, rows: Sequence[NestedName], department: str | None) -> int:
    """1 when the first row is the whole department's, 0 when the table begins with a unit or a project."""
    first = fold(rows[0].name)
    rest = [row.total for row in rows[1:]]
    adds_up = bool(rest) and (_adds_up(rows[0].total, rest) or _adds_up(rows[0].total * 2, rest))
    return int(first in _TOTAL_NAMES or adds_up or (department is not None and first == fold(department)))


def _adds_up(total: Decimal, parts: Sequence[Decimal]) -> bool:
    amounts = [part for part in parts if part]
    return abs(total - sum(amounts)) <= HALF_CENT * (len(amounts) + 1)


def _by_indent(rows: Sequence[NestedName]) -> list[Level] | None:
    depths = sorted({row.indent for row in rows})
    if len(depths) != 2:
        return None
    return [Level.UNIT if row.indent == depths[0] else Level.PROJECT for row in rows]


def _likeness(name: str, department: str | None) -> int:
    """How much a name looks like a unit's rather than a project's."""
    folded = fold(name)
    if department and folded == fold(department):
        return 4
    return (2 if _UNIT_NAME.search(folded) else 0) - (2 if _PROJECT_NAME.search(folded) else 0)


def _by_sums(rows: Sequence[NestedName], department: str | None) -> list[Level] | None:
    """Cut the rows into units, each equal to the sum of the projects under it; names decide between cuts."""
    count = len(rows)
    likeness = [_likeness(row.name, department) for row in rows]
    best: list[tuple[int, int] | None] = [None] * count + [(0, count)]  # from a row on: (score, end of its block)
    for start in range(count - 1, -1, -1):
        under, projects = Decimal(0), 0
        for end in range(start + 2, min(count, start + _MOST_PROJECTS) + 1):
            under += rows[end - 1].total
            projects += likeness[end - 1]
            following = best[end]
            if following is None or abs(rows[start].total - under) > HALF_CENT * (end - start):
                continue
            score = following[0] + likeness[start] - projects
            current = best[start]
            if current is None or score > current[0]:
                best[start] = (score, end)
    levels = [Level.PROJECT] * count
    start = 0
    while start < count:
        found = best[start]
        if found is None:
            return None
        levels[start] = Level.UNIT
        start = found[1]
    return levels
