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
_ROUNDS = 3
Place = tuple[int, ...]  # for each number of a row, in printed order, the index of its column


@dataclass(slots=True)
class NumberRow:
    """The numbers of one row (one side of it) on their way into columns."""

    values: tuple[str | None, ...]  # None: something unreadable stands there
    place: Place | None  # by printed position; None when that does not lead to columns
    damaged: bool  # printed positions prove little
    surety: Surety = Surety.SURE
    printed: Place | None = field(init=False)
    amounts: tuple[Decimal, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.printed = self.place
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
class _Choice:
    """One way to place a row's numbers: equations it fails, and how far it is from the print."""

    failures: int
    distance: int
    place: Place
    own: int
    others: int


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
    suspects = [index for index, row in enumerate(rows) if row.damaged or row.place is None or failures(row, equations)]
    # Rows without a place have to be given one before the sums they take part in can speak; each
    # round of settled rows makes the sums of the others speak more clearly.
    for _ in range(_ROUNDS):
        before = [rows[index].place for index in suspects]
        for index in sorted(suspects, key=lambda index: rows[index].place is not None):
            _settle_row(rows, index, width, equations, concerned.get(index, []))
        if [rows[index].place for index in suspects] == before:
            break


def failures(row: NumberRow, equations: Sequence[RowEquation]) -> int:
    """How many of its own equations a row violates beyond rounding."""
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
    if count > width or count == 0 or None in row.values:
        return
    current, printed = row.place, row.printed
    choices = []
    for place in _places(width, count):
        row.place = place
        own, others = failures(row, equations), _failing_sums(rows, width, sums)
        choices.append(_Choice(own + others, _distance(place, printed), place, own, others))
    row.place = current
    best = min(choices, key=lambda choice: (choice.failures, choice.distance))
    rivals = [choice for choice in choices if choice.failures == best.failures and choice.place != best.place]
    if printed is None or row.damaged:
        row.place = best.place
        row.surety = Surety.DOUBTFUL if rivals or best.own else Surety.INFERRED
        if best.place == printed and not (rivals or best.others):
            row.surety = Surety.SURE
        return
    # In a sound row only its own equation and the sums of its columns together may speak against the print.
    as_printed = next(choice for choice in choices if choice.place == printed)
    if not rivals and not best.own and as_printed.own and best.others <= as_printed.others:
        row.place, row.surety = best.place, Surety.INFERRED


@lru_cache(maxsize=256)
def _places(width: int, count: int) -> tuple[Place, ...]:
    return tuple(combinations(range(width), count))[:_MOST_CHOICES]


def _distance(place: Place, printed: Place | None) -> int:
    if printed is None:
        return sum(place)
    return sum(abs(a - b) for a, b in zip(place, printed, strict=True))


def _failing_sums(rows: Sequence[NumberRow], width: int, sums: Sequence[Sum]) -> int:
    failed = 0
    for equation in sums:
        for column in range(width):
            total = rows[equation.total].amount(column)
            parts = [amount for part in equation.parts if (amount := rows[part].amount(column))]
            failed += abs(total - sum(parts)) > HALF_CENT * (len(parts) + 1)
    return failed
