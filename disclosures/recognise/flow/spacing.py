"""What the spaces around the amounts of a row say about the columns they stand in.

A dump parts cells by one space, so a blank cell leaves one space more; some dumps leave two, some lose them
in places, some everywhere. Costs are 0 for a reading that explains every gap, and grow with what it leaves
unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from math import gcd

from .pieces import Run, Shape

# Column numbers, one for each amount of a row, rising.
Columns = tuple[int, ...]

_LOST_GAP = 2.0  # a gap that shows fewer spaces than its blank cells should have left
_LOST_SPACE = 0.6  # … for each of them
_EXTRA_GAP = 2.0  # a gap with more spaces than its blank cells explain
_NO_BLANK = 2.0  # … and no blank cell in it at all
_EXTRA_SPACE = 0.5
_TRAILING = 0.25  # spaces at the end of a line beyond those of its blank cells
_WIDE_BLANKS = 0.5  # the reading in which a blank cell leaves two spaces


@dataclass(frozen=True, slots=True)
class Spacing:
    """How this table spaces its cells. A row without blank cells shows one gap of `unit`."""

    unit: int
    inner: bool  # wider gaps occur, so gaps are evidence
    trailing: bool  # blank cells at the end of a row leave spaces


def learn_spacing(runs: Iterable[Run], *, between_words: int, in_header: int) -> Spacing:
    """Learn how a table spaces its cells.

    From its runs, the widest gap between two words of its rows, and the least gap in its header.
    """
    inner: list[int] = []
    labels: list[int] = []
    trails: list[int] = []
    for run in runs:
        inner.extend(gap for gap in run.gaps[1:] if gap)
        labels.extend(run.gaps[:1] if run.gaps[0] and not run.alone else ())
        trails.extend((run.trail,) if run.last else ())
    seen = {*inner, *labels}
    # Where every gap is as wide as any other, in front of the first amount too, that is what parts two cells.
    unit = seen.pop() if len(seen) == 1 and inner and labels else max(1, gcd(*inner, *labels, in_header))
    trailing = any(trail > unit for trail in trails)
    wide = any(gap > unit for gap in (*inner, *labels, between_words))
    return Spacing(unit, wide or trailing, trailing)


def _gap_cost(seen: int, blanks: int, spacing: Spacing, *, per_blank: int) -> float:
    expected = spacing.unit * (1 + per_blank * blanks)
    if seen == expected or seen == 0:
        return 0.0 if seen or not blanks else _LOST_GAP
    if seen < expected:
        return _LOST_GAP + _LOST_SPACE * (expected - seen) / spacing.unit
    none = _NO_BLANK if blanks == 0 else 0.0
    return none + _EXTRA_GAP + _EXTRA_SPACE * (seen - expected) / spacing.unit


def _lead_cost(shape: Shape, blanks: int, spacing: Spacing, *, label_blank: bool, per_blank: int) -> float:
    seen = shape.gaps[0]
    if not shape.alone:
        cost = _gap_cost(seen, blanks, spacing, per_blank=per_blank)
        more = _gap_cost(seen, blanks + 1, spacing, per_blank=per_blank) if label_blank else cost
        return min(cost, more)
    # On its own line nothing parts the amounts from the label; the first line of a page begins with a space.
    expected = spacing.unit * per_blank * blanks
    if expected <= seen <= expected + 1:
        return 0.0
    return _LOST_GAP + _LOST_SPACE * abs(expected - seen) / spacing.unit


def _trail_cost(shape: Shape, blanks: int, spacing: Spacing, *, per_blank: int) -> float:
    if not spacing.trailing or not shape.last:
        return 0.0
    if blanks == 0:
        return 0.0 if shape.trail <= 1 else _EXTRA_GAP + _NO_BLANK
    more = shape.trail - spacing.unit * (1 + per_blank * blanks)
    if more > 0:
        return _TRAILING + _TRAILING * more / spacing.unit  # stray spaces at the end of a line are common
    return _gap_cost(shape.trail, blanks, spacing, per_blank=per_blank) if shape.trail else _LOST_GAP


@lru_cache(maxsize=8192)
def spacing_costs(
    shape: Shape, width: int, spacing: Spacing, *, label_blank: bool
) -> tuple[tuple[Columns, float], ...]:
    """Every choice of columns for a run, with how much of its spacing stays unexplained by them."""
    return tuple(
        (columns, _cost(shape, columns, width, spacing, label_blank=label_blank))
        for columns in combinations(range(width), len(shape.gaps))
    )


def _cost(shape: Shape, columns: Columns, width: int, spacing: Spacing, *, label_blank: bool) -> float:
    if not spacing.inner:
        return 0.0
    blanks = _blanks(columns, width)
    costs = []
    for per_blank, extra in ((1, 0.0), (2, _WIDE_BLANKS)):
        cost = extra
        cost += _lead_cost(shape, blanks[0], spacing, label_blank=label_blank, per_blank=per_blank)
        cost += sum(
            _gap_cost(seen, count, spacing, per_blank=per_blank)
            for seen, count in zip(shape.gaps[1:], blanks[1:-1], strict=True)
        )
        cost += _trail_cost(shape, blanks[-1], spacing, per_blank=per_blank)
        costs.append(cost)
    return min(costs)


def _blanks(columns: Sequence[int], width: int) -> list[int]:
    """Blank cells in front of the first amount, between amounts, and behind the last."""
    edges = [-1, *columns, width]
    return [right - left - 1 for left, right in pairwise(edges)]
