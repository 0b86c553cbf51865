"""Notices and catalogues behind section 十二: where they begin and what they are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosures.plain.data import Attachment
from disclosures.plain.text import fold, squeeze
from disclosures.reading.blocks import Line

from .outline import is_row, shown_text

_ISSUER = re.compile(r"(?:政府|厅|局|委|委员会|办公室|部)文件$")
_ANNEX = re.compile(r"^附(?:件|表|录)(?:[一二三四五六七八九十\d]{0,2})(?:[:：].*)?$")
_NOTICE = re.compile(r"的(?:通知|通告|公告|意见|决定|批复|函)$")
_CATALOGUE = re.compile(r"(?:目录|名录|清单|办法|一览表|明细表)(?:\([^()]*\))?$")
_NOTICE_HEAD = re.compile(r"^.{2,40}(?:关于|转发|印发)")
_LONGEST_TITLE = 80


def starts_attachment(line: Line, text: str) -> bool:
    """Whether a line of section 十二 is the first of an attached document."""
    if is_row(line):
        return True
    if not text or len(text) > _LONGEST_TITLE:
        return False
    folded = fold(text)
    if folded[:1] in "(一二三四五六七八九1234567890" and not folded.startswith("附"):
        return False
    return bool(
        _ISSUER.search(folded)
        or _ANNEX.match(folded)
        or _NOTICE.search(folded)
        or _CATALOGUE.search(folded)
        or (_NOTICE_HEAD.match(folded) and folded[-1] not in "。.;,:)")
    )


def attachments_in(lines: Sequence[Line]) -> tuple[Attachment, ...]:
    """The titles of the attached documents, each with its place; pages that repeat one count once."""
    found: dict[str, Attachment] = {}
    for position, line in enumerate(lines):
        text = shown_text(line)
        if line.cells is not None or not text or len(text) > _LONGEST_TITLE:
            continue
        title = _title_at(lines, position, text)
        if title and title not in found and not any(title in earlier for earlier in found):
            found[title] = Attachment(title, line.source)
    if not found and lines:
        first = shown_text(lines[0]) or "附表"
        return (Attachment(squeeze(first)[:_LONGEST_TITLE], lines[0].source),)
    return tuple(found.values())


def _title_at(lines: Sequence[Line], position: int, text: str) -> str | None:
    folded = fold(text)
    if folded[:1] in "(（" or "。" in text:
        return None
    if _NOTICE.search(folded) or _is_catalogue(folded):
        return squeeze(text)
    if _NOTICE_HEAD.match(folded) and position + 1 < len(lines):
        after = shown_text(lines[position + 1])
        if len(after) < 40 and (_NOTICE.search(fold(after)) or _is_catalogue(fold(after))):
            return squeeze(text + after)
    return None


def _is_catalogue(folded: str) -> bool:
    return len(folded) > 8 and "级目录" not in folded and _CATALOGUE.search(folded) is not None
