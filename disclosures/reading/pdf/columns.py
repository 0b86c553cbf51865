"""Columns of a table without upright lines: from the gaps that all its rows leave free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .blocks import LooseTable, RowBlock
from .glyph_lines import Piece, union_box
from .rowing import Columns, amounts_stacked, is_amount, split_row
from .ruled import cell_block

Band = tuple[float, float]  # from, to


class Span(NamedTuple):
    """Where a piece stands in its line."""

    x0: float
    x1: float
    y0: float
    y1: float
    line: int


_OVERLAP = 1.0  # points by which pieces of one column overlap at least
_MOST_CROSSING = 3  # spans that may cross a cut for which a single line speaks
_NEARER = 0.85  # of the distance of two headings
_BESIDE = 0.3  # of a line's height: what shares so much of it stands beside it
_ALIGNED = 1.5  # points
_CUT_GAP = 0.25  # of the font size, between a label and an amount glued to it


def loose_rows(table: LooseTable, carried: Sequence[Band], page: int) -> tuple[list[RowBlock], list[Band]]:
    """The rows of a table and its columns; `carried` are the columns on the page before, if it goes on from there."""
    pieces = [piece for line in table.lines for piece in line.pieces]
    bands = bands_of(pieces, carried)
    columns: Columns = {}
    for piece in pieces:
        for part in _cut(piece, bands):
            columns.setdefault(_column(part, bands), []).append(part)
    strata = _strata(table, columns) if len(table.rules) > 2 else {}
    rows = split_row(columns, strata)
    return [_row(part, bands, table, page) for part in rows], bands


def _strata(table: LooseTable, columns: Columns) -> dict[int, int]:
    """By piece (its id): how many level lines stand above it; {} where the lines do not part every row."""
    strata = {
        id(piece): sum(y < piece.middle and x0 - 1 <= piece.x0 + 1 <= x1 + 1 for y, x0, x1 in table.rules)
        for pieces in columns.values()
        for piece in pieces
    }
    for pieces in columns.values():
        by_stratum: Columns = {}
        for piece in pieces:
            by_stratum.setdefault(strata[id(piece)], []).append(piece)
        if amounts_stacked(by_stratum):
            return {}
    return strata


def _row(columns: Columns, bands: Sequence[Band], table: LooseTable, page: int) -> RowBlock:
    top = min(p.y0 for cell in columns.values() for p in cell)
    bottom = max(p.y1 for cell in columns.values() for p in cell)
    cells = []
    for n, (x0, x1) in enumerate(bands):
        pieces = sorted(columns.get(n, ()), key=lambda p: (p.middle, p.x0))
        box = union_box([p.box for p in pieces]) if pieces else (x0, top, x1, bottom)
        cells.append(cell_block(pieces, box, x1))
    return RowBlock(cells, (table.box[0], top, table.box[2], bottom), page)


def bands_of(pieces: Sequence[Piece], carried: Sequence[Band]) -> list[Band]:
    """The columns: pieces that overlap one another from row to row; what reaches over several is left out."""
    spans = [Span(p.x0, p.x1, p.y0, p.y1, p.line) for p in pieces]
    spans += [Span(*band, -10.0, 0.0, -1) for band in carried]
    own = _not_spanning(spans) or spans
    groups: list[list[Span]] = []
    reach = float("-inf")
    for span in sorted(own):
        if span.x0 < reach - _OVERLAP:
            groups[-1].append(span)
        else:
            groups.append([span])
        reach = max(reach, span.x1)
    bands = [band for group in groups for band in _without_conflict(group)]
    return bands if carried else _heads_and_amounts(bands, pieces)


def _not_spanning(spans: Sequence[Span]) -> list[Span]:
    """The spans that do not reach over the middles of two others on one line."""
    x0, x1 = np.array([s.x0 for s in spans]), np.array([s.x1 for s in spans])
    numbers = {line: n for n, line in enumerate(dict.fromkeys(s.line for s in spans))}
    middle = (x0 + x1) / 2
    inside = (middle[None, :] > x0[:, None]) & (middle[None, :] < x1[:, None])
    by_line = np.zeros((len(spans), len(numbers)))
    by_line[np.arange(len(spans)), [numbers[s.line] for s in spans]] = 1
    spanning = ((inside @ by_line) > 1).any(axis=1).tolist()
    return [span for span, over in zip(spans, spanning, strict=True) if not over]


def _without_conflict(group: Sequence[Span]) -> list[Band]:
    """One column, or several where two spans of a line stand beside one another in it.

    It is cut where most such lines have their gap and fewest spans reach across.
    """
    cut = _best_cut(group)
    if cut is None:
        return [(min(s.x0 for s in group), max(s.x1 for s in group))]
    left = [s._replace(x1=min(s.x1, cut)) for s in group if s.x0 + _OVERLAP < cut]
    right = [s for s in group if s.x0 + _OVERLAP >= cut]
    return [*_without_conflict(left), *_without_conflict(right)]


def _best_cut(group: Sequence[Span]) -> float | None:
    """Where to cut a column in two; None when nothing in it stands beside something else."""
    x0, x1, y0, y1, _ = np.array(group).T
    apart = x0[None, :] >= x1[:, None]
    beside = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0) > _BESIDE * np.minimum(
        y1 - y0, (y1 - y0)[:, None]
    )
    nearest = np.where(apart & beside, x0[None, :], np.inf).min(axis=1)
    first = np.flatnonzero(np.isfinite(nearest))
    if not len(first):
        return None
    starts, ends = x1[first], nearest[first]
    best: tuple[float, float, float] | None = None
    for start in np.unique(starts):
        over = (starts <= start) & (ends > start)
        if not over.any():  # the two touch
            continue
        at = (start + ends[over].min()) / 2
        crossing = int(((x0 + _OVERLAP < at) & (at < x1 - _OVERLAP)).sum())
        aligned = len({s.line for s in group if abs(s.x0 - ends[over].max()) <= _ALIGNED})
        count = int(over.sum())
        choice = (float(count + aligned - crossing), float(ends[over].min() - start), float(at))
        if (count > 1 or crossing < max(_MOST_CROSSING, aligned)) and (best is None or choice > best):
            best = choice
    return best[2] if best else None


def _heads_and_amounts(bands: list[Band], pieces: Sequence[Piece]) -> list[Band]:
    """A heading in the middle of its column and short amounts at its edge may not overlap: they are one column."""
    held: list[list[Piece]] = [[] for _ in bands]
    for piece in pieces:
        over = [n for n, (x0, x1) in enumerate(bands) if piece.x0 < x1 - _OVERLAP and piece.x1 > x0 + _OVERLAP]
        if len(over) == 1:
            held[over[0]].append(piece)
    done: list[Band] = []
    owners: list[list[Piece]] = []
    for band, own in zip(bands, held, strict=True):
        if done and own and owners[-1] and (_over(owners[-1], own, pieces) or _over(own, owners[-1], pieces)):
            done[-1] = (done[-1][0], band[1])
            owners[-1] = owners[-1] + own
        else:
            done.append(band)
            owners.append(own)
    return done


def _over(head: Sequence[Piece], below: Sequence[Piece], pieces: Sequence[Piece]) -> bool:
    """Whether pieces are the heading over a column of amounts; above it a heading of several columns may stand.

    The amounts stand nearer to it than the headings beside it.
    """
    title = max(head, key=lambda p: p.middle)
    amounts = [p for p in below if p.middle > title.middle]
    if not amounts or any(is_amount(p.text) for p in head) or not all(is_amount(p.text) for p in amounts):
        return False
    if {p.line for p in head} & {p.line for p in below}:
        return False
    beside = [
        abs(_center(p) - _center(title))
        for p in pieces
        if p is not title and abs(p.middle - title.middle) < 0.8 * title.size and abs(_center(p) - _center(title)) > 1
    ]
    farthest = max(max(abs(p.x0 - _center(title)), abs(p.x1 - _center(title))) for p in amounts)
    return farthest <= _NEARER * min(beside, default=float("inf"))


def _center(piece: Piece) -> float:
    return (piece.x0 + piece.x1) / 2


def _column(piece: Piece, bands: Sequence[Band]) -> int:
    """The column of a piece: the one it shares most with, the first one where it reaches over several."""
    over = [n for n, (x0, x1) in enumerate(bands) if piece.x0 < (x0 + x1) / 2 < piece.x1]
    if len(over) > 1:
        return over[0]
    shared = [min(piece.x1, x1) - max(piece.x0, x0) for x0, x1 in bands]
    return max(range(len(bands)), key=shared.__getitem__)


def _cut(piece: Piece, bands: Sequence[Band]) -> list[Piece]:
    """A label and an amount of the next column that almost touch, apart."""
    over = [n for n, (x0, x1) in enumerate(bands) if piece.x0 < x1 - 2 and piece.x1 > x0 + 2]
    if len(over) < 2:
        return [piece]
    for position in range(1, len(piece.chars)):
        gap = piece.starts[position] - piece.ends[position - 1]
        if gap < _CUT_GAP * piece.size:
            continue
        left, right = piece.cut(position)
        apart = _column(left, bands) != _column(right, bands)
        if apart and (is_amount(left.text) or is_amount(right.text.split(" ")[0])):
            return [left, *_cut(right, bands)]
    return [piece]
