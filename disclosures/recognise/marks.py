"""Watermarks and draft marks in documents whose tables are grids."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosures.plain.text import squeeze
from disclosures.reading.blocks import Line

from .outline import shown_text

_DRAFT = re.compile(
    r"(?:仅供|内部)(?:内部)?(?:审核|审阅|参考|使用|资料)|(?:征求意见|送审|讨论|报审|审核|审阅|初审)稿|^(?:草稿|初稿|样稿|样本|样张|草案|机密|秘密|内部资料|作废)$"
)
_LONGEST = 16

Marks = tuple[tuple[str, str, int], ...]  # (text, place of the first, how many)


def draft_marks(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Marks]:
    """The lines without those that are nothing but a draft mark, and the marks with their counts."""
    found: dict[str, tuple[str, int]] = {}
    kept = []
    for line in lines:
        text = squeeze(shown_text(line)) if len(line.text) < _LONGEST * 3 else ""
        if text and len(text) <= _LONGEST and _DRAFT.search(text):
            source, count = found.get(text, (line.source, 0))
            found[text] = (source, count + 1)
        else:
            kept.append(line)
    return tuple(kept), tuple((text, source, count) for text, (source, count) in found.items())
