"""Ruled tables: glyphs into the cells that the ruling lines make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from .blocks import CellBlock, RowBlock, RuledTable
from .glyph_lines import Piece, union_box
from .grids import Grid, GridCell
from .page import Floats, Glyphs, Ints
from .rowing import amounts_stacked, split_row

_CLOSING = frozenset("，。、；：！？）》”’」』】〉％%,.;:!?)\"'")
_EDGE = 0.6  # points: a glyph on the border belongs to the table
_RUN_OUT = 0.25  # of a glyph's height: what stands so far above the bottom of the table has run out of its cell
_PITCH = 1.3  # of the font size: the usual distance of two lines


def cells_of(grids: Sequence[Grid], glyphs: Glyphs) -> Ints:
    """The cell of each glyph, numbered through all grids; -1 outside. An inner table wins over the outer one."""
    found = _cells_at(grids, glyphs.box)
    if not grids or not len(glyphs):
        return found
    # A comma may hang over the edge of its cell: it belongs to the text it closes.
    box, run = glyphs.box, glyphs.run
    follows = np.zeros(len(found), dtype=np.bool_)
    follows[1:] = (
        (found[1:] != found[:-1])
        & (run[1:] == run[:-1])
        & (np.abs(box[1:, 1] - box[:-1, 1]) < 0.3 * glyphs.size[1:])
        & (np.abs(box[1:, 0] - box[:-1, 2]) < 0.3 * glyphs.size[1:])
    )
    for n in np.flatnonzero(follows).tolist():
        if glyphs.text[n] in _CLOSING:
            found[n] = found[n - 1]
    return found


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
