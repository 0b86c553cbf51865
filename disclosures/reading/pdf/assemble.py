"""Blocks of page after page become the lines of the document.

Lives here: paragraphs joined over line ends and pages, rows that go on overleaf, tables over several pages,
indentation, headings. Holds one table and one paragraph at a time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from disclosures.plain.sources import Box, page_source

from ..blocks import Line
from .blocks import Block, CellBlock, LooseTable, ProseLine, RowBlock, RuledTable, TextColumns
from .columns import Band, loose_rows
from .glyph_lines import union_box
from .overleaf import Joiner, texts_of, without_head
from .page import Frame
from .regions import Carried
from .rowing import is_amount
from .ruled import joined_text

_HEADINGS = ((1.6, 1), (1.35, 2), (1.15, 3))  # of the size of prose: level of a heading
_LONGEST_HEADING = 60
_MISSING_AT_END = 2.3  # characters that a full line may lack, because no line begins with a comma
_INDENTED = 0.8  # of the font size: what begins further right begins a paragraph
_FARTHEST = 3.2  # of the font size: lines of one paragraph stand no further apart
_SENTENCE_END = re.compile("[。；;：:！？!?][”\"’')）》]*$")
_SAME_EDGE = 4.0  # points by which the columns of one table may differ from page to page
_MOST_INDENT = 8
_LEADER = re.compile(r"[.．·…]{4,}\s*\d*$")  # of an entry in the contents
_UNBROKEN = re.compile(r"[\w%.,:/()-]*", re.ASCII)  # no line ends within it
_DATE = re.compile(r"20\d{12}$")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of prose begin and end on pages of one width, and their font size.

    `apart` is the distance from which two lines are two paragraphs; 0 where distances do not tell.
    """

    left: float
    right: float
    size: float
    apart: float = 0.0


@dataclass(slots=True)
class _Paragraph:
    texts: list[str]
    page: int
    box: Box
    last: ProseLine
    indented: bool
    heading: int


@dataclass(slots=True)
class _Table:
    rows: list[RowBlock] = field(default_factory=list)
    frames: dict[int, Frame] = field(default_factory=dict)
    xs: list[float] | None = None  # edges of a ruled table
    bands: list[Band] = field(default_factory=list)
    head: list[tuple[str, ...]] = field(default_factory=list)  # texts of its first rows
    last_page: int = 0


class Assembler:
    """Takes the blocks of each page in turn and gives back the lines that are complete."""

    def __init__(self, margins: dict[int, Margins]) -> None:
        self.margins = margins
        self.paragraph: _Paragraph | None = None
        self.table: _Table | None = None
        self.frames: dict[int, Frame] = {}
        self.joiner = Joiner()

    def add(self, number: int, frame: Frame, blocks: Sequence[Block]) -> Iterator[Line]:
        """The lines completed by a page."""
        self.frames = {n: f for n, f in self.frames.items() if n >= number - 1} | {number: frame}
        first = True
        for block in blocks:
            if isinstance(block, ProseLine | TextColumns):
                yield from self._end_table()
                for line in block.lines if isinstance(block, TextColumns) else (block,):
                    yield from self._prose(number, frame, line)
            else:
                yield from self._end_paragraph()
                yield from self._tabular(number, frame, block, first=first)
            first = False

    def carried(self, number: int) -> Carried | None:
        """The unruled table that may go on at the top of a page."""
        table = self.table
        if table is None or not table.bands or table.last_page != number - 1:
            return None
        return Carried(table.bands, max((cell.size for cell in table.rows[-1].cells), default=0.0))

    def finish(self) -> Iterator[Line]:
        """The lines that were waiting for more."""
        yield from self._end_table()
        yield from self._end_paragraph()

    # ------------------------------------------------------------ prose

    def _prose(self, number: int, frame: Frame, line: ProseLine) -> Iterator[Line]:
        margins = _in_column(self.margins.get(round(frame.reading_size[0])), line)
        heading = _heading(line, margins)
        current = self.paragraph
        if current is not None and margins and not heading and self._continues(current, number, line, margins):
            current.texts.append(line.text)
            if number == current.page:
                current.box = union_box([current.box, line.box])
            current.last = line
            return
        yield from self._end_paragraph()
        indented = margins is None or line.box[0] > margins.left + _INDENTED * line.size
        self.paragraph = _Paragraph([line.text], number, line.box, line, indented, heading)

    def _continues(self, paragraph: _Paragraph, number: int, line: ProseLine, margins: Margins) -> bool:
        last = paragraph.last
        if paragraph.heading or abs(last.size - line.size) > 0.12 * line.size or number > paragraph.page + 1:
            return False
        if line.box[0] > margins.left + _INDENTED * line.size:
            return False
        if _LEADER.search(last.text):
            return False
        right = last.column[1] if last.column else margins.right
        if last.box[2] < right - _MISSING_AT_END * last.size - _first_word(line):
            return False
        below = line.middle - last.middle
        if below > 0 and below > _FARTHEST * line.size:
            return False
        if margins.apart and below > 0 and not paragraph.indented:
            return below < margins.apart
        return paragraph.indented or not _SENTENCE_END.search(last.text)

    def _end_paragraph(self) -> Iterator[Line]:
        paragraph, self.paragraph = self.paragraph, None
        if paragraph is not None:
            frame = self.frames.get(paragraph.page)
            source = _source(paragraph.page, frame, paragraph.box)
            yield Line(source, joined_text(paragraph.texts), None, paragraph.heading)

    # ------------------------------------------------------------ tables

    def _tabular(self, number: int, frame: Frame, block: RuledTable | LooseTable, *, first: bool) -> Iterator[Line]:
        goes_on = first and self.table is not None and self.table.last_page == number - 1
        bands: list[Band] = []
        xs: list[float] | None = None
        if isinstance(block, RuledTable):
            rows, xs = block.rows, block.xs
            goes_on = goes_on and self.table is not None and _same_edges(self.table.xs, xs)
        else:
            carried = self.table.bands if goes_on and self.table else []
            carried = carried if _fits(carried, block) else []
            rows, bands = loose_rows(block, carried, number)
            goes_on = bool(carried) and len(bands) == len(carried)
        if not goes_on or self.table is None:
            yield from self._end_table()
            self.table = _Table(xs=xs, bands=bands, head=[texts_of(row) for row in rows[:4]])
        else:
            rows = without_head(self.table.head, rows)
            rows = self.joiner.joined(self.table.rows, rows) if xs else rows
            self.table.bands = bands
        self.joiner.remember(rows)
        self.table.rows += rows
        self.table.frames[number] = frame
        self.table.last_page = number

    def _end_table(self) -> Iterator[Line]:
        table, self.table = self.table, None
        if table is None:
            return
        _indent(table.rows)
        for row in table.rows:
            yield _grid_line(row, table.frames[row.page])


def _in_column(margins: Margins | None, line: ProseLine) -> Margins | None:
    """The margins between which a line stands, those of its column where it has one."""
    if line.column is None:
        return margins
    return Margins(*line.column, margins.size if margins else line.size, margins.apart if margins else 0.0)


def _first_word(line: ProseLine) -> float:
    """The width of the number or Latin word with which a line begins: it did not fit on the line above."""
    piece = line.pieces[0]
    found = _UNBROKEN.match(piece.text)
    letters = min(found.end(), len(piece.ends)) if found else 0
    return piece.ends[letters - 1] - piece.x0 if letters else 0.0


def _grid_line(row: RowBlock, frame: Frame) -> Line:
    cells = tuple(cell.text for cell in row.cells)
    shown = ("\u3000" * row.indent + cells[0], *cells[1:]) if row.indent else cells
    sources = tuple(_source(row.page, frame, cell.box) for cell in row.cells)
    return Line(_source(row.page, frame, row.box), "\t".join(shown), cells, 0, sources)


def _source(number: int, frame: Frame | None, box: Box) -> str:
    """The place of a box of a page as read, in the file."""
    if frame is None:
        return page_source(number, box)
    return page_source(frame.shown_as or number, frame.to_page(box))


def _same_edges(before: list[float] | None, after: list[float]) -> bool:
    return (
        before is not None
        and len(before) == len(after)
        and all(abs(a - b) <= _SAME_EDGE for a, b in zip(before, after, strict=True))
    )


def _fits(carried: Sequence[Band], table: LooseTable) -> bool:
    """Whether a table can go on in the columns of the page before."""
    if not carried:
        return False
    return abs(carried[0][0] - table.box[0]) < 60 and table.box[2] < carried[-1][1] + 60


def _indent(rows: Sequence[RowBlock]) -> None:
    """Full-width spaces in front of the first cell, from where its text begins, compared over the whole table."""
    lefts = [(row, cell) for row in rows if (cell := row.cells[0]).text and _is_label(cell)]
    if len(lefts) < 2:
        return
    base = min(cell.left or 0.0 for _, cell in lefts)
    levels = [(row, round(((cell.left or 0.0) - base) / cell.size)) for row, cell in lefts]
    counts = Counter(level for _, level in levels)
    if counts[0] < 1:
        return
    for row, level in levels:
        if 0 < level <= _MOST_INDENT and (counts[level] > 1 or level <= 4):
            row.indent = level


def _is_label(cell: CellBlock) -> bool:
    return cell.left is not None and cell.size > 0 and not is_amount(cell.text)


def _heading(line: ProseLine, margins: Margins | None) -> int:
    if margins is None or len(line.text) > _LONGEST_HEADING or _DATE.match(line.text):
        return 0
    return next((level for times, level in _HEADINGS if line.size >= times * margins.size), 0)
