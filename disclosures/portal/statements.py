"""What a publication says in one breath, and how it changed against last year. Plain data, no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosures.plain.data import Disclosure

from .figures import FISCAL, FUNCTION, SOURCE, TOTAL, TOTALS, Figure, amount

_HUNDRED_MILLION = Decimal(10_000)  # 万元 in a 亿元
_NAMED = 3  # functions named in the statement
_UP = frozenset({"增加", "增长"})
_CHANGE = re.compile(
    r"(?:比上年|与上年相比|比\d{4}年|与\d{4}年相比|较上年|较\d{4}年)[^，。；\d]{0,8}?(增加|增长|减少|下降)\s*([\d,]+(?:\.\d+)?)\s*万元"
)
_LEVEL = re.compile(r"(?:比上年|与上年|较上年|与\d{4}年)[^，。；\d]{0,8}?(?:持平|无变化|相同)")
# Where a document speaks of which total, by section and the words that open the clause.
_CLAUSES = (
    ("income", "一", re.compile(r"预算收入总计|收入预算总计|收入总计")),
    ("expenditure", "一", re.compile(r"预算支出总计|支出预算总计|支出总计")),
    ("visits", "七", re.compile(r"“?三公”?经费")),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole in words."""

    label: str
    amount: Decimal
    percent: str


@dataclass(frozen=True, slots=True)
class Statement:
    """How much, where from, what for. `fiscal` is the share that comes from the treasury, None where unknown."""

    total: Decimal
    big: str  # "1.23"
    unit: str  # 亿元 or 万元
    fiscal: str | None
    largest_source: Share | None
    functions: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One total this year and last; `before` from last year's publication or from what the document says of it."""

    key: str
    label: str
    now: Decimal
    before: Decimal

    @property
    def difference(self) -> Decimal:
        return self.now - self.before

    @property
    def percent(self) -> str:
        """With its sign; empty where last year was nil."""
        if self.before <= 0:
            return ""
        return f"{self.difference / self.before * 100:+.1f}%"


def percent(part: Decimal, whole: Decimal) -> str:
    """A share with one decimal, never rounded to all or nothing where it is neither."""
    if whole <= 0:
        return "—"
    value = part / whole * 100
    if 0 < value < Decimal("0.1"):
        return "不到 0.1%"
    if Decimal("99.9") < value < 100:
        return "超过 99.9%"
    return f"{value:.1f}%".replace("100.0%", "100%")


def statement_of(figures: Sequence[Figure]) -> Statement | None:
    """None where a document prints no totals."""
    totals = {figure.key: figure.amount for figure in figures if figure.measure == TOTAL}
    total = totals.get("expenditure", totals.get("income"))
    if total is None:
        return None
    sources = [figure for figure in figures if figure.measure == SOURCE]
    functions = [figure for figure in figures if figure.measure == FUNCTION]
    income = totals.get("income", sum((figure.amount for figure in sources), Decimal(0)))
    fiscal = sum((figure.amount for figure in sources if figure.key in FISCAL), Decimal(0))
    largest = max(sources, key=lambda figure: figure.amount, default=None)
    big = total >= _HUNDRED_MILLION
    return Statement(
        total=total,
        big=f"{total / _HUNDRED_MILLION:,.2f}" if big else f"{total:,.2f}",
        unit="亿元" if big else "万元",
        fiscal=percent(fiscal, income) if sources and income > 0 else None,
        largest_source=_share(largest, income) if largest else None,
        functions=tuple(_share(figure, total) for figure in functions[:_NAMED]),
    )


def changes(now: Iterable[Figure], before: Iterable[Figure]) -> list[Change]:
    """The totals that both years have."""
    earlier = {figure.key: figure.amount for figure in before if figure.measure == TOTAL}
    return [
        Change(figure.key, TOTALS[figure.key], figure.amount, earlier[figure.key])
        for figure in now
        if figure.measure == TOTAL and figure.key in earlier
    ]


def told_changes(disclosure: Disclosure, figures: Sequence[Figure]) -> list[Change]:
    """What the document itself says of last year: this year's amount less the increase it names."""
    totals = {figure.key: figure.amount for figure in figures if figure.measure == TOTAL}
    found = []
    for key, numeral, opening in _CLAUSES:
        difference = next(_differences(disclosure, numeral, opening), None)
        if key in totals and difference is not None and totals[key] >= difference:
            found.append(Change(key, TOTALS[key], totals[key], totals[key] - difference))
    return found


def _differences(disclosure: Disclosure, numeral: str, opening: re.Pattern[str]) -> Iterator[Decimal]:
    """What the clauses of a section that open so say of the change."""
    section = disclosure.section(numeral)
    for clause in re.split(r"[；。;]", section.text.replace(" ", "") if section else ""):
        if opening.search(clause) is None:
            continue
        told = _CHANGE.search(clause)
        value = amount(told.group(2).replace(",", "")) if told else None
        if told and value is not None:
            yield value if told.group(1) in _UP else -value
        elif _LEVEL.search(clause):
            yield Decimal(0)


def _share(figure: Figure, whole: Decimal) -> Share:
    return Share(figure.label, figure.amount, percent(figure.amount, whole))
