"""Ruling lines that are bent: what paper that does not lie flat makes of them under a camera.

How lines lean is found piece by piece over the page and fitted with a smooth surface; a page without many long lines
stays as it is.
"""

from __future__ import annotations

import numpy as np

from disclosures.reading.pdf.slant import Bow

from .engine import Picture
from .leaning import Matrix, long_lines
from .paper import moved

_LEAST_LINES, _MANY_LINES = 8, 30
_SPREAD = 0.9  # of 2: over how much of the page they are spread along, and beside
_ROUNDS = 3
_REWEIGHED = 8  # times, until lines that lean otherwise have no say
_LEAN = 0.004  # by which a line may lean otherwise and still have half its say
_FLAT = (0.0,) * 5
_TURNED = [1, 0, 3, 2]  # the ends of lines with x and y exchanged
_SHIFT = 2.5  # pixels of the picture: less is left alone
_MOST_SHIFT = 0.03  # of the longer side; more was measured wrongly
_BETTER = 0.6  # of how lines leaned before is left at most


def bending(picture: Picture, back: Matrix) -> Bow | None:
    """How the lines of a page set straight are bent still, in pixels; None where they are straight.

    `back` leads from the picture to the page as it was scanned.
    """
    height, width = picture.shape
    bow, lines = Bow(width, height, _FLAT, _FLAT), long_lines(picture, back)
    before = _leaning(lines, width, height)
    for _ in range(_ROUNDS):
        across, upright = _fitted(lines, width, height), _fitted(lines[:, _TURNED], height, width)
        if farthest(Bow(width, height, across, upright)) < _SHIFT / 2:
            break
        bow = Bow(width, height, _sum(bow.across, across), _sum(bow.upright, upright))
        lines = long_lines(moved(picture, np.eye(3), bow), back)
    fit = _SHIFT <= farthest(bow) <= _MOST_SHIFT * max(width, height)
    return bow if fit and _leaning(lines, width, height) <= _BETTER * before else None


def farthest(bow: Bow) -> float:
    """The most by which a place is shifted."""
    x, y = np.meshgrid(np.linspace(0, bow.width, 9), np.linspace(0, bow.height, 9))
    moved_x, moved_y = bow.shifted(x, y)
    return float(np.hypot(moved_x - x, moved_y - y).max())


def _sum(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(a + b for a, b in zip(first, second, strict=True))


def _leaning(lines: Matrix, width: float, height: float) -> float:
    """How much lines lean, across and upright, on average of their length."""
    found = (_measured(lines, width, height), _measured(lines[:, _TURNED], height, width))
    return sum(float(np.average(np.abs(lean), weights=weight)) for lean, _, _, weight in found if len(lean))


def _fitted(lines: Matrix, length: float, side: float) -> tuple[float, ...]:
    """The surface of the lean of the lines along `length`; flat where too few lines tell."""
    lean, along, beside, weight = _measured(lines, length, side)
    if len(lean) < _LEAST_LINES or np.ptp(along) < _SPREAD:
        return _FLAT
    terms = np.column_stack((np.ones_like(along), along, along**2, beside, beside * along))
    if len(lean) < _MANY_LINES or np.ptp(beside) < _SPREAD / 2:
        terms[:, 3:] = 0.0  # lines that stand close together do not tell how others are bent
    say = weight
    found: Matrix = np.zeros(5)
    for _ in range(_REWEIGHED):
        solved = np.linalg.lstsq(terms * np.sqrt(say)[:, None], lean * np.sqrt(say), rcond=None)[0]
        found = np.asarray(solved, dtype=np.float64)
        say = weight / (1 + ((lean - terms @ found) / _LEAN) ** 2)
    return tuple(found.tolist())


def _measured(lines: Matrix, length: float, side: float) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Of the lines along `length`: their lean, where they stand along and beside it (-1 to 1), how long they are."""
    along, beside = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    chosen = np.abs(along) > 10 * np.abs(beside)
    lines, along, beside = lines[chosen], along[chosen], beside[chosen]
    at = (lines[:, 0] + lines[:, 2]) / length - 1
    off = (lines[:, 1] + lines[:, 3]) / side - 1
    return beside / along, at, off, np.abs(along)
