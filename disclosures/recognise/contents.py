"""The table of contents, which repeats every heading, and the seams between two disclosures in one file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosures.reading.blocks import Line

from . import headings
from .outline import is_row, shown_text

_LONGEST_CONTENTS = 160
_LONGEST_ENTRY = 70
_FEWEST_LEADERS = 5
_LAST_CONTENTS_LINE = 400
_WIDEST_GAP = 3
_COVER_LINES = 8
_FEWEST_TABLES = 3
_SENTENCE_END = re.compile("[。；;，,]$")


def without_contents(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without tables of contents."""
    kept: list[Line] = []
    position = 0
    headed = False
    while position < len(lines):
        line = lines[position]
        if headings.is_contents_heading(shown_text(line)):
            headed = True
            position = _end_of_contents(lines, position + 1)
        else:
            kept.append(line)
            position += 1
    return tuple(kept) if headed else _without_leader_run(lines)


def _end_of_contents(lines: Sequence[Line], start: int) -> int:
    """The first line behind the contents that begin at `start`."""
    entries: set[str] = set()
    parts: set[int] = set()
    last_marked = start
    for position in range(start, min(len(lines), start + _LONGEST_CONTENTS)):
        text = shown_text(lines[position]) or lines[position].text.strip()
        marked = headings.is_leader_line(text) or headings.ends_with_page_number(text)
        entry = headings.contents_entry(text)
        part = headings.part_number(entry)
        if entry in entries and not marked:
            return position if _opens_body(entry, part, parts) else last_marked
        if part is not None and part in parts and not marked:
            return position
        if not marked and (
            len(text) > _LONGEST_ENTRY or (is_row(lines[position]) and len(lines[position].cells or ()) > 2)
        ):
            return last_marked
        entries.add(entry)
        parts |= {part} if part else set()
        if marked:
            last_marked = position + 1
    return last_marked


def _opens_body(entry: str, part: int | None, parts: set[int]) -> bool:
    """A repeated entry begins the body, unless the contents themselves repeat a line such as （二）其他."""
    return part is not None or not parts or headings.section_heading(entry) is not None


def _without_leader_run(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Contents without a heading 目录: a run of lines whose dotted leaders end in page numbers."""
    marked = [
        n
        for n, line in enumerate(lines[:_LAST_CONTENTS_LINE])
        if headings.is_leader_line(line.text) and headings.ends_with_page_number(line.text)
    ]
    run = [n for n, before in zip(marked, (None, *marked), strict=False) if before is None or n - before <= _WIDEST_GAP]
    if len(run) < _FEWEST_LEADERS or run[-1] - run[0] > len(run) * _WIDEST_GAP:
        return tuple(lines)
    return (*lines[: run[0]], *lines[run[-1] + 1 :])


def seams(lines: Sequence[Line]) -> tuple[int, ...]:
    """Where further disclosures begin in one file, contents left out; () for an ordinary file.

    A second one begins where part one (or the first table, of another department) comes again behind
    tables or later parts.
    """
    found: list[int] = []
    titles: set[str] = set()
    department: str | None = None
    late = False
    for position, line in enumerate(lines):
        text = shown_text(line)
        if not text or len(text) > _LONGEST_ENTRY or not ("部" in text or "表" in text):
            continue
        part = headings.part_number(text)
        title = headings.table_title(text) if "表" in text and part is None else None
        table_id = title.options[0].id if title and title.options else None
        again = part == 1
        if table_id == "T01":
            here = _department_below(lines, position)
            again = bool(here and department and here != department)
            department = here or department
        if again and (late or len(titles) >= _FEWEST_TABLES):
            found.append(_cover_above(lines, position))
            titles, late = set(), False
        late = late or part in (3, 4)
        titles |= {table_id} if table_id else set()
    return tuple(found)


def _department_below(lines: Sequence[Line], position: int) -> str | None:
    for line in lines[position + 1 : position + 6]:
        name = headings.printed_department(line.text)
        if name:
            return name
    return None


def _cover_above(lines: Sequence[Line], position: int) -> int:
    """The first line of the cover that ends at `position`: department and title, short lines without a full stop."""
    start = position
    while start > 0 and position - start < _COVER_LINES:
        above = lines[start - 1]
        text = shown_text(above)
        if is_row(above) or not text or len(text) > 40 or _SENTENCE_END.search(text) or headings.section_heading(text):
            break
        start -= 1
    return start
