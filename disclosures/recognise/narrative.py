"""Prose: lines that the file wrapped are joined into the paragraphs they were."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosures.plain.data import Paragraph, Section
from disclosures.plain.text import unwrap
from disclosures.reading.blocks import Line

from .outline import SectionSegment, is_row, shown_text

_END = re.compile("[。；;：:！？!?][”\"’')）》]*$")
_ITEM = re.compile(
    r"\s*(?:[(（]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]|[一二三四五六七八九十]{1,3}\s*[、．]|\d{1,2}\s*[、．]"
    r"|\d{1,2}\.(?!\d)|[①-⑳]|其中[:：]|第[一二三四五六七八九十]+[条章，,]|注\s*[:：])"
)
_OPENING = re.compile("[，。、；：！？）》”％%)]")
# Widths in columns, a Chinese character taking two. A narrower line was not broken by a margin or
# a page: it ends where its paragraph ends.
_NARROWEST_WRAPPED = 44
_WRAPPED_SHARE = 0.85
_WIDEST_MARGIN = 150  # beyond it a line is a whole paragraph, not a printed line


def section_of(segment: SectionSegment) -> Section:
    """A section with its paragraphs."""
    return Section(segment.numeral, segment.heading, paragraphs_of(segment.lines), segment.source)


def paragraphs_of(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """The paragraphs of some lines of prose, each with the place of its first line."""
    groups: list[list[Line]] = []
    margin = _margin(lines)
    for line in lines:
        if groups and _continues(groups[-1][-1], line, margin):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(Paragraph(unwrap(_join([_text(line) for line in group])), group[0].source) for group in groups)


def _text(line: Line) -> str:
    shown = shown_text(line)
    if shown:
        return shown
    return " ".join(cell for cell in line.cells or () if cell)


def _width(text: str) -> int:
    return 2 * len(text) - sum(map(str.isascii, text))


def _margin(lines: Sequence[Line]) -> int:
    """The width at which this run of prose is wrapped: that of its widest lines, without freak ones."""
    widths = sorted(_width(line.text.strip()) for line in lines if line.cells is None)
    return widths[-1 - len(widths) // 20] if widths else 0


def _continues(before: Line, line: Line, margin: int) -> bool:
    """Whether a line goes on with the sentence that the line before broke off."""
    if before.heading or line.heading or is_row(before) or is_row(line):
        return False
    first, second = _text(before), _text(line)
    if second and _OPENING.match(second):
        return True
    if _END.search(first) or _ITEM.match(second):
        return False
    wrapped = margin * _WRAPPED_SHARE if margin < _WIDEST_MARGIN else 0
    return _width(first) >= max(wrapped, _NARROWEST_WRAPPED)


def _join(texts: Sequence[str]) -> str:
    joined = texts[0]
    for text in texts[1:]:
        between = (
            " " if joined[-1:].isascii() and joined[-1:].isalpha() and text[:1].isascii() and text[:1].isalpha() else ""
        )
        joined += between + text
    return joined
