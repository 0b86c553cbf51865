"""Ruling lines that are not parallel: what a camera, or paper drawn in unevenly, makes of a page.

Seen from a little aside the lines of a page run towards one far point, its columns towards another. Both are
found from the lean of long ruling lines; a page without them stays as it is.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from .engine import Picture

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


def leaning(picture: Picture) -> Matrix | None:
    """The matrix (3 × 3, pixels) from the page set straight to this picture; None where it is straight already."""
    scale = min(1.0, _SIZE / max(picture.shape))
    small = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    height, width = small.shape
    found = np.eye(3)
    for _ in range(_ROUNDS):
        step = _measured(small if (found == np.eye(3)).all() else warped(small, found, 255))
        if not _SHIFT * scale <= _shift(step, width, height):
            break
        found = found @ step
    if not _SHIFT * scale <= _shift(found, width, height) <= _MOST_SHIFT * _SIZE:
        return None
    resized = np.diag((scale, scale, 1.0))
    return np.asarray(np.linalg.inv(resized) @ found @ resized, dtype=np.float64)


def warped(picture: Picture, matrix: Matrix, paper: int) -> Picture:
    """The picture of which `matrix` leads to this one, of the same size; what comes into view is `paper`."""
    size, flags = picture.shape[::-1], cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(picture, matrix, size, flags=flags, borderValue=(paper,)), dtype=np.uint8)


def _measured(picture: Picture) -> Matrix:
    height, width = picture.shape
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(picture)[0]
    if found is None:
        return np.eye(3)
    lines = found.reshape(-1, 4).astype(np.float64) - np.array([width, height, width, height]) / 2
    along, drift = _lean(lines, height)
    upright, spread = _lean(lines[:, [1, 0, 3, 2]], width)
    middle = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    return np.asarray(
        np.linalg.inv(middle) @ np.array([[1, upright, 0], [along, 1, 0], [-drift, -spread, 1]]) @ middle,
        dtype=np.float64,
    )


def _lean(lines: Matrix, side: int) -> tuple[float, float]:
    """Lean of the lines across at the middle of the page, and by how much it grows with each pixel down.

    Both are 0 where too few lines tell; the growth is where they stand close together.
    """
    along, down = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    fit = (np.abs(along) >= _LONG * _SIZE) & (np.abs(down) <= _STEEPEST * np.abs(along))
    if fit.sum() < _LEAST_LINES:
        return 0.0, 0.0
    lean, at, weight = down[fit] / along[fit], (lines[fit, 1] + lines[fit, 3]) / 2, np.abs(along[fit])
    middle, growth = _fitted(lean, at, weight)
    kept = np.abs(lean - middle - growth * at) <= _OUTLIER
    if kept.sum() < _LEAST_LINES:
        return 0.0, 0.0
    lean, at, weight = lean[kept], at[kept], weight[kept]
    if np.ptp(at) < _SPREAD * side:
        return float(np.average(lean, weights=weight)), 0.0
    return _fitted(lean, at, weight)


def _fitted(lean: Matrix, at: Matrix, weight: Matrix) -> tuple[float, float]:
    growth, middle = np.polyfit(at, lean, 1, w=weight) if np.ptp(at) > 1 else (0.0, np.average(lean, weights=weight))
    return float(middle), float(growth)


def _shift(matrix: Matrix, width: int, height: int) -> float:
    """The farthest that a corner is moved, pixels."""
    corners = np.array([(0, 0, 1.0), (width, 0, 1.0), (width, height, 1.0), (0, height, 1.0)])
    moved = corners @ matrix.T
    return float(np.abs(moved[:, :2] / moved[:, 2:] - corners[:, :2]).max())
