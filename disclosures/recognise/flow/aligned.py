"""Columns by position, in dumps that keep the look of the page: amounts of one column end at one place.

Such a dump (`pdftotext -layout` and its like) pads with spaces, so gaps say nothing about blank cells, but
right edges do. Pages may be set differently: rows are taken in runs over which the edges hold. Which of the
declared columns the places are is left to the sums of the rows; where several do, to the ones printed first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2

from .columns import Amount, RowSums, amount
from .pieces import Run
from .spacing import Columns

_PER_BLANK = 2  # spaces that a blank cell leaves at most in dumps that part cells by spaces
_NEAR = 2  # edges this close belong to one column
_WIDEST = 3  # from the leftmost to the rightmost edge of one column
_APART = 6  # further from every other edge, one amount alone is a column
_FEWEST_ROWS = 3
_MOST_CUTS = 400
_BLOCK, _PAGE = 8.0, 5.0  # bits for the place of a column, and for a new run of rows
_TOO_MANY = 100.0  # for more places than a table has columns
_TIDY = 0.9  # share of the amounts of a table that end where others do
_STRAYS = 0.4  # share of the amounts of the fullest column, below which a place may be none
_MOST_STRAYS = 4
_PLACE = 1.5  # what a further column weighs
_PUSHED = 0.3  # what an amount weighs that stands at no place
_CROWDED = 5.0  # what a row weighs that has more amounts than there are places
_AWAY = 1.0  # what the sums say against a row before its columns are in doubt


_Block = tuple[int, int, list[int]]  # first row, behind the last, where its columns end


@dataclass(frozen=True, slots=True)
class Position:
    """The columns that the place of a row's amounts leads to."""

    columns: Columns
    certain: bool  # the sums of its rows allow no others
    alone: bool  # the whole table is set in one way


def positions(runs: Sequence[Run | None], sums: RowSums) -> list[Position | None] | None:
    """The columns of every run by its right edges; None for a table that does not pad its amounts.

    Where the edges form no columns the positions are all None: such a table's spaces tell nothing.
    """
    if not is_padded([run for run in runs if run is not None], sums.width):
        return None
    best: tuple[float, list[_Block], list[list[int]]] | None = None
    for metric in (0, 1):
        edges = [[end[metric] for end in run.ends] if run is not None and run.values else [] for run in runs]
        blocks = _blocks(edges, sums.width)
        effort = _effort(edges, blocks, sums.width)
        if effort is not None and (best is None or effort < best[0]):
            best = effort, blocks, edges
    return _placed(best[2], runs, sums, best[1]) if best else [None] * len(runs)


def _placed(
    edges: Sequence[Sequence[int]],
    runs: Sequence[Run | None],
    sums: RowSums,
    blocks: Sequence[_Block],
) -> list[Position | None]:
    found: list[Position | None] = [None] * len(runs)
    preferred: Columns = ()
    for start, stop, places in blocks:
        options = [
            (*_assigned(kept, edges[start:stop], runs[start:stop], sums, preferred), kept)
            for kept in _without_strays(places, edges[start:stop], sums.width)
        ]
        columns, _, certain, places = min(options, key=lambda option: option[1] + _PLACE * len(option[3]))
        preferred = preferred or columns
        for n in range(start, stop):
            nearest = _nearest(edges[n], places)
            if edges[n] and nearest is not None:
                found[n] = Position(tuple(columns[place] for place in nearest), certain, len(blocks) == 1)
    return found


def is_padded(runs: Sequence[Run], width: int) -> bool:
    """Whether some gap is wider than blank cells alone could make it."""
    return any(gap > _PER_BLANK * (width + 2) for run in runs for gap in run.gaps)


# ---------------------------------------------------------------- where columns end


def _blocks(edges: Sequence[Sequence[int]], width: int) -> list[_Block]:
    """Runs of rows over which the columns keep their places: told by what it takes to write the places down."""

    def divided(start: int, stop: int) -> list[_Block]:
        whole = _bits(edges[start:stop], width)
        cuts = (
            (_bits(edges[start:cut], width) + _bits(edges[cut:stop], width), cut)
            for cut in starts
            if start < cut < stop
        )
        least, cut = min(cuts, default=(whole, 0))
        if least > whole - _PAGE or _same_page(edges[start:cut], edges[cut:stop]):
            return [(start, stop, _clusters(edges[start:stop]))]
        return [*divided(start, cut), *divided(cut, stop)]

    starts = [n for n, row in enumerate(edges) if row][1:][:_MOST_CUTS]
    return divided(0, len(edges))


def _same_page(above: Sequence[Sequence[int]], below: Sequence[Sequence[int]]) -> bool:
    """Whether the first columns of two runs of rows end at one place."""
    first, second = _clusters(above), _clusters(below)
    return not first or not second or abs(first[0] - second[0]) < _NEAR


def _bits(edges: Sequence[Sequence[int]], width: int) -> float:
    """How much there is to say of rows: the places of their columns, and which of them each row uses."""
    places = _clusters(edges)
    used = Counter(
        tuple(min(range(len(places)), key=lambda n: abs(edge - places[n])) for edge in row) for row in edges if row
    )
    rows = used.total()
    patterns = sum(count * log2(rows / count) for count in used.values())
    return patterns + _BLOCK * len(places) + _TOO_MANY * max(0, len(places) - width)


def _effort(edges: Sequence[Sequence[int]], blocks: Sequence[_Block], width: int) -> float | None:
    """What it takes to tell where amounts stand; None where they stand in no columns."""
    filled = sum(1 for row in edges if row)
    tidy = sum(
        1 for start, stop, places in blocks for row in edges[start:stop] for edge in row if _stands(edge, places)
    )
    if tidy < _TIDY * sum(map(len, edges)) or len(blocks) > 1 + filled // _FEWEST_ROWS:
        return None
    return sum(_bits(edges[start:stop], width) for start, stop, _ in blocks)


def _clusters(rows: Sequence[Sequence[int]]) -> list[int]:
    """The places at which columns end: those several amounts share, or that stand apart from every other."""
    values = sorted(edge for row in rows for edge in row)
    groups: list[list[int]] = []
    for value in values:
        if groups and value - groups[-1][-1] <= _NEAR and value - groups[-1][0] <= _WIDEST:
            groups[-1].append(value)
        else:
            groups.append([value])
    kept = [
        group
        for n, group in enumerate(groups)
        if len(group) > 1 or all(abs(group[0] - other[0]) >= _APART for m, other in enumerate(groups) if m != n)
    ]
    return [group[len(group) // 2] for group in kept or groups]


def _stands(edge: int, places: Sequence[int]) -> bool:
    return any(abs(edge - place) <= _WIDEST for place in places)


def _without_strays(places: list[int], edges: Sequence[Sequence[int]], width: int) -> list[list[int]]:
    """All places, and those without one or more at which few amounts stand: long names push some aside."""
    counts = {place: sum(1 for row in edges for edge in row if abs(edge - place) <= _NEAR) for place in places}
    fullest = sorted(places, key=lambda place: -counts[place])
    few = [place for place in fullest if counts[place] <= _STRAYS * counts[fullest[0]]][-_MOST_STRAYS:]
    kept = [sorted(set(places).difference(gone)) for size in range(len(few) + 1) for gone in combinations(few, size)]
    return [some for some in kept if 1 < len(some) <= width] or [sorted(fullest[:width])]


def _nearest(row: Sequence[int], places: Sequence[int]) -> tuple[int, ...] | None:
    """The places that the amounts of a row stand at, in order, one pushed aside by a long name too."""
    if len(row) > len(places):
        return None
    return min(
        combinations(range(len(places)), len(row)),
        key=lambda chosen: sum(abs(edge - places[n]) for edge, n in zip(row, chosen, strict=True)),
    )


# ---------------------------------------------------------------- which columns they are


def _assigned(
    places: Sequence[int],
    edges: Sequence[Sequence[int]],
    runs: Sequence[Run | None],
    sums: RowSums,
    preferred: Columns,
) -> tuple[Columns, float, bool]:
    """The declared columns of the places, what speaks against them, and whether the rows allow these only."""
    rows = []
    for row, run in zip(edges, runs, strict=True):
        nearest = _nearest(row, places)
        if run is not None and row and nearest is not None:
            rows.append((nearest, [amount(value) if value is not None else None for value in run.values]))
    apart = sum(_PUSHED for row in edges for edge in row if not _stands(edge, places))
    apart += sum(_CROWDED for row in edges if len(row) > len(places))
    costs = []
    for columns in combinations(range(sums.width), len(places)):
        cost = apart
        for nearest, values in rows:
            cells: list[Amount | None] = [None] * sums.width
            for place, value in zip(nearest, values, strict=True):
                cells[columns[place]] = value
            cost += sums.cost(cells)
        costs.append((cost, columns != preferred, columns))
    costs.sort()
    best = costs[0]
    certain = len(costs) == 1 or costs[1][0] > best[0] + _AWAY
    return best[2], best[0], certain
