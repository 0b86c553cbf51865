"""What a disclosure must hold: thirteen tables, twelve sections, parts one and four, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Family, Severity
from disclosures.plain.codec import NUMERALS
from disclosures.plain.text import fold

_RULES_BASIS = "地方预决算公开操作规程（财预〔2016〕143号）"
# The words by which a section's text is known when its heading was lost.
_SECTION_WORDS = {
    "一": "收支数据变动",
    "二": "收入预算",
    "三": "支出预算",
    "四": "财政拨款收支",
    "五": "一般公共预算",
    "六": "基本支出",
    "七": "三公",
    "八": "机关运行经费",
    "九": "政府采购",
    "十": "绩效",
    "十一": "国有资产",
    "十二": "其他",
}
_PARTS = {"概况": "第一部分（概况）", "名词解释": "第四部分（名词解释）"}
_FEW = 4


def _tables(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    missing = [table for table in context.tables.values() if table.table is None]
    if len(missing) == len(context.tables):
        yield rule.finding("doc", {"tables": "全部预算报表"})
        return
    for table in missing:
        yield rule.finding(table.id, {"tables": f"{table.words}《{table.decl.title}》"}, expected=table.decl.title)


def _empty(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A table without any amount that does not say so either."""
    for table in context.tables.values():
        if table.table is not None and not table.table.no_data and not table.has_data:
            yield rule.finding(table.id, {"table": f"{table.words}《{table.decl.title}》"}, source=table.table.source)


def _sections(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    present = {section.numeral for section in context.disclosure.sections}
    missing = [numeral for numeral in NUMERALS if numeral not in present]
    if len(missing) == len(NUMERALS):
        yield rule.finding("doc", {"sections": "第三部分（预算情况说明）", "hint": ""})
        return
    for numeral in missing:
        lost = _text_is_there(context, numeral)
        hint = "，相关文字出现在别的部分中，疑标题缺失或序号有误" if lost else ""
        yield rule.finding(
            f"N/{numeral}",
            {"sections": f"情况说明第{numeral}部分", "hint": hint},
            expected=_SECTION_WORDS[numeral],
            severity=_section_severity(numeral, missing, lost),
        )


def _text_is_there(context: CheckContext, numeral: str) -> bool:
    """Whether a paragraph of another section, or another heading, begins with the missing section's words."""
    word = _SECTION_WORDS[numeral]
    for section in context.disclosure.sections:
        if section.numeral not in NUMERALS:
            continue
        if word in fold(section.heading) or any(word in fold(p.text[:24]) for p in section.paragraphs):
            return True
    return False


def _section_severity(numeral: str, missing: list[str], lost: bool) -> Severity | None:
    if numeral == "十二" or (lost and len(missing) < _FEW):
        return Severity.INFO
    return Severity.WARNING if lost or numeral == "十一" else None


def _parts(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for numeral, words in _PARTS.items():
        section = context.disclosure.section(numeral)
        if section is None or not section.text.strip():
            missing = "缺少" if section is None else "有标题而无内容："
            yield rule.finding(f"N/{numeral}", {"part": words, "what": missing}, expected=words)


def _without_text(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for section in context.disclosure.sections:
        if section.numeral in NUMERALS and not section.text.strip():
            yield rule.finding(
                f"N/{section.numeral}",
                {"heading": section.heading},
                source=section.source,
                severity=Severity.INFO if section.numeral == "十二" else None,
            )


def _order(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Sections whose numerals are repeated or out of order: one remark at the first."""
    numerals = [section.numeral for section in context.disclosure.sections if section.numeral in NUMERALS]
    positions = [NUMERALS.index(numeral) for numeral in numerals]
    for before, after in pairwise(positions):
        if after <= before:
            section = next(s for s in context.disclosure.sections if s.numeral == NUMERALS[after])
            word = "重复" if after == before else "顺序有误"
            yield rule.finding(
                f"N/{NUMERALS[after]}",
                {"heading": section.heading, "before": NUMERALS[before], "what": word},
                source=section.source,
            )
            return


RULES = (
    Rule(
        id="D-TABLE-MISSING",
        title="十三张预算报表齐全",
        statement="表一至表十三都在，没有数据的也应列出并注明",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.ERROR,
        example="缺少表十三《项目支出预算表（上年结转）》。",
        check=_tables,
        message="缺少{tables}。",
    ),
    Rule(
        id="D-TABLE-BLANK",
        title="没有数据的报表注明本表无数据",
        statement="没有任何金额的报表应注明“本表无数据”",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.INFO,
        example="表八《政府性基金预算支出表》没有任何金额，也没有注明“本表无数据”。",
        check=_empty,
        message="{table}没有任何金额，也没有注明“本表无数据”。",
    ),
    Rule(
        id="D-SECTION-MISSING",
        title="预算情况说明的十二个部分齐全",
        statement="第三部分的一至十二各节都在",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.ERROR,
        example="缺少情况说明第八部分。",
        check=_sections,
        message="缺少{sections}{hint}。",
        basis=_RULES_BASIS,
    ),
    Rule(
        id="D-SECTION-EMPTY",
        title="预算情况说明各节有内容",
        statement="有标题的一节有正文",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.WARNING,
        example="“八、机关运行经费安排情况”只有标题，没有内容。",
        check=_without_text,
        message="“{heading}”只有标题，没有内容。",
        basis=_RULES_BASIS,
    ),
    Rule(
        id="D-PART-MISSING",
        title="概况与名词解释齐全",
        statement="第一部分（概况）、第四部分（名词解释）都在且有内容",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.ERROR,
        example="缺少第四部分（名词解释）。",
        check=_parts,
        message="{what}{part}。",
        basis=_RULES_BASIS,
    ),
    Rule(
        id="D-SECTION-ORDER",
        title="预算情况说明各节按序编号",
        statement="各节序号由一至十二依次递增，不重复",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.WARNING,
        example="“八、政府采购情况”排在第八部分之后，序号重复。",
        check=_order,
        message="“{heading}”排在第{before}部分之后，序号{what}。",
    ),
)
