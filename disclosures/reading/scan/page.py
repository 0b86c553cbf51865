"""The picture of a page to its glyphs and ruling lines, as a PDF with text would have them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from disclosures.plain.sources import Box
from disclosures.reading.pdf.page import Frame, PageContent
from disclosures.reading.pdf.slant import Bow, Slant

from . import engine
from .dust import undusted
from .engine import Picture
from .glyphs import SURE, Line, glyphs_of
from .leaning import Matrix
from .marks import Boxes, find_marks
from .paper import without_lid
from .seams import without_seams
from .straighten import ink, quarter_turns, straight

_DUSTY = 0.75  # small print that is no surer than this is dust
_ALONE = frozenset("()（）[]【】《》“”、。；：-—%％")  # marks that stand alone on a line where a cell is narrow
_DUST = 0.55  # of a letter: print smaller than this on both sides, and not sure, is no print
_SMALLEST = 16  # pixels: a picture that is lower or narrower holds no print
_MARGIN = 0.18  # of a line's height left around it when it is cut out


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as read, and the boxes (points, of the page as read) where a character is not sure."""

    content: PageContent
    unsure: tuple[Box, ...]


def read_picture(picture: Picture, number: int, dpi: float) -> ScannedPage:
    """Read the picture (grey) of page `number`. Raises engine.NoEngineError."""
    height, width = picture.shape
    if min(height, width) < _SMALLEST:
        return _blank(Frame(width * 72 / dpi, height * 72 / dpi), number)
    level, back, bow = straight(without_lid(undusted(picture, dpi), dpi))
    printed = ink(level)
    marks = find_marks(printed, dpi)
    quarters = quarter_turns(level, marks.lines, marks.columns)
    if quarters:
        level, printed = _rotated(level, quarters), _rotated(printed, quarters)
        marks = find_marks(printed, dpi)
    clean = np.where(marks.rule_mask > 0, 255, level).astype(np.uint8)
    reads = engine.recognise([_cut(clean, box, marks.letter) for box in marks.lines.tolist()])
    frame = Frame(width * 72 / dpi, height * 72 / dpi, quarters, _slant(back, bow, dpi))
    letter = _usual_height(marks.lines)
    lines = [Line((x0, y0, x1, y1), read) for (x0, y0, x1, y1), read in zip(marks.lines.tolist(), reads, strict=True)]
    print_only = np.where(marks.rule_mask > 0, 0, printed).astype(np.uint8)
    kept = without_seams([line for line in lines if not _is_dust(line, letter)], marks.rule_mask)
    glyphs, unsure = glyphs_of(kept, print_only, 72 / dpi)
    rules = marks.rules.astype(np.float64) * (72 / dpi)
    return ScannedPage(PageContent(number, frame, glyphs, rules), unsure)


def _blank(frame: Frame, number: int) -> ScannedPage:
    glyphs, unsure = glyphs_of((), np.empty((0, 0), dtype=np.uint8), 1.0)
    return ScannedPage(PageContent(number, frame, glyphs, np.empty((0, 4))), unsure)


def _slant(back: Matrix | None, bow: Bow | None, dpi: float) -> Slant | None:
    if back is None:
        return None
    points = np.diag((72 / dpi, 72 / dpi, 1.0))
    matrix = np.asarray(points @ back @ np.linalg.inv(points), dtype=np.float64)
    return Slant(matrix, bow.scaled(72 / dpi) if bow else None)


def _rotated(picture: Picture, quarters: int) -> Picture:
    return np.rot90(picture, -quarters).copy()


def _cut(picture: Picture, box: list[int], letter: int) -> Picture:
    """A line of print with a little paper around it; a dash alone with as much as its line would have."""
    x0, y0, x1, y1 = box
    margin = max(2, round(_MARGIN * (y1 - y0)))
    if y1 - y0 < 0.6 * letter:
        middle = (y0 + y1) // 2
        y0, y1 = min(y0, middle - letter // 2), max(y1, middle + letter // 2)
    return picture[max(0, y0 - margin) : y1 + margin, max(0, x0 - margin) : x1 + margin]


def _usual_height(lines: Boxes) -> float:
    """Of a line of print on this page, pixels."""
    return float(np.percentile(lines[:, 3] - lines[:, 1], 70)) if len(lines) else 0.0


def _is_dust(line: Line, letter: float) -> bool:
    """Whether a spot of ink is none of the print: small, and read as nothing, as a mark, or unsurely."""
    (x0, y0, x1, y1), read = line.box, line.read
    if max(x1 - x0, y1 - y0) >= 3 * letter:
        return not read.text.strip()  # a smear, an edge of a picture
    marks_only = not any(char.isalnum() for char in read.text)
    small = y1 - y0 < _DUST * letter
    if marks_only and read.text not in _ALONE:
        return small or read.least < SURE
    return small and read.least < _DUSTY
