"""Sheets of paper for synthetic PDF files: text, tables with merged cells, headers, watermarks.

Made with fpdf2, which only the development requirements install; the package imports this module nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from fpdf import FPDF

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_SIMPLIFIED = 2  # number of the font for simplified Chinese in the collection
_LEADING = 1.3
_PADDING = 2.5
_INDENT = 2  # characters of a paragraph's first line

Rules = Literal["all", "rows", "heads", "none"]


@dataclass(frozen=True, slots=True)
class PdfStyle:
    """How a PDF is printed."""

    rules: Rules = "all"  # every side of every cell, lines between rows only, around header and table only, none
    thin_boxes: bool = False  # ruling lines as thin filled rectangles
    open_sides: bool = False  # no line at the left and right end of a table
    landscape: bool = False
    rotated: bool = False  # landscape pages as portrait ones with /Rotate 90
    sideways: bool = False  # the text itself printed from bottom to top on portrait pages
    header: str = ""
    page_numbers: bool = True
    watermark: str = ""  # slanting across every page
    grey_mark: str = ""  # upright, large and grey on every page
    fake_bold: bool = False  # titles and headers printed twice, a hair apart
    repeat_header: bool = True  # tables over several pages repeat their header
    split_rows: bool = True  # a row too high for the rest of its page goes on overleaf
    padding: float = _PADDING
    size: float = 9.0
    prose_size: float = 12.0
    thousands: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table at a column, over some columns and rows."""

    column: int
    text: str
    columns: int = 1
    rows: int = 1
    align: Literal["left", "center", "right"] = "left"
    indent: int = 0  # characters


Row = tuple[Cell, ...]


@dataclass(slots=True)
class _Hanging:
    """A cell that reaches down over rows still to come."""

    cell: Cell
    left: int


@dataclass(slots=True)
class Sheet:
    """A document being printed from top to bottom."""

    style: PdfStyle
    pdf: FPDF = field(init=False)
    y: float = 0.0
    _open: list[tuple[float, float, float]] = field(default_factory=list)  # cells that reach below the last row

    def __post_init__(self) -> None:
        self.pdf = FPDF(orientation="landscape" if self._wide else "portrait", unit="pt", format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.add_font("cjk", "", FONT, collection_font_number=_SIMPLIFIED)
        self.pdf.set_font("cjk", size=self.style.size)
        self.pdf.set_line_width(0.5)
        self.new_page()

    @property
    def _wide(self) -> bool:
        return self.style.landscape and not self.style.rotated and not self.style.sideways

    @property
    def width(self) -> float:
        return 842.0 if self.style.landscape else 595.0

    @property
    def height(self) -> float:
        return 595.0 if self.style.landscape else 842.0

    margin = 56.0

    @property
    def bottom(self) -> float:
        return self.height - self.margin - 10

    def new_page(self) -> None:
        """A fresh page with what stands on every page."""
        style, pdf = self.style, self.pdf
        for left, right, bottom in self._open:
            self.line(left, bottom, right, bottom)
        self._open = []
        pdf.add_page()
        self.y = self.margin
        if style.header:
            self._text(style.header, (self.width - self.measure(style.header, 8)) / 2, 32, 8)
        if style.page_numbers:
            number = f"- {pdf.page} -"
            self._text(number, (self.width - self.measure(number, 8)) / 2, self.height - 30, 8)
        if style.watermark:
            pdf.set_text_color(200)
            with pdf.rotation(35, self.width / 2, self.height / 2):
                self._text(style.watermark, self.width / 2 - self.measure(style.watermark, 48) / 2, self.height / 2, 48)
            pdf.set_text_color(0)
        if style.grey_mark:
            pdf.set_text_color(190)
            self._text(style.grey_mark, self.width / 2 - self.measure(style.grey_mark, 40) / 2, self.height / 3, 40)
            pdf.set_text_color(0)

    # ------------------------------------------------------------ text

    def measure(self, text: str, size: float) -> float:
        """Width in points."""
        return sum(_advance(self.pdf, char) for char in text) * size

    def _text(self, text: str, x: float, baseline: float, size: float) -> None:
        pdf = self.pdf
        pdf.set_font_size(size)
        if not (self.style.landscape and (self.style.rotated or self.style.sideways)):
            pdf.text(x, baseline, text)
            return
        # A portrait page whose content is printed from bottom to top.
        with pdf.rotation(90, baseline, 842 - x):
            pdf.text(baseline, 842 - x, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A straight ruling line."""
        if self.style.landscape and (self.style.rotated or self.style.sideways):
            x0, y0, x1, y1 = y0, 842 - x0, y1, 842 - x1
        if self.style.thin_boxes:
            left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
            self.pdf.rect(left - 0.25, top - 0.25, right - left + 0.5, bottom - top + 0.5, style="F")
        else:
            self.pdf.line(x0, y0, x1, y1)

    def wrapped(self, text: str, width: float, size: float, indent: float = 0) -> list[str]:
        """Lines of a text in a column; no line begins with a closing mark, the character before it comes along."""
        lines: list[str] = []
        line, used = "", indent
        for char in text:
            advance = _advance(self.pdf, char) * size
            if used + advance > width and line:
                carried = line[-1] if char in "，。；：！？）》”%" and len(line) > 1 else ""
                lines.append(line.removesuffix(carried))
                line, used = carried, self.measure(carried, size)
            line += char
            used += advance
        return [*lines, line] if line or not lines else lines

    def title(self, text: str, size: float = 16, *, center: bool = True) -> None:
        """A title or heading on a line of its own."""
        self._room(size * 2)
        x = (self.width - self.measure(text, size)) / 2 if center else self.margin
        for shift in (0.0, 0.3) if self.style.fake_bold else (0.0,):
            self._text(text, x + shift, self.y + size, size)
        self.y += size * 1.8

    def paragraph(self, text: str) -> None:
        """A paragraph, its first line indented."""
        size = self.style.prose_size
        indent = _INDENT * size
        for position, line in enumerate(self.wrapped(text, self.width - 2 * self.margin, size, indent)):
            self._room(size * 1.6)
            self._text(line, self.margin + (indent if position == 0 else 0), self.y + size, size)
            self.y += size * 1.6

    def sides(self, left: str, right: str) -> None:
        """Two short texts at both ends of a line."""
        size = self.style.size
        self._room(size * 2)
        self._text(left, self.margin, self.y + size, size)
        self._text(right, self.width - self.margin - self.measure(right, size), self.y + size, size)
        self.y += size * 1.8

    def spread(self, texts: Sequence[str]) -> None:
        """Short texts along a line."""
        size = self.style.size
        self._room(size * 2)
        step = (self.width - 2 * self.margin) / len(texts)
        for position, text in enumerate(texts):
            self._text(text, self.margin + position * step, self.y + size, size)
        self.y += size * 2.2

    def space(self, points: float) -> None:
        self.y += points

    def _room(self, points: float) -> None:
        if self.y + points > self.bottom:
            self.new_page()

    # ------------------------------------------------------------ tables

    def table(self, rows: Sequence[Row], shares: Sequence[float], header: int = 0) -> None:
        """Print rows of cells; `shares` are the columns' parts of the width, `header` counts the rows on top."""
        total = sum(shares)
        edges = [self.margin]
        for share in shares:
            edges.append(edges[-1] + share * (self.width - 2 * self.margin) / total)
        hanging: list[_Hanging] = []
        heights = self._heights(rows, edges)
        for position, row in enumerate(rows):
            if position < header:
                self._room(sum(heights[position:header]) if position == 0 else 0)
            elif self._breaks(max(heights[position], self._reaching(row, edges))):
                self._level(edges)
                self.new_page()
                self._level(edges)
                if self.style.repeat_header and header:
                    self._header(rows[:header], edges, heights)
                    self._level(edges)
            if position == 0 or position == header:
                self._level(edges)
            self._row(row, edges, heights[position], hanging, begins_table=position == 0)
            hanging = [_Hanging(h.cell, h.left - 1) for h in hanging if h.left > 1]
            hanging += [_Hanging(cell, cell.rows - 1) for cell in row if cell.rows > 1]
        self._level(edges)
        self._open = []
        self.y += 4

    def _level(self, edges: Sequence[float]) -> None:
        """One of the three lines of a table that has no others."""
        if self.style.rules == "heads":
            self.line(edges[0], self.y, edges[-1], self.y)

    def _reaching(self, row: Row, edges: Sequence[float]) -> float:
        """The height that the text of a cell over several rows takes."""
        tall = [len(self._lines_of(cell, edges)) for cell in row if cell.rows > 1]
        return min(max(tall, default=0) * self.style.size * _LEADING + 2 * self.style.padding, 79.0)

    def _breaks(self, height: float) -> bool:
        left = self.bottom - self.y
        if height <= left:
            return False
        return not self.style.split_rows or left < 4 * self.style.size * _LEADING or height < 80

    def _header(self, rows: Sequence[Row], edges: Sequence[float], heights: Sequence[float]) -> None:
        hanging: list[_Hanging] = []
        for position, row in enumerate(rows):
            self._row(row, edges, heights[position], hanging)
            hanging = [_Hanging(h.cell, h.left - 1) for h in hanging if h.left > 1]
            hanging += [_Hanging(cell, cell.rows - 1) for cell in row if cell.rows > 1]

    def _lines_of(self, cell: Cell, edges: Sequence[float]) -> list[str]:
        width = edges[cell.column + cell.columns] - edges[cell.column] - 2 * self.style.padding
        return self.wrapped(cell.text, width, self.style.size, cell.indent * self.style.size)

    def _heights(self, rows: Sequence[Row], edges: Sequence[float]) -> list[float]:
        pitch, padding = self.style.size * _LEADING, 2 * self.style.padding
        heights = [
            max((len(self._lines_of(c, edges)) for c in row if c.rows == 1), default=1) * pitch + padding
            for row in rows
        ]
        for position, row in enumerate(rows):
            for cell in row:
                if cell.rows > 1:
                    span = range(position, min(position + cell.rows, len(rows)))
                    wanted = len(self._lines_of(cell, edges)) * pitch + padding
                    heights[span[-1]] += max(0.0, wanted - sum(heights[n] for n in span))
        return heights

    def _row(
        self,
        row: Row,
        edges: Sequence[float],
        height: float,
        hanging: Sequence[_Hanging],
        *,
        begins_table: bool = False,
    ) -> None:
        """One row, in as many pieces as pages it needs."""
        lines = {cell.column: self._lines_of(cell, edges) for cell in row}
        pitch, padding = self.style.size * _LEADING, self.style.padding
        first = True
        while True:
            room = self.bottom - self.y
            piece = height
            if height > room and self.style.split_rows and height >= 80:
                piece = max(1, int((room - 2 * padding) / pitch)) * pitch + 2 * padding
            count = int((piece - 2 * padding) / pitch + 0.01)
            for cell in row:
                whole = piece >= height and first
                shown, rest = (
                    (lines[cell.column], [])
                    if whole
                    else (
                        lines[cell.column][:count],
                        lines[cell.column][count:],
                    )
                )
                self._cell(cell, shown, edges, piece, height if cell.rows == 1 else 0.0, top=not whole)
                lines[cell.column] = rest
            self._borders(row, edges, piece, hanging, begins_table=begins_table)
            self.y += piece
            if not any(lines.values()):
                return
            height -= count * pitch
            height = max(height, max(map(len, lines.values())) * pitch + 2 * padding)
            first = False
            self.new_page()

    def _cell(
        self, cell: Cell, lines: Sequence[str], edges: Sequence[float], piece: float, height: float, *, top: bool
    ) -> None:
        style = self.style
        pitch = style.size * _LEADING
        left, right = edges[cell.column] + style.padding, edges[cell.column + cell.columns] - style.padding
        free = 0.0 if top or cell.rows > 1 else max(0.0, (piece - 2 * style.padding - len(lines) * pitch) / 2)
        y = self.y + style.padding + free
        for position, line in enumerate(lines):
            width = self.measure(line, style.size)
            x = left + (cell.indent * style.size if position == 0 and not (top and height) else 0)
            if cell.align == "right":
                x = right - width
            elif cell.align == "center":
                x = (left + right - width) / 2
            if line:
                self._text(line, x, y + style.size * 0.95, style.size)
            y += pitch

    def _borders(
        self, row: Row, edges: Sequence[float], piece: float, hanging: Sequence[_Hanging], *, begins_table: bool
    ) -> None:
        """The lines around the cells of a row; a cell that reaches down is open at its border to the next row."""
        if self.style.rules in ("heads", "none"):
            return
        self._open = []
        top, bottom = self.y, self.y + piece
        if self.style.rules == "rows":
            if begins_table or self.y <= self.margin + 1:
                self.line(edges[0], top, edges[-1], top)
            reaching = [(c, c.rows - 1) for c in row] + [(h.cell, h.left - 1) for h in hanging]
            for cell, below in reaching:
                if below <= 0:
                    self.line(edges[cell.column], bottom, edges[cell.column + cell.columns], bottom)
            return
        cells = [(c, c.rows - 1, True) for c in row] + [(h.cell, h.left - 1, False) for h in hanging]
        at_top = self.y <= self.margin + 1
        for cell, below, begins in cells:
            left, right = edges[cell.column], edges[cell.column + cell.columns]
            if begins or at_top:
                self.line(left, top, right, top)
            if below <= 0:
                self.line(left, bottom, right, bottom)
            else:
                self._open.append((left, right, bottom))
            for x in (left, right):
                if not (self.style.open_sides and x in (edges[0], edges[-1])):
                    self.line(x, top, x, bottom)

    def output(self) -> bytes:
        """The finished file."""
        return bytes(self.pdf.output())


_MEASURES: dict[str, float] = {}


def _advance(pdf: FPDF, char: str) -> float:
    """Width of a character in a font of size 1."""
    known = _MEASURES.get(char)
    if known is None:
        size = pdf.font_size_pt
        pdf.set_font_size(100)
        known = _MEASURES[char] = pdf.get_string_width(char) / 100
        pdf.set_font_size(size)
    return known


def flat(texts: Iterable[str]) -> Row:
    """A row of plain cells."""
    return tuple(Cell(column, text) for column, text in enumerate(texts))
