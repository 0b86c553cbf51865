"""Proof-reading: draft marks, placeholders, doubled words and sentences, unpaired marks, unfinished paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.prose import Piece, prose_of
from audit.text import brackets, doubled
from disclosures.plain.codec import NUMERALS

_DRAFT = re.compile(
    r"仅供内部(?:审核|使用|参考|传阅)|内部资料|征求意见稿|讨论稿|送审稿|草稿|初稿|未定稿|样稿|请勿外传|测试(?:版|数据)"
)
_WATERMARK = re.compile(r"水印“([^”]+)”")
# A draft mark stands alone; in a sentence the words may be what is spoken of (起草征求意见稿).
_LONGEST_MARK = 24
# Every branch begins with its own character, which lets the search run fast; what may not stand before
# X is looked at afterwards.
_PLACEHOLDER = re.compile(
    r"[XxＸｘ]{2,}(?![A-Za-z0-9])|[×╳]{2,}|[＊*]{2,}|某某|【\s*】|（\s*）|\(\s*\)|_{3,}|＿{2,}|待(?:填|补充|定)(?:[。，；）)]|$)"
)
_ASCII_WORD = re.compile(r"[A-Za-z0-9]$")
_END = re.compile(r"[。！？!?；;：:）)”》…]$")
_COMMA_END = re.compile(r"[，,、]$")
_TITLE_LIKE = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[①-⑳]|第[一二三四五六七八九十]+|图|表|附|注)"
)
_LONG_PARAGRAPH = 40
_LONG_COPY = 30
_NUMBERED = NUMERALS[:11]


def _marks(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    seen: set[str] = set()
    for note in context.disclosure.notes:
        match = _WATERMARK.search(note.message)
        if match and match[1] not in seen:
            seen.add(match[1])
            yield rule.finding(
                "doc", {"place": "文中", "mark": match[1]}, actual=match[1], source=note.source, key=(match[1],)
            )
    printed = [("doc", "封面", line.text, line.source) for line in context.disclosure.title_lines]
    printed += [(table.id, "报表", table.caption or "", table.source) for table in context.disclosure.tables]
    printed += [(piece.where, piece.words, piece.text, piece.source) for piece in prose_of(context)]
    for where, words, text, source in printed:
        match = _DRAFT.search(text)
        if match and len(text.strip()) <= _LONGEST_MARK and match.group() not in seen:
            seen.add(match.group())
            yield rule.finding(
                where, {"place": words, "mark": text.strip()}, actual=text.strip(), source=source, key=(match.group(),)
            )


def _placeholder(text: str) -> re.Match[str] | None:
    for match in _PLACEHOLDER.finditer(text):
        if match.group()[0] not in "XxＸｘ" or not _ASCII_WORD.search(text[: match.start()][-1:]):
            return match
    return None


def _placeholders(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for piece in prose_of(context):
        match = _placeholder(piece.text)
        if match:
            empty = match.group()[0] in "（("
            yield rule.finding(
                piece.where,
                {"place": piece.words, "mark": match.group(), "context": _around(piece.text, match.start())},
                actual=match.group(),
                source=piece.source,
                severity=Severity.INFO if empty or piece.is_doubtful else None,
            )


def _around(text: str, at: int, width: int = 8) -> str:
    return text[max(0, at - width) : at + width + 4]


def _words(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for piece in prose_of(context):
        for word in doubled.doubled_words(piece.text):
            yield rule.finding(
                piece.where,
                {"place": piece.words, "word": word, "context": _around(piece.text, piece.text.find(word))},
                actual=word,
                source=piece.source,
                key=(word,),
                severity=Severity.INFO if piece.is_doubtful else None,
            )


def _sentences(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    before: Piece | None = None
    for piece in prose_of(context):
        sentence = doubled.doubled_sentence(piece.text)
        if sentence is None and before is not None and piece.section and piece.section == before.section:
            same = piece.text.strip() == before.text.strip() and len(piece.text.strip()) >= 20
            sentence = piece.text.strip() if same else None
        if sentence:
            yield rule.finding(
                piece.where,
                {"place": piece.words, "sentence": sentence[:30]},
                actual=sentence[:60],
                source=piece.source,
            )
        before = piece


def _copied(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A paragraph with figures that stands in two sections: one of them is not about its own subject."""
    first_with: dict[str, Piece] = {}
    told: set[tuple[str, str]] = set()
    for piece in prose_of(context):
        text = piece.text.strip()
        if piece.section not in _NUMBERED or len(text) < _LONG_COPY or not re.search(r"\d[\d,.]*(?:万元|%)", text):
            continue
        first = first_with.setdefault(text, piece)
        if first.section != piece.section and (first.section, piece.section) not in told:
            told.add((first.section, piece.section))
            yield rule.finding(
                piece.where,
                {"place": piece.words, "other": first.words, "text": text[:24]},
                actual=text[:60],
                evidence=[Evidence(first.where, text[:60], first.source)],
                source=piece.source,
            )


def _pairs(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """One remark for a form or section and the mark that lacks its partner there: fields copy one another."""
    found: dict[tuple[str, str], list[Piece]] = {}
    for piece in prose_of(context):
        mark = brackets.unpaired(piece.text)
        if mark and not piece.is_doubtful:
            found.setdefault((piece.where.rsplit("/", 1)[0], mark), []).append(piece)
    for (_, mark), pieces in found.items():
        first = pieces[0]
        yield rule.finding(
            first.where,
            {"place": first.words, "mark": mark, "context": brackets.context(first.text, mark)},
            actual=mark,
            evidence=[Evidence(piece.where, brackets.context(piece.text, mark), piece.source) for piece in pieces[1:]],
            source=first.source,
            key=(mark,),
        )


def _full_stops(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Paragraphs of the narrative without a full stop: one remark for the document."""
    bare = [
        piece
        for piece in prose_of(context)
        if piece.section
        and len(piece.text) >= _LONG_PARAGRAPH
        and not _END.search(piece.text.strip())
        and not _COMMA_END.search(piece.text.strip())
    ]
    if bare:
        first = bare[0]
        yield rule.finding(
            first.where,
            {
                "places": "、".join(dict.fromkeys(piece.words for piece in bare)),
                "end": first.text.strip()[-12:],
            },
            evidence=[Evidence(piece.where, piece.text.strip()[-12:], piece.source) for piece in bare[1:]],
            source=first.source,
        )


def _commas(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for piece in prose_of(context):
        if piece.section and _COMMA_END.search(piece.text.strip()) and not _TITLE_LIKE.match(piece.text):
            yield rule.finding(
                piece.where, {"place": piece.words, "end": piece.text.strip()[-12:]}, source=piece.source
            )


RULES = (
    Rule(
        id="D-SECTION-COPIED",
        title="各部分说明不相互复制",
        statement="带数字的段落不在两个部分中原样出现",
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.WARNING,
        example="情况说明第八部分的“2026年某局财政拨款安排的…”与情况说明第七部分相同，疑误复制。",
        check=_copied,
        message="{place}的“{text}…”与{other}相同，疑误复制。",
    ),
    Rule(
        id="D-DRAFT-MARK",
        title="没有草稿标记和水印",
        statement="公开文件不带“仅供内部审核”“征求意见稿”等字样或水印",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.ERROR,
        example="文中有草稿标记“仅供内部审核”，应删除。",
        check=_marks,
        message="{place}有草稿标记“{mark}”，应删除。",
    ),
    Rule(
        id="D-PLACEHOLDER",
        title="没有未填的占位符",
        statement="正文不含“XX”“××”“某某”“【】”等未填内容",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.WARNING,
        example="情况说明第八部分有未填的占位符“XX”（…预算XX万元…）。",
        check=_placeholders,
        message="{place}有未填的占位符“{mark}”（…{context}…）。",
    ),
    Rule(
        id="D-WORD-TWICE",
        title="没有重复的字词",
        statement="正文没有连写两遍的词",
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.INFO,
        example="第一部分（概况）“保障保障”重复（…社会保障保障体系…）。",
        check=_words,
        message="{place}“{word}”重复（…{context}…）。",
    ),
    Rule(
        id="D-SENTENCE-TWICE",
        title="没有重复的句子",
        statement="同一段中没有重复的句子，相邻两段不相同",
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.INFO,
        example="第一部分（概况）有一句重复：“贯彻执行国家有关方针政策…”。",
        check=_sentences,
        message="{place}有一句重复：“{sentence}…”。",
    ),
    Rule(
        id="D-MARK-UNPAIRED",
        title="括号、引号、书名号成对",
        statement="括号、引号、书名号有始有终",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.INFO,
        example="第一部分（概况）“》”没有配对（…实施方案》的通知…）。",
        check=_pairs,
        message="{place}“{mark}”没有配对（…{context}…）。",
    ),
    Rule(
        id="D-FULL-STOP",
        title="段末有句号",
        statement="成句的段落以句号结束",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.INFO,
        example="情况说明第一部分、情况说明第八部分段末缺句号，如“…人员减少”。",
        check=_full_stops,
        message="{places}段末缺句号，如“…{end}”。",
    ),
    Rule(
        id="D-UNFINISHED",
        title="段落不以逗号结束",
        statement="段落不以逗号、顿号结束",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.INFO,
        example="情况说明第八部分有一段以“…人员减少，”结束，句子未完。",
        check=_commas,
        message="{place}有一段以“…{end}”结束，句子未完。",
    ),
)
