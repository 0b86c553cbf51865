"""Whole-period and annual values of the same indicator: equal in a one-year project, never contradicting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import COST_CLASSES, Form, Item, forms_of
from audit.rules.performance_costs import is_judged
from audit.text.names import loose
from audit.text.quantities import MONEY, Quantity
from disclosures.plain.data import Horizon

# Names are clipped, in the annual column sooner: the beginnings must agree over at least this many characters.
_SHORTEST = 2
_YEARLY = frozenset({"年", "年度", "学年"})
# The year's amount is often the whole period's without its jiao and fen.
_ONE_YUAN, _SMALL = 1, 1000
Pair = tuple[Item, Item]


def _alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SHORTEST and (one.startswith(other) or other.startswith(one))


def pairs(items: Sequence[Item]) -> Iterator[Pair]:
    """The indicators of one class that stand in both horizons, matched by the beginnings of their names.

    Names that begin alike are matched by their values first; where several remain, nobody can tell.
    """
    whole = [item for item in items if item.horizon is Horizon.WHOLE and item.name]
    annual = [item for item in items if item.horizon is Horizon.ANNUAL and item.name]
    names = {id(item): loose(item.name) for item in items}
    by_value: defaultdict[str, list[Item]] = defaultdict(list)
    for item in annual:
        by_value[item.value].append(item)
    open_: list[Item] = []
    for first in whole:
        equal = [other for other in by_value[first.value] if _alike(names[id(first)], names[id(other)])]
        if equal:
            chosen = next((other for other in equal if other.name == first.name), equal[0])
            by_value[first.value].remove(chosen)
            yield first, chosen
        else:
            open_.append(first)
    left = [item for group in by_value.values() for item in group]
    for first in open_:
        found = [other for other in left if _alike(names[id(first)], names[id(other)])]
        if len(found) == 1 and sum(_alike(names[id(item)], names[id(found[0])]) for item in open_) == 1:
            yield first, found[0]


def _measure(value: Quantity) -> tuple[Decimal, str]:
    """Number and unit with money in 元, so that 5万元 and 50000元 are equal."""
    if value.unit in MONEY:
        return value.value * MONEY[value.unit], "元"
    return value.value, value.unit


def _contradicts(form: Form, first: Item, second: Item) -> bool:
    whole, annual = first.quantity, second.quantity
    if whole is None or annual is None:
        return False
    (one, unit), (other, other_unit) = _measure(whole), _measure(annual)
    if unit != other_unit or (set(whole.per) - _YEARLY) != (set(annual.per) - _YEARLY):
        return False
    if one == other or (unit == "元" and abs(one - other) < _ONE_YUAN and max(one, other) > _SMALL):
        return False
    if form.is_one_year or _YEARLY & set(whole.per) & set(annual.per):
        return True
    # Over several years a total may grow, a bound from below may not shrink; rates may differ year by year.
    return not whole.is_rate and one < other


def _check(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        for level2, items in form.by_class.items():
            differing = [pair for pair in pairs(items) if _contradicts(form, *pair)]
            if differing and not (level2 in COST_CLASSES and is_judged(form)):
                yield _finding(rule, form, differing)


def _finding(rule: Rule, form: Form, differing: Sequence[Pair]) -> Outcome:
    first, second = differing[0]
    shown = "、".join(
        f"“{a.indicator.level3}”实施期 {a.indicator.value}、年度 {b.indicator.value}" for a, b in differing[:3]
    )
    return rule.finding(
        first.place,
        {"project": form.words, "class": first.level2, "shown": shown, "why": _why(form)},
        actual=first.indicator.value,
        expected=second.indicator.value,
        evidence=[
            Evidence(item.place, item.indicator.value, item.indicator.source) for pair in differing for item in pair
        ][1:],
        source=first.indicator.source or form.source(),
        severity=_severity(differing),
    )


def _why(form: Form) -> str:
    return "一年期项目两者应相等" if form.is_one_year else "两期相互矛盾"


def _severity(differing: Sequence[Pair]) -> Severity | None:
    doubtful = any(item.indicator.doubtful for pair in differing for item in pair)
    return Severity.INFO if doubtful else None


RULES = (
    Rule(
        id="P-HORIZONS-DIFFER",
        title="实施期与年度的指标值不矛盾",
        statement="一年期项目（或按年计的指标）同一指标两期的值相等；多年项目实施期总量不小于年度",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.WARNING,
        example="项目“业务经费”的成本指标“办公费用”实施期 20万元、年度 60万元，一年期项目两者应相等。",
        check=_check,
        message="项目{project}的{class}{shown}，{why}。",
        basis="项目支出绩效评价管理办法（财预〔2020〕10号）",
    ),
)
