"""Sheets that show two pages side by side, as booklets are printed and scanned: each half is read as a page.

A wide table has two halves with free paper between them, too. That a sheet is two pages is told by their numbers: two
on one level, one after the other. Where a file has such a sheet, its other sheets of that size without print in
their middle are two pages each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from .glyph_lines import Piece
from .page import Flags, Floats, PageContent

_GUTTER = 0.05  # of the sheet's width: what is free between two pages at least
_LOW = 0.2  # of the sheet's height: page numbers stand in the lowest or highest part
_NUMBER = re.compile(r"[—–\-·.第\s]*(\d{1,4})[页—–\-·.\s]*$")


Sizes = frozenset[tuple[int, int]]  # of sheets, in ten points


def printed_two_up(pages: Iterable[PageContent], lines_of: Callable[[PageContent], Sequence[Sequence[Piece]]]) -> Sizes:
    """The sizes of sheets that show two pages; `lines_of` gives the lines outside a page's tables."""
    return frozenset(_size(page) for page in pages if _middle_free(page) and _numbered_twice(page, lines_of(page)))


def halves(pages: Iterable[PageContent], two_up: Sizes) -> Iterator[PageContent]:
    """The pages in reading order, sheets of the sizes `two_up` cut in two; all numbered anew where any is."""
    if not two_up:
        yield from pages
        return
    number = 0
    for page in pages:
        cut = _size(page) in two_up and _middle_free(page)
        for part in _cut(page) if cut else (page,):
            number += 1
            frame = replace(part.frame, shown_as=page.number)
            yield replace(part, number=number, frame=frame)


def _size(page: PageContent) -> tuple[int, int]:
    width, height = page.frame.reading_size
    return round(width / 10), round(height / 10)


def _middle_free(page: PageContent) -> bool:
    """Whether nothing stands in the middle of a sheet that is broader than high."""
    width, height = page.frame.reading_size
    if width <= height or not len(page.glyphs):
        return False
    left, right = (0.5 - _GUTTER / 2) * width, (0.5 + _GUTTER / 2) * width
    boxes = np.concatenate((page.glyphs.box, page.rules))
    return not bool(((boxes[:, 0] < right) & (boxes[:, 2] > left)).any())


def _numbered_twice(page: PageContent, lines: Sequence[Sequence[Piece]]) -> bool:
    """Whether a line at the top or bottom is made of two page numbers, one in each half."""
    width, height = page.frame.reading_size
    for pieces in lines:
        if len(pieces) != 2 or _LOW * height < pieces[0].middle < (1 - _LOW) * height:
            continue
        found = [_NUMBER.match(piece.text) for piece in pieces]
        apart = pieces[0].x1 < width / 2 < pieces[1].x0
        if apart and found[0] and found[1] and int(found[1][1]) == int(found[0][1]) + 1:
            return True
    return False


def _cut(page: PageContent) -> tuple[PageContent, PageContent]:
    middle = page.frame.reading_size[0] / 2
    return _part(page, 0.0, middle), _part(page, middle, page.frame.reading_size[0])


def _part(page: PageContent, x0: float, x1: float) -> PageContent:
    """What stands between two edges of a sheet, as a page of its own."""
    glyphs = page.glyphs.only(_within(page.glyphs.box, x0, x1))
    return replace(
        page,
        frame=replace(page.frame, part=(x0, x1)),
        glyphs=replace(glyphs, box=_moved(glyphs.box, x0)),
        rules=_moved(page.rules[_within(page.rules, x0, x1)], x0),
        shades=_moved(page.shades[_within(page.shades, x0, x1)], x0),
        pictures=_moved(page.pictures[_within(page.pictures, x0, x1)], x0),
        curves=_moved(page.curves[_within(page.curves, x0, x1)], x0),
    )


def _within(boxes: Floats, x0: float, x1: float) -> Flags:
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    return np.asarray((middle >= x0) & (middle < x1), dtype=np.bool_)


def _moved(boxes: Floats, left: float) -> Floats:
    return np.asarray(boxes - np.array([left, 0.0, left, 0.0]), dtype=np.float64)
