"""Reasons given for a change: where each says how much more or less, together they are the change."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Family, Severity
from audit.intervals import UNITS, half_width
from audit.narrative.narrative import narrative_of
from audit.narrative.statements import Reason

_LEAST = 2  # a single reason may well be the main one only


def _gap(reason: Reason) -> tuple[Decimal, Decimal, Decimal] | None:
    """The signed sum of the reasons, the signed change and how far rounding may part them, in 万元.

    None where the reasons cannot be added, or too few of them state an amount.
    """
    change = reason.change
    if reason.is_vague or change is None or change.amount is None or len(reason.parts) < _LEAST:
        return None
    together = sum((Decimal(number) * UNITS[unit] * sign for number, unit, sign in reason.parts), Decimal(0))
    stated = Decimal(change.amount) * UNITS[change.amount_unit] * change.amount_sign
    figures = [(change.amount, change.amount_unit), *((number, unit) for number, unit, _ in reason.parts)]
    # 减少2万元 beside amounts in cents is meant exactly.
    finest = min(half_width(number) * UNITS[unit] for number, unit in figures)
    return together, stated, finest * len(figures)


def is_explained(reason: Reason) -> bool:
    """Whether the reasons were added up."""
    return _gap(reason) is not None


def _check(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for reading in narrative_of(context).readings:
        for reason in reading.reasons:
            gap = _gap(reason)
            if gap is None or reason.change is None or abs(gap[0] - gap[1]) <= gap[2]:
                continue
            together, stated, _ = gap
            yield rule.finding(
                reason.spot.where,
                {
                    "numeral": reading.numeral,
                    "quote": reason.change.quote,
                    "sum": f"{together:+f}",
                    "stated": f"{stated:+f}",
                    "difference": f"{together - stated:+f}",
                },
                actual=f"{together:+f}",
                expected=f"{stated:+f}",
                difference=f"{together - stated:+f}",
                source=reason.spot.source,
                key=(reason.change.quote,),
            )


RULES = (
    Rule(
        id="N-REASON-SUM",
        title="变动原因所列金额与变动额相符",
        statement="原因中逐项写出的增减金额之和 = 变动额",
        tables=(),
        family=Family.NARRATIVE_CHANGE,
        severity=Severity.INFO,
        example="情况说明第七部分“减少3.86万元”，原因所列增减合计 -3.68 万元，与变动额 -3.86 万元相差 +0.18，请核对。",
        check=_check,
        message="情况说明第{numeral}部分“{quote}”，原因所列增减合计 {sum} 万元，"
        "与变动额 {stated} 万元相差 {difference}，请核对。",
    ),
)
