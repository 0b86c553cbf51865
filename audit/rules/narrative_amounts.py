"""Amounts and shares in sections 一 to 九 against the tables."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import Outcome, Rule
from audit.constraints import Linear, Share
from audit.context import CheckContext
from audit.figures import Figure
from audit.findings import Evidence, Family, Severity
from audit.narrative.narrative import Narrative, narrative_of
from audit.narrative.statements import Amount, SectionReading
from audit.rules.narrative_reasons import is_explained
from audit.tables import IndexedRow
from disclosures.plain.text import fold

_TABLE_TOPICS = ("overview", "income", "expenditure", "fiscal", "general_public", "basic", "three_public", "operating")
# What the shares of a section are shares of.
_WHOLES = {
    "income": "income_total",
    "expenditure": "expenditure_total",
    "fiscal": "fiscal_total",
    "general_public": "gp_total",
    "basic": "basic",
    "three_public": "three_public",
    "overview": "income_total",
}
_ALL = ("T01", "T03", "T04", "T05", "T06", "T10", "T11")


def _table_readings(narrative: Narrative) -> Iterator[SectionReading]:
    return (reading for reading in narrative.readings if reading.topic in _TABLE_TOPICS)


def _best(rule: Rule, written: Figure, alternatives: tuple[Figure, ...]) -> Linear:
    """The equation with the first alternative that agrees, else with the first of all."""
    equations = [Linear(rule, (written,), (figure,)) for figure in alternatives]
    return next((equation for equation in equations if not equation.fails()), equations[0])


def _check_amounts(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative = narrative_of(context)
    for reading in narrative.readings:
        yield from _unread(reading, rule)
    for reading in _table_readings(narrative):
        for amount in reading.amounts:
            if amount.concept is None:
                yield rule.not_checked(f"没有读懂“{amount.quote}”说的是哪张表的哪个数，请人工核对", amount.spot.where)
                continue
            cells = narrative.cells.of(reading.topic, amount.concept)
            if cells:
                yield _best(rule, narrative.amount(amount), cells)
            else:
                yield rule.not_checked(f"“{amount.quote}”所对应的表缺失，无法核对", amount.spot.where)


def _same_places(left: str, right: str) -> bool:
    return len(left.partition(".")[2]) == len(right.partition(".")[2])


def _check_copies(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A number copied from a table stands there digit for digit; a last digit that differs was retyped."""
    narrative = narrative_of(context)
    for reading in _table_readings(narrative):
        for amount in reading.amounts:
            cells = narrative.cells.of(reading.topic, amount.concept) if amount.concept else ()
            written = narrative.amount(amount)
            near = [cell for cell in cells if cell.text and not Linear(rule, (written,), (cell,)).fails()]
            if amount.unit != "万元" or not near or any(cell.middle == written.middle for cell in cells):
                continue
            cell = near[0]
            if cell.text is not None and _same_places(cell.text, amount.value):
                yield _copy_finding(rule, amount, written, cell)


def _copy_finding(rule: Rule, amount: Amount, written: Figure, cell: Figure) -> Outcome:
    difference = f"{written.middle - cell.middle:+f}"
    return rule.finding(
        amount.spot.where,
        {
            "left": written.words,
            "left_value": amount.value,
            "right": cell.words,
            "right_value": cell.text or "",
            "difference": difference,
        },
        actual=amount.value,
        expected=cell.text,
        difference=difference,
        evidence=[Evidence(cell.place, cell.text, cell.source)],
        source=amount.spot.source,
        key=(cell.place,),
    )


def _check_shares(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative = narrative_of(context)
    for reading in _table_readings(narrative):
        wholes = narrative.cells.of(reading.topic, _WHOLES.get(reading.topic, ""))
        for share in reading.shares:
            where = share.spot.where
            if share.part is None:
                yield rule.not_checked(f"看不出“{share.quote}”是哪个数的占比", where)
            elif not wholes:
                yield rule.not_checked(f"“{share.quote}”的总数所在的表缺失，无法核对", where)
            elif wholes[0].middle == 0:
                yield rule.not_checked(f"总数为零，“{share.quote}”无法核对", where)
            else:
                yield Share(rule, narrative.amount(share.part), wholes[0], narrative.share(share))


def _check_categories(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Every functional class with money in the table is named in the section, when it names classes at all."""
    narrative = narrative_of(context)
    for topic in ("fiscal", "general_public"):
        reading = narrative.topic(topic)
        amounts = reading.amounts if reading else ()
        named = [amount for amount in amounts if (amount.concept or "").startswith("category:")]
        if not named:
            continue
        said = {fold((amount.concept or "").removeprefix("category:")) for amount in named}
        for row in narrative.cells.categories(topic):
            if fold(row.name) not in said and row["total"].middle != 0:
                yield _unnamed(rule, named[-1], row)


def _unnamed(rule: Rule, last: Amount, row: IndexedRow) -> Outcome:
    cell = row["total"]
    return rule.finding(
        last.spot.where,
        {"numeral": last.spot.numeral, "table": row.table.words, "name": row.name, "value": cell.text or ""},
        expected=cell.text,
        evidence=[Evidence(cell.place, cell.text, cell.source)],
        source=last.spot.source,
        key=(row.code or row.name,),
    )


def _unread(reading: SectionReading, rule: Rule) -> Iterator[Outcome]:
    """Sentences with figures that nobody understood are shown to a reviewer; never a finding."""
    for unread in reading.unread:
        yield rule.not_checked(f"“{unread.quote}”：{unread.reason}，请人工核对", unread.spot.where)
    for reason in reading.reasons:
        if not is_explained(reason):
            short = reason.text if len(reason.text) <= 40 else f"{reason.text[:40]}…"
            yield rule.not_checked(f"原因说明“{short}”中的金额无从核对，请人工核对", reason.spot.where)


RULES = (
    Rule(
        id="N-AMOUNT",
        title="情况说明中的金额与报表一致",
        statement="情况说明第一至八部分写出的收入、支出、结转、科目、经费金额，等于对应报表中的数",
        tables=_ALL,
        family=Family.NARRATIVE_AMOUNT,
        severity=Severity.ERROR,
        example="情况说明第三部分“基本支出” 816.57，与表三基本支出合计 861.57不一致，相差 -45.00，疑为数字颠倒。",
        check=_check_amounts,
    ),
    Rule(
        id="N-COPY",
        title="情况说明照抄报表的数字不差分毫",
        statement="情况说明与报表写同一个数、小数位数相同时，末位也应相同",
        tables=_ALL,
        family=Family.NARRATIVE_AMOUNT,
        severity=Severity.WARNING,
        example="情况说明第八部分“机关运行经费” 425.27，与表十一合计 425.28 末位不同，相差 -0.01，请改为同一个数。",
        check=_check_copies,
        message="{left} {left_value} 万元，与{right} {right_value} 万元末位不同，相差 {difference}，请改为同一个数。",
    ),
    Rule(
        id="N-SHARE",
        title="情况说明中的占比与金额一致",
        statement="占比 = 该项金额 ÷ 该部分总数：第二部分除以收入总计，第三部分除以支出总计，第五部分除以表五合计",
        tables=("T01", "T04", "T05", "T06", "T10"),
        family=Family.NARRATIVE_PERCENT,
        severity=Severity.ERROR,
        example="情况说明第二部分“占97.63%” 97.63%，与一般公共预算÷收入总计 96.73%不一致，相差 +0.90。",
        check=_check_shares,
    ),
    Rule(
        id="N-CATEGORY",
        title="第四、五部分没有漏列功能科目",
        statement="表四、表五有金额的每个类级科目，都在第四、五部分的支出中写出",
        tables=("T04", "T05"),
        family=Family.NARRATIVE_AMOUNT,
        severity=Severity.WARNING,
        example="情况说明第五部分没有写到表五的“卫生健康支出” 36.41 万元，请补上。",
        check=_check_categories,
        message="情况说明第{numeral}部分没有写到{table}的“{name}” {value} 万元，请补上。",
    ),
)
