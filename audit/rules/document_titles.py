"""What is printed around the tables and on the cover: year, unit of amounts, department, caption."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.tables import IndexedTable
from audit.text.names import is_clip, loose
from disclosures.plain.data import Table
from disclosures.plain.text import fold

_HEADING_YEAR = re.compile(r"(?<![\d〔\[【(（])(20\d\d)\s*年")
_DOC_NUMBER = re.compile(r"[〔\[【(（]20\d\d[〕\]】)）]\s*\d*\s*号|20\d\d年[^，。]{0,20}(?:文件|通知|办法)")
_CAPTION_NUMBER = re.compile(r"(\d{1,2})\s*$")


def _present(context: CheckContext) -> Iterator[tuple[IndexedTable, Table]]:
    for table in context.tables.values():
        if table.table is not None:
            yield table, table.table


def _table_years(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    year = context.disclosure.fiscal_year
    for table, printed in _present(context):
        if printed.printed_year is not None and printed.printed_year != year:
            yield rule.finding(
                table.id,
                {
                    "table": f"{table.words}《{table.decl.title}》",
                    "printed": str(printed.printed_year),
                    "year": str(year),
                },
                actual=str(printed.printed_year),
                expected=str(year),
                source=printed.source,
            )


def _heading_years(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Years on the cover, in the headings of sections and in the titles of target forms."""
    disclosure = context.disclosure
    places = [("doc", line.text, line.source, "封面") for line in disclosure.title_lines]
    places += [(f"N/{s.numeral}", s.heading, s.source, "标题") for s in disclosure.sections]
    places += [
        (f"P/{key}", target.form_title or "", target.source, "目标表标题")
        for key, target in zip(context.target_keys, disclosure.project_targets, strict=True)
    ]
    for where, text, source, what in places:
        for match in _HEADING_YEAR.finditer(_DOC_NUMBER.sub("", text)):
            if int(match[1]) != disclosure.fiscal_year:
                yield rule.finding(
                    where,
                    {"what": what, "text": text[:40], "printed": match[1], "year": str(disclosure.fiscal_year)},
                    actual=match[1],
                    expected=str(disclosure.fiscal_year),
                    source=source,
                )
                break


def _units(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for table, printed in _present(context):
        unit = fold(printed.printed_unit)
        if unit and unit != "万元":
            yield rule.finding(
                table.id,
                {"table": f"{table.words}《{table.decl.title}》", "unit": printed.printed_unit or ""},
                actual=printed.printed_unit,
                expected="万元",
                source=printed.source,
            )


def _departments(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A department printed over a table that is not the disclosure's: one finding for each name."""
    own = loose(context.disclosure.department)
    strange: dict[str, list[IndexedTable]] = {}
    for table, printed in _present(context):
        name = loose(printed.printed_department or "")
        if own and name and name != own:
            strange.setdefault(printed.printed_department or "", []).append(table)
    for name, tables in strange.items():
        variant = is_clip(name, own) or is_clip(own, name) or loose(name) in own or own in loose(name)
        first = tables[0]
        yield rule.finding(
            first.id,
            {
                "tables": "、".join(table.words for table in tables),
                "printed": name,
                "own": context.disclosure.department,
            },
            actual=name,
            expected=context.disclosure.department,
            evidence=[Evidence(table.id, name) for table in tables[1:]],
            source=first.table.source if first.table else None,
            severity=Severity.INFO if variant else None,
        )


def _caption_number(table: Table) -> int | None:
    match = _CAPTION_NUMBER.search(fold(table.caption))
    return int(match[1]) if match else None


def _captions(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Captions (预算公开表5) whose number is not the table's: one remark for the document."""
    wrong = [
        (table, printed)
        for table, printed in _present(context)
        if (number := _caption_number(printed)) is not None and number != table.decl.number
    ]
    if wrong:
        first, printed = wrong[0]
        yield rule.finding(
            first.id,
            {
                "tables": "、".join(f"{table.words}“{item.caption}”" for table, item in wrong[:4]),
                "count": str(len(wrong)),
            },
            actual=printed.caption,
            evidence=[Evidence(table.id, item.caption) for table, item in wrong[1:]],
            source=printed.source,
        )


def _caption_styles(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A caption worded unlike the others (部门公开表9 among 预算公开表1 …)."""
    styles = {
        table.id: re.sub(r"\d+\s*$", "", fold(printed.caption))
        for table, printed in _present(context)
        if printed.caption
    }
    counts = Counter(styles.values())
    if len(counts) < 2:
        return
    usual, number = counts.most_common(1)[0]
    odd = [table_id for table_id, style in styles.items() if style != usual]
    if number < 2 or len(odd) > number:
        return
    table = context.table(odd[0]).table
    yield rule.finding(
        odd[0],
        {"caption": (table.caption if table else None) or "", "usual": usual},
        evidence=[Evidence(table_id, styles[table_id]) for table_id in odd[1:]],
        source=table.source if table else None,
    )


RULES = (
    Rule(
        id="D-TABLE-YEAR",
        title="报表标题的年份是预算年度",
        statement="各表标题所印年份 = 预算年度",
        tables=(),
        family=Family.NARRATIVE_YEAR,
        severity=Severity.ERROR,
        example="表五《一般公共预算支出预算表》标题印的是 2025 年，预算年度为 2026 年。",
        check=_table_years,
        message="{table}标题印的是 {printed} 年，预算年度为 {year} 年。",
    ),
    Rule(
        id="D-HEADING-YEAR",
        title="封面和标题的年份是预算年度",
        statement="封面、各部分标题、目标表标题中的年份 = 预算年度",
        tables=(),
        family=Family.NARRATIVE_YEAR,
        severity=Severity.ERROR,
        example="封面“2025年度部门预算公开”的年份是 2025 年，预算年度为 2026 年。",
        check=_heading_years,
        message="{what}“{text}”的年份是 {printed} 年，预算年度为 {year} 年。",
    ),
    Rule(
        id="D-TABLE-UNIT",
        title="报表以万元为单位",
        statement="各表所印金额单位为万元",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.ERROR,
        example="表三《预算支出总表》所印单位为“元”，应为万元。",
        check=_units,
        message="{table}所印单位为“{unit}”，应为万元。",
    ),
    Rule(
        id="D-TABLE-DEPARTMENT",
        title="报表所印部门名称是本部门",
        statement="各表所印部门（单位）名称与公开文件的部门一致",
        tables=(),
        family=Family.CODE_NAME,
        severity=Severity.WARNING,
        example="表五所印部门“某市财政局”与本文件的“某市教育局”不一致。",
        check=_departments,
        message="{tables}所印部门“{printed}”与本文件的“{own}”不一致。",
    ),
    Rule(
        id="D-CAPTION",
        title="报表的表号正确",
        statement="表号（预算公开表5）的数字与表的次序一致",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.INFO,
        example="有 1 张表的表号与次序不符：表九“部门公开表10”。",
        check=_captions,
        message="有 {count} 张表的表号与次序不符：{tables}。",
    ),
    Rule(
        id="D-CAPTION-STYLE",
        title="报表的表号写法一致",
        statement="各表的表号用同一种写法",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.INFO,
        example="表号“部门公开表9”与其他表的“预算公开表”写法不一致。",
        check=_caption_styles,
        message="表号“{caption}”与其他表的“{usual}”写法不一致。",
    ),
)
