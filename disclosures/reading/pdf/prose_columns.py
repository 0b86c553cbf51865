"""Prose set in two columns: lines that stand beside one another without being cells of a row.

Prose fills its column from edge to edge, line after line; labels and amounts of a table do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .blocks import ProseLine, TextColumns
from .glyph_lines import Piece, union_box
from .regions import Carried, in_columns
from .rowing import is_amount

_BESIDE = 0.9  # of the font size: pieces no further apart in height stand beside one another
_NEAR = 4.5  # of the font size: rows of one table stand no further apart
_FEWEST_LINES = 4  # of each column
_NARROWEST = 10.0  # of the font size
_FULL = 1.6  # of the font size: what a full line may lack at the right edge of its column
_FULL_SHARE = 0.6  # of the lines of a column
_LIKE_WIDTH = 0.7  # of the wider column
_MOST_AMOUNTS = 0.1  # of the pieces


class _Gap(NamedTuple):
    """A free space between two pieces that stand beside one another; `line` is the number of the first."""

    x0: float
    x1: float
    line: int


def columns_apart(
    lines: Sequence[ProseLine], carried: Carried | None = None
) -> Iterator[list[ProseLine] | TextColumns]:
    """The lines, in stretches; those that are two columns of prose put together, each column after the other.

    `carried` is the table that may go on with the first of them: two cells of it may hold prose as well.
    """
    goes_on = carried is not None and len(lines) > 0 and in_columns(lines[0], carried)
    found = None if goes_on else _stretch(lines)
    if found is None:
        yield list(lines)
        return
    start, end, gutter = found
    if start:
        yield list(lines[:start])
    yield _columns(lines[start:end], gutter)
    if end < len(lines):
        yield from columns_apart(lines[end:])


def _stretch(lines: Sequence[ProseLine]) -> tuple[int, int, float] | None:
    """The first lines that are set in two columns: from, to, and where the columns part."""
    gaps = list(_gaps(lines))
    if len(gaps) < _FEWEST_LINES:
        return None
    tried: set[tuple[int, int]] = set()
    for gap in gaps:
        gutter = (gap.x0 + gap.x1) / 2
        start = end = gap.line
        while start > 0 and not _crossed(lines[start - 1], gutter):
            start -= 1
        while end < len(lines) and not _crossed(lines[end], gutter):
            end += 1
        if _is_within_table(lines, start, end):
            continue
        start, end = _trimmed(lines, start, end, gutter)
        if (start, end) not in tried and _is_prose(lines[start:end], gutter):
            return start, end, gutter
        tried.add((start, end))
    return None


def _gaps(lines: Sequence[ProseLine]) -> Iterator[_Gap]:
    for n, line in enumerate(lines):
        if len(line.pieces) == 2:
            yield _Gap(line.pieces[0].x1, line.pieces[1].x0, n)
    for n, (first, second) in enumerate(pairwise(lines)):
        if len(first.pieces) == len(second.pieces) == 1 and second.middle - first.middle < _BESIDE * first.size:
            left, right = sorted((first.box, second.box))
            if left[2] < right[0]:
                yield _Gap(left[2], right[0], n)


def _crossed(line: ProseLine, gutter: float) -> bool:
    return any(piece.x0 < gutter < piece.x1 for piece in line.pieces)


def _is_within_table(lines: Sequence[ProseLine], start: int, end: int) -> bool:
    """Whether rows of several cells stand right above or below: these are two of its cells."""
    return any(
        len(lines[n].pieces) > 1 and abs(lines[n].middle - lines[beside].middle) < _NEAR * lines[n].size
        for n, beside in ((start - 1, start), (end, end - 1))
        if 0 <= n < len(lines)
    )


def _trimmed(lines: Sequence[ProseLine], start: int, end: int, gutter: float) -> tuple[int, int]:
    """Without the lines above and below that stand on one side alone, as a title or a date does."""
    both = [
        n
        for n in range(start, end)
        if {piece.x0 > gutter for other in lines[max(start, n - 1) : n + 2] for piece in other.pieces} == {False, True}
    ]
    return (both[0], end) if both else (start, start)


def _is_prose(lines: Sequence[ProseLine], gutter: float) -> bool:
    pieces = [piece for line in lines for piece in line.pieces]
    left = [piece for piece in pieces if piece.x1 < gutter]
    right = [piece for piece in pieces if piece.x0 > gutter]
    if len(left) < _FEWEST_LINES or len(right) < _FEWEST_LINES or any(len(line.pieces) > 2 for line in lines):
        return False
    if sum(is_amount(piece.text) for piece in pieces) > _MOST_AMOUNTS * len(pieces):
        return False
    widths = sorted(_width(side) for side in (left, right))
    return widths[0] >= _LIKE_WIDTH * widths[1] and _is_full(left) and _is_full(right)


def _width(side: Sequence[Piece]) -> float:
    return max(piece.x1 for piece in side) - min(piece.x0 for piece in side)


def _is_full(side: Sequence[Piece]) -> bool:
    size, edge = side[0].size, max(piece.x1 for piece in side)
    full = sum(piece.x1 > edge - _FULL * piece.size for piece in side)
    return _width(side) >= _NARROWEST * size and full >= _FULL_SHARE * len(side)


def _columns(lines: Sequence[ProseLine], gutter: float) -> TextColumns:
    done: list[ProseLine] = []
    for is_right in (False, True):
        side = [
            ProseLine(own, union_box([piece.box for piece in own]), max(piece.size for piece in own))
            for line in lines
            if (own := [piece for piece in line.pieces if (piece.x0 > gutter) is is_right])
        ]
        edges = min(line.box[0] for line in side), max(line.box[2] for line in side)
        for line in side:
            line.column = edges
        done += side
    return TextColumns(done, union_box([line.box for line in done]))
