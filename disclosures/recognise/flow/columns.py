"""The columns that the amounts of a row may stand in, each possibility with what speaks against it.

Evidence about one row only: its spaces, and whether its total is the sum of its parts. Whole tables are
weighed in `sums`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosures.profiles import SideDecl

from .pieces import Run
from .spacing import Columns, Spacing, spacing_costs

_SCALE = 6  # decimal places kept in whole numbers
_NO_TOTAL = 8.0  # parts without their total
_NO_PARTS = 6.0  # a total without a part
_WRONG_SUM = 5.0  # what is printed does not add up: a slip of the document, or the wrong columns
_HOPELESS = 7.0  # evidence that nothing outweighs


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount as a whole number of millionths, with the half width of its rounding interval."""

    value: int
    half: int


NIL = Amount(0, 0)
Cells = tuple[Amount | None, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to put the amounts of a row into columns; `cells` are None where it leaves a blank."""

    columns: Columns
    cells: Cells
    spacing: float
    identity: float
    below: float = 0.0  # what the rows under this one say against it
    rarity: float = 0.0  # a small cost for columns that the table seldom uses; settles what nothing else does

    @property
    def evidence(self) -> float:
        """What speaks against it."""
        return self.spacing + self.identity + self.below

    @property
    def cost(self) -> float:
        return self.evidence + self.rarity


def amount(text: str | None) -> Amount:
    """The printed amount; a blank is exactly nil."""
    if text is None:
        return NIL
    digits = len(text.partition(".")[2])
    half = 5 * 10 ** (_SCALE - 1 - digits) if digits < _SCALE else 0
    return Amount(int(Decimal(text).scaleb(_SCALE)), half)


@dataclass(frozen=True, slots=True)
class RowSums:
    """The column sums of a side by position: (total, its parts), and how many columns there are."""

    width: int
    sums: tuple[tuple[int, tuple[int, ...]], ...]

    @classmethod
    def of(cls, side: SideDecl) -> RowSums:
        keys = side.column_keys
        return cls(
            len(keys),
            tuple((keys.index(total), tuple(keys.index(part) for part in parts)) for total, parts in side.column_sums),
        )

    def cost(self, cells: Sequence[Amount | None]) -> float:
        """What speaks against amounts standing in these columns, going by the sums of the row."""
        cost = 0.0
        for total, parts in self.sums:
            whole = cells[total]
            present = [cell for part in parts if (cell := cells[part]) is not None]
            if whole is None:
                cost += _NO_TOTAL if present else 0.0
            elif not present:
                cost += 0.0 if whole.value == 0 else _NO_PARTS
            elif abs(whole.value - sum(cell.value for cell in present)) > whole.half + sum(
                cell.half for cell in present
            ):
                cost += _WRONG_SUM
        return cost


def row_options(run: Run, sums: RowSums, spacing: Spacing, *, label_blank: bool) -> list[Option]:
    """Every way to put a run into columns, the likeliest first, without the hopeless ones.

    Empty when the run has more amounts than there are columns.
    """
    amounts = [amount(value) if value is not None else None for value in run.values]
    blank: Cells = (None,) * sums.width
    options = []
    for columns, cost in spacing_costs(run.shape, sums.width, spacing, label_blank=label_blank):
        cells = list(blank)
        for column, cell in zip(columns, amounts, strict=True):
            cells[column] = cell
        options.append(Option(columns, tuple(cells), cost, sums.cost(cells)))
    options.sort(key=lambda option: option.cost)
    hopeless = options[0].cost + _HOPELESS if options else 0.0
    return [option for n, option in enumerate(options) if n < 2 or option.cost <= hopeless]
