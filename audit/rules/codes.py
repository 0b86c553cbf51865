"""Codes and names: one code, one name; codes that exist, stand once and have their parent; paired classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from audit.catalogue import CLASSIFICATION, Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Finding, Severity
from audit.tables import IndexedRow
from disclosures.plain.data import Side
from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy

_NO_CATALOGUE = "没有科目目录"


def coded_rows(context: CheckContext) -> Iterator[IndexedRow]:
    """Printed rows that carry a code."""
    for table in context.tables.values():
        if table.decl.hierarchy is Hierarchy.CODE:
            yield from (row for row in table.rows if row.row is not None and row.code)


def functional_rows(context: CheckContext) -> Iterator[IndexedRow]:
    """Printed rows that carry a functional code of expenditure (income codes of T07 and T09 are others)."""
    return (row for row in coded_rows(context) if row.table.id != "T07" and row.side.side is not Side.INCOME)


def _evidence(rows: Iterable[IndexedRow]) -> list[Evidence]:
    return [Evidence(row.place, row.name, row.row.source if row.row else None) for row in rows]


def _source(row: IndexedRow) -> str | None:
    return row.row.source if row.row else None


def _by_code(context: CheckContext) -> dict[str, list[IndexedRow]]:
    found: dict[str, list[IndexedRow]] = defaultdict(list)
    for row in functional_rows(context):
        if row.name:
            found[row.code].append(row)
    return found


def _settled(context: CheckContext, code: str, rows: list[IndexedRow]) -> str:
    """The name most tables print; where they are at odds one to one, the catalogue's, else the first."""
    tables: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        tables[fold(row.name)].add(row.table.id)
    most = max(len(ids) for ids in tables.values())
    leading = [name for name, ids in tables.items() if len(ids) == most]
    known = context.names.functional(code, context.disclosure.fiscal_year) if context.names else None
    if len(leading) > 1 and known is not None and fold(known.name) in leading:
        return fold(known.name)
    return leading[0]


def same_name(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """The same code has the same name in every table; the odd one out is named."""
    for code, rows in _by_code(context).items():
        settled = _settled(context, code, rows)
        right = [row for row in rows if fold(row.name) == settled]
        for row in rows:
            if fold(row.name) != settled:
                yield _misnamed(rule, row, right)


def _misnamed(rule: Rule, row: IndexedRow, right: list[IndexedRow]) -> Finding:
    tables = "、".join(dict.fromkeys(other.table.words for other in right))
    return rule.finding(
        row.place,
        {"table": row.table.words, "code": row.code, "name": row.name, "others": tables, "right": right[0].name},
        actual=row.name,
        expected=right[0].name,
        evidence=_evidence(right),
        source=_source(row),
    )


def catalogue_name(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """The name of a code is the catalogue's; an unverified entry of the catalogue is worth a remark at most."""
    if context.names is None:
        yield rule.not_checked(_NO_CATALOGUE)
        return
    for code, rows in _by_code(context).items():
        known = context.names.functional(code, context.disclosure.fiscal_year)
        odd = [row for row in rows if known is not None and fold(row.name) != fold(known.name)]
        # Where the tables disagree among themselves C-NAME says so.
        if known is None or len(odd) < len(rows):
            continue
        yield rule.finding(
            odd[0].place,
            {"table": odd[0].table.words, "code": code, "name": odd[0].name, "right": known.name},
            actual=odd[0].name,
            expected=known.name,
            evidence=_evidence(odd[1:]),
            source=_source(odd[0]),
            severity=Severity.WARNING if known.verified else Severity.INFO,
        )


def unknown_code(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A code that the catalogue of the year does not hold."""
    if context.names is None:
        yield rule.not_checked(_NO_CATALOGUE)
        return
    for code, rows in _by_code(context).items():
        if context.names.functional(code, context.disclosure.fiscal_year) is None:
            yield rule.finding(
                rows[0].place,
                {"table": rows[0].table.words, "label": rows[0].label},
                actual=code,
                evidence=_evidence(rows[1:]),
                source=_source(rows[0]),
            )


def malformed_code(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A functional code has 3, 5 or 7 digits."""
    for row in functional_rows(context):
        if len(row.code) not in (3, 5, 7) or not row.code.isdecimal():
            params = {"table": row.table.words, "label": row.label, "length": str(len(row.code))}
            yield rule.finding(row.place, params, actual=row.code, source=_source(row))


def parent_missing(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A code stands below its parent, where the table prints the parent's level at all."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for row in functional_rows(context):
        lengths[row.table.id].add(len(row.code))
    for row in functional_rows(context):
        parent = row.code[:-2]
        if len(parent) < 3 or len(parent) not in lengths[row.table.id]:
            continue
        if not row.table.with_code(parent, row.side.side):
            params = {"table": row.table.words, "label": row.label, "parent": parent}
            yield rule.finding(row.place, params, actual=row.code, expected=parent, source=_source(row))


def repeated_code(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A code stands once in a table."""
    seen: dict[tuple[str, Side, str], IndexedRow] = {}
    for row in coded_rows(context):
        first = seen.setdefault((row.table.id, row.side.side, row.code), row)
        if first is not row:
            params = {"table": row.table.words, "label": row.label}
            yield rule.finding(row.place, params, actual=row.code, evidence=_evidence([first]), source=_source(row))


def paired_classes(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T06: a department economic class stands beside a government class that may pay for it."""
    if context.names is None:
        yield rule.not_checked(_NO_CATALOGUE)
        return
    for row in context.table("T06").rows:
        if row.row is None or not row.row.second_name:
            continue
        allowed = context.names.government_classes(row.name, context.disclosure.fiscal_year)
        if allowed and fold(row.row.second_name) not in {fold(name) for name in allowed}:
            yield rule.finding(
                row.place,
                {"name": row.name, "second": row.row.second_name, "allowed": "、".join(sorted(allowed))},
                actual=row.row.second_name,
                expected="、".join(sorted(allowed)),
                source=_source(row),
            )


_CODED = ("T02", "T03", "T05", "T08", "T09")

RULES = (
    Rule(
        id="C-NAME",
        title="同一科目各表名称一致",
        statement="同一科目编码在各表的科目名称相同；少数服从多数",
        tables=_CODED,
        family=Family.CODE_NAME,
        severity=Severity.ERROR,
        basis=CLASSIFICATION,
        message="{table}科目 {code} 的名称为“{name}”，与{others}的“{right}”不一致。",
        example="表三科目 2080110 的名称为“劳动关系的维权”，与表二、表五的“劳动关系和维权”不一致。",
        check=same_name,
    ),
    Rule(
        id="C-CATALOGUE",
        title="科目名称与目录一致",
        statement="科目名称 = 当年政府收支分类科目的名称；目录中未经核实的条目只作参考",
        tables=_CODED,
        family=Family.CODE_NAME,
        severity=Severity.WARNING,
        basis=CLASSIFICATION,
        message="{table}科目 {code} 的名称为“{name}”，科目目录为“{right}”，请核对。",
        example="表二科目 2080701 的名称为“就业创业服务补助”，科目目录为“就业创业服务补贴”，请核对。",
        check=catalogue_name,
    ),
    Rule(
        id="C-UNKNOWN",
        title="目录中没有的科目",
        statement="科目编码在当年政府收支分类科目中",
        tables=_CODED,
        family=Family.CODE_NAME,
        severity=Severity.INFO,
        basis=CLASSIFICATION,
        message="{table}的“{label}”不在科目目录中，请核对编码。",
        example="表二的“2080177 某某事务”不在科目目录中，请核对编码。",
        check=unknown_code,
    ),
    Rule(
        id="C-FORM",
        title="科目编码的位数",
        statement="功能科目编码为 3、5 或 7 位数字",
        tables=_CODED,
        family=Family.CODE_NAME,
        severity=Severity.WARNING,
        basis=CLASSIFICATION,
        message="{table}的“{label}”编码有 {length} 位，应为 3、5 或 7 位数字。",
        example="表三的“208011 行政运行”编码有 6 位，应为 3、5 或 7 位数字。",
        check=malformed_code,
    ),
    Rule(
        id="C-PARENT",
        title="科目要有上级",
        statement="表中印有款级（类级）时，每个项（款）的上级科目也在表中",
        tables=_CODED,
        family=Family.CODE_NAME,
        severity=Severity.WARNING,
        basis=CLASSIFICATION,
        message="{table}的“{label}”没有上级科目 {parent} 一行。",
        example="表五的“2080505 机关事业单位基本养老保险缴费支出”没有上级科目 20805 一行。",
        check=parent_missing,
    ),
    Rule(
        id="C-REPEATED",
        title="科目在一张表中只列一次",
        statement="一张表中科目编码不重复",
        tables=(*_CODED, "T07"),
        family=Family.CODE_NAME,
        severity=Severity.WARNING,
        basis=CLASSIFICATION,
        message="{table}的“{label}”列了不止一行。",
        example="表三的“2080101 行政运行”列了不止一行。",
        check=repeated_code,
    ),
    Rule(
        id="C-PAIR",
        title="部门与政府经济科目对应",
        statement="表六每行的政府预算经济科目是该部门预算经济科目可以对应的科目",
        tables=("T06",),
        family=Family.CODE_NAME,
        severity=Severity.INFO,
        basis="政府收支分类科目（支出经济分类科目对照表）",
        message="表六“{name}”对应的政府经济科目为“{second}”，通常应为{allowed}。",
        example="表六“基本工资”对应的政府经济科目为“办公经费”，通常应为工资奖金津补贴、工资福利支出。",
        check=paired_classes,
    ),
)
