"""What kind of page it is: with text to read, a picture to recognise, or both."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from .page import PageContent

_FEW = 12  # glyphs: fewer on a page full of pictures are a stamp or a page number
_COVERED = 0.5  # of the page, by pictures: a scan
_UNKNOWN = 0.1  # of the characters: more without a meaning make a page unreadable as text
_RARE = 0.45  # of the Chinese characters, outside of the 3755 most common: garbled
_ENOUGH = 40  # Chinese characters before that share tells anything


class PageKind(StrEnum):
    """How a page is to be read."""

    TEXT = "text"
    SCANNED = "scanned"  # pictures only, or pictures with a text layer that nobody sees
    GARBLED = "garbled"  # text whose fonts do not say which characters they print
    MIXED = "mixed"  # text, and a picture over much of the page
    EMPTY = "empty"


def page_kind(page: PageContent) -> PageKind:
    """The kind of a page."""
    glyphs = page.glyphs
    covered = _covered(page)
    visible = int((~glyphs.hidden).sum())
    if len(glyphs) + page.unmapped == 0:
        return PageKind.SCANNED if covered > 0.02 else PageKind.EMPTY
    if is_garbled(page):
        return PageKind.GARBLED
    if covered >= _COVERED:
        return PageKind.SCANNED if visible <= _FEW else PageKind.MIXED
    return PageKind.TEXT


def is_garbled(page: PageContent) -> bool:
    """Whether the characters mean nothing: without a code, or rare ones in a senseless row."""
    text = "".join(page.glyphs.text)
    if page.unmapped > _UNKNOWN * max(1, len(text)) and page.unmapped > _FEW // 2:
        return True
    chinese = [char for char in text if "\u3400" <= char <= "\u9fff"]
    if len(chinese) < _ENOUGH:
        return False
    distinct = set(chinese)
    common = {char for char in distinct if _is_common(char)}
    return sum(char not in common for char in chinese) > _RARE * len(chinese)


def _is_common(char: str) -> bool:
    """Whether a character is of the first level of GB 2312."""
    code = char.encode("gb2312", "ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def _covered(page: PageContent) -> float:
    """The share of the page that pictures cover, overlaps counted once, in a raster of 40 × 40."""
    if not len(page.pictures):
        return 0.0
    width, height = page.frame.reading_size
    raster = np.zeros((40, 40), dtype=np.bool_)
    for x0, y0, x1, y1 in page.pictures.tolist():
        columns = slice(max(0, int(x0 / width * 40)), max(0, int(np.ceil(x1 / width * 40))))
        rows = slice(max(0, int(y0 / height * 40)), max(0, int(np.ceil(y1 / height * 40))))
        raster[rows, columns] = True
    return float(raster.mean())
