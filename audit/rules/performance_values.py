"""Values of indicators: filled in, measurable where the class demands it, in a unit that can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Severity
from audit.forms import COST_CLASSES, Item, forms_of
from audit.indicator_findings import each_class, each_form, grouped, indicator_rule
from audit.text import measures
from audit.text.doubled import is_doubled_value
from audit.text.measures import class_suggested_by
from audit.text.names import loose
from audit.text.quantities import ABOUT, has_number
from disclosures.plain.data import Horizon

_OUTPUT = frozenset({"数量指标", "质量指标", "时效指标"}) | COST_CLASSES
_BENEFIT = frozenset({"经济效益", "社会效益", "生态效益", "可持续影响"})
_SATISFACTION = "服务对象满意度"
# A qualitative value longer than this describes an intention; a graded state (合格, 逐步提高) is shorter.
_LONGEST_STATE = 13
# Names of this length are as long as the column is wide: what follows may have been cut off.
_CLIPPED = 12
# How often something is done is a measure of its time.
_EVERY = re.compile(r"每(?:天|日|周|月|季|年|学期)")
_STANDARD = ("标准", "文件", "规定", "政策", "合同", "不超")
_STATE_OF_TIME = ("及时", "按时", "时间", "期限", "时限", "当天", "全年", "日前", "月前", "底前")


def _name_is_value(item: Item) -> bool:
    return bool(item.value) and loose(item.name) == loose(item.value) and not has_number(item.value)


def _is_prose(item: Item) -> bool:
    """Filled in, without any number, and not merely the name again (which is a fault of its own)."""
    return bool(item.value) and not has_number(item.value) and not _name_is_value(item)


def _half_filled(item: Item) -> bool:
    return bool(item.name) != bool(item.value)


def _belongs_elsewhere(item: Item) -> bool:
    """Whether the name says that it is an indicator of another class: its label drifted, its value is in order."""
    suggested = class_suggested_by(item.name)
    return suggested is not None and suggested != item.level2 and item.level2 not in COST_CLASSES


def _uncounted(item: Item) -> bool:
    return _is_prose(item) and not _belongs_elsewhere(item)


def _quantity_as_money(item: Item) -> bool:
    value = item.quantity
    return value is not None and value.is_money and not value.is_unit_price


def _unmeasured_cost(item: Item) -> bool:
    if not _is_prose(item) or any(word in item.value for word in _STANDARD):
        return False
    return not _is_timing(item)


def _is_timing(item: Item) -> bool:
    """An indicator of 时效 that stands among the costs, name and value alike."""
    return class_suggested_by(item.name) in ("时效指标", "质量指标") and (
        any(word in item.value for word in _STATE_OF_TIME) or not _is_prose(item)
    )


def _cost_by_name(item: Item) -> bool:
    return class_suggested_by(item.name) == "时效指标" and not _is_timing(item)


def _unmeasured_satisfaction(item: Item) -> bool:
    return bool(item.value) and not has_number(item.value)


def _intention(item: Item) -> bool:
    if item.value in ("是", "有", "无", "否") and item.level2 != "时效指标":
        return True
    return _is_prose(item) and len(item.value) > _LONGEST_STATE and not _EVERY.search(item.value)


def _is_about(item: Item) -> bool:
    return any(item.value.startswith(word) for word in ABOUT[:3]) or ("左右" in item.value and has_number(item.value))


def _over_whole(item: Item) -> bool:
    value = item.quantity
    return value is not None and value.unit == "%" and value.operator in ("≥", ">") and value.value == 100


def _impossible_rate(item: Item) -> bool:
    value = item.quantity
    satisfaction = item.level2 == _SATISFACTION
    return value is not None and value.unit == "%" and value.value > 100 and satisfaction


def _rate_unit(item: Item) -> bool:
    return item.quantity is not None and measures.rate_in_other_unit(item.name, item.quantity)


def _rate_count(item: Item) -> bool:
    return item.quantity is not None and measures.rate_in_counts(item.name, item.quantity)


def _unit(item: Item) -> bool:
    return item.quantity is not None and measures.impossible_unit(item.name, item.quantity)


def _not_ecological(item: Item) -> bool:
    return item.level2 == "生态效益" and measures.not_ecological(item.name + item.value)


def _doubled(item: Item) -> bool:
    return is_doubled_value(item.value)


def _one_name_for_all(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Output indicators of different classes under one name."""
    for form in forms_of(context).forms:
        by_name: dict[str, list[Item]] = {}
        # Names of the annual column are clipped and may agree by that alone.
        fullest = Horizon.WHOLE if Horizon.WHOLE in form.horizons else Horizon.ANNUAL
        for item in form.items:
            if item.horizon is fullest and item.level2 in _OUTPUT and len(item.name) >= 6:
                by_name.setdefault(item.name, []).append(item)
        shared = [items for items in by_name.values() if len({item.level2 for item in items}) > 1]
        if shared:
            few = len(shared) == 1 and len({item.level2 for item in shared[0]}) == 2
            clipped = few and len(shared[0][0].name) >= _CLIPPED
            severity = Severity.INFO if clipped else None
            yield grouped(rule, form, [item for items in shared for item in items], severity)


def _repeated(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        seen: set[tuple[object, ...]] = set()
        again = []
        for item in form.items:
            key = (item.horizon, item.level2, item.name, item.value)
            if key in seen and item.name and item.value:
                again.append(item)
            seen.add(key)
        if again:
            yield grouped(rule, form, again)


_ALL = _OUTPUT | _BENEFIT | {_SATISFACTION}


RULES = (
    indicator_rule(
        "P-INDICATOR-BLANK",
        "指标名称和指标值都已填写",
        "有名称的指标有指标值，有指标值的指标有名称",
        "{class}{shown}缺名称或指标值",
        "项目“职业技能培训”的年度数量指标“培训人数：（空）”缺名称或指标值。",
        Severity.WARNING,
        partial(each_class, _ALL, _half_filled),
    ),
    indicator_rule(
        "P-NAME-IS-VALUE",
        "产出指标的名称与指标值不同",
        "数量、质量、时效、成本指标的指标值不是名称的重复",
        "{class}{shown}名称与指标值相同，不可衡量",
        "项目“人员招聘”的实施期、年度成本指标“降低招聘成本：降低招聘成本”名称与指标值相同，不可衡量。",
        Severity.WARNING,
        partial(each_class, _OUTPUT, _name_is_value),
    ),
    indicator_rule(
        "P-BENEFIT-NAME-IS-VALUE",
        "效益指标的名称与指标值不同",
        "效益指标的指标值不是名称的重复",
        "效益指标{shown}名称与指标值相同，无可衡量内容",
        "项目“遗属补助”的实施期、年度效益指标“改善生活：改善生活”名称与指标值相同，无可衡量内容。",
        Severity.INFO,
        partial(each_form, _BENEFIT, _name_is_value),
    ),
    indicator_rule(
        "P-QUANTITY-PROSE",
        "数量指标有数值",
        "数量指标的指标值含有数字",
        "数量指标{shown}没有数值，不可衡量",
        "项目“生活补贴”的实施期、年度数量指标“保障人数：符合政策的人”没有数值，不可衡量。",
        Severity.WARNING,
        partial(each_class, frozenset({"数量指标"}), _uncounted),
    ),
    indicator_rule(
        "P-QUANTITY-MONEY",
        "数量指标不以金额代替数量",
        "数量指标的单位不是元、万元",
        "数量指标{shown}以金额代替数量，与成本指标混淆",
        "项目“遗属补助”的实施期、年度数量指标“补助金额：46616元”以金额代替数量，与成本指标混淆。",
        Severity.WARNING,
        partial(each_class, frozenset({"数量指标"}), _quantity_as_money),
    ),
    indicator_rule(
        "P-COST-PROSE",
        "成本指标可衡量",
        "成本指标的指标值是金额、标准或可查的限额",
        "成本指标{shown}不可衡量",
        "项目“生活补贴”的实施期、年度成本指标“补贴费：实际测算”不可衡量。",
        Severity.WARNING,
        partial(each_class, COST_CLASSES, _unmeasured_cost),
    ),
    indicator_rule(
        "P-COST-NAME",
        "成本指标的名称说的是成本",
        "成本指标的名称不是时效内容",
        "成本指标{shown}的名称属时效内容，疑填错",
        "项目“生活补贴”的实施期、年度成本指标“按时发放：实际测算”的名称属时效内容，疑填错。",
        Severity.WARNING,
        partial(each_class, COST_CLASSES, _cost_by_name),
    ),
    indicator_rule(
        "P-SATISFACTION-PROSE",
        "满意度可衡量",
        "服务对象满意度的指标值是百分比或分数",
        "满意度指标{shown}为定性描述，应为百分比",
        "项目“网络维护”的实施期、年度满意度指标“人员满意度：满意度高”为定性描述，应为百分比。",
        Severity.WARNING,
        partial(each_class, frozenset({_SATISFACTION}), _unmeasured_satisfaction),
    ),
    indicator_rule(
        "P-SATISFACTION-OVER",
        "满意度不超过100%",
        "服务对象满意度的指标值 ≤ 100%",
        "满意度指标{shown}超过100%",
        "项目“网络维护”的年度满意度指标“人员满意度：≥150%”超过100%。",
        Severity.ERROR,
        partial(each_class, frozenset({_SATISFACTION}), _impossible_rate),
    ),
    indicator_rule(
        "P-OUTPUT-PROSE",
        "质量、时效指标可衡量",
        "质量、时效指标的指标值是数值、时限或分级的状态，不是长句",
        "{class}{shown}为定性描述，不可衡量",
        "项目“仲裁经费”的实施期、年度质量指标“案件质量：确保每个案件的处理符合法律法规”为定性描述，不可衡量。",
        Severity.WARNING,
        partial(each_class, frozenset({"质量指标", "时效指标"}), _intention),
    ),
    indicator_rule(
        "P-RATE-UNIT",
        "比率指标的单位是百分比",
        "名称为“…率”的指标，单位不是元、平方米、吨等",
        "{class}{shown}是比率，单位不应是金额或物量",
        "项目“合同工”的实施期、年度质量指标“完成率：100元”是比率，单位不应是金额或物量。",
        Severity.ERROR,
        partial(each_class, _ALL, _rate_unit),
    ),
    indicator_rule(
        "P-RATE-COUNT",
        "比率指标不以个数表示",
        "名称为“…率”的指标，单位不是人、件、次等（零除外）",
        "{class}{shown}是比率，却以个数表示",
        "项目“培训”的年度质量指标“合格率：95人”是比率，却以个数表示。",
        Severity.WARNING,
        partial(each_class, _ALL, _rate_count),
    ),
    indicator_rule(
        "P-UNIT-IMPOSSIBLE",
        "计量单位与指标相符",
        "指标的计量单位能够衡量其名称所说的事物（用电量不以吨计，人数不以平方米计）",
        "{class}{shown}的计量单位与所衡量的事物不符",
        "项目“水电费”的年度数量指标“用电量：≤5000吨”的计量单位与所衡量的事物不符。",
        Severity.WARNING,
        partial(each_class, _ALL, _unit),
    ),
    indicator_rule(
        "P-RATE-WHOLE",
        "比率上限表述得当",
        "比率指标不写“≥100%”，应写“100%”",
        "{class}{shown}用“≥100%”，应为 100%",
        "项目“就业补助”的实施期、年度质量指标“发放准确率：≥100%”用“≥100%”，应为 100%。",
        Severity.INFO,
        partial(each_form, _ALL, _over_whole),
    ),
    indicator_rule(
        "P-VALUE-ABOUT",
        "指标值确切",
        "指标值不用“约”“左右”",
        "{class}{shown}用约数，不精确",
        "项目“意外保险”的实施期、年度数量指标“投保人数：约15万人”用约数，不精确。",
        Severity.INFO,
        partial(each_form, _ALL, _is_about),
    ),
    indicator_rule(
        "P-ECOLOGY-OTHER",
        "生态效益说的是生态",
        "生态效益指标的内容与生态环境有关",
        "生态效益指标{shown}与生态无关，疑填错类别",
        "项目“公益岗位”的实施期、年度生态效益指标“就业岗位：得到保障”与生态无关，疑填错类别。",
        Severity.WARNING,
        partial(each_form, frozenset({"生态效益"}), _not_ecological),
    ),
    indicator_rule(
        "P-VALUE-DOUBLED",
        "指标值没有重复",
        "指标值不是同一个词写两遍",
        "{class}{shown}的指标值重复",
        "项目“调研费”的实施期社会效益“保障度：保障保障”的指标值重复。",
        Severity.INFO,
        partial(each_form, _ALL, _doubled),
    ),
    indicator_rule(
        "P-NAMES-SHARED",
        "不同类别的产出指标名称不同",
        "数量、质量、时效、成本指标不共用一个名称",
        "{class}共用一个名称{shown}，名称未反映衡量内容",
        "项目“档案经费”的实施期数量指标、质量指标共用一个名称“人事档案工作：100%”，名称未反映衡量内容。",
        Severity.WARNING,
        _one_name_for_all,
    ),
    indicator_rule(
        "P-INDICATOR-REPEATED",
        "指标没有重复",
        "同一期、同一类中没有名称和指标值都相同的两项指标",
        "{class}{shown}重复",
        "项目“宣传经费”的年度数量指标“宣传次数：≥4次”重复。",
        Severity.INFO,
        _repeated,
    ),
)
