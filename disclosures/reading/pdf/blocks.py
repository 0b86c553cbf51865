"""What a page holds once its geometry is read: rows of tables and lines of prose, top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field

from disclosures.plain.sources import Box

from .glyph_lines import Piece
from .grids import Segment


@dataclass(slots=True)
class CellBlock:
    """The text of one cell. `box` is the cell's, or that of its text where nothing is ruled."""

    text: str
    box: Box
    left: float | None = None  # where its text begins
    filled: bool = False  # its last line reaches the right edge and the bottom: the text may go on overleaf
    size: float = 0.0
    lines: int = 0  # how many lines its text is printed in
    reached: bool = False  # a cell of a row above reaches down to here
    tall: bool = False  # it reaches down into further rows


@dataclass(slots=True)
class RowBlock:
    """A row of a table, one cell for each column."""

    cells: list[CellBlock]
    box: Box
    page: int = 0
    indent: int = 0


@dataclass(slots=True)
class RuledTable:
    """A table read from its ruling lines."""

    rows: list[RowBlock]
    box: Box
    xs: list[float]


@dataclass(slots=True)
class ProseLine:
    """A printed line outside of tables, in pieces where wide gaps part them.

    `column` says from where to where the lines reach where prose is set in columns; None where it has the whole width.
    """

    pieces: list[Piece]
    box: Box
    size: float
    column: tuple[float, float] | None = None

    @property
    def text(self) -> str:
        return "    ".join(piece.text for piece in self.pieces)

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


@dataclass(slots=True)
class TextColumns:
    """Prose in columns: its lines in reading order, one column after the other."""

    lines: list[ProseLine]
    box: Box


@dataclass(slots=True)
class LooseTable:
    """Lines whose pieces stand in columns though no upright lines part them; `rules` are level lines between."""

    lines: list[ProseLine]
    box: Box
    rules: list[Segment] = field(default_factory=list)


Block = RuledTable | LooseTable | TextColumns | ProseLine
