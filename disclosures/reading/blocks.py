"""What every reader returns: lines in reading order, those of a grid with their cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """How the columns of tables are told apart in this source."""

    GRID = "grid"  # rows carry cells: tab-separated, Markdown or HTML tables, Word, Excel, ruled PDF
    FLOW = "flow"  # a PDF text layer dumped line by line: cells are separated by runs of spaces only


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source in reading order.

    `text` is the whole line as printed (tabs of a grid row included, line end not). `cells` is None for
    prose and for every line of a FLOW document; for a grid row it is the tuple of cell texts, white
    space at the ends removed, markup removed.
    `heading` is the Markdown level (0 when the line is not marked as a heading).
    """

    source: str  # place in the file, in the grammar of `disclosures.plain.sources`
    text: str
    cells: tuple[str, ...] | None = None
    heading: int = 0
    cell_sources: tuple[str, ...] = ()  # place of each cell, where the reader knows them; as long as `cells`
    doubtful: frozenset[int] = frozenset()  # numbers (from 0) of cells that the reader is not sure to have read right

    def place_of(self, cell: int) -> str:
        """The place of a cell (from 0), that of the line where the reader does not know it."""
        return self.cell_sources[cell] if cell < len(self.cell_sources) else self.source


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file read into lines. Blank lines are kept out of `lines` but count in the line numbers."""

    name: str
    sha256: str
    layout: Layout
    lines: tuple[Line, ...]
    encoding: str | None = None
    watermarks: tuple[tuple[str, str, int], ...] = ()  # words across the pages: text, place of the first, how many
    remarks: tuple[tuple[str, str], ...] = ()  # what could not be read, in plain Chinese, and its place


class UnreadableFileError(Exception):
    """The file cannot be read at all; the message is plain Chinese and says what to do next."""
