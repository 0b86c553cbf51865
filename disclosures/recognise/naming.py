"""Which declared table a segment is: by its title, its caption, its columns; none where that is not certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from disclosures.plain.data import Note, Table
from disclosures.plain.text import fold
from disclosures.profiles import TableDecl, TemplateProfile
from disclosures.reading.blocks import Line

from . import headings, unknown
from .grid_header import foreign_share
from .outline import TableSegment
from .signature import FEWEST_SIGNS, best_fits, own_signs, signs

_LEAST_FIT = 0.6
_MOST_FOREIGN = 0.34  # of the texts of a header: more of them in no declared table speak against it
_MOST_FOREIGN_ELSEWHERE = 0.2  # the same under a title that other provinces give to their own tables
_LIKE_TITLE = 0.6
_TITLE_MARGIN = 0.1  # by which one title is nearer than that of another table with the same columns
_FEWEST_AMOUNTS = 4
_MOST_LOST = 0.5  # of a table's amounts that its declaration has no column for
_MOST_LOST_ELSEWHERE = 0.02  # the same under a title that other provinces give to their own tables
_SLIPPED = 0.2  # of the amounts of the fullest column

Named = tuple[TableDecl | None, TableSegment]


def named(segments: Sequence[TableSegment], profile: TemplateProfile, notes: list[Note]) -> list[Named]:
    """Each segment with its declaration; a segment that only continues the one before is joined to it."""
    claimed = {segment.options[0].id for segment in segments if len(segment.options) == 1}
    found: list[Named] = []
    for segment in segments:
        before = found[-1] if found else None
        if len(segment.options) == 1:
            found.append((segment.options[0], segment))
            continue
        titled = bool(segment.title) and not segment.options
        decl = (
            _by_all_columns(segment, profile, claimed)
            if titled
            else _by_columns(segment, profile, before[0] if before else None, claimed)
        )
        if before and _is_joined(before, decl, segment):
            before[1].lines.extend(segment.lines)
            continue
        if decl:
            claimed.add(decl.id)
            told = f"的标题是“{segment.title}”" if titled else "没有标题（或标题残缺）"
            message = f"表{decl.ordinal}“{decl.title}”{told}，按表头和顺序认定"
            notes.append(Note(message, decl.id, segment.source))
        found.append((decl, segment))
    return found


def _is_joined(before: Named, decl: TableDecl | None, segment: TableSegment) -> bool:
    """Whether a segment only continues the one before."""
    earlier, whole = before
    if earlier is None and decl is None:
        same = not segment.title or fold(segment.title) == fold(whole.title)
        return same and not (segment.title is None and segment.caption) and unknown.goes_on(whole.lines, segment.lines)
    if segment.title:
        return False
    if decl is None:
        return not segment.caption and unknown.goes_on(whole.lines, segment.lines)
    return decl is earlier and not segment.caption


def _by_all_columns(segment: TableSegment, profile: TemplateProfile, claimed: set[str]) -> TableDecl | None:
    """The declared table that has just the columns of a segment with another title; None where two might be meant."""
    found = signs(segment.lines, profile)
    fits = [
        (fit, decl)
        for fit, decl in best_fits(found, segment.lines, profile.tables)
        if own_signs(decl) <= found and fit >= 1 and decl.id not in claimed and not foreign_share(decl, segment.lines)
    ]
    if len(found) < FEWEST_SIGNS or not fits:
        return None
    equal = [decl for fit, decl in fits if fit >= fits[0][0] - 1e-9]
    title = fold(segment.title)
    likeness = sorted(
        ((SequenceMatcher(None, title, fold(d.title)).ratio(), n) for n, d in enumerate(equal)), reverse=True
    )
    nearest = likeness[0][0] - (likeness[1][0] if len(likeness) > 1 else 0.0)
    return equal[likeness[0][1]] if likeness[0][0] >= _LIKE_TITLE and nearest >= _TITLE_MARGIN else None


def _by_columns(
    segment: TableSegment, profile: TemplateProfile, before: TableDecl | None, claimed: set[str]
) -> TableDecl | None:
    """The declared table whose columns a segment shows; order and caption decide between equals."""
    candidates = segment.options or profile.tables
    found = signs(segment.lines, profile)
    number = headings.caption_number(segment.caption) if segment.caption else None
    by_caption = next((decl for decl in candidates if decl.number == number), None)
    if by_caption and foreign_share(by_caption, segment.lines) > _MOST_FOREIGN:
        by_caption = None
    if len(found) < FEWEST_SIGNS:
        return by_caption or (segment.options[0] if segment.options else None)
    fits = best_fits(found, segment.lines, candidates)
    if not segment.options:
        fits = [(fit, decl) for fit, decl in fits if foreign_share(decl, segment.lines) <= _MOST_FOREIGN]
    if not fits or (fits[0][0] < _LEAST_FIT and not segment.options):
        return by_caption
    equal = [decl for fit, decl in fits if fit >= fits[0][0] - 1e-9]
    if by_caption in equal:
        return by_caption
    if before in equal and not segment.title and not segment.caption:
        return before
    free = [decl for decl in equal if decl.id not in claimed]
    later = [decl for decl in free if before is None or decl.number > before.number]
    return (later or free or equal)[0]


def is_foreign(decl: TableDecl, segment: TableSegment, table: Table, profile: TemplateProfile) -> bool:
    """Whether a table bears a declared title but is another one.

    Its header differs and its amounts find no column; a title that is in use elsewhere must have the columns too.
    """
    if not any(map(unknown.is_table_row, segment.lines)):
        return False
    foreign = foreign_share(decl, segment.lines)
    if _is_used_elsewhere(decl, segment.title):
        own, found = own_signs(decl), signs(segment.lines, profile)
        if foreign > _MOST_FOREIGN_ELSEWHERE or len(own & found) < _LEAST_FIT * len(own):
            return bool(unknown.header_of(segment.lines))
        columns = sum(len(side.columns) for side in decl.sides)
        return _lost(segment, table) > _MOST_LOST_ELSEWHERE or _amount_columns(segment.lines) > columns
    return foreign > _MOST_FOREIGN and _lost(segment, table) > _MOST_LOST


def _lost(segment: TableSegment, table: Table) -> float:
    """The share of the printed amounts that the table does not hold; 0 where there are hardly any."""
    printed = Counter(
        Decimal(re.sub("[^0-9.]", "", cell))
        for line in segment.lines
        for cell in line.cells or ()
        if unknown.is_amount(cell)
    )
    if printed.total() < _FEWEST_AMOUNTS:
        return 0.0
    held = Counter(abs(Decimal(cell.value)) for row in table.rows for _, cell in row.cells if cell.value is not None)
    return (printed - held).total() / printed.total()


def _amount_columns(lines: Sequence[Line]) -> int:
    """In how many columns amounts are printed, so often that no one cell has slipped there."""
    columns = Counter(n for line in lines for n, cell in enumerate(line.cells or ()) if unknown.is_amount(cell))
    return sum(count > _SLIPPED * max(columns.values()) for count in columns.values())


def _is_used_elsewhere(decl: TableDecl, title: str | None) -> bool:
    folded = fold(title)
    return not all(key in folded for key in decl.title_keys) and any(other in folded for other in decl.other_titles)
