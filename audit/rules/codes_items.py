"""Fixed items of tables: the lines of T01, T04 and T10 and the groups of T06 bear the names they are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Family, Severity
from audit.tables import IndexedRow
from disclosures.plain.data import Side
from disclosures.plain.text import fold
from disclosures.profiles import SideDecl
from disclosures.recognise.grid_labels import ECONOMIC_GROUPS

_ALIKE = 0.7


def _misnamed(rule: Rule, rows: Sequence[IndexedRow], known: dict[str, str]) -> Iterator[Outcome]:
    """Rows whose name is none of the known ones and nearly one that the table lacks."""
    names = {fold(row.name) for row in rows}
    if names <= known.keys():
        return
    missing = [name for name in known if name not in names]
    for row in rows:
        name = fold(row.name)
        near = get_close_matches(name, missing, n=1, cutoff=_ALIKE) if name and name not in known else []
        if near:
            missing.remove(near[0])
            yield rule.finding(
                row.place,
                {"table": row.table.words, "name": row.name, "right": known[near[0]]},
                actual=row.name,
                expected=known[near[0]],
                source=row.row.source if row.row else None,
                severity=Severity.INFO if row.is_blank else None,
            )


@lru_cache(maxsize=64)
def _item_names(side: SideDecl) -> dict[str, str]:
    return {fold(name): item.item for item in side.items for name in (item.item, *item.variants)}


def _standard(side: SideDecl, present: frozenset[str]) -> dict[str, str]:
    """The names that a side's rows may bear; of an item that stands there in one wording no other is missed."""
    names = _item_names(side)
    printed = {names[name] for name in present if name in names}
    return {name: item for name, item in names.items() if name in present or item not in printed}


def items(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """The fixed lines of T01, T04 and T10."""
    for table_id in ("T01", "T04", "T10"):
        table = context.table(table_id)
        for side in table.decl.sides:
            rows = [row for row in table.rows if row.row is not None and row.side.side is side.side]
            yield from _misnamed(rule, rows, _standard(side, frozenset(fold(row.name) for row in rows)))


def groups(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """The groups of T06: rows without a government class."""
    rows = [row for row in context.table("T06").rows if row.row is not None and not row.row.second_name]
    yield from _misnamed(
        rule, [row for row in rows if row.side.side is Side.ONE], {name: name for name in ECONOMIC_GROUPS}
    )


def _check(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    yield from items(context, rule)
    yield from groups(context, rule)


RULES = (
    Rule(
        id="C-ITEM",
        title="固定项目的名称无误",
        statement="表一、表四、表十的项目和表六的经济科目类别，用规定的名称",
        tables=("T01", "T04", "T06", "T10"),
        family=Family.CODE_NAME,
        severity=Severity.WARNING,
        example="表一的“社会保障和就支出”应为“社会保障和就业支出”，请核对名称。",
        check=_check,
        message="{table}的“{name}”应为“{right}”，请核对名称。",
    ),
)
