"""What does not belong to the text of a grid document: draft marks, page numbers, running headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from disclosures.plain.text import squeeze
from disclosures.reading.blocks import Line

from .outline import shown_text

_DRAFT = re.compile(
    r"(?:仅供|内部)(?:内部)?(?:审核|审阅|参考|使用|资料)|(?:征求意见|送审|讨论|报审|审核|审阅|初审)稿"
    r"|^(?:草稿|初稿|样稿|样本|样张|草案|机密|秘密|内部资料|作废)$"
)
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?[-—–－·\s]*$")
_HEADER = re.compile("预算公开|公开报告|预算报告|公开说明|预算说明")
_LONGEST_MARK = 16
_LONGEST_HEADER = 50
_FEWEST_HEADERS = 4

Marks = tuple[tuple[str, str, int], ...]  # (text, place of the first, how many)


def without_marks(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Marks]:
    """The lines without page numbers, running headers and draft marks; and the draft marks with their counts."""
    prose = Counter(line.text.strip() for line in lines if line.cells is None and len(line.text) <= _LONGEST_HEADER)
    running = {text for text, count in prose.items() if count >= _FEWEST_HEADERS and _HEADER.search(text)}
    found: dict[str, tuple[str, int]] = {}
    kept = []
    for line in lines:
        text = shown_text(line) if len(line.text) <= _LONGEST_HEADER else ""
        mark = squeeze(text) if 0 < len(text) <= _LONGEST_MARK else ""
        if mark and _DRAFT.search(mark):
            source, count = found.get(mark, (line.source, 0))
            found[mark] = (source, count + 1)
        elif not (line.cells is None and (text in running or (mark and _PAGE_NUMBER.match(mark)))):
            kept.append(line)
    return tuple(kept), tuple((text, source, count) for text, (source, count) in found.items())
