"""Changes against last year: amount, rate, direction, comparison year."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import AT_MOST, Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext
from audit.figures import Figure
from audit.findings import Family, Severity
from audit.narrative.constraints import ChangeRate
from audit.narrative.narrative import Narrative, narrative_of
from audit.narrative.statements import Change, SectionReading

_PARTS = {
    "three_public": (("abroad",), ("reception",), ("vehicles",)),
    "vehicles": (("vehicle_running",), ("vehicle_purchase",)),
}


def _changes(narrative: Narrative) -> Iterator[tuple[SectionReading, Change]]:
    for reading in narrative.readings:
        for change in reading.changes:
            yield reading, change


def _check_rates(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative = narrative_of(context)
    for _, change in _changes(narrative):
        amount, rate = narrative.change(change), narrative.rate(change)
        if amount is None or rate is None:
            continue
        if change.subject is None:
            yield rule.not_checked(f"看不出“{change.quote}”说的是哪个数的变动", change.spot.where)
            continue
        this_year = narrative.amount(change.subject)
        sign = change.amount_sign or change.rate_sign or 1
        if this_year.middle - sign * amount.middle <= 0:
            yield rule.not_checked(f"按“{change.quote}”推算，上年数为零，幅度无从核对", change.spot.where)
            continue
        yield ChangeRate(rule, this_year, amount, rate, sign)


def _check_sizes(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """What was added cannot be more than there is now: last year's amount would lie below nil."""
    narrative = narrative_of(context)
    for _, change in _changes(narrative):
        amount = narrative.change(change)
        if amount is not None and change.subject is not None and change.amount_sign > 0:
            yield Linear(rule, (amount,), (narrative.amount(change.subject),), at_most=True)


def _check_directions(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative = narrative_of(context)
    for _, change in _changes(narrative):
        amount, rate = narrative.change(change), narrative.rate(change)
        both = amount is not None and rate is not None and amount.middle != 0 and rate.middle != 0
        if both and change.amount_sign * change.rate_sign < 0:
            yield rule.finding(
                change.spot.where,
                {"numeral": change.spot.numeral, "quote": change.quote},
                actual=change.quote,
                source=change.spot.source,
                key=(change.subject.concept or "" if change.subject else "",),
            )


def _check_years(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    expected = context.disclosure.fiscal_year - 1
    for _, change in _changes(narrative_of(context)):
        if change.year is not None and change.year != expected:
            yield rule.finding(
                change.spot.where,
                {
                    "numeral": change.spot.numeral,
                    "quote": change.quote,
                    "actual": str(change.year),
                    "expected": str(expected),
                },
                actual=str(change.year),
                expected=str(expected),
                source=change.spot.source,
                key=(change.subject.concept or "" if change.subject else "",),
            )


def _first(reading: SectionReading, concepts: tuple[str, ...]) -> Change | None:
    return next((c for c in reading.changes if c.subject is not None and c.subject.concept in concepts), None)


def _part_sum(
    narrative: Narrative, rule: Rule, reading: SectionReading, total: Change, parts: list[Change]
) -> Iterator[Outcome]:
    """total = sum of parts, each with its sign; a part that fell while the total rose changes sides."""
    sides: dict[int, list[Figure]] = {1: [], -1: []}
    for change, side in ((total, 1), *((part, -1) for part in parts)):
        figure = narrative.change(change)
        if figure is not None and not change.same:
            sides[side * change.amount_sign].append(figure)
    left, right = (sides[1], sides[-1]) if total.amount_sign >= 0 else (sides[-1], sides[1])
    if left or right:
        head = f"情况说明第{reading.numeral}部分"
        opposite = "及反向变动的分项" if len(left) > 1 else ""
        yield Linear(
            rule,
            tuple(left),
            tuple(right),
            left_words=f"{head}合计的变动额{opposite}",
            right_words=f"{head}各分项的变动额之和",
        )


def _check_parts(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """The change of a total is the sum of the changes of its parts, when all of them are stated."""
    narrative = narrative_of(context)
    reading = narrative.topic("three_public")
    if reading is None:
        return
    for total_concept, part_concepts in _PARTS.items():
        total = _first(reading, (total_concept,))
        parts = [_first(reading, concepts) for concepts in part_concepts]
        if total_concept == "three_public" and parts[-1] is None:
            parts[-1:] = [_first(reading, concepts) for concepts in _PARTS["vehicles"]]
        if total is None or any(part is None for part in parts):
            continue
        yield from _part_sum(narrative, rule, reading, total, [part for part in parts if part is not None])


def _check_twins(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Total income and total expenditure are equal, this year and last: so are their changes."""
    narrative = narrative_of(context)
    reading = narrative.topic("overview")
    if reading is None:
        return
    income, spent = _first(reading, ("income_total", "balance_total")), _first(reading, ("expenditure_total",))
    if income is None or spent is None or income.amount is None or spent.amount is None:
        return
    first, second = narrative.change(income), narrative.change(spent)
    if first is None or second is None:
        return
    if income.amount_sign == spent.amount_sign:
        yield Linear(rule, (first,), (second,))
        rates = narrative.rate(income), narrative.rate(spent)
        if rates[0] is not None and rates[1] is not None:
            yield Linear(rule, (rates[0],), (rates[1],))
    else:
        yield Linear(rule, (first, second), ())


def _check_previous(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """this year − change = what last year's disclosure prints."""
    narrative = narrative_of(context)
    if context.previous is None:
        if any(True for _ in _changes(narrative)):
            yield rule.not_checked("没有上年的公开文本，“比上年”的变动额只能与幅度互相核对")
        return
    before = narrative_of(context.previous).cells
    for reading, change in _changes(narrative):
        subject = change.subject
        if subject is None or subject.concept is None or not (change.same or change.amount):
            continue
        cells = before.of(reading.topic, subject.concept)
        if not cells:
            yield rule.not_checked(f"上年公开文本中没有与“{subject.quote}”对应的数", change.spot.where)
            continue
        moved = narrative.change(change)
        this_year = narrative.amount(subject)
        rise = (moved,) if moved is not None and change.amount_sign > 0 else ()
        fall = (moved,) if moved is not None and change.amount_sign < 0 else ()
        yield Linear(
            rule,
            (this_year, *fall),
            (cells[0], *rise),
            left_words=f"{this_year.words}及减少额",
            right_words=f"上年公开的{cells[0].words}及增加额",
        )


_EXAMPLE_WORDS = "情况说明第八部分“比2025年预算减少35.91万元，下降0.8%”"

RULES = (
    Rule(
        id="N-CHANGE-RATE",
        title="变动额与变动幅度一致",
        statement="幅度 = 变动额 ÷ 上年数，上年数 = 本年数 − 增加额（或 + 减少额）",
        tables=(),
        family=Family.NARRATIVE_CHANGE,
        severity=Severity.ERROR,
        example=f"{_EXAMPLE_WORDS}的变动幅度 0.8%，与按变动额推算的幅度 7.79%不一致，相差 -6.99。",
        check=_check_rates,
    ),
    Rule(
        id="N-CHANGE-OVER",
        title="增加额不超过本年数",
        statement="比上年增加的金额 ≤ 本年数（上年数不会是负数）",
        tables=(),
        family=Family.NARRATIVE_CHANGE,
        severity=Severity.ERROR,
        example="情况说明第五部分“增加7515.71万元” 7515.71万元，大于“当年支出” 6964.92万元，相差 +550.79万元。",
        check=_check_sizes,
        message=AT_MOST,
    ),
    Rule(
        id="N-DIRECTION",
        title="增减方向前后一致",
        statement="变动额说增加，幅度也说增长；变动额说减少，幅度也说下降",
        tables=(),
        family=Family.NARRATIVE_CHANGE,
        severity=Severity.ERROR,
        example="情况说明第一部分“比上年增加 20.00 万元，下降 3.00%”一增一减，自相矛盾，请改正其中一个。",
        check=_check_directions,
        message="情况说明第{numeral}部分“{quote}”一增一减，自相矛盾，请改正其中一个。",
    ),
    Rule(
        id="N-COMPARE-YEAR",
        title="与上一年度比较",
        statement="比较的年份 = 预算年度 − 1",
        tables=(),
        family=Family.NARRATIVE_YEAR,
        severity=Severity.ERROR,
        example="情况说明第八部分“比2022年预算减少3.96万元”比较的是 2022 年，应与 2025 年比较。",
        check=_check_years,
        message="情况说明第{numeral}部分“{quote}”比较的是 {actual} 年，应与 {expected} 年比较。",
    ),
    Rule(
        id="N-CHANGE-PARTS",
        title="三公经费变动额等于各项变动额之和",
        statement="“三公”经费变动额 = 出国 + 接待 + 公务用车；公务用车变动额 = 购置 + 运行维护",
        tables=(),
        family=Family.NARRATIVE_CHANGE,
        severity=Severity.ERROR,
        example="情况说明第七部分各项变动额（增） 7.10，与情况说明第七部分各项变动额（减） 7.00不一致，相差 +0.10。",
        check=_check_parts,
    ),
    Rule(
        id="N-CHANGE-TWIN",
        title="收入总计与支出总计的变动相同",
        statement="收入总计 = 支出总计，所以比上年的变动额和幅度也相同",
        tables=(),
        family=Family.NARRATIVE_CHANGE,
        severity=Severity.ERROR,
        example="情况说明第一部分收入总计的变动额 26.65，与支出总计的变动额 26.56不一致，相差 +0.09，疑为数字颠倒。",
        check=_check_twins,
    ),
    Rule(
        id="N-CHANGE-PREVIOUS",
        title="变动额与上年公开数一致",
        statement="本年数 − 变动额 = 上年公开文本中的同一个数",
        tables=(),
        family=Family.NARRATIVE_CHANGE,
        severity=Severity.ERROR,
        example="情况说明第五部分“一般公共预算当年支出”及减少额 3100.00，与上年公开的表五合计及增加额 3086.99不一致。",
        check=_check_previous,
    ),
)
