"""Cells of a printed grid: what they say, how they are set, and which of them are merged."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum, auto

# What XML cannot carry; shown as the replacement character.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# Beyond fifteen digits a spreadsheet's floats lose some.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,3})?", re.ASCII)


_CELL_MARGINS = 0.7


class Role(StrEnum):
    """What a cell is, which decides how it is set."""

    HEAD = "head"
    NUMBER = "number"  # of a column
    LABEL = "label"
    CODE = "code"
    AMOUNT = "amount"
    TEXT = "text"  # prose in a form
    WORD = "word"  # a short text in a form, centred


class Covered(Enum):
    """A place in a grid that a merged cell covers."""

    LEFT = auto()  # the cell to the left goes on
    UP = auto()  # the cell above goes on


LEFT, UP = Covered.LEFT, Covered.UP


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `indent` counts levels, `strong` marks totals."""

    text: str
    role: Role = Role.LABEL
    indent: int = 0
    strong: bool = False


Place = Cell | Covered
Places = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid of cells: every row as wide as `widths` (shares of the whole width)."""

    rows: tuple[Places, ...]
    widths: tuple[float, ...]
    head_rows: int = 0  # repeated on every page


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell with its place (from 0) and how many rows and columns it covers."""

    row: int
    column: int
    cell: Cell
    rows: int
    columns: int


def merged(grid: Grid) -> Iterator[Merged]:
    """The cells of a grid in reading order with what they cover."""
    for row, places in enumerate(grid.rows):
        for column, place in enumerate(places):
            if isinstance(place, Cell):
                columns = 1 + _run(places[column + 1 :], LEFT)
                rows = 1 + _run([below[column] for below in grid.rows[row + 1 :]], UP)
                yield Merged(row, column, place, rows, columns)


def _run(places: Sequence[Place], mark: Covered) -> int:
    """How many places from the first on bear the mark."""
    return next((n for n, place in enumerate(places) if place is not mark), len(places))


def width(text: str) -> float:
    """The width of a text in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def line_counts(grid: Grid, characters: float) -> list[int]:
    """How many lines each row takes where the whole grid is so many full-width characters wide."""
    share = characters / sum(grid.widths)
    counts = [1] * len(grid.rows)
    for item in merged(grid):
        room = max(1.0, sum(grid.widths[item.column : item.column + item.columns]) * share - _CELL_MARGINS)
        lines = sum(max(1, math.ceil((width(line) + item.cell.indent) / room)) for line in item.cell.text.split("\n"))
        if item.rows == 1:
            counts[item.row] = max(counts[item.row], lines)
    return counts


def printable(text: str | None) -> str:
    """A text as XML can carry it."""
    return _ILLEGAL.sub("\ufffd", text or "")


def number_in(text: str) -> Decimal | None:
    """The number to write for a printed amount; None where only its text says it all ("007", "-0.00")."""
    if _NUMBER.fullmatch(text) is None or (text[0] == "-" and not text.strip("-0.")):
        return None
    return Decimal(text)


def with_thousands(text: str | None) -> str:
    """A printed amount with thousands separators, its digits as they are."""
    number = number_in(text) if text else None
    return f"{number:,}" if number is not None else text or ""
