"""What stands on one page: its glyphs, its ruling lines, its shaded boxes and pictures, all in points.

Places are x to the right and y downwards from the top left corner of the page as it is shown. A page
whose text is printed sideways, or that was scanned askew, is read in a frame turned until the text is upright;
`Frame` leads back.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from disclosures.plain.sources import Box

from .slant import Slant

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Frame:
    """A page of `width` × `height` points as shown, read after `quarters` clockwise quarter turns.

    `slant` is how a scanned page lay; it was set straight before it was turned. `part` is from where to where, across
    the page as read, a sheet is cut that shows two pages; `shown_as` its number in the file, where pages are
    counted otherwise.
    """

    width: float
    height: float
    quarters: int = 0
    slant: Slant | None = None
    part: tuple[float, float] | None = None
    shown_as: int | None = None

    @property
    def reading_size(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        width, height = self._upright
        return (self.part[1] - self.part[0], height) if self.part else (width, height)

    @property
    def _upright(self) -> tuple[float, float]:
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def to_reading(self, boxes: Floats) -> Floats:
        """Boxes (n × 4: x0, y0, x1, y1) of the page as shown, as they lie when it is read."""
        return turned(boxes, self.quarters, self.width, self.height)

    def to_page(self, box: Box) -> Box:
        """A box of the page as read, where it is shown."""
        if self.part:
            box = (box[0] + self.part[0], box[1], box[2] + self.part[0], box[3])
        if self.quarters:
            box = _turned_box(box, 4 - self.quarters, *self._upright)
        return self.slant.to_shown(box) if self.slant else box

    def from_page(self, box: Box) -> Box:
        """The box of the whole page as read that `to_page` gave."""
        if self.slant:
            box = self.slant.to_straight(box)
        return _turned_box(box, self.quarters, self.width, self.height) if self.quarters else box


def _turned_box(box: Box, quarters: int, width: float, height: float) -> Box:
    x0, y0, x1, y1 = turned(np.array([box]), quarters, width, height)[0].tolist()
    return (x0, y0, x1, y1)


def turned(boxes: Floats, quarters: int, width: float, height: float) -> Floats:
    """Boxes on a sheet of `width` × `height` after clockwise quarter turns of the sheet."""
    x0, y0, x1, y1 = boxes.T
    match quarters % 4:
        case 1:
            return np.column_stack((height - y1, x0, height - y0, x1))
        case 2:
            return np.column_stack((width - x1, height - y1, width - x0, height - y0))
        case 3:
            return np.column_stack((y0, width - x1, y1, width - x0))
    return boxes


@dataclass(slots=True)
class Glyphs:
    """The printed characters of a page in the order of the file; arrays of one length.

    `box` is n × 4; `size` the font size; `turn` the direction of writing in quarter turns counter-clockwise,
    -1 for a slanting one; `run` numbers the text objects; `spaced` is the width of spaces in front, 0 without any.
    """

    text: list[str]
    box: Floats
    size: Floats
    turn: Ints
    run: Ints
    spaced: Floats
    faint: Flags
    hidden: Flags

    def __len__(self) -> int:
        return len(self.text)

    def only(self, keep: Flags | Ints) -> Glyphs:
        """The glyphs that a mask keeps, or those of an array of indices, in its order."""
        chosen = np.flatnonzero(keep) if keep.dtype == np.bool_ else keep
        text = self.text
        return Glyphs(
            [text[n] for n in chosen.tolist()],
            self.box[chosen],
            self.size[chosen],
            self.turn[chosen],
            self.run[chosen],
            self.spaced[chosen],
            self.faint[chosen],
            self.hidden[chosen],
        )


@dataclass(slots=True)
class PageContent:
    """One page as it is read. `rules` are thin boxes (n × 4), `shades` filled ones, `pictures` images,
    `curves` paths that are not straight."""

    number: int  # from 1
    frame: Frame
    glyphs: Glyphs
    rules: Floats
    shades: Floats = field(default_factory=lambda: np.empty((0, 4)))
    pictures: Floats = field(default_factory=lambda: np.empty((0, 4)))
    curves: Floats = field(default_factory=lambda: np.empty((0, 4)))
    unmapped: int = 0  # characters whose font does not say what they are
    damaged: bool = False  # nothing of it can be read
    cut_short: bool = False  # there was more on the page than the limits allow
