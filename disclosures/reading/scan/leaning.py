"""Ruling lines that are not parallel: what a camera, or paper drawn in unevenly, makes of a page.

Seen from a little aside the lines of a page run towards one far point, its columns towards another. Both are
found from the lean of long ruling lines; a page without them stays as it is.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from .engine import Picture
from .paper import moved

Matrix = NDArray[np.float64]

_SIZE = 1400  # pixels of the longer side while lines are looked for
_LONG = 0.035  # of the longer side: a line that no stroke of a letter reaches
_STEEPEST = 0.1  # lean of a line that counts: nothing more is left after the page was set level
_LEAST_LINES = 5
_ROUNDS = 3  # lines are cut where they cross others that lean; the next round finds them whole
_SPREAD = 0.25  # of the page that lines have to be spread over before they tell that they run together
_SHIFT = 3.0  # pixels at a corner: less is left alone
_MOST_SHIFT = 0.06  # of the longer side; more was measured wrongly
_OUTLIER = 0.006  # lean by which a line may differ from the others
_TRIED = 40  # lines, the longest, by pairs of which it is found how the others lean
_EDGE = 0.006  # of the longer side: how near the edge of the page a line is no line of the page


def leaning(picture: Picture, back: Matrix) -> Matrix | None:
    """The matrix (3 × 3, pixels) from the page set straight to this picture; None where it is straight already.

    `back` leads from this picture to the page as it was scanned: the edges of that one are no lines of the page.
    """
    scale, small = _small(picture)
    height, width = small.shape
    scanned = _scaled(back, scale)
    found = np.eye(3)
    for _ in range(_ROUNDS):
        step = _measured(small if (found == np.eye(3)).all() else moved(small, found), scanned @ found)
        if not _SHIFT * scale <= _shift(step, width, height):
            break
        found = found @ step
    if not _SHIFT * scale <= _shift(found, width, height) <= _MOST_SHIFT * _SIZE:
        return None
    return _scaled(found, 1 / scale)


def long_lines(picture: Picture, scanned: Matrix) -> Matrix:
    """Long straight lines (n × 4: both ends) that lie nearly level or upright; `scanned` as for `leaning`."""
    scale, small = _small(picture)
    lines = _lines(small, _scaled(scanned, scale))
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    return np.asarray(lines[length >= _LONG * _SIZE] / scale, dtype=np.float64)


def _small(picture: Picture) -> tuple[float, Picture]:
    """The picture in the size in which lines are looked for, and how much smaller that is."""
    scale = min(1.0, _SIZE / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return scale, np.asarray(small, dtype=np.uint8)


def _scaled(matrix: Matrix, scale: float) -> Matrix:
    """What leads from one picture to another, for both of them in another size."""
    resized = np.diag((scale, scale, 1.0))
    return np.asarray(resized @ matrix @ np.linalg.inv(resized), dtype=np.float64)


def _lines(picture: Picture, scanned: Matrix) -> Matrix:
    """Straight lines (n × 4: both ends), those left out that are edges of the page as it was scanned."""
    height, width = picture.shape
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(picture)[0]
    if found is None:
        return np.empty((0, 4))
    ends = found.reshape(-1, 4).astype(np.float64)
    return np.asarray(ends[~_on_edges(ends, scanned, width, height)], dtype=np.float64)


def _measured(picture: Picture, scanned: Matrix) -> Matrix:
    """What sets the lines of a picture straight; `scanned` leads from it to the page as it was scanned."""
    height, width = picture.shape
    lines = _lines(picture, scanned) - np.array([width, height, width, height]) / 2
    along, drift = _lean(lines, height)
    upright, spread = _lean(lines[:, [1, 0, 3, 2]], width)
    middle = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    return np.asarray(
        np.linalg.inv(middle) @ np.array([[1, upright, 0], [along, 1, 0], [-drift, -spread, 1]]) @ middle,
        dtype=np.float64,
    )


def _on_edges(ends: Matrix, scanned: Matrix, width: int, height: int) -> NDArray[np.bool_]:
    """Which lines (n × 4: both ends) lie along an edge of the page as it was scanned."""
    close = _EDGE * max(width, height)
    points = np.column_stack((ends.reshape(-1, 2), np.ones(2 * len(ends)))) @ scanned.T
    places = (points[:, :2] / points[:, 2:]).reshape(-1, 2, 2)  # by line, end, direction
    low = np.all(places < close, axis=1)
    high = np.all(places > np.array([width, height]) - close, axis=1)
    return np.asarray(np.any(low | high, axis=1), dtype=np.bool_)


def _lean(lines: Matrix, side: int) -> tuple[float, float]:
    """Lean of the lines across at the middle of the page, and by how much it grows with each pixel down.

    Both are 0 where too few lines tell; the growth is where they stand close together.
    """
    along, down = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    fit = (np.abs(along) >= _LONG * _SIZE) & (np.abs(down) <= _STEEPEST * np.abs(along))
    if fit.sum() < _LEAST_LINES:
        return 0.0, 0.0
    lean, at, weight = down[fit] / along[fit], (lines[fit, 1] + lines[fit, 3]) / 2, np.abs(along[fit])
    kept = _agreeing(lean, at, weight, side)
    if kept.sum() < _LEAST_LINES:
        return 0.0, 0.0
    lean, at, weight = lean[kept], at[kept], weight[kept]
    middle = float(np.average(lean, weights=weight))
    if np.ptp(at) < _SPREAD * side:
        return middle, 0.0
    growth, middle = np.polyfit(at, lean, 1, w=weight)
    return float(middle), float(growth)


def _agreeing(lean: Matrix, at: Matrix, weight: Matrix, side: int) -> NDArray[np.bool_]:
    """The lines that run together towards one point, or are parallel: as much of all lines' length as possible.

    One line that leans another way must not draw the others with it, so every pair of long ones is tried.
    """
    longest = np.argsort(-weight)[:_TRIED]
    first, second = (pairs.ravel() for pairs in np.meshgrid(longest, longest))
    apart = at[first] - at[second]
    growth = np.where(np.abs(apart) >= _SPREAD * side, (lean[first] - lean[second]) / np.where(apart, apart, 1), 0)
    middle = lean[first] - growth * at[first]
    agree = np.abs(lean - middle[:, None] - growth[:, None] * at) <= _OUTLIER
    best = int(np.argmax(agree @ weight - np.abs(growth) * side * weight.max()))
    return np.asarray(agree[best], dtype=np.bool_)


def _shift(matrix: Matrix, width: int, height: int) -> float:
    """The farthest that a corner is moved, pixels."""
    corners = np.array([(0, 0, 1.0), (width, 0, 1.0), (width, height, 1.0), (0, height, 1.0)])
    moved = corners @ matrix.T
    return float(np.abs(moved[:, :2] / moved[:, 2:] - corners[:, :2]).max())
