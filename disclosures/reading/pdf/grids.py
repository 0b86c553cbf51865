"""Ruling lines become grids: which lines make one table, where its cells are, which of them are merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from disclosures.plain.sources import Box

from .page import Floats

_SAME = 2.2  # points: lines nearer than this are one
_BRIDGED = 3.0  # points of a gap in a line that is no gap, dashes for instance
_REACHES = 3.0  # points by which a line may miss the one it meets
_MOST_LINES = 1200  # of one table in either direction; more is a drawing

Segment = tuple[float, float, float]  # position across, from, to


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell, maybe merged: rows and columns count from 0, ends are exclusive."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(slots=True)
class Grid:
    """A ruled table: edges of its rows and columns, its cells in reading order."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    owner: list[list[int]]  # by row and column: the number of the cell

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_box(self, cell: GridCell) -> Box:
        """Where a cell stands."""
        return (self.xs[cell.column], self.ys[cell.row], self.xs[cell.column_end], self.ys[cell.row_end])


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the ruling lines of a page make: grids, and level lines that no upright one meets."""

    grids: tuple[Grid, ...]
    level: tuple[Segment, ...]


def ruling_of(rules: Floats) -> Ruling:
    """Grids from thin boxes (n × 4)."""
    if not len(rules):
        return Ruling((), ())
    width, height = rules[:, 2] - rules[:, 0], rules[:, 3] - rules[:, 1]
    across = width >= height
    level = _joined([((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in rules[across].tolist()])
    upright = _joined([((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in rules[~across].tolist()])
    if len(level) > _MOST_LINES or len(upright) > _MOST_LINES:
        return Ruling((), ())
    grids: list[Grid] = []
    single: list[Segment] = []
    for rows, columns in _families(level, upright):
        grid = _grid(rows, columns) if columns and len(rows) + len(columns) > 2 else None
        if grid is not None and len(grid.cells) > 1:
            grids.append(grid)
        elif not columns:
            single += rows
    return Ruling(tuple(sorted(grids, key=lambda g: (g.ys[0], g.xs[0]))), tuple(sorted(single)))


def _joined(segments: list[Segment]) -> list[Segment]:
    """Collinear pieces joined to lines."""
    lines: list[Segment] = []
    for band in _bands(segments):
        position = sum(at for at, _, _ in band) / len(band)
        spans = sorted((start, end) for _, start, end in band)
        start, end = spans[0]
        for next_start, next_end in spans[1:]:
            if next_start > end + _BRIDGED:
                lines.append((position, start, end))
                start, end = next_start, next_end
            else:
                end = max(end, next_end)
        lines.append((position, start, end))
    return lines


def _bands(segments: list[Segment]) -> list[list[Segment]]:
    bands: list[list[Segment]] = []
    for segment in sorted(segments):
        if bands and segment[0] - bands[-1][0][0] <= _SAME:
            bands[-1].append(segment)
        else:
            bands.append([segment])
    return bands


def _families(level: Sequence[Segment], upright: Sequence[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Lines that meet, directly or through others."""
    if not upright or not level:
        return [([line], []) for line in level]
    rows, columns = np.array(level), np.array(upright)
    t = _REACHES
    meets = (
        (columns[None, :, 0] >= rows[:, None, 1] - t)
        & (columns[None, :, 0] <= rows[:, None, 2] + t)
        & (rows[:, None, 0] >= columns[None, :, 1] - t)
        & (rows[:, None, 0] <= columns[None, :, 2] + t)
    )
    left = set(range(len(level)))
    families = []
    while left:
        first = left.pop()
        in_rows = np.zeros(len(level), dtype=np.bool_)
        in_rows[first] = True
        in_columns = np.zeros(len(upright), dtype=np.bool_)
        while True:
            more_columns = meets[in_rows].any(axis=0) | in_columns
            more_rows = meets[:, more_columns].any(axis=1) | in_rows
            if (more_rows == in_rows).all() and (more_columns == in_columns).all():
                break
            in_rows, in_columns = more_rows, more_columns
        members = np.flatnonzero(in_rows).tolist()
        left -= set(members)
        families.append(([level[n] for n in members], [upright[n] for n in np.flatnonzero(in_columns).tolist()]))
    return families


def _edges(lines: Sequence[Segment], others: Sequence[Segment]) -> list[float]:
    """Positions of lines, and the ends of what crosses them where no line closes the table."""
    ends = [min(start for _, start, _ in others), max(end for _, _, end in others)]
    positions = sorted({at for at, _, _ in lines})
    edges = [positions[0]]
    for at in positions[1:]:
        if at - edges[-1] > _REACHES:
            edges.append(at)
    if ends[0] < edges[0] - _REACHES:
        edges.insert(0, ends[0])
    if ends[1] > edges[-1] + _REACHES:
        edges.append(ends[1])
    return edges


def _grid(level: Sequence[Segment], upright: Sequence[Segment]) -> Grid | None:
    xs, ys = _edges(upright, level), _edges(level, upright)
    if len(xs) < 2 or len(ys) < 2:
        return None
    right = _walls(upright, xs, ys)
    below = _walls(level, ys, xs)
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[GridCell] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            end = column + 1
            while end < columns and owner[row][end] < 0 and not right[end][row]:
                end += 1
            row_end = row + 1
            while row_end < rows and not any(
                below[row_end][c] or owner[row_end][c] >= 0 or (c + 1 < end and right[c + 1][row_end])
                for c in range(column, end)
            ):
                row_end += 1
            for r in range(row, row_end):
                owner[r][column:end] = [len(cells)] * (end - column)
            cells.append(GridCell(row, column, row_end, end))
    return Grid(xs, ys, cells, owner)


def _walls(lines: Sequence[Segment], edges: Sequence[float], across: Sequence[float]) -> list[list[bool]]:
    """By edge and interval across: whether a line stands there."""
    middles = [(a + b) / 2 for a, b in pairwise(across)]
    walls = [[False] * len(middles) for _ in edges]
    for at, start, end in lines:
        nearest = min(range(len(edges)), key=lambda n: abs(edges[n] - at))
        wall = walls[nearest]
        for n, middle in enumerate(middles):
            if start <= middle <= end:
                wall[n] = True
    return walls
