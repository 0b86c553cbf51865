"""What the name of an indicator says against its class, its value and the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from audit.catalogue import BUDGET_LAW, Outcome, Rule
from audit.context import CheckContext
from audit.findings import Severity
from audit.forms import Form, Item, forms_of
from audit.indicator_findings import each_form, grouped, indicator_rule
from audit.text import measures
from audit.text.names import loose
from audit.text.quantities import has_number

_MEASURED = frozenset({"数量指标", "质量指标", "时效指标"})
_SUSTAINED = "可持续影响"
_OTHER_BENEFITS = frozenset({"经济效益", "社会效益", "生态效益"})
# Money may well be named after the project; a benefit or a quality may not.
_NOT_NAMED_AFTER = _OTHER_BENEFITS | {"质量指标", _SUSTAINED, "服务对象满意度"}
_MECHANISM = re.compile(r"长效.{0,6}(?:机制|制度|管理)|(?:机制|制度)建设")
_TIMES = re.compile(r"次数|人次|面积|份数|台数|辆数|个数")


def _rate_without_number(item: Item) -> bool:
    return bool(item.value) and measures.is_rate_name(item.name) and not has_number(item.value)


def _quantity_elsewhere(item: Item) -> bool:
    """A number of times or square metres under 质量指标 or 时效指标."""
    value = item.quantity
    return value is not None and not value.is_rate and bool(value.unit) and bool(_TIMES.search(item.name))


def _named_after_project(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        name = loose(form.name)
        named = [item for item in form.items if item.level2 in _NOT_NAMED_AFTER and name and loose(item.name) == name]
        if named:
            yield grouped(rule, form, named)


def _misplaced_mechanisms(form: Form) -> list[Item]:
    """Lasting mechanisms under another benefit, in a horizon whose 可持续影响 is empty."""
    lasting = {item.horizon for item in form.by_class.get(_SUSTAINED, ()) if item.name}
    return [
        item
        for item in form.items
        if item.level2 in _OTHER_BENEFITS and item.horizon not in lasting and _MECHANISM.search(item.name)
    ]


def _class_of_another(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        counted = [item for item in form.items if item.level2 in ("质量指标", "时效指标") and _quantity_elsewhere(item)]
        strays = counted + _misplaced_mechanisms(form)
        if strays:
            yield grouped(rule, form, strays)


RULES = (
    indicator_rule(
        "P-RATE-PROSE",
        "比率指标有数值",
        "名称为“…率”的产出指标，指标值含有数字",
        "{class}{shown}是比率，却没有数值",
        "项目“值守经费”的年度质量指标“电路合格率：合格”是比率，却没有数值。",
        Severity.INFO,
        partial(each_form, _MEASURED, _rate_without_number),
        BUDGET_LAW,
    ),
    indicator_rule(
        "P-NAME-PROJECT",
        "指标名称不是项目名称",
        "质量、效益、满意度指标的名称说明衡量什么，不照抄项目名称",
        "{class}{shown}以项目名称为指标名称，未说明衡量什么",
        "项目“培训费”的年度社会效益“培训费：提高”以项目名称为指标名称，未说明衡量什么。",
        Severity.WARNING,
        _named_after_project,
        BUDGET_LAW,
    ),
    indicator_rule(
        "P-CLASS-OTHER",
        "指标列在所属的类别之下",
        "次数、面积等列在数量指标之下，长效机制列在可持续影响之下",
        "{class}{shown}疑列错类别",
        "项目“业务费”的年度质量指标“租车次数：10次”疑列错类别。",
        Severity.INFO,
        _class_of_another,
        BUDGET_LAW,
    ),
)
