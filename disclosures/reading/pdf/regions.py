"""Which printed lines outside of ruled tables make a table: those whose pieces stand beside one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from .blocks import LooseTable, ProseLine
from .glyph_lines import Piece, union_box
from .grids import Segment

_AMOUNT = re.compile(r" ?-?\d[\d,]*\.\d\d")
_AMOUNTS = re.compile(rf"(?:{_AMOUNT.pattern}){{2,}}")
_FARTHEST = 4.5  # of the font size: rows of one table stand no further apart
_TRAILING = 1.25  # of the largest distance of rows: a last line without neighbours stands no further off
_SAME_SIZE = 1.15
_HALF_LINE = 0.95  # of the font size: lines nearer than that stand in one row
_INDENTED = 3.0  # of the font size: what begins so far from the left is no label
_ALIGNED = 3.0  # points
_UNDER = 1.6  # of the font size: a line right under another
_SPREAD_PAIR = 7.0  # of the font size: 合　　计 is one word
_SPREAD_WORD = 1.7  # the same for three letters and more: 单 位 名 称, but not the columns 类, 款, 项
_SHORT = 0.45  # of the table's width: a label alone in its row is no longer
_SAME_ENDS = 8.0  # points by which the level lines of one table differ at their ends
_FEWEST_RULES = 3


class Carried(NamedTuple):
    """A table without upright lines that may go on overleaf: its columns and font size."""

    bands: Sequence[tuple[float, float]]
    size: float


def prose_lines(pieces: Sequence[Piece]) -> list[ProseLine]:
    """The printed lines that pieces make, top to bottom."""
    lines = []
    above: list[Piece] = []  # of the two lines before
    last: list[Piece] = []
    for _, members in groupby(pieces, key=lambda piece: piece.line):
        printed = [part for piece in members for part in _amounts_apart(piece)]
        own = _words_spread(printed, above)
        above = [*last, *printed]
        last = printed
        lines.append(ProseLine(own, union_box([p.box for p in own]), max(p.size for p in own)))
    return sorted(lines, key=lambda line: line.middle)


def _amounts_apart(piece: Piece) -> list[Piece]:
    """A piece of nothing but amounts, so near that no gap parts them, as one piece for each of them."""
    if not _AMOUNTS.fullmatch(piece.text) or not piece.chars:
        return [piece]
    done, rest, count = [], piece, len(_AMOUNT.findall(piece.text))
    for found in [*_AMOUNT.finditer(piece.text)][: count - 1]:
        letters = len(found.group().strip())
        first, rest = rest.cut(letters)
        done.append(first)
    return [*done, rest]


def _words_spread(pieces: list[Piece], above: list[Piece]) -> list[Piece]:
    """Single letters set apart are one word: two of them however far, more of them a letter's width.

    Letters that stand close under two texts are the rests of those.
    """
    done: list[Piece] = []
    for word in _single_letters(pieces):
        first, *rest = word
        wide = max((after.x0 - before.x1 for before, after in pairwise(word)), default=0.0)
        farthest = (_SPREAD_PAIR if len(word) == 2 else _SPREAD_WORD) * first.size
        if rest and (wide > farthest or len({_cover(piece, above) for piece in word} - {-1}) > 1):
            done += word
            continue
        for piece in rest:
            first.text += f" {piece.text}"
            first.chars = (*first.chars, f" {piece.chars[0]}")
            first.starts, first.ends = first.starts + piece.starts, first.ends + piece.ends
            first.x1, first.y0, first.y1 = piece.x1, min(first.y0, piece.y0), max(first.y1, piece.y1)
        done.append(first)
    return done


def _cover(piece: Piece, above: list[Piece]) -> int:
    """The number of the text right above a piece; -1 for none."""
    middle = (piece.x0 + piece.x1) / 2
    return next(
        (
            n
            for n, other in enumerate(above)
            if other.x0 - 1 <= middle <= other.x1 + 1 and piece.middle - other.middle < _UNDER * piece.size
        ),
        -1,
    )


def _single_letters(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces, runs of single Chinese letters together."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        if runs and _is_letter(piece) and _is_letter(runs[-1][-1]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _is_letter(piece: Piece) -> bool:
    return len(piece.text) == 1 and "\u3400" <= piece.text <= "\u9fff"


def loose_tables(
    lines: Sequence[ProseLine], level: Sequence[Segment], carried: Carried | None = None
) -> list[ProseLine | LooseTable]:
    """The lines, those that make a table put together; level ruling lines tell where tables are.

    `carried` is the table with which the page before ended, where these are the first lines of a page.
    """
    blocks: list[ProseLine | LooseTable] = []
    position = _carried_on(lines, carried) if carried else 0
    if position:
        blocks.append(_table(lines[:position], level))
    ruled = _ruled_regions(level)
    while position < len(lines):
        end = _ruled_end(lines, position, ruled) or _end(lines, position)
        if end is None:
            blocks.append(lines[position])
            position += 1
            continue
        start = position
        while blocks and _heads(blocks[-1], lines[start], lines[start:end]):
            blocks.pop()
            start -= 1
        blocks.append(_table(lines[start:end], level))
        position = end
    return blocks


def _table(lines: Sequence[ProseLine], level: Sequence[Segment]) -> LooseTable:
    box = union_box([line.box for line in lines])
    return LooseTable(list(lines), box, [rule for rule in level if box[1] - 6 < rule[0] < box[3] + 6])


def _carried_on(lines: Sequence[ProseLine], carried: Carried) -> int:
    """How many of the first lines of a page go on with the table of the page before: they stand in its columns."""
    count = 0
    while count < len(lines) and in_columns(lines[count], carried):
        count += 1
    if not count:
        return 0
    end = (_end(lines, count) if count < len(lines) else None) or count
    alone = all(len(line.pieces) == 1 and line.box[0] < carried.bands[0][1] for line in lines[:end])
    return 0 if alone else end


def in_columns(line: ProseLine, carried: Carried) -> bool:
    """Whether the pieces of a line stand in the columns of a table."""
    if abs(line.size - carried.size) > 0.1 * carried.size:
        return False
    return all(
        any(abs(piece.x0 - x0) <= _ALIGNED or abs(piece.x1 - x1) <= _ALIGNED for x0, x1 in carried.bands)
        for piece in line.pieces
    )


# ---------------------------------------------------------------- tables with level lines


def _ruled_regions(level: Sequence[Segment]) -> list[tuple[float, float, float, float]]:
    """Where level lines of the same ends stand one above the other: x0, y0, x1, y1."""
    regions: list[list[Segment]] = []
    for segment in sorted(level):
        home = next(
            (r for r in regions if abs(r[0][1] - segment[1]) < _SAME_ENDS and abs(r[0][2] - segment[2]) < _SAME_ENDS),
            None,
        )
        if home is None:
            regions.append([segment])
        else:
            home.append(segment)
    return [(r[0][1], r[0][0], r[0][2], r[-1][0]) for r in regions if len(r) >= _FEWEST_RULES]


def _ruled_end(
    lines: Sequence[ProseLine], position: int, regions: Sequence[tuple[float, float, float, float]]
) -> int | None:
    """The end of the lines between the level lines of a table, where one begins here."""
    for x0, y0, x1, y1 in regions:
        end = position
        while end < len(lines) and y0 <= lines[end].middle <= y1 and x0 - 5 <= lines[end].box[0] < x1:
            end += 1
        if end > position and any(len(line.pieces) > 1 for line in lines[position:end]):
            return end
    return None


# ---------------------------------------------------------------- tables without any line


def _end(lines: Sequence[ProseLine], start: int) -> int | None:
    """The end of the table that begins with a line; None when none does."""
    first = lines[start]
    if len(first.pieces) < 2:
        return None
    left, second = first.box[0], first.pieces[1].x0
    end, last_row, pitch, tabular = start + 1, start + 1, 0.0, 1
    while end < len(lines):
        line = lines[end]
        distance = line.middle - lines[end - 1].middle
        if distance > _FARTHEST * lines[end - 1].size or line.size > first.size * _SAME_SIZE:
            break
        several = len(line.pieces) > 1
        if several:
            tabular += 1
            left = min(left, line.box[0])
            second = min(second, line.pieces[1].x0) if tabular > 2 else line.pieces[1].x0
            pitch = max(pitch, distance)
        elif not (
            distance < _HALF_LINE * line.size  # the rest of a cell wrapped around the line above
            or _belongs(line, lines[start:end], left, second)
            or _opens_next(lines, end)
        ):
            break
        near = distance <= _TRAILING * max(pitch, 1.3 * line.size)
        if not (several or near or not pitch or _more_rows(lines, end)):
            break
        end += 1
        if several or near:
            last_row = end
    return last_row if tabular > 1 or len(first.pieces) > 2 else None


def _more_rows(lines: Sequence[ProseLine], position: int) -> bool:
    """Whether lines with several pieces come soon."""
    return any(
        len(after.pieces) > 1 and after.size <= lines[position].size * _SAME_SIZE
        for after in lines[position + 1 : position + 12]
    )


def _opens_next(lines: Sequence[ProseLine], position: int) -> bool:
    """Whether a line of one piece stands half a line above a row: the first line of a wrapped cell in it."""
    after = lines[position + 1] if position + 1 < len(lines) else None
    line = lines[position]
    return after is not None and len(after.pieces) > 1 and after.middle - line.middle < _HALF_LINE * line.size


def _belongs(line: ProseLine, above: Sequence[ProseLine], left: float, second: float) -> bool:
    """Whether a line of one piece is a cell of the table above: a label of its own, a rest, a lone cell."""
    piece = line.pieces[0]
    right = max(other.box[2] for other in above)
    if piece.x0 <= left + _INDENTED * piece.size and piece.x0 < second - 1:
        return piece.x1 <= second + 1 or piece.x1 - piece.x0 < _SHORT * (right - left)
    aligned = any(abs(p.x0 - piece.x0) <= _ALIGNED for other in above for p in other.pieces)
    return aligned or (piece.x1 <= right + 2 and piece.x1 - piece.x0 < 0.5 * (right - left))


def _heads(block: ProseLine | LooseTable, first: ProseLine, table: Sequence[ProseLine]) -> bool:
    """Whether a line above a table is the top line of its header, set in the middle over some columns."""
    if isinstance(block, LooseTable) or len(block.pieces) != 1:
        return False
    left, right = min(line.box[0] for line in table), max(line.box[2] for line in table)
    piece = block.pieces[0]
    near = first.middle - block.middle <= 1.7 * first.size and abs(block.size - first.size) < 0.1 * first.size
    return near and piece.x0 > left + _INDENTED * piece.size and piece.x1 <= right + 2
