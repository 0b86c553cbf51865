"""Which columns the numbers of a row stand in, where their printed places do not settle it.

The identities of a table choose between possible columns; they never change a number, and a row
whose places are sound is left alone even when its sums fail: then the document is wrong, not the
reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from disclosures.plain.data import Surety

HALF_CENT = Decimal("0.005")
_MOST_CHOICES = 200
Place = tuple[int, ...]  # for each number of a row, in printed order, the index of its column


@dataclass(slots=True)
class NumberRow:
    """The numbers of one row (one side of it) on their way into columns."""

    values: tuple[str | None, ...]  # None: something unreadable stands there
    place: Place | None  # by printed position; None when that does not lead to columns
    damaged: bool  # printed positions prove little
    surety: Surety = Surety.SURE
    alternatives: int = 0  # how many other places were as good
    amounts: tuple[Decimal, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.amounts = tuple(Decimal(value) if value else Decimal(0) for value in self.values)

    def amount(self, column: int) -> Decimal:
        if self.place is None or column not in self.place:
            return Decimal(0)
        return self.amounts[self.place.index(column)]


@dataclass(frozen=True, slots=True)
class RowEquation:
    """Per row: column `total` is the sum of columns `parts`."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Per column: row `total` is the sum of rows `parts` (indices of rows)."""

    total: int
    parts: tuple[int, ...]


def settle(rows: Sequence[NumberRow], width: int, equations: Sequence[RowEquation], sums: Sequence[Sum]) -> None:
    """Find the columns of every row's numbers; rows whose printed places hold are left as they are."""
    concerned: dict[int, list[Sum]] = {}
    for equation in sums:
        for index in (equation.total, *equation.parts):
            concerned.setdefault(index, []).append(equation)
    doubtful = [index for index, row in enumerate(rows) if row.damaged or row.place is None or _fails(row, equations)]
    # Rows without a place have to be given one before the sums they take part in can speak.
    for index in sorted(doubtful, key=lambda index: rows[index].place is not None):
        _settle_row(rows, index, width, equations, concerned.get(index, []))


def _fails(row: NumberRow, equations: Sequence[RowEquation]) -> int:
    """How many equations of its own a row violates beyond rounding."""
    failed = 0
    for equation in equations:
        parts = [amount for part in equation.parts if (amount := row.amount(part))]
        total = row.amount(equation.total)
        failed += abs(total - sum(parts)) > HALF_CENT * (len(parts) + 1)
    return failed


def _settle_row(
    rows: Sequence[NumberRow], index: int, width: int, equations: Sequence[RowEquation], sums: Sequence[Sum]
) -> None:
    row = rows[index]
    count = len(row.values)
    if count > width or count == 0 or (any(value is None for value in row.values) and row.place is not None):
        return
    printed = row.place
    scored = []
    for place in _places(width, count):
        row.place = place
        failures = (_fails(row, equations), _failing_sums(rows, index, sums))
        scored.append((sum(failures), _distance(place, printed), place, failures))
    row.place = printed
    scored.sort(key=lambda choice: choice[:3])
    best = scored[0]
    if printed is None:
        rivals = [choice for choice in scored[1:] if choice[0] == best[0]]
        row.place, row.alternatives = best[2], len(rivals)
        row.surety = Surety.DOUBTFUL if rivals or best[3][0] else Surety.INFERRED
        return
    current = next(choice for choice in scored if choice[2] == printed)
    if best[2] == printed or best[0] >= current[0] or best[3][0]:
        return
    rivals = [choice for choice in scored[1:] if choice[0] == best[0] and choice[2] != printed]
    # In a sound row only its own equation and the sums of its column together may speak against the print.
    if not row.damaged and (rivals or best[0] or not all(current[3])):
        return
    row.place, row.alternatives = best[2], len(rivals)
    row.surety = Surety.DOUBTFUL if rivals else Surety.INFERRED


@lru_cache(maxsize=256)
def _places(width: int, count: int) -> tuple[Place, ...]:
    return tuple(combinations(range(width), count))[:_MOST_CHOICES]


def _distance(place: Place, printed: Place | None) -> int:
    if printed is None:
        return sum(place)
    return sum(abs(a - b) for a, b in zip(place, printed, strict=True))


def _failing_sums(rows: Sequence[NumberRow], index: int, sums: Sequence[Sum]) -> int:
    columns = {column for place in (rows[index].place,) if place for column in place}
    columns |= {column for equation in sums for column in rows[equation.total].place or ()}
    failed = 0
    for equation in sums:
        for column in columns:
            total = rows[equation.total].amount(column)
            parts = [amount for part in equation.parts if (amount := rows[part].amount(column))]
            failed += abs(total - sum(parts)) > HALF_CENT * (len(parts) + 1)
    return failed
