"""The words of target forms (绩效目标表): field, fund and indicator labels with their variants.

Lives here: which printed words are labels of a form and what they stand for. May enter: a new
spelling or a new label. Must not enter: where on a page a label stands (the form readers know that).

Every lookup takes a cell or a phrase as printed and returns None when it is no such label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from disclosures.plain.data import Horizon
from disclosures.plain.text import fold


class FormKind(StrEnum):
    """What a form title announces."""

    PROJECT = "project"
    OVERALL = "overall"


# ---------------------------------------------------------------- folding

# Traditional characters that OCR puts into labels; names and prose are never changed.
_SIMPLIFIED = str.maketrans(
    "續響標務對產數質時經濟會態滿項稱況據設實計劃總體績資財負責聯繫話填報級縣區單籌資",
    "续响标务对产数质时经济会态满项称况据设实计划总体绩资财负责联系话填报级县区单筹资",
)
_LONGEST = 80
_EDGES = ":;,、.。·*#|"
_BRACKETED_UNIT = re.compile(r"\((?:单位:)?(?:万?元|人民币元)\)$")


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """A label as compared: folded, simplified characters, no closing colon; prose is no label."""
    if len(text) > _LONGEST:
        return ""
    return fold(text).translate(_SIMPLIFIED).strip(_EDGES)


def _index(variants: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {label_key(word): key for key, words in variants.items() for word in words}


# ---------------------------------------------------------------- the head of a project form

# Keys are the fields of ProjectTarget; the first variant is the standard label.
FIELD_LABELS: Mapping[str, tuple[str, ...]] = {
    "project": ("项目名称", "项目(政策)名称", "项目名", "二级项目名称"),
    "supervisor": ("主管部门及代码", "主管部门", "主管部门(代码)", "主管部门名称及代码", "主管单位及代码"),
    "implementing_unit": ("实施单位", "项目实施单位", "项目单位", "实施部门", "预算单位"),
    "attribute": ("项目属性", "项目类型", "项目性质"),
    "term": ("项目期", "项目期限", "项目实施期", "项目周期"),
    "overview": ("项目概况", "项目概述", "项目内容", "项目基本情况"),
    "basis": ("立项依据", "项目立项依据", "立项的依据"),
    "necessity": ("项目设立必要性", "项目设立的必要性", "立项必要性", "项目必要性"),
    "safeguards": (
        "保证项目实施的制度、措施",
        "保证项目实施的制度和措施",
        "保证项目实施的制度措施",
        "保障项目实施的制度、措施",
        "项目实施的制度、措施",
    ),
    "plan": ("项目实施计划", "实施计划", "项目计划"),
    "objective": ("总体目标", "绩效目标", "项目总体目标", "年度绩效目标", "总目标"),
}
_FIELDS = _index(FIELD_LABELS)

FUNDS_HEAD = ("项目资金", "项目资金(元)", "项目资金(万元)", "项目资金(单位:元)", "资金情况")
_FUNDS_HEAD = frozenset(map(label_key, FUNDS_HEAD))

HORIZON_LABELS: Mapping[Horizon, tuple[str, ...]] = {
    Horizon.WHOLE: ("实施期目标", "实施期总目标", "中期目标", "长期目标", "实施期绩效目标"),
    Horizon.ANNUAL: ("年度目标", "年度总体目标", "当年目标", "本年度目标"),
}
_HORIZONS = {label_key(word): horizon for horizon, words in HORIZON_LABELS.items() for word in words}

# Keys are the fields of Funds; "total" has a label of its own for each horizon.
FUND_LABELS: Mapping[str, tuple[str, ...]] = {
    "total": ("实施期资金总额", "年度资金总额", "资金总额", "项目资金总额", "实施期总额", "年度总额"),
    "central": ("其中:中央财政资金", "中央财政资金", "中央资金", "中央补助", "中央财政"),
    "provincial": ("省级财政资金", "其中:省级财政资金", "省财政资金", "省级资金", "自治区财政资金", "省级财政"),
    "local": (
        "市县(区)财政资金",
        "市县财政资金",
        "市、县(区)财政资金",
        "市县区财政资金",
        "市县级财政资金",
        "市(县、区)财政资金",
        "市级财政资金",
        "县级财政资金",
        "县(区)财政资金",
        "区县财政资金",
        "区级财政资金",
        "地方财政资金",
        "本级财政资金",
        "其中:市县(区)财政资金",
    ),
    "self_raised": ("单位自筹", "单位自筹资金", "自筹资金", "自有资金", "单位自有资金"),
    "other": ("其他资金", "其它资金", "其他", "其他来源资金"),
}
_FUNDS = _index(FUND_LABELS)
_FUND_HORIZON = {label_key("实施期资金总额"): Horizon.WHOLE, label_key("实施期总额"): Horizon.WHOLE}
_FUND_HORIZON |= {label_key("年度资金总额"): Horizon.ANNUAL, label_key("年度总额"): Horizon.ANNUAL}

# ---------------------------------------------------------------- indicators

LEVEL1_LABELS: Mapping[str, tuple[str, ...]] = {
    "产出指标": ("产出指标", "产出"),
    "效益指标": ("效益指标", "效果指标", "效益"),
    "满意度指标": ("满意度指标", "满意指标"),
}
_LEVEL1 = _index(LEVEL1_LABELS)

# In the order every form prints them; the keys are the standard forms of the contract.
LEVEL2_LABELS: Mapping[str, tuple[str, ...]] = {
    "数量指标": ("数量指标",),
    "质量指标": ("质量指标",),
    "时效指标": ("时效指标", "时限指标"),
    "成本指标": ("成本指标",),
    "经济成本指标": ("经济成本指标",),
    "社会成本指标": ("社会成本指标",),
    "生态环境成本指标": ("生态环境成本指标", "生态成本指标"),
    "经济效益": ("经济效益", "经济效益指标"),
    "社会效益": ("社会效益", "社会效益指标"),
    "生态效益": ("生态效益", "生态效益指标", "环境效益", "环境效益指标"),
    "可持续影响": (
        "可持续影响",
        "可持续影响指标",
        "可持续性影响",
        "可持续性影响指标",
        "可持续发展影响",
        "可持续发展影响指标",
        "可持续性",
        "可持续性指标",
        "可持续发展",
        "可持续发展指标",
        "可持续效益",
    ),
    "服务对象满意度": (
        "服务对象满意度",
        "服务对象满意度指标",
        "服务对象满意度指",
        "服务对象满意",
        "社会公众或服务对象满意度",
        "社会公众或服务对象满意度指标",
        "受益对象满意度指标",
    ),
}
_LEVEL2 = _index(LEVEL2_LABELS)

LEVEL1_OF: Mapping[str, str] = {
    "数量指标": "产出指标",
    "质量指标": "产出指标",
    "时效指标": "产出指标",
    "成本指标": "产出指标",
    "经济成本指标": "成本指标",
    "社会成本指标": "成本指标",
    "生态环境成本指标": "成本指标",
    "经济效益": "效益指标",
    "社会效益": "效益指标",
    "生态效益": "效益指标",
    "可持续影响": "效益指标",
    "服务对象满意度": "满意度指标",
}
LEVEL2_ORDER: Mapping[str, int] = {name: position for position, name in enumerate(LEVEL2_LABELS)}

HEADER_LABELS: Mapping[str, tuple[str, ...]] = {
    "block": ("绩效指标", "绩效目标指标", "年度绩效指标", "绩效", "指标"),
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "level3": ("三级指标", "指标名称"),
    "value": ("指标值", "指标值(包含数字及文字描述)", "指标值及单位", "目标值"),
}
_HEADERS = _index(HEADER_LABELS)

# ---------------------------------------------------------------- the foot of the last page

FOOT_LABELS: Mapping[str, tuple[str, ...]] = {
    "manager": ("负责人", "单位负责人", "项目负责人"),
    "clerk": ("经办人", "填报人", "填表人"),
    "phone": ("联系电话", "电话"),
    "reported_at": ("填报日期", "填报时间", "填表日期", "填报日"),
}
_FEET = _index(FOOT_LABELS)
_FOOT_START = re.compile(f"^({'|'.join(sorted(_FEET, key=len, reverse=True))})(?=[:\\d]|$)")
_REPORTED_AT = re.compile(rf"(?:{'|'.join(FOOT_LABELS['reported_at'])})[\s:：]*(?P<date>\d[\d年月日\-/.: ]*)")

# ---------------------------------------------------------------- lookups


@lru_cache(maxsize=8192)
def field_of(text: str) -> str | None:
    """The ProjectTarget field a head label stands for ("objective" for both horizons)."""
    return _FIELDS.get(label_key(text))


def is_funds_head(text: str) -> bool:
    """Whether it is the caption of the funds block, 项目资金（元）."""
    return label_key(text) in _FUNDS_HEAD


def horizon_of(text: str) -> Horizon | None:
    """The horizon of 实施期目标 / 年度目标."""
    return _HORIZONS.get(label_key(text))


def fund_of(text: str) -> str | None:
    """The field of Funds a label stands for."""
    key = label_key(_BRACKETED_UNIT.sub("", fold(text).rstrip(":")))
    return _FUNDS.get(key) or _FUNDS.get(key.removeprefix("其中:"))


def fund_total_horizon(text: str) -> Horizon | None:
    """The horizon named by 实施期资金总额 / 年度资金总额."""
    return _FUND_HORIZON.get(label_key(text))


@lru_cache(maxsize=8192)
def level1_of(text: str) -> str | None:
    """The standard form of a level-1 label."""
    return _LEVEL1.get(label_key(text))


@lru_cache(maxsize=8192)
def level2_of(text: str) -> str | None:
    """The standard form of a level-2 label, also when one of its characters was misread."""
    key = label_key(text)
    return _LEVEL2.get(key) or _misread(key)


@lru_cache(maxsize=8192)
def header_of(text: str) -> str | None:
    """Which column of the indicator table a heading names: block, level1, level2, level3, value."""
    return _HEADERS.get(label_key(text))


_MISREADABLE = tuple(word for word in _LEVEL2 if len(word) >= 4)
_LABEL_ENDING = ("指标", "效益", "影响", "满意度")


def _misread(key: str) -> str | None:
    """The one label that differs from the text in a single character, if exactly one standard form does."""
    if not 4 <= len(key) <= 9 or not key.endswith(_LABEL_ENDING):
        return None
    if key in _LEVEL1 or key in _HEADERS:
        return None
    near = {_LEVEL2[word] for word in _MISREADABLE if len(word) == len(key) and _differing(word, key) == 1}
    return near.pop() if len(near) == 1 else None


def _differing(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True))


@lru_cache(maxsize=8192)
def foot_opened_by(text: str) -> str | None:
    """Which item of the page foot a cell begins with, its value behind it or not."""
    match = _FOOT_START.match(label_key(text))
    return _FEET[match[1]] if match else None


def reported_at_in(text: str) -> str | None:
    """The date of the foot in a line's text: its digits, or as printed where it is written in words."""
    match = _REPORTED_AT.search(text)
    if match is None:
        return None
    date = fold(match["date"])
    return date if "年" in date else re.sub(r"\D", "", date)


# ---------------------------------------------------------------- titles

_TITLE = re.compile(r"(?P<kind>项目支出|整体支出|整体|项目|政策)?(?:预算)?绩效目标(?:申报|批复|公开)?表$")
_CUT_TITLE = re.compile(r"级预算部门(?:\(单位\))?项目支出$")  # the left half of a page scanned in two
_LABEL_END = re.compile(r"[:：\s]")
_YEAR_LINE = re.compile(r"^\((?P<year>20\d\d)\)?年?度?\)?$")


def form_title_kind(text: str) -> FormKind | None:
    """The kind of form a title line announces; None for prose and for table-of-contents lines."""
    if len(text) > _LONGEST or ("绩效目标" not in text and "项目支出" not in text):
        return None
    key = label_key(text)
    if _CUT_TITLE.search(key):
        return FormKind.PROJECT
    match = _TITLE.search(key)
    if match is None:
        return None
    return FormKind.OVERALL if (match["kind"] or "").startswith("整体") else FormKind.PROJECT


OVERALL_MARKS = ("部门基本信息", "单位基本信息", "内设职能部门数", "所属预算单位数", "核定的人员编制数", "部门战略目标")
_OVERALL_MARKS = frozenset(map(label_key, OVERALL_MARKS))


def is_overall_mark(text: str) -> bool:
    """Whether it is a label that only department-wide forms carry."""
    return label_key(text) in _OVERALL_MARKS


def names_project(text: str) -> bool:
    """Whether a cell or a line opens the head of a project form: 项目名称, alone or with the name."""
    key = text.lstrip()[:24]
    return key.startswith("项目") and field_of(_LABEL_END.split(key, maxsplit=1)[0]) == "project"


def is_year_line(text: str) -> bool:
    """Whether it is the line under a title that holds only the year, （2026年度）."""
    return len(text) < 20 and bool(_YEAR_LINE.match(fold(text)))
