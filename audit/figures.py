"""A printed number with its place: what constraints are made of.

`middle` and `half` are the printed value and half its last printed place, in 万元; sums of many cells
add these two instead of building intervals, which is what makes a whole disclosure check in milliseconds.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from disclosures.plain.data import Surety

from .intervals import PERCENT, UNITS, ZERO, Interval, half_width

if TYPE_CHECKING:
    from disclosures.plain.data import Row
    from disclosures.profiles import ColumnDecl


class Printed(Protocol):
    """What a figure asks of the row it stands in; `row` is None for a line that is not printed."""

    row: Row | None

    @property
    def place(self) -> str:
        """The row in the contract's grammar."""

    @property
    def in_empty_table(self) -> bool:
        """Whether its whole table holds no amount."""

    def words_of(self, column: ColumnDecl | None = None) -> str:
        """The row, or one of its cells, in words."""


ONE = Decimal(1)


@lru_cache(maxsize=1 << 16)
def measure(text: str) -> tuple[Decimal, Decimal]:
    """The value of a printed decimal and half its last printed place."""
    return Decimal(text), half_width(text)


class Figure:
    """One printed number (or the blank, or the line that is not there, where one should be).

    Compared by identity: the same number printed twice is two figures.
    """

    __slots__ = ("_place", "_source", "_words", "column", "half", "is_count", "middle", "row", "scale", "text")

    def __init__(
        self,
        text: str | None,
        middle: Decimal,
        half: Decimal,
        *,
        row: Printed | None = None,
        column: ColumnDecl | None = None,
        place: str = "",
        words: str = "",
        source: str | None = None,
        scale: Decimal = ONE,
        is_count: bool = False,
    ) -> None:
        self.text = text
        self.middle = middle
        self.half = half
        self.row = row
        self.column = column
        self.scale = scale  # what one printed unit is: 0.0001 for 元, 0.01 for %
        self.is_count = is_count  # of projects or vehicles: exact, and no amount
        self._place = place
        self._words = words
        self._source = source

    @classmethod
    def written(
        cls, text: str, *, place: str, words: str, source: str | None = None, unit: str = "万元", exact: bool = False
    ) -> Figure:
        """A number written outside the tables (a sentence, a target form).

        `unit` is the one printed with it: 元, 万元, 亿元, or % for a ratio; `exact` where nothing was rounded.
        """
        middle, half = measure(text)
        scale = PERCENT if unit == "%" else UNITS[unit]
        width = ZERO if exact else half * scale
        return cls(text, middle * scale, width, place=place, words=words, source=source, scale=scale)

    @classmethod
    def counted(cls, text: str, *, place: str, words: str, source: str | None = None) -> Figure:
        """A number of things."""
        return cls(text, Decimal(text), ZERO, place=place, words=words, source=source, is_count=True)

    @property
    def step(self) -> Decimal:
        """One unit of the last printed place, unscaled; a blank would be printed to the cent."""
        if not self.text:
            return Decimal("0.01")
        return Decimal((0, (1,), int(half_width(self.text).as_tuple().exponent) + 1))

    @property
    def interval(self) -> Interval:
        return Interval(self.middle - self.half, self.middle + self.half)

    @property
    def is_blank(self) -> bool:
        return self.text is None

    @property
    def is_absent(self) -> bool:
        """Whether not even its line is printed."""
        return self.row is not None and self.row.row is None

    @property
    def is_doubtful(self) -> bool:
        """Whether the reader was not sure of this number or its column."""
        row = self.row
        if row is None or row.row is None or self.column is None:
            return False
        return row.row.cell(self.column.key).surety is not Surety.SURE

    @property
    def place(self) -> str:
        """Where it stands, in the contract's grammar."""
        if self.row is not None and self.column is not None:
            return f"{self.row.place}/{self.column.key}"
        return self._place

    @property
    def source(self) -> str | None:
        """Where it stands in the source file."""
        if self.row is not None and self.row.row is not None and self.column is not None:
            return self.row.row.place_of(self.column.key)
        return self._source

    @property
    def words(self) -> str:
        """Its place in the words printed there."""
        if self.row is not None and self.column is not None:
            return self.row.words_of(self.column)
        return self._words

    def __repr__(self) -> str:
        return f"<Figure {self.place} {self.text}>"
