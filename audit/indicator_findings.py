"""One finding for one fault of several indicators: both horizons, and all indicators of a class or a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import Form, Item, forms_of
from audit.text.names import is_clip
from disclosures.plain.data import HORIZON_WORDS

Fault = Callable[[Item], bool]
Check = Callable[[CheckContext, Rule], Iterator[Outcome]]
_BASIS = "项目支出绩效评价管理办法（财预〔2020〕10号）：绩效指标应清晰反映目标、可衡量、可实现"


def _same_fault(first: Item, second: Item) -> bool:
    same_name = first.name == second.name or is_clip(first.name, second.name) or is_clip(second.name, first.name)
    return same_name and (first.value == second.value or not first.value or not second.value)


def _distinct(items: Sequence[Item]) -> list[Item]:
    """One of each pair that stands in both horizons."""
    kept: list[Item] = []
    for item in items:
        if not any(_same_fault(item, other) for other in kept):
            kept.append(item)
    return kept


def grouped(rule: Rule, form: Form, items: Sequence[Item], severity: Severity | None = None) -> Outcome:
    """One finding for the same fault of several indicators of a form."""
    horizons = "、".join(dict.fromkeys(HORIZON_WORDS[item.horizon] for item in items))
    distinct = _distinct(items)
    shown = "、".join(item.shown for item in distinct[:3]) + (f"等 {len(distinct)} 项" if len(distinct) > 3 else "")
    doubtful = all(item.indicator.doubtful for item in items)
    return rule.finding(
        items[0].place,
        {
            "project": form.words,
            "horizons": horizons,
            "class": "、".join(dict.fromkeys(item.level2 for item in items)),
            "shown": shown,
            "hint": "（读取存疑，请对照原件）" if doubtful else "",
        },
        actual=items[0].indicator.value,
        evidence=[Evidence(item.place, item.indicator.value, item.indicator.source) for item in items[1:]],
        source=items[0].indicator.source or form.source(),
        severity=Severity.INFO if doubtful else severity,
    )


def each_class(classes: frozenset[str], fault: Fault, context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """One finding for each form and class that has indicators with the fault."""
    for form in forms_of(context).forms:
        for level2, items in form.by_class.items():
            if level2 in classes:
                faulty = [item for item in items if fault(item)]
                if faulty:
                    yield grouped(rule, form, faulty)


def each_form(classes: frozenset[str], fault: Fault, context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """One finding for each form that has indicators with the fault, whatever their class."""
    for form in forms_of(context).forms:
        faulty = [item for item in form.items if item.level2 in classes and fault(item)]
        if faulty:
            yield grouped(rule, form, faulty)


def indicator_rule(
    rule_id: str,
    title: str,
    statement: str,
    message: str,
    example: str,
    severity: Severity,
    check: Check,
    basis: str = _BASIS,
) -> Rule:
    """A rule about indicators, of their quality; `message` goes on behind the project and the horizons."""
    return Rule(
        id=rule_id,
        title=title,
        statement=statement,
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=severity,
        example=example,
        check=check,
        message="项目{project}的{horizons}" + message + "{hint}。",
        basis=basis,
    )
