"""Red seals over print: taken off the picture, what is printed under them stays."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .engine import Picture

_RED = 70  # by which the red of a stamp's ink exceeds its green and blue
_LIGHT = 110  # red of the ink at least: darker is print under it
_SIDES = 12.0, 60.0  # millimetres of a seal; smaller is red print, larger a table ruled in red
_SLIM = 0.5  # its shorter side by its longer one
_APART = 2.5  # millimetres between the parts of one seal


def in_grey(image: Image.Image, dpi: float) -> Picture:
    """An RGB picture in grey levels, without the red of seals."""
    grey = np.array(image.convert("L"), dtype=np.uint8)
    seals = _seals(np.asarray(image.convert("RGB"), dtype=np.int16), dpi / 25.4)
    if seals is not None:
        grey[seals] = 255
    return grey


def _seals(colours: NDArray[np.int16], millimetre: float) -> NDArray[np.bool_] | None:
    """Where the ink of seals is; None without any."""
    red, others = colours[:, :, 0], colours[:, :, 1:].max(axis=2)
    reddish = (red - others > _RED) & (red > _LIGHT)
    if reddish.sum() < (_SIDES[0] * millimetre) ** 2 * 0.05:
        return None
    reach = max(3, round(_APART * millimetre))
    joined = cv2.dilate(reddish.astype(np.uint8), np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]] / millimetre
    short, long = sides.min(axis=1), sides.max(axis=1)
    seal = (short >= _SIDES[0]) & (long <= _SIDES[1]) & (short >= _SLIM * long)
    seal[0] = False
    if not seal.any():
        return None
    # The edges of its strokes are paler than the ink.
    pale = (red - others > _RED // 3) & (red > _LIGHT)
    return np.asarray(seal[labels] & pale, dtype=np.bool_)
