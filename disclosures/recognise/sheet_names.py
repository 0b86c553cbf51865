"""Names of Excel sheets: a title where the sheet itself prints none, else nothing."""

from __future__ import annotations

from collections.abc import Sequence

from disclosures.plain.sources import is_whole_sheet
from disclosures.reading.blocks import Line

from . import headings
from .outline import is_row, shown_text

_LOOK_AHEAD = 6


def without_sheet_names(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without the names of sheets that print a title of their own, or whose name is none."""
    return tuple(
        line
        for position, line in enumerate(lines)
        if not is_whole_sheet(line.source) or _is_needed(line, lines[position + 1 : position + 1 + _LOOK_AHEAD])
    )


def _is_needed(name: Line, behind: Sequence[Line]) -> bool:
    if not _is_title(name.text):
        return False
    for line in behind:
        text = shown_text(line)
        if text and _is_title(text):
            return False
        if is_row(line) and len([cell for cell in line.cells or () if cell]) > 2:
            break
    return True


def _is_title(text: str) -> bool:
    """The title of a budget table, a caption, the title of a form, or a heading of a part."""
    words, caption = headings.without_caption(text)
    title = headings.table_title(words)
    return bool(
        (title and title.options)
        or caption
        or headings.caption_number(text)
        or headings.is_form_title(text)
        or headings.part_number(text)
        or headings.is_glossary_heading(text)
    )
