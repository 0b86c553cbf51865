"""What lies beside a page: nothing there may look printed.

A page that is moved leaves corners free; white ones beside grey paper, or the dark lid of a scanner, have edges like
ruling lines. Both become paper as bright as the page.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from disclosures.reading.pdf.slant import Bow

from .engine import Picture

_COARSE = 1 / 8  # size at which the brightness of the paper is measured
_DARK = 0.6  # of the paper's brightness: the lid is darker
_LID = 3.0  # points: thicker than ruling lines and strokes of letters
_REACH = 9  # pixels of that size over which print does not count


def moved(picture: Picture, matrix: NDArray[np.float64], bow: Bow | None = None) -> Picture:
    """The picture (grey) of which `bow`, then `matrix` (3 × 3, pixels), lead to this one, of the same size."""
    height, width = picture.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float64), np.arange(height, dtype=np.float64))
    if bow is not None:
        x, y = bow.shifted(x, y)
    w = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
    from_x = ((matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / w).astype(np.float32)
    from_y = ((matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / w).astype(np.float32)
    page = cv2.remap(picture, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    seen = (from_x >= 2) & (from_x <= width - 3) & (from_y >= 2) & (from_y <= height - 3)
    paper = cv2.remap(_paper(picture), from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.where(seen, page, paper).astype(np.uint8)


def _paper(picture: Picture) -> Picture:
    """How bright the paper is, print left out."""
    coarse = cv2.resize(picture, None, fx=_COARSE, fy=_COARSE, interpolation=cv2.INTER_AREA)
    smooth = cv2.medianBlur(np.asarray(coarse, dtype=np.uint8), _REACH)
    return np.asarray(cv2.resize(smooth, picture.shape[::-1], interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def without_lid(picture: Picture, dpi: float) -> Picture:
    """The picture (grey) with paper where the scanner's dark lid shows beside the page.

    The lid lies along the edge of the picture and is thicker than any ruling line.
    """
    thick = max(3, round(_LID * dpi / 72))
    dark = (picture < _DARK * np.median(picture)).astype(np.uint8)
    if not any(side.any() for side in (dark[0], dark[-1], dark[:, 0], dark[:, -1])):
        return picture
    padded = cv2.copyMakeBorder(dark, thick, thick, thick, thick, cv2.BORDER_REPLICATE)
    opened = cv2.morphologyEx(padded, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    _, labels, _, _ = cv2.connectedComponentsWithStats(np.asarray(opened, dtype=np.uint8), connectivity=8)
    at_edge = np.unique(np.concatenate((labels[thick], labels[-thick - 1], labels[:, thick], labels[:, -thick - 1])))
    held = np.isin(labels, at_edge[at_edge > 0]).astype(np.uint8)
    lid = cv2.dilate(held, np.ones((thick, thick), np.uint8))[thick:-thick, thick:-thick]
    return np.where(lid > 0, np.uint8(np.median(picture)), picture).astype(np.uint8) if lid.any() else picture
