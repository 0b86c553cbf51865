"""Text of another department: names that are not the department's own where it speaks of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import forms_of
from audit.prose import Piece, prose_of
from audit.text.names import grams, likeness, loose

_ORGAN = (
    r"(?:局|委员会|办公室|办公厅|中心|学校|学院|医院|大队|支队|研究院|研究所|管理处|服务站|档案馆|图书馆|博物馆"
    r"|法院|检察院|联合会|委|厅|院|所|站)"
)
_PLACE = r"[\u4e00-\u9fff]{2,8}(?:省|市|县|区|州|旗|盟)"
_NAME = rf"(?P<name>{_PLACE}[\u4e00-\u9fff]{{1,24}}?{_ORGAN})"
# Where a document speaks of itself: 2026年度X局预算收入…, 截至某日，X局共有…, X局2026年部门预算….
_SELF = (
    re.compile(
        rf"20\d\d\s*年度?{_NAME}"
        r"(?=(?:本级)?(?:部门|单位)?(?:收入|支出|收支)?(?:总)?预算|财政拨款|一般公共预算|政府采购|纳入|机关运行经费|“三公”)"
    ),
    re.compile(rf"\d日[，,]{_NAME}(?=共有|使用|占有|单价|实有|拥有|固定资产)"),
    re.compile(rf"[；;。]{_NAME}(?=占有使用)"),
    re.compile(
        rf"(?:^|[，。；、：\s（(为是]){_NAME}"
        r"(?=(?:本级)?(?:20\d\d年度?)?(?:部门|单位)?(?:收支)?(?:总)?预算"
        r"|(?:20\d\d年度?)?(?:机关运行经费|“三公”经费|政府采购预算)|(?:部门|单位)(?:职责|概况|构成)|主要职责是)"
    ),
)
_COVER = re.compile(rf"{_NAME}(?:\(本级\)|（本级）)?(?:20\d\d年度?(?:部门|单位)?预算(?:公开)?(?:报告|说明)?)?")
_PROVINCIAL = re.compile(r"省直(?:部门|单位|机关)|省级(?:部门|单位)预算")
_LOCAL = re.compile(r"(?:市|县|区|州|旗)")


def _foreign(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    own = forms_of(context).own_names
    printed = {loose(table.printed_department or "") for table in context.disclosure.tables} - {""}
    known = own | printed
    if not known:
        return
    found: dict[str, list[Piece]] = {}
    for line in context.disclosure.title_lines:
        cover = _COVER.fullmatch(re.sub(r"\s", "", line.text))
        if cover and not _is_own(loose(cover["name"]), known):
            found.setdefault(cover["name"], []).append(Piece("doc", "封面", line.text, line.source))
    for piece in prose_of(context):
        if piece.section and piece.section not in ("名词解释", "十二"):
            for name in _own_names(piece.text):
                if not _is_own(loose(name), known):
                    found.setdefault(name, []).append(piece)
    for name, pieces in found.items():
        first = pieces[0]
        yield rule.finding(
            first.where,
            {"place": first.words, "name": name, "own": context.disclosure.department},
            actual=name,
            expected=context.disclosure.department,
            evidence=[Evidence(piece.where, name, piece.source) for piece in pieces[1:]],
            source=first.source,
            key=(name,),
            severity=Severity.INFO if _resembles(name, known) else None,
        )


def _own_names(text: str) -> list[str]:
    """What a paragraph calls the department, each name once."""
    return list(dict.fromkeys(match["name"] for pattern in _SELF for match in pattern.finditer(text)))


def _is_own(name: str, known: frozenset[str] | set[str]) -> bool:
    """Whether a name ends in one of the department's names, or is the end of one (without its place)."""
    return any(name == unit or name.endswith(unit) or unit.endswith(name) for unit in known)


def _resembles(name: str, known: frozenset[str] | set[str]) -> bool:
    pairs = grams(name)
    return any(likeness(pairs, grams(unit)) > 0.75 for unit in known)


def _province(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A municipal or county document that copies the wording of provincial departments: one remark."""
    department = context.disclosure.department
    if not _LOCAL.search(department) or department.startswith("省"):
        return
    hits = [
        (piece, match) for piece in prose_of(context) if piece.section and (match := _PROVINCIAL.search(piece.text))
    ]
    if hits:
        piece, match = hits[0]
        yield rule.finding(
            f"N/{piece.section}",
            {"place": piece.words, "word": match.group()},
            actual=match.group(),
            source=piece.source,
        )


_SPEAKS = re.compile(r"本(部门|单位)")


def _self_words(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """本部门 and 本单位 mixed in the headings of one document."""
    words = Counter(match[1] for section in context.disclosure.sections if (match := _SPEAKS.search(section.heading)))
    if len(words) > 1:
        section = next(s for s in context.disclosure.sections if _SPEAKS.search(s.heading))
        yield rule.finding(
            f"N/{section.numeral}", {"heading": section.heading}, actual=section.heading, source=section.source
        )


RULES = (
    Rule(
        id="D-OTHER-DEPARTMENT",
        title="正文说的是本部门",
        statement="正文以部门自称之处，名称是本部门或其所属单位",
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.WARNING,
        example="情况说明第八部分把部门称作“某市财政局”，本文件的部门是“某市教育局”，疑从其他部门复制。",
        check=_foreign,
        message="{place}把部门称作“{name}”，本文件的部门是“{own}”，疑从其他部门复制。",
    ),
    Rule(
        id="D-PROVINCE-WORDS",
        title="用语与部门层级相符",
        statement="市县部门的文件不称“省直部门”",
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.INFO,
        example="第四部分（名词解释）写有“省直部门”，与本部门层级不符，疑照抄省级模板。",
        check=_province,
        message="{place}写有“{word}”，与本部门层级不符，疑照抄省级模板。",
    ),
    Rule(
        id="D-SELF-WORDS",
        title="自称前后一致",
        statement="各标题统一称“本部门”或“本单位”",
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.INFO,
        example="标题“一、本单位职责”的自称与其他标题不一致。",
        check=_self_words,
        message="标题“{heading}”的自称与其他标题不一致。",
    ),
)
