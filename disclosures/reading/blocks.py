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

    source: str  # place in the file, "line 361"
    text: str
    cells: tuple[str, ...] | None = None
    heading: int = 0


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file read into lines. Blank lines are kept out of `lines` but count in the line numbers."""

    name: str
    sha256: str
    layout: Layout
    lines: tuple[Line, ...]
    encoding: str | None = None


class UnreadableFileError(Exception):
    """The file cannot be read at all; the message is plain Chinese and says what to do next."""
