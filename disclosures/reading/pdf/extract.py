"""pdfium's page to arrays: every character once, every straight thin path as a ruling line."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from . import raw
from .opening import OpenPdf
from .page import Floats, Frame, Glyphs, Ints, PageContent, turned
from .paths import PathReader

MOST_CHARACTERS = 60_000  # of one page; the fullest real ones have six thousand
MOST_OBJECTS = 200_000
_A4 = (595.0, 842.0)
_SLANT = 4.0  # degrees by which straight text may lean, as scanned pages with a text layer do
_FAINT = 0.5  # lightness (0 black, 1 white) from which text counts as grey
_COLOURLESS = 40  # of 255, between the strongest and the weakest colour of a grey
_THROUGH = 180  # of 255: text less opaque is a mark printed over or under the page
_HIDDEN_MODES = (3, 7)  # neither filled nor stroked; clipping only
# What symbol fonts print for the codes that they keep to themselves: bullets, boxes, ticks and arrows.
_SYMBOLS = dict(
    zip(
        (*range(0xF06C, 0xF078), 0xF052, 0xF0A3, 0xF0A7, 0xF0A8, 0xF0B7, 0xF0D8, 0xF0E0, 0xF0FC, 0xF0FE),
        "●❍■□❐❑❒⬧⧫◆❖⬥☑□▪□•➢→✓☑",
        strict=True,
    )
)
# Radicals that some fonts map their characters to, and that no normal form leads back.
_RADICALS = str.maketrans(
    "⺟⺠⺬⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民示虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)


def read_page(document: OpenPdf, number: int) -> PageContent:
    """The content of page `number` (from 1); one that cannot be loaded is `damaged`."""
    with document.page(number) as page:
        if page is None:
            return PageContent(number, Frame(*_A4), _no_glyphs(), np.empty((0, 4)), damaged=True)
        return _PageReader(page, number).read()


@dataclass(slots=True)
class _Run:
    """What the characters of one text object share."""

    number: int
    size: float
    turn: int
    faint: bool
    hidden: bool
    unmapped: bool  # its font does not say what the first character is


@dataclass(slots=True)
class _Columns:
    """Glyphs on their way, one list for each array."""

    text: list[str] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    run: list[_Run] = field(default_factory=list)
    spaced: list[float] = field(default_factory=list)


class _PageReader:
    def __init__(self, page: Any, number: int) -> None:
        self.page, self.number = page, number
        self.quarters = pdfium.FPDFPage_GetRotation(page)
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, bounds)
        self.left, self.top = bounds.left, bounds.top
        self.width, self.height = bounds.right - bounds.left, bounds.top - bounds.bottom
        self.unmapped = 0
        self.cut_short = False

    def read(self) -> PageContent:
        glyphs = self._glyphs()
        paths = PathReader(self.page, MOST_OBJECTS)
        paths.read()
        shown = (self.height, self.width) if self.quarters % 2 else (self.width, self.height)
        frame = Frame(*shown, _upright(glyphs.turn))
        glyphs.turn = np.where(glyphs.turn < 0, -1, (glyphs.turn - frame.quarters) % 4)
        glyphs.box = frame.to_reading(glyphs.box)
        return PageContent(
            self.number,
            frame,
            glyphs,
            frame.to_reading(self._shown(paths.rules)),
            frame.to_reading(self._shown(paths.shades)),
            frame.to_reading(self._shown(paths.pictures)),
            frame.to_reading(self._shown(paths.curves)),
            self.unmapped,
            cut_short=self.cut_short or paths.cut_short,
        )

    def _shown(self, boxes: Any) -> Floats:
        """Boxes (left, bottom, right, top) of the page's own space, where they are shown."""
        array = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
        flat = np.column_stack(
            (array[:, 0] - self.left, self.top - array[:, 3], array[:, 2] - self.left, self.top - array[:, 1])
        )
        return turned(flat, self.quarters, self.width, self.height)

    # ------------------------------------------------------------ characters

    def _glyphs(self) -> Glyphs:
        text_page = pdfium.FPDFText_LoadPage(self.page)
        if not text_page:
            return _no_glyphs()
        try:
            return self._characters(ctypes.cast(text_page, ctypes.c_void_p).value or 0)
        finally:
            pdfium.FPDFText_ClosePage(text_page)

    def _characters(self, page: int) -> Glyphs:
        count = pdfium.FPDFText_CountChars(ctypes.cast(page, pdfium.FPDF_TEXTPAGE))
        self.cut_short = count > MOST_CHARACTERS
        count = min(count, MOST_CHARACTERS)
        boxes = (pdfium.FS_RECTF * count)()
        address, step = ctypes.addressof(boxes), ctypes.sizeof(pdfium.FS_RECTF)
        runs: dict[int, _Run] = {}
        found = _Columns()
        spaced = 0.0
        char_unicode, char_object, char_box = raw.char_unicode, raw.char_object, raw.char_box
        for index in range(count):
            owner = char_object(page, index)
            code = char_unicode(page, index)
            if not owner or code in _SPACES:
                if owner:  # pdfium makes up spaces of its own where letters are set apart: without owner or width
                    char_box(page, index, address + step * index)
                    spaced += abs(boxes[index].right - boxes[index].left)
                continue
            text = _printed(code)
            run = runs.get(owner)
            if run is None:
                run = runs[owner] = self._run(page, index, owner, len(runs))
            if (run.unmapped or not text) and raw.char_unmapped(page, index):
                text = "\ufffd"  # its number in the font stands for the character
            if not text:
                continue
            self.unmapped += text == "\ufffd"
            char_box(page, index, address + step * index)
            found.text.append(text)
            found.place.append(index)
            found.run.append(run)
            found.spaced.append(spaced)
            spaced = 0.0
        return self._arrays(found, np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4) if count else np.empty((0, 4)))

    def _arrays(self, found: _Columns, boxes: Any) -> Glyphs:
        if not found.text:
            return _no_glyphs()
        left, top, right, bottom = boxes[found.place].astype(np.float64).T
        runs = found.run
        return Glyphs(
            found.text,
            self._shown(np.column_stack((left, np.minimum(top, bottom), right, np.maximum(top, bottom)))),
            np.array([run.size for run in runs]),
            np.array([run.turn for run in runs]),
            np.array([run.number for run in runs]),
            np.array(found.spaced),
            np.array([run.faint for run in runs]),
            np.array([run.hidden for run in runs]),
        )

    def _run(self, page: int, index: int, owner: int, number: int) -> _Run:
        matrix = pdfium.FS_MATRIX()
        raw.char_matrix(page, index, ctypes.addressof(matrix))
        size = raw.char_font_size(page, index) * math.hypot(matrix.c, matrix.d)
        half = 180 if size < 0 else 0  # letters of a negative size, on a matrix that turns them back
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) + half - 90 * self.quarters
        nearest = round(angle / 90)
        turn = nearest % 4 if abs(angle - 90 * nearest) <= _SLANT else -1
        hidden = raw.render_mode(owner) in _HIDDEN_MODES
        unmapped = bool(raw.char_unmapped(page, index))
        return _Run(number, abs(size) or 1.0, turn, _is_faint(owner), hidden, unmapped)


_SPACES = frozenset((0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, *range(0x2000, 0x200C), 0x202F, 0x205F, 0xFEFF, 0xAD, 0x2))


@lru_cache(maxsize=16384)
def _printed(code: int) -> str:
    """A character as it is meant: ligatures and radicals taken apart; U+FFFD when nobody can say what it is."""
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    if code == 0 or 0xD800 <= code <= 0xF8FF or code > 0x10FFFF or code >= 0xF0000:
        return "\ufffd"
    char = chr(code)
    if 0x2E80 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", char).translate(_RADICALS)
    return "" if unicodedata.category(char) in ("Cc", "Cf") else char


def _is_faint(owner: int) -> bool:
    """Whether a text object is printed in light grey or lets the paper shine through."""
    parts = (ctypes.c_uint * 4)()
    at = ctypes.addressof(parts)
    if not raw.fill_color(owner, at, at + 4, at + 8, at + 12):
        return False
    red, green, blue, alpha = parts
    if alpha < _THROUGH:
        return True
    lightness = (0.3 * red + 0.59 * green + 0.11 * blue) / 255
    return lightness >= _FAINT and max(red, green, blue) - min(red, green, blue) <= _COLOURLESS


def _upright(turns: Ints) -> int:
    """The clockwise quarter turns that set most of a page's text upright."""
    straight = turns[turns >= 0]
    if not len(straight):
        return 0
    counts = np.bincount(straight, minlength=4)
    return int(counts.argmax()) if counts.max() > 0.5 * len(straight) else 0


def _no_glyphs() -> Glyphs:
    none = np.empty(0)
    empty = none.astype(np.int64)
    flags = none.astype(np.bool_)
    return Glyphs([], np.empty((0, 4)), none, empty, empty, none, flags, flags)
