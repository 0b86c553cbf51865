"""Statements over figures that hold or fail by intervals, and can say what a figure should have been.

`Linear` serves sums and equalities between tables, `Share` percentages. A constraint that other rules
need is one more class with the same four members.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from .catalogue import Gap, Rule
from .figures import ONE, Figure
from .intervals import EVERYTHING, PERCENT, UNITS, ZERO, Interval, can_meet, total

_INFINITY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class _Shown:
    """How the values of a statement are shown: 12.34 (万元), 33400元, 41."""

    unit: str
    scale: Decimal
    places: int  # at least

    def text(self, value: Decimal, figures: Iterable[Figure]) -> str:
        """A computed value with as many places as its figures print."""
        size = int(self.scale.as_tuple().exponent)
        finest = min([-self.places, *(int(figure.middle.as_tuple().exponent) - size for figure in figures)])
        return f"{(value / self.scale).quantize(Decimal((0, (1,), finest)))}"


_AMOUNTS, _YUAN, _COUNTS = _Shown(" 万元", ONE, 2), _Shown(" 元", UNITS["元"], 0), _Shown("", ONE, 0)
_RATES = _Shown("%", PERCENT, 0)


def _shown(figures: Iterable[Figure]) -> _Shown:
    printed = [figure for figure in figures if not figure.is_blank]
    if printed and all(figure.is_count for figure in printed):
        return _COUNTS
    if printed and all(figure.scale == _RATES.scale for figure in printed):
        return _RATES
    return _YUAN if printed and all(figure.scale == _YUAN.scale for figure in printed) else _AMOUNTS


def _side_words(figures: tuple[Figure, ...], given: str) -> str:
    if given or not figures:
        return given or "零"
    shown = [figure for figure in figures if not figure.is_blank] or list(figures[:1])
    if len(shown) == 1:
        return shown[0].words
    return "、".join(figure.words for figure in shown[:4]) + ("等之和" if len(shown) > 4 else "之和")


@dataclass(slots=True, eq=False)
class Linear:
    """Sum of left = sum of right, or (`at_most`) sum of left ≤ sum of right."""

    rule: Rule
    left: tuple[Figure, ...]
    right: tuple[Figure, ...]
    at_most: bool = False
    left_words: str = ""
    right_words: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.left + self.right

    def fails(self) -> bool:
        surplus = slack = ZERO
        for figure in self.left:
            surplus += figure.middle
            slack += figure.half
        for figure in self.right:
            surplus -= figure.middle
            slack += figure.half
        return surplus > slack or (not self.at_most and -surplus > slack)

    def solve(self, figure: Figure) -> Interval:
        same, other = (self.left, self.right) if figure in self.left else (self.right, self.left)
        value = total(f.interval for f in other) - total(f.interval for f in same if f is not figure)
        if not self.at_most:
            return value
        return Interval(-_INFINITY, value.high) if same is self.left else Interval(value.low, _INFINITY)

    def gap(self) -> Gap:
        left = sum((figure.middle for figure in self.left), ZERO)
        right = sum((figure.middle for figure in self.right), ZERO)
        shown = _shown(self.figures)
        return Gap(
            left=_side_words(self.left, self.left_words),
            left_value=shown.text(left, self.left),
            right=_side_words(self.right, self.right_words),
            right_value=shown.text(right, self.right),
            difference=Decimal(shown.text(left - right, self.figures)) * shown.scale,
            relation="大于" if self.at_most else "不等于",
            unit=shown.unit,
            scale=shown.scale,
        )


@dataclass(slots=True, eq=False)
class Share:
    """part ÷ whole = ratio, where `ratio` is a figure whose middle is a fraction (97.26 % -> 0.9726)."""

    rule: Rule
    part: Figure
    whole: Figure
    ratio: Figure
    words: str = ""  # "占支出总计的比重"
    figures: tuple[Figure, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.figures = (self.part, self.whole, self.ratio)

    def fails(self) -> bool:
        return not can_meet(self.part.interval / self.whole.interval, self.ratio.interval)

    def solve(self, figure: Figure) -> Interval:
        if figure is self.ratio:
            return self.part.interval / self.whole.interval
        if figure is self.part:
            return self.ratio.interval * self.whole.interval
        return self.part.interval / self.ratio.interval if figure is self.whole else EVERYTHING

    def gap(self) -> Gap:
        true = self.part.middle / self.whole.middle * 100
        places = Decimal((0, (1,), min(-2, int(self.ratio.middle.as_tuple().exponent) + 2)))
        printed = self.ratio.middle * 100
        return Gap(
            left=self.words or self.ratio.words,
            left_value=f"{printed.normalize():f}%",
            right=f"{self.part.words}÷{self.whole.words}",
            right_value=f"{true.quantize(places)}%",
            difference=(printed - true).quantize(places),
        )
