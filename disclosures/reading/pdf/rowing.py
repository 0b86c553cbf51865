"""Which lines make one row where no ruling line says so.

Amounts never wrap: two of them in one column are two rows, and the least distance between two of them is
the least height of a row. Lines of a column that stand closer are one cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .glyph_lines import Piece

_AMOUNT = re.compile(r"-?[\d,]*\d\.\d\d?%?$|-?\d{1,3}(?:,\d{3})+$|\d{3}(?:\d\d){0,2}$")
_IN_CELL = 0.93  # of the least distance of two rows: closer lines are one cell
_LOOSEST = 1.75  # of the font size: lines of one cell stand no further apart
_JUMP = 1.14  # a distance so much larger than the next smaller one begins the distances between rows
_OVERLAP = 0.4  # of a line's height: cells that share so much stand beside one another
_TALL = 3  # lines of a cell that can stand beside a line on top and another one in its middle
_LEVEL = 0.3  # of the font size: what differs by less stands at one height

Columns = dict[int, list[Piece]]


def is_amount(text: str) -> bool:
    """Whether a piece is an amount or a code, which never runs over two lines."""
    return _AMOUNT.match(text) is not None


def amounts_stacked(columns: Mapping[int, Sequence[Piece]]) -> bool:
    """Whether a ruled row holds several printed rows: in a column of it two amounts stand one above the other."""
    for pieces in columns.values():
        if len(pieces) > 1 and len({piece.line for piece in pieces}) > 1 and all(is_amount(p.text) for p in pieces):
            return True
    return False


def split_row(columns: Mapping[int, Sequence[Piece]], strata: Mapping[int, int] | None = None) -> list[Columns]:
    """The printed rows of some columns, top to bottom.

    `strata` numbers the spaces between ruling lines in which pieces (by id) stand: a cell lies in one of them.
    Cells of one line make the rows; a cell of several lines belongs to the first row it stands beside.
    """
    reach = least_row(columns)
    cells = [
        (column, cell)
        for column, pieces in columns.items()
        for cell in _cells(sorted(pieces, key=lambda p: (p.line, p.x0)), reach, strata or {})
    ]
    cells.sort(key=lambda item: (item[1][0].line != item[1][-1].line, item[1][0].middle))
    rows: list[_Row] = []
    for column, cell in cells:
        top, bottom = cell[0].y0, cell[-1].y1
        least = _OVERLAP * (cell[0].y1 - top)
        homes = [row for row in rows if column not in row.cells and row.shared(top, bottom) > least]
        home = min(homes, key=lambda row: row.top, default=None)
        if home is None:
            rows.append(_Row({column: cell}, top, bottom))
            continue
        home.cells[column] = cell
        centred = _centred(homes, home, cell)
        if centred is not None:
            home.take(centred)
            rows = [row for row in rows if row is not centred]
    return [row.cells for row in sorted(rows, key=lambda row: row.top)]


@dataclass(slots=True)
class _Row:
    """A row on its way: where the cell that began it stands."""

    cells: Columns
    top: float
    bottom: float

    def shared(self, top: float, bottom: float) -> float:
        """The height that the row has in common with a cell."""
        return min(self.bottom, bottom) - max(self.top, top)

    def take(self, other: _Row) -> None:
        """Make another row part of this one."""
        self.cells |= other.cells
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)


def _centred(homes: Sequence[_Row], top: _Row, cell: Sequence[Piece]) -> _Row | None:
    """What stands level with the middle of a tall cell, when all that stands level with its top is in other columns.

    Labels are set on top of their row, the rest in its middle: it is one row.
    """
    if len({piece.line for piece in cell}) < _TALL or abs(top.top - cell[0].y0) > _LEVEL * cell[0].size:
        return None
    middle = (cell[0].middle + cell[-1].middle) / 2
    return next(
        (
            row
            for row in homes
            if row is not top
            and abs((row.top + row.bottom) / 2 - middle) < _LEVEL * cell[0].size
            and not row.cells.keys() & top.cells.keys()
        ),
        None,
    )


def least_row(columns: Mapping[int, Sequence[Piece]]) -> float:
    """The distance from which two lines of a column belong to two rows; 0 when nothing tells."""
    between: list[float] = []
    all_distances: list[float] = []
    size = 0.0
    for pieces in columns.values():
        ordered = sorted(pieces, key=lambda p: p.middle)
        for first, second in pairwise(ordered):
            distance = second.middle - first.middle
            if distance < 0.5 * first.size:
                continue
            size = max(size, first.size)
            all_distances.append(distance)
            if is_amount(first.text) and is_amount(second.text):
                between.append(distance)
    most = _LOOSEST * size
    if between:
        return min(min(between) * _IN_CELL, most) if size else most
    close = sorted(distance for distance in all_distances if distance <= 2 * most)
    for lower, upper in pairwise(close):
        if lower <= most and upper > lower * _JUMP:
            return (lower + upper) / 2
    return 0.0


def _cells(pieces: Sequence[Piece], reach: float, strata: Mapping[int, int]) -> list[list[Piece]]:
    cells: list[list[Piece]] = []
    for piece in pieces:
        above = cells[-1][-1] if cells else None
        if above is not None and (piece.line == above.line or _one_cell(above, piece, reach, strata)):
            cells[-1].append(piece)
        else:
            cells.append([piece])
    return cells


def _one_cell(above: Piece, piece: Piece, reach: float, strata: Mapping[int, int]) -> bool:
    """Whether a line goes on with the cell above it; two amounts are two rows however close they stand."""
    if strata:
        same = strata[id(above)] == strata[id(piece)]
        reach = max(reach, _LOOSEST * piece.size) if same else 0.0
    return piece.middle - above.middle < reach and not (is_amount(above.text) and is_amount(piece.text))
