"""The pieces a disclosure falls into before any of them is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosures.plain.data import Note
from disclosures.profiles import TableDecl
from disclosures.reading.blocks import Line


@dataclass(slots=True)
class TableSegment:
    """One table: what its title and caption say, and the lines behind them."""

    source: str
    options: tuple[TableDecl, ...] = ()
    title: str | None = None  # as printed, without the year
    year: int | None = None
    caption: str | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class SectionSegment:
    """One section (or part one, part four) with the lines under its heading."""

    numeral: str
    heading: str
    source: str | None
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A disclosure cut into pieces, in printed order within each kind."""

    cover: list[Line] = field(default_factory=list)
    part_headings: dict[int, Line] = field(default_factory=dict)
    tables: list[TableSegment] = field(default_factory=list)
    sections: list[SectionSegment] = field(default_factory=list)
    forms: list[Line] = field(default_factory=list)
    attachments: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def shown_text(line: Line) -> str:
    """What a line says: of a grid row in which one text stands (alone or repeated), that text."""
    if line.cells is None:
        return line.text.strip()
    texts = {cell for cell in line.cells if cell}
    return texts.pop() if len(texts) == 1 else ""


def is_row(line: Line) -> bool:
    """A grid row with more than one text in it."""
    return line.cells is not None and len({cell for cell in line.cells if cell}) > 1


def first_source(lines: Sequence[Line]) -> str | None:
    return lines[0].source if lines else None
