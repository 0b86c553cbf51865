"""Wording: fragments of sentences, text of a template, numbering without its beginning, misprinted document numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.prose import Piece, prose_of

# A conjunction followed by a stop joins nothing. The words that merely end in its character are left out.
_FRAGMENT = re.compile(
    r"(?:(?<![普涉提触危波惠遍推顾遍])及|(?<![总缓温柔调平饱共随中祥谐附])和|(?<![参赠给授付赋])与)[、，。；,;]"
    r"|[，,、]{2,}|。。|[，,、][。；]"
)
_CONJUNCTIONS = "及和与"
_LIKE_FRAGMENT = re.compile(r"[及和与，,、。][、，。；,;]")  # quick, before the careful one
_TEMPLATE = re.compile(
    r"通常以.{2,20}形式(?:体现|表现|呈现)|(?:此处|在此)填写|请(?:在此)?填写|请根据实际|填写说明|填报说明|（示例）|\(示例\)"
    r"|作为(?:一个)?(?:AI|人工智能)|以下是(?:一个|一份|关于|为您)|希望(?:以上|这些)(?:内容|信息)|XX(?:单位|部门|项目)"
)
_FIRST = re.compile(r"(?:^|[^\d.])1\s*[、.．）)]|[（(]1[)）]|①|一[、是]")
_SECOND = re.compile(r"(?<![\d.年月])2\s*、(?!\d)|②")
_DOCUMENT = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{2,8})\s*[〔\[【(（](?P<year>(?:19|20)\d\d)[〕\]】)）]\s*(?P<number>\d{1,4})\s*号"
)
_ISSUED = re.compile(r"(?:政|办|府|社|财|教|卫|民|农|建)法$")
_LEADING = re.compile(r"^.*(?:根据|按照|依据|关于|文件|以及|及|和|与|的|由|照|《|号)")


def _finding(rule: Rule, piece: Piece, word: str, at: int, severity: Severity | None = None) -> Outcome:
    return rule.finding(
        piece.where,
        {"place": piece.words, "word": word, "context": piece.text[max(0, at - 8) : at + 12]},
        actual=word,
        source=piece.source,
        severity=Severity.INFO if piece.is_doubtful else severity,
    )


def _fragments(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for piece in prose_of(context):
        match = _FRAGMENT.search(piece.text) if _LIKE_FRAGMENT.search(piece.text) else None
        if match:
            # A mark typed twice is proof-reading; a conjunction that joins nothing is a sentence cut off.
            severity = None if match.group()[0] in _CONJUNCTIONS else Severity.INFO
            yield _finding(rule, piece, match.group(), match.start(), severity)


def _template_text(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for piece in prose_of(context):
        match = _TEMPLATE.search(piece.text)
        if match:
            yield _finding(rule, piece, match.group(), match.start())


def _numbering(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for piece in prose_of(context):
        match = None if piece.section else _SECOND.search(piece.text)
        if match and not _FIRST.search(piece.text[: match.start() + 1]):
            yield _finding(rule, piece, match.group().strip(), match.start())


def _citations(context: CheckContext) -> Iterator[tuple[Piece, re.Match[str], str]]:
    """Every document number cited, with the name of its issuer."""
    for piece in prose_of(context):
        for match in _DOCUMENT.finditer(piece.text) if "号" in piece.text else ():
            organ = _LEADING.sub("", match["organ"])
            if organ:
                yield piece, match, organ


def _issued(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    seen: set[str] = set()
    for piece, match, organ in _citations(context):
        cited = f"{organ}〔{match['year']}〕{match['number']}号"
        if _ISSUED.search(organ) and cited not in seen:
            seen.add(cited)
            yield _finding(rule, piece, cited, match.start())


def _issuers(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """One document number under two similar names of its issuer."""
    cited: defaultdict[tuple[str, str], dict[str, Piece]] = defaultdict(dict)
    for piece, match, organ in _citations(context):
        cited[match["year"], match["number"]].setdefault(organ, piece)
    for (year, number), organs in cited.items():
        names = sorted(organs)
        for first, second in ((a, b) for i, a in enumerate(names) for b in names[i + 1 :]):
            if _alike(first, second):
                piece = organs[first]
                yield rule.finding(
                    piece.where,
                    {
                        "first": f"{first}〔{year}〕{number}号",
                        "second": f"{second}〔{year}〕{number}号",
                        "place": piece.words,
                    },
                    actual=first,
                    expected=second,
                    evidence=[Evidence(organs[second].where, second, organs[second].source)],
                    source=piece.source,
                    key=(first, second, year, number),
                )


def _alike(first: str, second: str) -> bool:
    """Names of two issuers with most characters in common, neither being the end of the other."""
    if first.endswith(second) or second.endswith(first):
        return False
    return len(set(first) & set(second)) >= 2 and abs(len(first) - len(second)) <= 2


Check = Callable[[CheckContext, Rule], Iterator[Outcome]]


def _rule(
    rule_id: str, title: str, statement: str, message: str, example: str, severity: Severity, check: Check
) -> Rule:
    return Rule(
        id=rule_id,
        title=title,
        statement=statement,
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=severity,
        example=example,
        check=check,
        message=message,
    )


RULES = (
    _rule(
        "D-FRAGMENT",
        "语句完整",
        "“及”“和”“与”之后不是标点，标点不重复",
        "{place}“{word}”处语句残缺（…{context}…）。",
        "项目“仲裁经费”的项目概况“及、”处语句残缺（…普法及、调解…）。",
        Severity.WARNING,
        _fragments,
    ),
    _rule(
        "D-TEMPLATE-TEXT",
        "不留模板说明文字",
        "正文和目标表不含填写说明、通用说明或自动生成的套话",
        "{place}“{word}”是通用说明文字，不是实际内容。",
        "项目“招聘费用”的年度总体目标“通常以绩效目标的形式体现”是通用说明文字，不是实际内容。",
        Severity.WARNING,
        _template_text,
    ),
    _rule(
        "D-NUMBERING",
        "序号从一开始",
        "目标表各栏的分项序号从 1 开始",
        "{place}的序号从“{word}”开始，缺“1”（…{context}…）。",
        "项目“业务经费”的项目概况的序号从“2、”开始，缺“1”（…管理2、提供…）。",
        Severity.INFO,
        _numbering,
    ),
    _rule(
        "D-ISSUED",
        "文号的“发”字无误",
        "文号写作“政发”“办发”，不写“政法”“办法”",
        "{place}的文号“{word}”疑应为“发”字（…{context}…）。",
        "项目“生活补贴”的立项依据的文号“平政法〔2010〕27号”疑应为“发”字（…平政法…）。",
        Severity.INFO,
        _issued,
    ),
    Rule(
        id="D-ISSUER",
        title="同一文号的发文机关一致",
        statement="年份和号数相同的文号，发文机关代字一致",
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.INFO,
        example="项目“慰问费”的立项依据所引“晋人社〔2024〕140号”与别处的“朔人社函〔2024〕140号”发文机关不一致。",
        check=_issuers,
        message="{place}所引“{first}”与别处的“{second}”发文机关不一致。",
    ),
)
