"""Bounds of indicators: on the right side, within what a rate can be, with a unit, with a deadline in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Severity
from audit.forms import Form, Item, forms_of
from audit.indicator_findings import each_class, each_form, grouped, indicator_rule
from audit.text.measures import is_rate_name

_SATISFACTION = "服务对象满意度"
_OUTPUT_AND_BENEFIT = frozenset(
    {"数量指标", "质量指标", "时效指标", "经济效益", "社会效益", "生态效益", "可持续影响", _SATISFACTION}
)
# Rates of which less is better, or of which neither is.
_LESS_IS_BETTER = re.compile(
    r"差错|错误|误|投诉|上访|信访|事故|伤亡|死亡|失业|违约|违规|违法|违纪|逾期|超期|拖欠|故障|流失|退|缺|超|损|耗|污染|发病|感染|患病|返工"
    r"|返贫|空置|闲置|下降|降低|降|减|浮动|偏差|偏离|变动|变更|调整|增长|成本|费|结转|结余|辍学|犯罪|发案|案发|复发|淘汰|不|未|占比|比例|比率|纠纷"
    r"|负债|债务|贫困|倒闭|破产|脱管|火灾|隐患|破损|漏|控制"
)
# Rates of a whole: nothing can be more than all of it.
_OF_A_WHOLE = re.compile(
    r"(?:合格|准确|覆盖|达标|及时|到位|发放|完好|满意|知晓|知悉|参与|参训|入户|签订|兑现|验收|支付|办结|结案|完成|保障|出勤|出席|执行"
    r"|符合|建档|参保|受理|回复|响应|落实|正确|真实|规范|通过|正常运行|足额|按时)率(?:\(%\))?$"
)
_LEAST_SATISFACTION = 60
_BARE = re.compile(r"^(?:[≥≤><=]|>=|<=|不少于|不低于|不超过)?\d+(?:\.\d+)?$")
# A name that says what is counted in a unit of its own needs none behind the number.
_NAMES_UNIT = re.compile(
    r"\([^()]{1,6}\)|率|比例|占比|人数|人次|次数|户数|个数|台数|份数|件数|场数|场次|家数|名额|天数|月数|年数|期数"
)
_DEADLINE = re.compile(r"(20\d\d)年?(?:度|\d{1,2}月|[年底末前]|$)")
_MANY_YEARS = re.compile(r"20\d\d\D{1,6}20\d\d")


def _wrong_side(item: Item) -> bool:
    value = item.quantity
    if value is None or value.operator not in ("≤", "<") or value.unit != "%" or value.value <= _HALF:
        return False
    if item.level2 == _SATISFACTION or "满意" in item.name:
        return not _LESS_IS_BETTER.search(item.name.replace("满意", ""))
    return bool(_OF_A_WHOLE.search(item.name)) and not _LESS_IS_BETTER.search(item.name)


_HALF = 50  # a bound below says that little of it is wanted


def _low_satisfaction(item: Item) -> bool:
    value = item.quantity
    if value is None or value.unit != "%" or "不满意" in item.name or "投诉" in item.name:
        return False
    return value.operator not in ("≤", "<") and value.value < _LEAST_SATISFACTION


def _more_than_all(item: Item) -> bool:
    value = item.quantity
    if value is None or value.unit != "%" or value.value <= 100 or item.level2 == _SATISFACTION:
        return False
    return is_rate_name(item.name) and bool(_OF_A_WHOLE.search(item.name))


def _without_unit(item: Item) -> bool:
    return bool(_BARE.match(item.value)) and bool(item.name) and not _NAMES_UNIT.search(item.name)


def _deadline_year(item: Item) -> int | None:
    """The year by which a value says the work is done; None where it names none or several."""
    years = {int(year) for year in _DEADLINE.findall(item.value)} if "20" in item.value else set()
    return years.pop() if len(years) == 1 and not _MANY_YEARS.search(item.value) else None


def _is_out_of_time(form: Form, item: Item, year: int) -> bool:
    """Whether a deadline lies before the budget year, or behind a term of one year by more than its last accounts."""
    deadline = _deadline_year(item)
    if deadline is None or str(deadline) in form.name:
        return False
    return deadline < year - _NEAR_PAST or (form.is_one_year and deadline > year + 1)


_NEAR_PAST = 1  # the year before may be that of money carried over; another rule speaks of it


def _deadlines(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    year = context.disclosure.fiscal_year
    for form in forms_of(context).forms:
        items = [item for item in form.by_class.get("时效指标", ()) if _is_out_of_time(form, item, year)]
        if items:
            yield grouped(rule, form, items)


RULES = (
    indicator_rule(
        "P-BOUND-SIDE",
        "越高越好的指标用下限",
        "满意度、合格率、覆盖率等越高越好的指标写“≥”，不写“≤”",
        "{class}{shown}越高越好，不应写成上限，“≤”疑应为“≥”",
        "项目“技能培训”的实施期、年度满意度指标“学员满意度：≤95%”越高越好，不应写成上限，“≤”疑应为“≥”。",
        Severity.WARNING,
        partial(each_class, _OUTPUT_AND_BENEFIT, _wrong_side),
    ),
    indicator_rule(
        "P-SATISFACTION-LOW",
        "满意度目标不过低",
        "服务对象满意度的指标值不低于 60%",
        "满意度指标{shown}低于60%，明显偏低，请核对是否少写了数字",
        "项目“技能培训”的年度满意度指标“学员满意度：≥9.5%”低于60%，明显偏低，请核对是否少写了数字。",
        Severity.WARNING,
        partial(each_class, frozenset({_SATISFACTION}), _low_satisfaction),
    ),
    indicator_rule(
        "P-RATE-OVER",
        "部分占整体的比率不超过100%",
        "合格率、覆盖率、及时率等部分占整体的比率 ≤ 100%",
        "{class}{shown}超过100%，部分不可能多于整体",
        "项目“技能培训”的实施期、年度质量指标“培训合格率：≥120%”超过100%，部分不可能多于整体。",
        Severity.WARNING,
        partial(each_form, _OUTPUT_AND_BENEFIT - {_SATISFACTION}, _more_than_all),
    ),
    indicator_rule(
        "P-QUANTITY-UNIT",
        "数量指标有计量单位",
        "数量指标的指标值写明计量单位，名称中已写明的除外",
        "数量指标{shown}没有计量单位",
        "项目“技能培训”的年度数量指标“开展培训：≥35”没有计量单位。",
        Severity.WARNING,
        partial(each_class, frozenset({"数量指标"}), _without_unit),
    ),
    indicator_rule(
        "P-DEADLINE-YEAR",
        "完成时限在项目期内",
        "时效指标写明的完成年份不早于预算年度的上一年，一年期项目不晚于下一年",
        "时效指标{shown}的年份不在项目期内，疑为其他年度的内容",
        "项目“技能培训”的实施期、年度时效指标“完成时间：2021年12月底前”的年份不在项目期内，疑为其他年度的内容。",
        Severity.WARNING,
        _deadlines,
    ),
)
