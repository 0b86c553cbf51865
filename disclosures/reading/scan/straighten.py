"""A page's picture set straight: grey, the right way round, level."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from disclosures.reading.pdf.slant import Bow

from . import engine
from .bending import bending
from .engine import Picture
from .leaning import Matrix, leaning
from .paper import moved

_STEEPEST = 4.0  # degrees that a page may lie askew
_SMALL = 1000  # pixels of the longer side while angles are looked for
_SAMPLES = 8  # lines of print that are read to tell up from down
_LONG = 3.0  # times its height: a line that tells anything
_ENOUGH = 16  # heights of a line that are read
_LEGIBLE = 0.8
_CLEARLY = 0.15  # by which another way has to be better


def ink(picture: Picture) -> Picture:
    """Where the page is printed on (255), also on a grey or unevenly lit page."""
    blurred = cv2.GaussianBlur(picture, (3, 3), 0)
    spread = max(31, (max(picture.shape) // 60) | 1)
    local = cv2.adaptiveThreshold(blurred, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, spread, 15)
    return np.asarray(local, dtype=np.uint8)


def straight(picture: Picture) -> tuple[Picture, Matrix | None, Bow | None]:
    """The page set straight and flat, same size, and what leads back (pixels): a bow, then a matrix (3 × 3).

    Both are None where it lay straight.
    """
    degrees = skew(ink(picture))
    turn = _back(picture, degrees)
    level = moved(picture, turn) if degrees else picture
    lean = leaning(level, turn)
    back = turn if lean is None else np.asarray(turn @ lean, dtype=np.float64)
    level = level if lean is None else moved(picture, back)
    bow = bending(level, back)
    if bow is not None:
        level = moved(picture, back, bow)
    moved_at_all = degrees or lean is not None or bow is not None
    return level, back if moved_at_all else None, bow


def _back(picture: Picture, degrees: float) -> Matrix:
    """From a page that was turned clockwise about its middle to how it lay."""
    height, width = picture.shape
    return np.vstack((cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), (0, 0, 1)))


def skew(printed: Picture) -> float:
    """Degrees by which the page has to be turned clockwise: rows and columns of ink are sharpest when level."""
    scale = min(1.0, _SMALL / max(printed.shape))
    small: Picture = np.asarray(
        cv2.resize(printed, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )
    found, step = 0.0, 0.5
    angles = np.arange(-_STEEPEST, _STEEPEST + step / 2, step)
    while step >= 0.05:
        found = float(max(angles, key=lambda angle: _sharpness(turned(small, float(angle), 0))))
        step /= 3
        angles = np.arange(found - 3 * step, found + 3.5 * step, step)
    return found if abs(found) >= 0.05 else 0.0


def _sharpness(printed: NDArray[np.uint8]) -> float:
    """Along both sides, since the page may still lie sideways."""
    return sum(float(np.square(np.diff(printed.sum(axis=side, dtype=np.float64))).sum()) for side in (0, 1))


def turned(picture: Picture, degrees: float, paper: int) -> Picture:
    """The picture turned clockwise about its middle, same size; what comes into view is `paper`."""
    if not degrees:
        return picture
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(paper,)), dtype=np.uint8
    )


def quarter_turns(picture: Picture, lines: NDArray[np.int64], columns: NDArray[np.int64]) -> int:
    """Clockwise quarter turns that set the print upright: the way in which long lines of it can be read.

    `lines` are the boxes (x0, y0, x1, y1) of print read across, `columns` of print read down the page.
    """
    upright = _legibility(picture, lines, 0)
    if upright >= _LEGIBLE:
        return 0
    others = {quarters: _legibility(picture, lines if quarters == 2 else columns, quarters) for quarters in (1, 2, 3)}
    best = max(others, key=others.__getitem__)
    return best if others[best] > upright + _CLEARLY else 0


def _legibility(picture: Picture, boxes: NDArray[np.int64], quarters: int) -> float:
    """How much of some long lines can be read when they are turned so: 1 where every letter is, 0 without long lines.

    A line is expected to hold a letter for each of its heights; print read the wrong way gives few, and unsure ones.
    """
    sides = np.stack((boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]))
    long, short = sides.max(axis=0), sides.min(axis=0)
    fit = np.flatnonzero(long > _LONG * short)
    chosen = fit[np.argsort(-long[fit])[:_SAMPLES]]
    if len(chosen) < 2:
        return 0.0
    cuts, expected = [], []
    for x0, y0, x1, y1 in boxes[chosen].tolist():
        height = min(x1 - x0, y1 - y0)
        x1, y1 = min(x1, x0 + _ENOUGH * height), min(y1, y0 + _ENOUGH * height)
        cuts.append(np.rot90(picture[y0:y1, x0:x1], -quarters).copy())
        expected.append(0.75 * max(x1 - x0, y1 - y0) / height)
    read = [sum(value for value in line.surety if value > 0.5) for line in engine.recognise(cuts)]
    return float(np.mean([min(1.0, found / letters) for found, letters in zip(read, expected, strict=True)]))
