"""The picture of a page to its glyphs and ruling lines, as a PDF with text would have them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from disclosures.plain.sources import Box
from disclosures.reading.pdf.page import Frame, Glyphs, PageContent
from disclosures.reading.pdf.slant import Slant

from . import engine
from .brackets import paired
from .engine import Picture, Read
from .leaning import Matrix
from .marks import Boxes, find_marks
from .straighten import ink, quarter_turns, straight

SURE = 0.98  # a character below this is shown to the clerk; of well printed ones 99 in 100 reach 0.997
_UNEVEN = 1.5  # digits of one number stand evenly: a wider gap has swallowed one
_DUSTY = 0.75  # small print that is no surer than this is dust
_ALONE = frozenset("()（）[]【】《》“”、。；：-—%％")  # marks that stand alone on a line where a cell is narrow
_DUST = 0.55  # of a letter: print smaller than this on both sides, and not sure, is no print
_MARGIN = 0.18  # of a line's height left around it when it is cut out
_HAN_HEIGHT, _DIGIT_HEIGHT = 0.92, 0.74  # height of the ink by font size


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as read, and the boxes (points, of the page as read) where a character is not sure."""

    content: PageContent
    unsure: tuple[Box, ...]


def read_picture(picture: Picture, number: int, dpi: float) -> ScannedPage:
    """Read the picture (grey) of page `number`. Raises engine.NoEngineError."""
    level, back = straight(picture)
    printed = ink(level)
    marks = find_marks(printed, dpi)
    quarters = quarter_turns(level, marks.lines, marks.columns)
    if quarters:
        level, printed = _rotated(level, quarters), _rotated(printed, quarters)
        marks = find_marks(printed, dpi)
    clean = np.where(marks.rule_mask > 0, 255, level).astype(np.uint8)
    reads = engine.recognise([_cut(clean, box, marks.letter) for box in marks.lines.tolist()])
    height, width = picture.shape
    frame = Frame(width * 72 / dpi, height * 72 / dpi, quarters, _slant(back, dpi))
    glyphs, unsure = _glyphs(marks.lines, reads, 72 / dpi)
    rules = marks.rules.astype(np.float64) * (72 / dpi)
    return ScannedPage(PageContent(number, frame, glyphs, rules), unsure)


def _slant(back: Matrix | None, dpi: float) -> Slant | None:
    if back is None:
        return None
    points = np.diag((72 / dpi, 72 / dpi, 1.0))
    return Slant(np.asarray(points @ back @ np.linalg.inv(points), dtype=np.float64))


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


def _glyphs(lines: Boxes, reads: list[Read], scale: float) -> tuple[Glyphs, tuple[Box, ...]]:
    """Characters with places, and the boxes of those that are not sure."""
    text: list[str] = []
    boxes: list[Box] = []
    sizes: list[float] = []
    runs: list[int] = []
    spaced: list[float] = []
    unsure: list[Box] = []
    letter = _usual_height(lines)
    for run, (line, read) in enumerate(zip(lines.tolist(), reads, strict=True)):
        if _is_dust(line, read, letter):
            continue
        x0, y0, x1, y1 = (value * scale for value in line)
        size = _size(read.text, y1 - y0)
        gap = False
        placed = zip(paired(read.text), sure_characters(read), _char_boxes(read, (x0, y0, x1, y1)), strict=True)
        for char, sure, box in placed:
            if char.isspace():
                gap = True
                continue
            text.append(char)
            boxes.append(box)
            sizes.append(size)
            runs.append(run)
            spaced.append(size / 2 if gap else 0.0)
            gap = False
            if not sure:
                unsure.append(box)
        if not read.text.strip():
            unsure.append((x0, y0, x1, y1))  # ink that is no character known to the model
    count = len(text)
    no = np.zeros(count, dtype=np.bool_)
    return (
        Glyphs(
            text,
            np.array(boxes, dtype=np.float64).reshape(-1, 4),
            np.array(sizes, dtype=np.float64),
            np.zeros(count, dtype=np.int64),
            np.array(runs, dtype=np.int64),
            np.array(spaced, dtype=np.float64),
            no,
            no,
        ),
        tuple(unsure),
    )


def sure_characters(read: Read) -> list[bool]:
    """Which characters need no second look: the model is sure of them, and no digit is missing beside them."""
    sure = [value >= SURE for value in read.surety]
    beside = [n for n in range(1, len(read.text)) if read.text[n - 1].isdigit() and read.text[n].isdigit()]
    steps = {n: read.centre[n] - read.centre[n - 1] for n in beside}
    usual = float(np.median(list(steps.values()))) if len(steps) > 1 else None
    for n, step in steps.items():
        if usual is not None and step > _UNEVEN * usual:
            sure[n - 1] = sure[n] = False
    return sure


def _usual_height(lines: Boxes) -> float:
    """Of a line of print on this page, pixels."""
    return float(np.percentile(lines[:, 3] - lines[:, 1], 70)) if len(lines) else 0.0


def _is_dust(line: list[int], read: Read, letter: float) -> bool:
    """Whether a spot of ink is none of the print: small, and read as nothing, as a mark, or unsurely."""
    x0, y0, x1, y1 = line
    if max(x1 - x0, y1 - y0) >= 3 * letter:
        return not read.text.strip()  # a smear, an edge of a picture
    marks_only = not any(char.isalnum() for char in read.text)
    small = y1 - y0 < _DUST * letter
    if marks_only and read.text not in _ALONE:
        return small or read.least < SURE
    return small and read.least < _DUSTY


def _size(text: str, height: float) -> float:
    """Font size in points by the height of a line's ink."""
    flat = all(char.isascii() for char in text)
    return height / (_DIGIT_HEIGHT if flat else _HAN_HEIGHT)


def _char_boxes(read: Read, line: Box) -> list[Box]:
    """Characters side by side: borders lie half way between the centres the model saw."""
    x0, y0, x1, y1 = line
    width = x1 - x0
    centres: NDArray[np.float64] = np.maximum.accumulate(np.array(read.centre)) * width + x0
    edges = np.concatenate(([x0], (centres[1:] + centres[:-1]) / 2, [x1])) if len(centres) else np.array([x0, x1])
    return [(a, y0, max(a, b), y1) for a, b in pairwise(edges.tolist())][: len(read.text)]
