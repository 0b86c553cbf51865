"""Ruled tables: glyphs into the cells that the ruling lines make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from .blocks import CellBlock, RowBlock, RuledTable
from .glyph_lines import Piece, union_box
from .grids import Grid, GridCell
from .page import Flags, Floats, Glyphs, Ints
from .rowing import amounts_stacked, is_amount, split_row

_CLOSING = frozenset("，。、；：！？）》”’」』】〉％%,.;:!?)\"'")
_WITHIN_WORD = 0.12  # of the font size: letters of a word stand no further apart
_EDGE = 0.6  # points: a glyph on the border belongs to the table
_RUN_OUT = 0.25  # of a glyph's height: what stands so far above the bottom of the table has run out of its cell
_PITCH = 1.3  # of the font size: the usual distance of two lines


def cells_of(grids: Sequence[Grid], glyphs: Glyphs) -> Ints:
    """The cell of each glyph, numbered through all grids; -1 outside. An inner table wins over the outer one."""
    found = _cells_at(grids, glyphs.box)
    if not grids or not len(glyphs):
        return found
    box, run, size = glyphs.box, glyphs.run, glyphs.size[1:]
    gap = box[1:, 0] - box[:-1, 2]
    beside = (run[1:] == run[:-1]) & (np.abs(box[1:, 1] - box[:-1, 1]) < 0.3 * size) & (np.abs(gap) < 0.3 * size)
    parted = beside & (found[1:] != found[:-1])
    # A comma may hang over the edge of its cell: it belongs to the text it closes.
    for n in (np.flatnonzero(parted) + 1).tolist():
        if glyphs.text[n] in _CLOSING:
            found[n] = found[n - 1]
    _keep_words_whole(found, glyphs, beside & (gap < _WITHIN_WORD * size))
    return found


def _keep_words_whole(found: Ints, glyphs: Glyphs, joined: Flags) -> None:
    """Give a word that runs over the side of its cell to that cell alone.

    `joined` says of each glyph but the first whether it touches the one before it.
    """
    joined = joined & (glyphs.turn[1:] == 0) & ~glyphs.hidden[1:]
    parted = np.flatnonzero(joined & (found[1:] != found[:-1]))
    if not len(parted):
        return
    begins = np.concatenate(([0], np.flatnonzero(~joined) + 1, [len(found)]))
    for n in np.unique(np.searchsorted(begins, parted, "right")).tolist():
        first, last = int(begins[n - 1]), int(begins[n])
        found[first:last] = _home(found[first:last], "".join(glyphs.text[first:last]))


def _home(cells: Ints, word: str) -> int:
    """The cell of a word, by those of its letters: where most of it stands, else where it is aligned to.

    Amounts run over to the left, words to the right. -1 where a word that begins outside of the table runs into it.
    """
    own, counts = np.unique(cells[cells >= 0], return_counts=True)
    if cells[0] < 0 and 2 * counts.sum() < len(cells):
        return -1
    if 3 * counts.max() >= 2 * counts.sum():
        return int(own[counts.argmax()])
    return int(own[-1] if is_amount(word) else own[0])


def laid_upright(glyphs: Glyphs, cell: Ints) -> Glyphs:
    """The glyphs, those printed sideways in a cell set as if it were turned upright: in the order they are read."""
    sideways = (cell >= 0) & ((glyphs.turn == 1) | (glyphs.turn == 3))
    if not sideways.any():
        return glyphs
    boxes = glyphs.box.copy()
    for number in np.unique(cell[sideways]).tolist():
        for turn in (1, 3):
            members = np.flatnonzero(sideways & (cell == number) & (glyphs.turn == turn))
            if not len(members):
                continue
            x0, y0, x1, y1 = glyphs.box[members].T
            left, top = x0.min(), y0.min()
            if turn == 1:  # from bottom to top, lines from left to right
                along, down = (y1.max() - y1, y1.max() - y0), (x0 - left, x1 - left)
            else:
                along, down = (y0 - top, y1 - top), (x1.max() - x1, x1.max() - x0)
            boxes[members] = np.column_stack((left + along[0], top + down[0], left + along[1], top + down[1]))
    return replace(glyphs, box=boxes)


def _cells_at(grids: Sequence[Grid], boxes: Floats) -> Ints:
    found = np.full(len(boxes), -1, dtype=np.int64)
    if not len(boxes):
        return found
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    high = boxes[:, 1] + _RUN_OUT * (boxes[:, 3] - boxes[:, 1])
    starts = [0]
    for grid in grids:
        starts.append(starts[-1] + len(grid.cells))
    by_size = sorted(range(len(grids)), key=lambda n: -_area(grids[n]))
    for n in by_size:
        grid = grids[n]
        left, top, right, bottom = grid.box
        inside = np.flatnonzero(
            (x > left - _EDGE) & (x < right + _EDGE) & (y > top - _EDGE) & (np.minimum(high, y - _EDGE) < bottom)
        )
        if not len(inside):
            continue
        column = np.clip(np.searchsorted(grid.xs, x[inside]) - 1, 0, len(grid.xs) - 2)
        row = np.clip(np.searchsorted(grid.ys, y[inside]) - 1, 0, len(grid.ys) - 2)
        found[inside] = starts[n] + np.array(grid.owner)[row, column]
    return found


def _area(grid: Grid) -> float:
    left, top, right, bottom = grid.box
    return (right - left) * (bottom - top)


def ruled_tables(grids: Sequence[Grid], pieces: Sequence[Piece], page: int) -> list[RuledTable]:
    """The tables of a page; `pieces` are those inside of cells."""
    held: dict[int, list[Piece]] = {}
    for piece in pieces:
        held.setdefault(piece.group, []).append(piece)
    tables = []
    start = 0
    for grid in grids:
        own = {n - start: held[n] for n in range(start, start + len(grid.cells)) if n in held}
        start += len(grid.cells)
        if own:
            tables.append(RuledTable(list(_rows(grid, own, page)), grid.box, grid.xs))
    return tables


def _rows(grid: Grid, held: dict[int, list[Piece]], page: int) -> list[RowBlock]:
    rows: list[RowBlock] = []
    for r, owners in enumerate(grid.owner):
        opening = [(n, grid.cells[n]) for n in dict.fromkeys(owners) if grid.cells[n].row == r]
        texts = {cell.column: held.get(n, []) for n, cell in opening}
        single = {column: pieces for column, pieces in texts.items() if pieces}
        parts = split_row(single) if amounts_stacked(single) else [texts]
        band = (grid.xs[0], grid.ys[r], grid.xs[-1], grid.ys[r + 1])
        for part in parts:
            if any(part.values()):
                rows.append(_row(grid, opening, part, band, page, split=len(parts) > 1))
    return rows


def _row(
    grid: Grid,
    opening: Sequence[tuple[int, GridCell]],
    texts: dict[int, list[Piece]],
    band: tuple[float, float, float, float],
    page: int,
    *,
    split: bool,
) -> RowBlock:
    cells = [CellBlock("", (a, band[1], b, band[3]), reached=True) for a, b in pairwise(grid.xs)]
    for _, cell in opening:
        pieces = texts.get(cell.column) or []
        box = union_box([p.box for p in pieces]) if split and pieces else grid.cell_box(cell)
        for column in range(cell.column, cell.column_end):
            cells[column].reached = False
        cells[cell.column] = cell_block(pieces, box, grid.xs[cell.column_end])
        cells[cell.column].tall = cell.row_end > cell.row + 1
    return RowBlock(cells, band, page)


def cell_block(pieces: Sequence[Piece], box: tuple[float, float, float, float], right: float) -> CellBlock:
    """A cell of its pieces, its lines joined."""
    if not pieces:
        return CellBlock("", box)
    lines: list[list[Piece]] = []
    for piece in pieces:
        if lines and lines[-1][0].line == piece.line:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    last = lines[-1][-1]
    text = joined_text([" ".join(piece.text for piece in line) for line in lines])
    padding = max(0.0, lines[0][0].x0 - box[0])
    pitch = max(last.middle - lines[-2][0].middle, last.size) if len(lines) > 1 else _PITCH * last.size
    wide = right - last.x1 < min(padding, last.size) + 1.1 * last.size
    filled = wide and box[3] - last.y1 < pitch
    return CellBlock(text, box, lines[0][0].x0, filled, last.size, len(lines))


def joined_text(lines: Sequence[str]) -> str:
    """Lines of one text in a row: a space only between two Latin words."""
    text = lines[0]
    for line in lines[1:]:
        words = text[-1:].isascii() and text[-1:].isalpha() and line[:1].isascii() and line[:1].isalpha()
        text += f" {line}" if words else line
    return text
