"""Indicators of the department-wide form: units that cannot be, years of another document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import Item, numbered_items
from audit.text import dates, measures

_NEAR = 4  # years: a year further away is history or law


def _items(context: CheckContext) -> Iterator[tuple[Item, ...]]:
    """The indicators of each form."""
    for position, target in enumerate(context.disclosure.overall_targets):
        yield numbered_items(target.indicators, "O" if position == 0 else f"O#{position + 1}")


def _finding(rule: Rule, items: list[Item], params: dict[str, str]) -> Outcome:
    shown = "、".join(dict.fromkeys(item.shown for item in items))
    return rule.finding(
        items[0].place,
        {"shown": shown, **params},
        actual=items[0].indicator.value,
        evidence=[Evidence(item.place, item.indicator.value, item.indicator.source) for item in items[1:]],
        source=items[0].indicator.source,
        severity=Severity.INFO if all(item.indicator.doubtful for item in items) else None,
    )


def _each(context: CheckContext, rule: Rule, fault: Callable[[Item], bool], **params: str) -> Iterator[Outcome]:
    for items in _items(context):
        faulty = [item for item in items if fault(item)]
        if faulty:
            yield _finding(rule, faulty, params)


def _units(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    def fault(item: Item) -> bool:
        value = item.quantity
        return value is not None and (
            measures.impossible_unit(item.name, value) or measures.rate_in_other_unit(item.name, value)
        )

    yield from _each(context, rule, fault)


def _years(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    year = context.disclosure.fiscal_year

    def fault(item: Item) -> bool:
        found = {stray for stray, _ in dates.work_years(item.value)}
        return bool(found) and year not in dates.years(item.value) and all(0 < year - y <= _NEAR for y in found)

    yield from _each(context, rule, fault, year=str(year))


RULES = (
    Rule(
        id="P-OVERALL-UNIT",
        title="整体绩效指标的计量单位与指标相符",
        statement="整体支出绩效目标表的计量单位能够衡量指标名称所说的事物",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.WARNING,
        example="整体支出绩效目标表的指标“预计用电量：≤150万吨”的计量单位与所衡量的事物不符。",
        check=_units,
        message="整体支出绩效目标表的指标{shown}的计量单位与所衡量的事物不符。",
    ),
    Rule(
        id="P-OVERALL-YEAR",
        title="整体绩效指标的年份是预算年度",
        statement="整体支出绩效目标表的指标值不写以前年度",
        tables=(),
        family=Family.NARRATIVE_YEAR,
        severity=Severity.WARNING,
        example="整体支出绩效目标表的指标“补贴时间：2025年12月前”写的不是 2026 年，年份疑未更新。",
        check=_years,
        message="整体支出绩效目标表的指标{shown}写的不是 {year} 年，年份疑未更新。",
    ),
)
