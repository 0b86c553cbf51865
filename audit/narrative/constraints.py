"""Statements of the prose that sums and shares do not cover: change rates."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from audit.catalogue import Gap, Rule
from audit.figures import Figure
from audit.intervals import EVERYTHING, Interval, can_meet, change_rate

_ONE = Interval(Decimal(1), Decimal(1))


@dataclass(slots=True, eq=False)
class ChangeRate:
    """change ÷ (this year − change) = rate, where a decrease has the sign −1.

    `change` and `rate` are printed without a sign; last year = this year − sign × change.
    """

    rule: Rule
    this_year: Figure
    change: Figure
    rate: Figure
    sign: int

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.rate, self.change, self.this_year)

    def _signed(self, figure: Figure) -> Interval:
        return figure.interval if self.sign > 0 else -figure.interval

    def _unsigned(self, interval: Interval) -> Interval:
        return interval if self.sign > 0 else -interval

    def _true_rate(self) -> Interval:
        """The rate without its sign."""
        return self._unsigned(change_rate(self._signed(self.change), self.this_year.interval))

    def fails(self) -> bool:
        return not can_meet(self._true_rate(), self.rate.interval)

    def solve(self, figure: Figure) -> Interval:
        if figure is self.rate:
            return self._true_rate()
        rate = self._signed(self.rate)
        if figure is self.change:
            return self._unsigned(self.this_year.interval * (rate / (_ONE + rate)))
        if figure is self.this_year:
            return self._signed(self.change) * ((_ONE + rate) / rate)
        return EVERYTHING

    def gap(self) -> Gap:
        signed = self.sign * self.change.middle
        true = abs(signed / (self.this_year.middle - signed)) * 100
        digits = len(self.rate.text.partition(".")[2]) if self.rate.text else 2
        places = Decimal((0, (1,), -max(digits, 2)))
        printed = self.rate.middle * 100
        return Gap(
            left=self.rate.words,
            left_value=f"{self.rate.text}%",
            right="按变动额推算的幅度",
            right_value=f"{true.quantize(places)}%",
            difference=(printed - true).quantize(places),
        )
