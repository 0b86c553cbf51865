"""Black and white scans without their dust: what a fax machine makes of grey paper is no print."""

from __future__ import annotations

import cv2
import numpy as np

from .engine import Picture

_BLACK = 128
_EXTREME = 16  # of 255: black and white pictures have hardly anything between
_BILEVEL = 0.98  # of the pixels
_SPECK = 3 / 200**2  # square inches: a full stop of 8 points has at least twice as much ink
_DUSTY = 200  # specks on a page; fewer of them disturb nothing


def undusted(picture: Picture, dpi: float) -> Picture:
    """The same picture (grey), a black and white one without specks smaller than any mark of print."""
    if np.mean((picture < _EXTREME) | (picture > 255 - _EXTREME)) < _BILEVEL:
        return picture
    black = (picture < _BLACK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    specks = stats[:, cv2.CC_STAT_AREA] <= max(2, round(_SPECK * dpi**2))
    specks[0] = False
    if specks.sum() < _DUSTY:
        return picture
    return np.where(specks[labels], 255, picture).astype(np.uint8)
