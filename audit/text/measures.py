"""What indicators of a class look like, and which units a noun admits: tables that grow by data, not by code."""

from __future__ import annotations

import re

from .quantities import MONEY, RATES, Quantity

# What the name of an indicator tells of its class, in the order in which they are tried.
_FITS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("服务对象满意度", re.compile(r"满意")),
    ("时效指标", re.compile(r"时间|及时|时效|期限|时限|周期|按时|按期|时长|准时|期间|进度")),
    ("质量指标", re.compile(r"(?:率|度|性|质量|等级)(?:\(%\))?$|合格|达标|符合")),
    ("成本指标", re.compile(r"成本|费用|经费|金额|单价|支出额|发放标准|补助标准")),
    ("数量指标", re.compile(r"(?:数|数量|次数|人数|人次|个数|面积|场次|份数|件数|户数)$")),
)


def class_suggested_by(name: str) -> str | None:
    """The level-2 class that the name of an indicator suggests, None when it tells nothing."""
    return next((level2 for level2, pattern in _FITS if pattern.search(name)), None)


_RATE_NAME = re.compile(r"(?:[^频效功汇利税费]|完成|合格|覆盖|达标|准确)率(?:\(%\)|\(%|\()?$")
_LENGTHS = ("米", "公里", "千米", "厘米")
_AREAS = ("平方米", "平米", "亩", "公顷", "平方公里", "m2", "㎡", "m²")
_WEIGHTS = ("吨", "公斤", "千克", "克", "kg", "斤", "万吨")
_VOLUMES = ("立方米", "立方", "方", "升", "m3", "m³", "毫升")
_PEOPLE = ("人", "人次", "名", "人员", "员", "个人", "位")
_ENERGY = ("度", "千瓦时", "kwh", "万度", "千瓦")

# Units that certainly measure something else than the noun names. The first pattern that a name matches decides.
# New lines may enter; a unit that some writer may honestly use for the noun must not.
IMPOSSIBLE_UNITS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"用电量|耗电量|电量|用电$"), frozenset((*_WEIGHTS, *_VOLUMES, *_AREAS, *_LENGTHS, *_PEOPLE))),
    (re.compile(r"用水量|耗水量|水量$|用水$"), frozenset((*_AREAS, *_LENGTHS, *_PEOPLE, *_ENERGY, "%"))),
    (re.compile(r"用气量|天然气(?:量)?$"), frozenset((*_AREAS, *_LENGTHS, *_PEOPLE, *_ENERGY))),
    (re.compile(r"面积$|面积数$"), frozenset((*_WEIGHTS, *_VOLUMES, *_LENGTHS, *_PEOPLE, *_ENERGY, "%", "次", "份"))),
    (re.compile(r"(?:人数|人员数量?|人次|工人数|职工数)$"),
     frozenset((*_WEIGHTS, *_VOLUMES, *_AREAS, *_LENGTHS, *_ENERGY, *(unit for unit in MONEY), "%", "辆", "吨", "年"))),
    (re.compile(r"岗位数量?$|(?:单位|企业|设备|人员|基地)数量?$"), frozenset((*MONEY, *_WEIGHTS, "年", "%"))),
    (re.compile(r"(?:次数|场次|频次)$"),
     frozenset((*_WEIGHTS, *_VOLUMES, *_AREAS, *_LENGTHS, *_ENERGY, *MONEY, "%"))),
    (re.compile(r"(?:车辆数量?|公务用车数量?|车辆数)$"),
     frozenset((*_WEIGHTS, *_VOLUMES, *_AREAS, *_LENGTHS, *_PEOPLE, *_ENERGY, *MONEY, "%"))),
    (re.compile(r"(?:里程|长度)$"), frozenset((*_WEIGHTS, *_VOLUMES, *_AREAS, *_PEOPLE, *_ENERGY, *MONEY, "%"))),
    (re.compile(r"(?:印刷|购买|采购|购置)(?:份数|册数|本数)$"),
     frozenset((*_WEIGHTS, *_AREAS, *_LENGTHS, *_PEOPLE, *_ENERGY, *MONEY, "%"))),
)  # fmt: skip


def is_rate_name(name: str) -> bool:
    """Whether the name says that it is a rate: 完成率, 合格率(%); not 频率 or 费率."""
    return bool(_RATE_NAME.search(name))


_PHYSICAL = frozenset((*_WEIGHTS, *_VOLUMES, *_AREAS, *_LENGTHS, *_ENERGY))


def rate_in_other_unit(name: str, value: Quantity) -> bool:
    """A rate given in money, metres or tonnes (完成率 100元)."""
    return is_rate_name(name) and (value.is_money or value.unit in _PHYSICAL)


def rate_in_counts(name: str, value: Quantity) -> bool:
    """A rate given as a number of people or things, where it is not nil."""
    counted = value.unit and value.unit not in RATES and not value.is_money and value.unit not in _PHYSICAL
    return is_rate_name(name) and bool(counted) and value.value != 0 and value.unit not in ("年", "级", "分", "倍")


def impossible_unit(name: str, value: Quantity) -> bool:
    """Whether the unit cannot measure what the name names (用电量 in 吨)."""
    for noun, wrong in IMPOSSIBLE_UNITS:
        if noun.search(name):
            return value.unit in wrong
    return False


# What an ecological indicator may speak of, and what belongs to another class of benefit.
_ECOLOGICAL = re.compile(
    r"生态|环境|环保|绿|污|水|能源|节能|节约|低碳|碳|碳|垃圾|空气|大气|土|森林|草|林|物种|资源|卫生|排放|降耗|回收|废|美化|整洁"
)
_SOCIAL = re.compile(r"就业|收入|岗位|满意|人员|人才|生活|待遇|稳定|服务水平|业务能力|审计|社保|保险")


def not_ecological(text: str) -> bool:
    """Whether an indicator of 生态效益 evidently speaks of society instead."""
    return bool(_SOCIAL.search(text)) and not _ECOLOGICAL.search(text)
