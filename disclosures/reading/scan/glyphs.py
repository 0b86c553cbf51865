"""Lines of print that were read become glyphs with places and sizes, as a PDF with text would have them.

A scan knows where the ink of a line is, not which font it was set in. Sizes follow from the height of the ink by the
kinds of characters in it, and are the same for lines that differ little; a character stands between the gaps
of the ink beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from disclosures.plain.sources import Box
from disclosures.reading.pdf.page import Glyphs

from .engine import Picture, Read
from .punctuation import Span, as_printed, is_wide, wide_usual

SURE = 0.98  # a character below this is shown to the clerk; of well printed ones 99 in 100 reach 0.997
_UNEVEN = 1.5  # digits of one number stand evenly: a wider gap has swallowed one
_SAME_SIZE = 0.15  # by which lines of one font size are measured differently
_SPREAD = 1.2  # pixels by which ink on a picture is higher than the letter it shows
_MARK_GAP = 0.8  # of the font size: the blank half of a full-width mark, and a little beside it

_HAN, _HIGH, _DEEP, _FLAT = (-0.08, 0.84), (0.0, 0.74), (-0.13, 0.82), None
_MIDDLE = 0.38  # of the font size: the middle of a line of print above its baseline
_DEEP_MARKS = frozenset("()（）[]【】《》{}/,，;；、jpqgy|“”\"'’‘")
_FLAT_MARKS = frozenset("一—-_～~·.…:：。=+二三")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print: its box in pixels (x0, y0, x1, y1) and what was read in it."""

    box: tuple[int, int, int, int]
    read: Read


def glyphs_of(lines: Sequence[Line], printed: Picture, scale: float) -> tuple[Glyphs, tuple[Box, ...]]:
    """The characters of some lines with places in points (`scale` points a pixel), and the boxes of unsure ones.

    `printed` is the ink of the page (255 where printed) without ruling lines.
    """
    text: list[str] = []
    boxes: list[Box] = []
    sizes: list[float] = []
    runs: list[int] = []
    spaced: list[float] = []
    unsure: list[Box] = []
    font_sizes = _sizes(lines)
    ink = [_spans(line, printed) for line in lines]
    wide = wide_usual((line.read.text, spans, size) for line, spans, size in zip(lines, ink, font_sizes, strict=True))
    for run, (line, inked, size) in enumerate(zip(lines, ink, font_sizes, strict=True)):
        top, bottom = _upright(line, size)
        before, gap = "", False
        chars = as_printed(line.read.text, inked, size, wide)
        placed = zip(chars, sure_characters(line.read), _around_marks(chars, inked, size), strict=True)
        for char, sure, (x0, x1) in placed:
            if char.isspace():
                gap = True
                continue
            text.append(char)
            boxes.append((x0 * scale, top * scale, x1 * scale, bottom * scale))
            sizes.append(size * scale)
            runs.append(run)
            spaced.append(size * scale / 2 if gap and _may_be_typed(before, char) else 0.0)
            before, gap = char, False
            if not sure:
                unsure.append(boxes[-1])
        if not line.read.text.strip():
            x0, y0, x1, y1 = line.box
            unsure.append((x0 * scale, y0 * scale, x1 * scale, y1 * scale))  # ink that is no character known
    return _arrays(text, boxes, sizes, runs, spaced), tuple(unsure)


def _may_be_typed(before: str, after: str) -> bool:
    """Whether a space stands where people type one, beside digits and Latin letters.

    Between Chinese characters, or two numbers, it parts two columns.
    """
    return (before.isascii() or after.isascii()) and not (before.isdigit() and after.isdigit())


def _arrays(text: list[str], boxes: list[Box], sizes: list[float], runs: list[int], spaced: list[float]) -> Glyphs:
    count = len(text)
    no = np.zeros(count, dtype=np.bool_)
    return Glyphs(
        text,
        np.array(boxes, dtype=np.float64).reshape(-1, 4),
        np.array(sizes, dtype=np.float64),
        np.zeros(count, dtype=np.int64),
        np.array(runs, dtype=np.int64),
        np.array(spaced, dtype=np.float64),
        no,
        no,
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


# ---------------------------------------------------------------- sizes


def _extent(text: str) -> tuple[float, float] | None:
    """How far the ink of a text reaches below and above its baseline, in font sizes; None where it does not tell."""
    kinds = [_kind(char) for char in text if not char.isspace()]
    told = [kind for kind in kinds if kind is not None]
    return (min(low for low, _ in told), max(high for _, high in told)) if told else None


def _kind(char: str) -> tuple[float, float] | None:
    if char in _FLAT_MARKS:
        return _FLAT
    if char in _DEEP_MARKS:
        return _DEEP
    return _HIGH if char.isascii() else _HAN


def _sizes(lines: Sequence[Line]) -> list[float]:
    """The font size of each line in pixels; those that differ little are made the same."""
    extents = [_extent(line.read.text) for line in lines]
    measured = [
        (line.box[3] - line.box[1] - _SPREAD) / (extent[1] - extent[0]) if extent else 0.0
        for line, extent in zip(lines, extents, strict=True)
    ]
    weights = np.array([len(line.read.text) for line in lines], dtype=np.float64)
    sizes = np.array(measured, dtype=np.float64)
    open_ = sizes > 0
    found = sizes.copy()
    levels: list[float] = []
    while open_.any():
        level = _commonest(sizes[open_], weights[open_])
        near = open_ & (np.abs(sizes - level) <= _SAME_SIZE * level)
        found[near] = level
        levels.append(level)
        open_ &= ~near
    found[sizes == 0] = levels[0] if levels else 1.0
    return [float(size) for size in found]


def _commonest(sizes: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The size that most characters have, give or take what measuring does."""
    near = np.abs(sizes[:, None] - sizes[None, :]) <= _SAME_SIZE / 2 * sizes[None, :]
    best = int(np.argmax(weights @ near))
    return float(np.average(sizes[near[:, best]], weights=weights[near[:, best]] + 1e-9))


def _upright(line: Line, size: float) -> tuple[float, float]:
    """Top and bottom of the line of type that the ink belongs to, pixels."""
    extent = _extent(line.read.text)
    middle = (line.box[1] + line.box[3]) / 2
    if extent is not None:
        middle -= (_MIDDLE - (extent[0] + extent[1]) / 2) * size
    return middle - size / 2, middle + size / 2


# ---------------------------------------------------------------- places along the line


def _spans(line: Line, printed: Picture) -> list[Span]:
    """Left and right end of the ink of each character, pixels: it lies between the gaps beside it."""
    x0, y0, x1, y1 = line.box
    centres = np.maximum.accumulate(np.array(line.read.centre)) * (x1 - x0)
    if not len(centres):
        return []
    inked = np.asarray(printed[max(0, y0) : y1, max(0, x0) : x1].any(axis=0), dtype=np.bool_)
    gaps = [_gap(inked, first, second) for first, second in pairwise(centres.tolist())]
    lefts, rights = [0.0, *(start for _, start in gaps)], [*(end for end, _ in gaps), float(x1 - x0)]
    return [(x0 + left, x0 + max(left, right)) for left, right in zip(lefts, rights, strict=True)]


def _gap(inked: NDArray[np.bool_], first: float, second: float) -> Span:
    """The gap in the ink between the middles of two characters, wide and half way; a point where there is none."""
    start, end = int(first), min(len(inked), int(second) + 1)
    blank = ~inked[start:end]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], blank, [False])).astype(np.int8))) + start
    middle = (first + second) / 2
    gaps = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    best = max(gaps, key=lambda gap: gap[1] - gap[0] - abs((gap[0] + gap[1]) / 2 - middle) / 2, default=None)
    return (float(best[0]), float(best[1])) if best else (middle, middle)


def _around_marks(text: str, spans: Sequence[Span], size: float) -> list[Span]:
    """The same with the blank half of full-width marks as part of the print."""
    lefts, rights = [left for left, _ in spans], [right for _, right in spans]
    for n in range(1, len(text)):
        free = lefts[n] - rights[n - 1]
        if 0 < free < _MARK_GAP * size * (is_wide(text[n - 1]) + is_wide(text[n])):
            lefts[n] = rights[n - 1] = rights[n - 1] + free / 2
    return list(zip(lefts, rights, strict=True))
