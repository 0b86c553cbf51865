"""Dotted lines that a program drew dot by dot: put together, they are ruling lines as any others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .page import Floats, Ints

_FEWEST = 8  # dots of a line
_WIDEST_GAP = 4.0  # points between two of them
_ONE_LINE = 0.3  # points by which their middles differ
_FIELD = 20  # lines of one direction that may fill a field
_NEAREST = 6.0  # points: rows of a table are higher, and its columns wider, than what a pattern leaves between them

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top in the page's own space


def dotted_lines(dots: Sequence[Rectangle]) -> list[Rectangle]:
    """The level and upright lines that dots make; none where they fill a field."""
    if len(dots) < _FEWEST:
        return []
    boxes = np.array(dots)
    level, upright = list(_rows(boxes)), list(_rows(boxes[:, [1, 0, 3, 2]]))
    if _fill(level) or _fill(upright):
        return []
    return [*level, *((x0, y0, x1, y1) for y0, x0, y1, x1 in upright)]


def _fill(lines: Sequence[Rectangle]) -> bool:
    """Whether lines stand so near to one another that they fill a field."""
    apart = np.diff([y0 for _, y0, _, _ in lines])
    return len(lines) > _FIELD and float(np.median(apart)) < _NEAREST


def _rows(boxes: Floats) -> Iterator[Rectangle]:
    """The boxes around dots that stand beside one another at small distances."""
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    by_height = np.argsort(middle)
    heights: Ints = np.cumsum(np.diff(middle[by_height], prepend=middle[by_height[0]]) > _ONE_LINE)
    order = by_height[np.lexsort((boxes[by_height, 0], heights))]
    row = np.sort(heights)
    ordered = boxes[order]
    parted = (np.diff(row) != 0) | (ordered[1:, 0] - ordered[:-1, 2] > _WIDEST_GAP)
    for part in np.split(ordered, np.flatnonzero(parted) + 1):
        if len(part) >= _FEWEST:
            x0, y0 = part[:, :2].min(axis=0).tolist()
            x1, y1 = part[:, 2:].max(axis=0).tolist()
            yield (x0, y0, x1, y1)
