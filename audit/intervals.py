"""Closed intervals of what a printed decimal may stand for (XBRL Calculations 1.1).

A printed 12.34 was rounded from something in [12.335, 12.345]; a blank is exactly nil. A statement is
false only when the intervals on its two sides cannot meet. Decimal throughout; where a result has no
finite decimal form (a quotient) the ends are rounded outwards, so that a true statement never fails.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

_DOWN = Context(prec=60, rounding=ROUND_FLOOR)
_UP = Context(prec=60, rounding=ROUND_CEILING)
_INFINITY = Decimal("Infinity")
ZERO = Decimal(0)
PERCENT = Decimal("0.01")

# Powers of ten that turn an amount in a unit into 万元.
UNITS = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "亿元": Decimal(10000)}


@dataclass(frozen=True, slots=True)
class Interval:
    """All true values between two ends, both included."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"interval ends in the wrong order: {self.low} > {self.high}")

    def __add__(self, other: Interval) -> Interval:
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_DOWN.subtract(self.low, other.high), _UP.subtract(self.high, other.low))

    def __neg__(self) -> Interval:
        return Interval(self.high.copy_negate(), self.low.copy_negate())

    def __mul__(self, other: Interval) -> Interval:
        if not (self.is_bounded and other.is_bounded):
            return EVERYTHING
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(_DOWN.multiply(a, b) for a, b in pairs), max(_UP.multiply(a, b) for a, b in pairs))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; EVERYTHING when the divisor may be nil, because then nothing can be said."""
        if other.low <= 0 <= other.high or not (self.is_bounded and other.is_bounded):
            return EVERYTHING
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(_DOWN.divide(a, b) for a, b in pairs), max(_UP.divide(a, b) for a, b in pairs))

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    @property
    def is_bounded(self) -> bool:
        return self.low.is_finite() and self.high.is_finite()

    def widened(self, by: Decimal) -> Interval:
        """The interval with both ends moved outwards."""
        return Interval(_DOWN.subtract(self.low, by), _UP.add(self.high, by))

    def common(self, other: Interval) -> Interval | None:
        """What both intervals hold, or None when they cannot meet."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None


EVERYTHING = Interval(-_INFINITY, _INFINITY)
NIL = Interval(ZERO, ZERO)


def half_width(text: str) -> Decimal:
    """Half a unit of the last printed place: "12.34" -> 0.005, "500" -> 0.5."""
    digits = len(text) - text.index(".") - 1 if "." in text else 0
    return Decimal((0, (5,), -digits - 1))


def printed(text: str | None, unit: str = "万元", *, exact: bool = False) -> Interval:
    """What a printed amount may stand for, in 万元. A blank is exactly nil; `exact` for counts and the like."""
    if not text:
        return NIL
    factor = UNITS[unit]
    middle = _UP.multiply(Decimal(text), factor)
    if exact:
        return Interval(middle, middle)
    return Interval(middle, middle).widened(_UP.multiply(half_width(text), factor))


def printed_percent(text: str) -> Interval:
    """What a printed percentage may stand for, as a ratio: "7.79" -> [0.07785, 0.07795]."""
    middle, half = _UP.scaleb(Decimal(text), -2), _UP.scaleb(half_width(text), -2)
    return Interval(_DOWN.subtract(middle, half), _UP.add(middle, half))


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum; of nothing it is nil."""
    return sum(intervals, NIL)


def share(part: Interval, whole: Interval) -> Interval:
    """Part over whole as a ratio."""
    return part / whole


def change_rate(change: Interval, this_year: Interval) -> Interval:
    """The rate of a change against last year, where last year = this year − change.

    Change stands above and below the line; the rate rises with it as long as this year is positive, so
    the ends come from the ends instead of from independent choices.
    """
    if this_year.low <= 0 or change.high >= this_year.low:
        return change / (this_year - change)
    lasts = [(c, _DOWN.subtract(t, c)) for c in (change.low, change.high) for t in (this_year.low, this_year.high)]
    return Interval(min(_DOWN.divide(*pair) for pair in lasts), max(_UP.divide(*pair) for pair in lasts))


def can_meet(a: Interval, b: Interval) -> bool:
    """Whether some choice of true values makes the two sides equal."""
    return a.low <= b.high and b.low <= a.high
