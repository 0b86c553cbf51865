"""Cost indicators against the funds of the project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import COST_CLASSES, Form, Item, forms_of
from audit.indicator_findings import each_form
from audit.text import sums
from audit.text.quantities import is_rounding, yuan_words
from disclosures.plain.data import HORIZON_WORDS, Horizon

_UNIT_PRICE = re.compile(r"标准|单价|人均|均价|每|单位.{0,4}成本|次均|日均|户均|亩均|平均|价格|基数")
_TIMES_PER_YEAR = {"月": 12, "季": 4, "季度": 4}
# A cost this many times below the funds is rather a price of something than their total.
_PRICE = 20
_NOT_MONEY = frozenset({"年", "人", "人次", "次", "天", "月", "个", "家", "件", "份", "场", "台", "套"})
# A cost off by no more than this part of the funds (and half a 元) equals them.
_SLACK = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class _Cost:
    """A cost indicator as an amount of the year in 元."""

    item: Item
    yuan: Decimal
    half: Decimal


def _cost(item: Item) -> _Cost | None:
    """The amount of a cost indicator; None for prices, prose and what is not money."""
    value = item.quantity
    amount = value.yuan if value is not None else None
    if value is None or amount is None or value.is_unit_price or _UNIT_PRICE.search(item.name):
        return None
    times = next((_TIMES_PER_YEAR[per] for per in value.per if per in _TIMES_PER_YEAR), 1)
    return _Cost(item, amount * times, value.half_yuan * times)


def _costs(form: Form, horizon: Horizon) -> list[_Cost]:
    items = [item for item in form.items if item.level2 in COST_CLASSES and item.horizon is horizon]
    return [cost for item in items if (cost := _cost(item)) is not None]


def _fits(cost: Decimal, half: Decimal, funds: Decimal) -> bool:
    return abs(cost - funds) <= half + max(funds * _SLACK, Decimal("0.5"))


def _funds(form: Form, horizon: Horizon) -> list[Decimal]:
    """Funds in 元 that a cost may equal: those of its horizon, for the whole period of a lasting project also
    those of the year."""
    wanted = [horizon] if horizon is Horizon.ANNUAL or form.is_one_year else [horizon, Horizon.ANNUAL]
    amounts = [form.printed_funds(each, "total") for each in wanted]
    return [Decimal(amount) for amount in amounts if amount and Decimal(amount) > 0]


def _judge(form: Form, horizon: Horizon) -> tuple[str, Decimal, list[_Cost]] | None:
    """What is wrong with the costs of a horizon: ("above" or "below", amount, the indicators), None if nothing."""
    funds, costs = _funds(form, horizon), _costs(form, horizon)
    if not funds or not costs:
        return None
    above = [cost for cost in costs if all(_exceeds(cost, amount) for amount in funds)]
    if above:
        largest = max(above, key=lambda cost: cost.yuan)
        return "above", largest.yuan, [largest]
    together = sum((cost.yuan for cost in costs), Decimal(0))
    half = sum((cost.half for cost in costs), Decimal(0))
    if _of_whole_period(form, horizon, together, half):
        return "above", together, costs
    reached = any(
        _fits(together, half, amount) or together > amount or any(_fits(cost.yuan, cost.half, amount) for cost in costs)
        for amount in funds
    )
    return None if reached else ("below", together, costs)


def _of_whole_period(form: Form, horizon: Horizon, together: Decimal, half: Decimal) -> bool:
    """Whether the costs of the year together are the funds of the whole period, and more than those of the year."""
    whole, year = (Decimal(form.printed_funds(each, "total") or 0) for each in (Horizon.WHOLE, Horizon.ANNUAL))
    return horizon is Horizon.ANNUAL and 0 < year < whole and _fits(together, half, whole)


def _exceeds(cost: _Cost, funds: Decimal) -> bool:
    return cost.yuan > funds and not _fits(cost.yuan, cost.half, funds)


def _is_price_of(form: Form, cost: Decimal, funds: Decimal) -> bool:
    """Whether the cost times some quantity of the form is the funds."""
    for item in form.by_class.get("数量指标", ()):
        if item.quantity is not None and not item.quantity.is_money and item.quantity.value > 1:
            product = cost * item.quantity.value
            if abs(product - funds) <= funds / 50:
                return True
    return False


def is_judged(form: Form) -> bool:
    """Whether the costs of a form are found at odds with its funds: a contradiction between its horizons is
    then no second cause."""
    return any(_judge(form, horizon) is not None for horizon in Horizon)


Judgement = tuple[Horizon, Decimal, list[_Cost]]


def _judgements(form: Form, wanted: str) -> list[Judgement]:
    found = []
    for horizon in Horizon:
        judged = _judge(form, horizon)
        if judged is not None and judged[0] == wanted:
            found.append((horizon, judged[1], judged[2]))
    return found


def _above(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        found = _judgements(form, "above")
        if found:
            horizon, amount, _ = found[0]
            funds = max(_funds(form, horizon))
            severity = Severity.WARNING if amount < 2 * funds else None
            yield _finding(rule, form, found, amount - funds, severity)


def _below(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        found = _judgements(form, "below")
        if not found:
            continue
        horizon, amount, costs = found[0]
        funds = min(_funds(form, horizon))
        if _is_price_of(form, amount, funds):
            continue
        price = amount * _PRICE < funds and len(costs) == 1
        severity = Severity.INFO if price or is_rounding(amount, funds) else None
        if len(costs) > 1 and amount * 2 < funds:
            # Only some of the expenses were given a cost indicator.
            severity = Severity.INFO
        if _is_named_part(form, amount) or len(costs) < len(
            [item for item in form.items if _other_cost(item, horizon)]
        ):
            severity = Severity.INFO
        yield _finding(rule, form, found, amount - funds, severity)


def _is_named_part(form: Form, cost: Decimal) -> bool:
    """Whether the description names the amount as one of several."""
    found = sums.amounts(form.texts.get("overview", ""))
    return len(found) > 1 and any(amount.yuan == cost for amount in found)


def _other_cost(item: Item, horizon: Horizon) -> bool:
    return item.level2 in COST_CLASSES and item.horizon is horizon


def _finding(
    rule: Rule, form: Form, found: Sequence[Judgement], difference: Decimal, severity: Severity | None
) -> Outcome:
    horizon, amount, costs = found[0]
    items = [cost.item for _, _, group in found for cost in group]
    doubtful = any(item.indicator.doubtful for item in items) or form.is_doubtful("funds")
    shown = "、".join(cost.item.shown for cost in costs[:3])
    funds = form.funds(horizon, "total")
    return rule.finding(
        items[0].place,
        {
            "project": form.words,
            "horizons": "、".join(HORIZON_WORDS[each] for each, _, _ in found),
            "shown": shown + ("合计" if len(costs) > 1 else ""),
            "amount": yuan_words(amount),
            "funds": yuan_words(Decimal(form.printed_funds(horizon, "total") or 0)),
            "difference": yuan_words(abs(difference)),
        },
        actual=f"{amount.normalize():f}",
        expected=form.printed_funds(horizon, "total"),
        difference=f"{difference.normalize():+f}",
        evidence=[
            *(Evidence(item.place, item.indicator.value, item.indicator.source) for item in items[1:]),
            Evidence(funds.place, form.printed_funds(horizon, "total"), funds.source),
        ],
        source=items[0].indicator.source or form.source(),
        severity=Severity.INFO if doubtful else severity,
    )


def _wrong_unit(item: Item) -> bool:
    value = item.quantity
    return value is not None and value.unit in _NOT_MONEY


def _floor(item: Item) -> bool:
    value = item.quantity
    return value is not None and value.is_money and value.operator in ("≥", ">")


RULES = (
    Rule(
        id="P-COST-UNIT",
        title="成本指标的单位是金额",
        statement="成本指标的数值以元、万元计，不以年、人、次等计",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.WARNING,
        example="项目“生活补贴”的实施期成本指标“补助发放金额：2640年”的单位不是金额。",
        check=partial(each_form, COST_CLASSES, _wrong_unit),
        message="项目{project}的{horizons}成本指标{shown}的单位不是金额。",
    ),
    Rule(
        id="P-COST-FLOOR",
        title="成本指标不设下限",
        statement="成本指标写上限（≤）或定额，不写“≥”",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.INFO,
        example="项目“就业服务”的年度成本指标“宣传费：≥3万元”以下限控制成本，疑符号写反。",
        check=partial(each_form, COST_CLASSES, _floor),
        message="项目{project}的{horizons}成本指标{shown}以下限控制成本，疑符号写反。",
    ),
    Rule(
        id="P-COST-ABOVE",
        title="成本指标不超过项目资金",
        statement="成本指标的金额 ≤ 同期资金总额（单价、标准不比）",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.ERROR,
        example="项目“业务经费”的年度成本指标“办公费用：60万元” 60万元，超过资金总额 20万元，多出 40万元。",
        check=_above,
        message="项目{project}的{horizons}成本指标{shown} {amount}，超过资金总额 {funds}，多出 {difference}。",
    ),
    Rule(
        id="P-COST-BELOW",
        title="成本指标不低于项目资金",
        statement="成本指标的金额（几项的，其合计）与同期资金总额相符（单价、标准不比）",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.WARNING,
        example="项目“网络维护”的实施期、年度成本指标“运转费：≤5万元” 5万元，低于资金总额 5.0001万元，相差 1元。",
        check=_below,
        message="项目{project}的{horizons}成本指标{shown} {amount}，低于资金总额 {funds}，相差 {difference}。",
    ),
)
