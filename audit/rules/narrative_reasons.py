"""Reasons given for a change: where each says how much more or less, together they are the change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.catalogue import Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext
from audit.figures import Figure
from audit.findings import Evidence, Family, Severity
from audit.forms import forms_of
from audit.intervals import UNITS, half_width
from audit.narrative.narrative import narrative_of
from audit.narrative.statements import Reason
from audit.tables import IndexedRow
from audit.text.names import grams, likeness, loose

_AMOUNT = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)万元")
_PAUSE = re.compile(r"[，,；;。：:]|万元、|项目有|分别(?:是|为)")
_DIRECTION = re.compile(r"增|减|下降|上升|上年|去年|结转")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")
_ALIKE = 0.75  # how alike a label and the name of a project must be
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


def _named(text: str) -> Iterator[tuple[str, str]]:
    """(what is named, amount in 万元) for every amount of a reason that says neither more nor less."""
    for match in _AMOUNT.finditer(text):
        label = _PAUSE.split(text[: match.start()])[-1]
        if not _DIRECTION.search(label):
            yield label, match["number"].replace(",", "")


def _projects_meant(label: str, lines: Sequence[IndexedRow]) -> list[IndexedRow]:
    """The project lines a label names: one, or all parts of one (上半年, 下半年)."""
    wanted = grams(label)
    alike = [line for line in lines if likeness(wanted, grams(_BRACKET.sub("", line.name))) >= _ALIKE]
    exact = [line for line in alike if loose(line.name) == loose(label)]
    return exact or alike


def _check_projects(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """An amount that a reason gives to a project of T12 is the project's."""
    lines = forms_of(context).projects("T12")
    for reading in narrative_of(context).readings:
        for label, number in dict.fromkeys(pair for reason in reading.reasons for pair in _named(reason.text)):
            meant = _projects_meant(label, lines)
            figure = Figure.written(number, place=f"N/{reading.numeral}", words=label)
            sums = [Linear(rule, (figure,), (line["total"],)) for line in meant]
            sums += [Linear(rule, (figure,), tuple(line["total"] for line in meant))] if len(meant) > 1 else []
            if sums and all(each.fails() for each in sums):
                gap = sums[-1].gap()
                yield rule.finding(
                    figure.place,
                    {"numeral": reading.numeral, "name": label, "stated": number, "listed": gap.right_value},
                    actual=number,
                    expected=gap.right_value,
                    difference=gap.signed_difference,
                    evidence=[
                        Evidence(line["total"].place, line["total"].text, line["total"].source) for line in meant
                    ],
                    source=next(reason.spot.source for reason in reading.reasons if label in reason.text),
                    key=(label,),
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
    Rule(
        id="N-REASON-PROJECT",
        title="变动原因所说的项目金额与表十二一致",
        statement="原因中点名的项目，其金额等于表十二的同名项目（分上下半年等的，等于其和）",
        tables=("T12",),
        family=Family.NARRATIVE_AMOUNT,
        severity=Severity.INFO,
        example="情况说明第一部分原因中的“保险保费” 306 万元，表十二所列为 360.00 万元，请核对。",
        check=_check_projects,
        message="情况说明第{numeral}部分原因中的“{name}” {stated} 万元，表十二所列为 {listed} 万元，请核对。",
    ),
)
