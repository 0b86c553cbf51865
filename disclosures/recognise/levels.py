"""What kind of row each row of a table is, and under which unit a project stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
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
_MOST_SPANS = 400


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


def _nested(
    decl: TableDecl, rows: Sequence[Row], department: str | None, indents: Sequence[int]
) -> tuple[tuple[Row, ...], tuple[Note, ...]]:
    if not rows:
        return (), ()
    totals = [to_decimal(row.value("total")) for row in rows]
    head = _head(decl, rows, totals, department)
    notes: tuple[Note, ...] = ()
    levels = _by_indent(indents[head:]) if len(indents) == len(rows) else None
    if levels is None:
        flat = head == 1 and _adds_up(totals[0], totals[1:])
        levels = ["project"] * (len(rows) - head) if flat else _by_sums(rows[head:], totals[head:], department)
    if levels is None:
        levels = _by_names(rows[head:], department)
        message = f"{decl.id} 中单位与项目的层级无法由合计关系确定，按名称判断，请核对"
        notes = (Note(message, decl.id, rows[0].source),)
    return _labelled(rows, head, levels, department), notes


def _labelled(rows: Sequence[Row], head: int, levels: Sequence[str], department: str | None) -> tuple[Row, ...]:
    done: list[Row] = []
    unit: str | None = rows[0].name if head and fold(rows[0].name) not in ("合计", "部门合计", "总计") else department
    for position, row in enumerate(rows):
        if position < head:
            done.append(replace(row, level=Level.DEPARTMENT))
        elif levels[position - head] == "unit":
            unit = row.name
            done.append(replace(row, level=Level.UNIT))
        else:
            done.append(replace(row, level=Level.PROJECT, unit_name=unit))
    return tuple(done)


def _head(decl: TableDecl, rows: Sequence[Row], totals: Sequence[Decimal], department: str | None) -> int:
    """1 when the first row is the whole department's, 0 when the table begins with a unit or a project."""
    name = fold(rows[0].name)
    if name in decl.total_labels or name in ("部门合计", "单位合计", "总计"):
        return 1
    rest = totals[1:]
    if rest and (_adds_up(totals[0], rest) or _adds_up(totals[0] * 2, rest)):
        return 1
    if department and name == fold(department):
        # A lone unit heading looks the same; it is one only where it has projects of its own to total.
        return 1
    return 0


def _adds_up(total: Decimal, parts: Sequence[Decimal]) -> bool:
    amounts = [part for part in parts if part]
    return abs(total - sum(amounts)) <= HALF_CENT * (len(amounts) + 1)


def _by_indent(indents: Sequence[int]) -> list[str] | None:
    depths = sorted(set(indents))
    if len(depths) != 2:
        return None
    return ["unit" if indent == depths[0] else "project" for indent in indents]


def _likeness(row: Row, department: str | None) -> int:
    """How much a name looks like a unit's rather than a project's."""
    if department and fold(row.name) == fold(department):
        return 4
    name = fold(row.name)
    return (2 if _UNIT_NAME.search(name) else 0) - (2 if _PROJECT_NAME.search(name) else 0)


def _by_sums(rows: Sequence[Row], totals: Sequence[Decimal], department: str | None) -> list[str] | None:
    """Cut the rows into units, each equal to the sum of the projects under it; names decide between cuts."""
    count = len(rows)
    likeness = [_likeness(row, department) for row in rows]
    prefix = [Decimal(0)]
    for total in totals:
        prefix.append(prefix[-1] + total)
    best: list[tuple[int, int] | None] = [None] * count + [(0, count)]  # (score, end of the unit's block) from a row on
    for start in range(count - 1, -1, -1):
        for end in range(start + 2, min(count, start + _MOST_SPANS) + 1):
            following = best[end]
            if following is None:
                continue
            amounts = end - start
            if abs(totals[start] - (prefix[end] - prefix[start + 1])) > HALF_CENT * amounts:
                continue
            score = following[0] + likeness[start] - sum(likeness[start + 1 : end])
            current = best[start]
            if current is None or score > current[0]:
                best[start] = (score, end)
    if best[0] is None:
        return None
    levels = ["project"] * count
    start = 0
    while start < count:
        levels[start] = "unit"
        found = best[start]
        assert found is not None
        start = found[1]
    return levels


def _by_names(rows: Sequence[Row], department: str | None) -> list[str]:
    levels = ["unit" if _likeness(row, department) > 0 else "project" for row in rows]
    return levels
