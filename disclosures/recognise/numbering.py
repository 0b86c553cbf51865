"""How a document numbers the sections of part three: 一、 or （一） or 1. or 第一节, or not at all.

Which one it is shows in the document as a whole: the style whose headings name the most subjects of part
three. One line alone does not tell, for lists inside a section are numbered in the same ways.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from enum import Enum, auto

from disclosures.plain.text import squeeze

from .headings import NUMERALS, SectionHeading, is_strong_heading, section_by_subject, section_heading

_N = "十[一二三]?|[一二三四五六七八九]"
_LONGEST = 45
_FEWEST_SUBJECTS = 5
_SENTENCE = re.compile(r"[。；;，,]|\d\.\d\d")
_NUMBERED = re.compile(rf"[(（第]|(?:{_N}|\d{{1,2}})\s*[、.．]")


class Numbering(Enum):
    """A way to number sections."""

    LISTED = auto()  # 一、
    BRACKETED = auto()  # （一）
    ARABIC = auto()  # 1. 1、 1）
    ORDINAL = auto()  # 第一节
    BARE = auto()  # no numbers at all


_MARKERS = {
    Numbering.BRACKETED: re.compile(rf"\s*[(（]\s*({_N})\s*[)）]\s*[、.．]?\s*(\S.*)"),
    Numbering.ARABIC: re.compile(r"\s*[(（]?\s*(1[0-3]|[1-9])\s*[、.．)）]\s*([^\d\s].*)"),
    Numbering.ORDINAL: re.compile(rf"\s*第\s*({_N}|1[0-3]|[1-9])\s*[节章条项]\s*[、.．:：]?\s*(\S.*)"),
}


def numbering_of(texts: Iterable[str]) -> Numbering:
    """The style of a document, told from its short lines; 一、 where none stands out."""
    subjects: dict[Numbering, set[str]] = defaultdict(set)
    for text in texts:
        if len(text) > _LONGEST or not is_strong_heading(text):
            continue
        for style in Numbering:
            heading = heading_in(text, style)
            subject = section_by_subject(heading) if heading and not heading.rest else None
            if subject:
                subjects[style].add(subject)
    best = max(Numbering, key=lambda style: len(subjects[style]))
    return best if len(subjects[best]) >= _FEWEST_SUBJECTS else Numbering.LISTED


def heading_in(text: str, style: Numbering) -> SectionHeading | None:
    """The heading that a line is in a document of a style; None for a line that is none."""
    if style is Numbering.LISTED:
        return section_heading(text)
    if len(text) > _LONGEST or _SENTENCE.search(text.strip()):
        return None
    if style is Numbering.BARE:
        return _bare(text)
    match = _MARKERS[style].match(text)
    if match is None:
        return None
    number, words = match.groups()
    numeral = NUMERALS[int(number) - 1] if number.isdigit() else number
    return SectionHeading(numeral, squeeze(text), words=squeeze(words))


def _bare(text: str) -> SectionHeading | None:
    words = squeeze(text)
    if _NUMBERED.match(words):
        return None
    subject = section_by_subject(SectionHeading("", words, words=words))
    return SectionHeading(subject, words, words=words) if subject else None
