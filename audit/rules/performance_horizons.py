"""Whole-period and annual values of the same indicator: equal in a one-year project, never contradicting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    names = {id(item): loose(item.name) for item in items}
    whole = [item for item in items if item.horizon is Horizon.WHOLE and item.name]
    annual = [item for item in items if item.horizon is Horizon.ANNUAL and item.name]
    for same_value in (True, False):
        for first in list(whole):
            name = names[id(first)]
            found = [other for other in annual if _alike(name, names[id(other)])]
            equal = [other for other in found if other.value == first.value]
            if same_value and equal:
                chosen = next((other for other in equal if other.name == first.name), equal[0])
            elif not same_value and len(found) == 1 and _is_only(names, whole, found[0]):
                chosen = found[0]
            else:
                continue
            whole.remove(first)
            annual.remove(chosen)
            yield first, chosen


def _is_only(names: Mapping[int, str], whole: Sequence[Item], other: Item) -> bool:
    """Whether a single indicator of the whole period begins like the annual one."""
    return sum(_alike(names[id(item)], names[id(other)]) for item in whole) == 1


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
            if level2 in COST_CLASSES and is_judged(form):
                continue
            differing = [pair for pair in pairs(items) if _contradicts(form, *pair)]
            if differing:
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
