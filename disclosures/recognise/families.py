"""Numbers that slid into a neighbouring column in rows that look sound, found by the sums they spoil.

A misprinted number spoils one column by an arbitrary amount. A number that slid spoils two columns
by exactly itself, with opposite signs; only that is taken as proof, and only the column is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice

from disclosures.plain.data import Surety

from .placement import HALF_CENT, NumberRow, Place, RowEquation, Sum, failures

_MOST_TOGETHER = 3
_MOST_TRIALS = 2_000


@dataclass(frozen=True, slots=True)
class _Slide:
    """One number of a row that would stand in another column."""

    row: int
    place: Place
    amount: Decimal


def settle_slides(rows: Sequence[NumberRow], width: int, equations: Sequence[RowEquation], sums: Sequence[Sum]) -> None:
    """Move slid numbers back, from the top of the hierarchy down, so that every total is settled before its parts."""
    above = {part: equation for equation in sums for part in equation.parts}
    for equation in _top_down(sums, above):
        gaps = {column: gap for column in range(width) if (gap := _gap(rows, equation, column))}
        pair = sorted(gaps, key=lambda column: gaps[column])
        if len(pair) != 2 or abs(gaps[pair[0]] + gaps[pair[1]]) > _slack(equation):
            continue
        _settle_pair(rows, equation, pair[0], pair[1], gaps[pair[1]], equations, above)


def _top_down(sums: Sequence[Sum], above: dict[int, Sum]) -> list[Sum]:
    def depth(equation: Sum) -> int:
        steps, row = 0, equation.total
        while row in above and steps < len(sums):
            steps, row = steps + 1, above[row].total
        return steps

    return sorted(sums, key=depth)


def _slack(equation: Sum) -> Decimal:
    return HALF_CENT * (len(equation.parts) + 1)


def _gap(rows: Sequence[NumberRow], equation: Sum, column: int) -> Decimal:
    """By how much the parts fall short of their total in a column (negative: exceed it); 0 within rounding."""
    gap = rows[equation.total].amount(column) - sum((rows[part].amount(column) for part in equation.parts), Decimal(0))
    return gap if abs(gap) > _slack(equation) else Decimal(0)


def _settle_pair(
    rows: Sequence[NumberRow],
    equation: Sum,
    excess: int,
    short: int,
    gap: Decimal,
    equations: Sequence[RowEquation],
    above: dict[int, Sum],
) -> None:
    slides = [s for part in equation.parts if (s := _slide(rows, part, excess, short, equations))]
    ways = list(islice(_subsets(slides, gap, _slack(equation)), 2))
    total = _slide(rows, equation.total, short, excess, equations)
    if total is not None and abs(total.amount - gap) <= _slack(equation) and not _is_settled(rows, equation, above):
        # Nothing above vouches for the total: it may have slid itself. One move explains more than several.
        if not ways or len(ways[0]) > 1:
            ways = [(total,)]
        else:
            ways.append((total,))
    if len(ways) == 1:
        for slide in ways[0]:
            rows[slide.row].place, rows[slide.row].surety = slide.place, Surety.INFERRED
    else:
        for slide in (slide for way in ways for slide in way):
            rows[slide.row].surety = Surety.DOUBTFUL


def _is_settled(rows: Sequence[NumberRow], equation: Sum, above: dict[int, Sum]) -> bool:
    upper = above.get(equation.total)
    return upper is not None and not any(_gap(rows, upper, column) for column in rows[equation.total].place or ())


def _slide(
    rows: Sequence[NumberRow], index: int, source: int, target: int, equations: Sequence[RowEquation]
) -> _Slide | None:
    """The row with its number in `source` moved to `target`; None where order or its own sum forbids that."""
    row = rows[index]
    if row.place is None or source not in row.place or target in row.place:
        return None
    place = tuple(target if column == source else column for column in row.place)
    if list(place) != sorted(place):
        return None
    before, printed = failures(row, equations), row.place
    amount = row.amount(source)
    row.place = place
    after = failures(row, equations)
    row.place = printed
    return _Slide(index, place, amount) if after <= before else None


def _subsets(slides: Sequence[_Slide], gap: Decimal, slack: Decimal) -> Iterator[tuple[_Slide, ...]]:
    """Sets of slides that close the gap: all of them, or few."""
    if len(slides) > _MOST_TOGETHER and abs(sum(slide.amount for slide in slides) - gap) <= slack:
        yield tuple(slides)
        return
    trials = (few for size in range(1, _MOST_TOGETHER + 1) for few in combinations(slides, size))
    for few in islice(trials, _MOST_TRIALS):
        if abs(sum(slide.amount for slide in few) - gap) <= slack:
            yield few
