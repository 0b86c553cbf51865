"""The words of the department-wide form and the parts both layouts share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from disclosures.plain.data import Horizon, Indicator, Note
from disclosures.plain.text import fold

from . import vocabulary


class SectionName(StrEnum):
    """The blocks of the form, named in its first column."""

    BASIC = "basic"
    DUTIES = "duties"
    STRATEGY = "strategy"
    FUNDS = "funds"
    TASKS = "tasks"
    OBJECTIVE = "objective"
    INDICATORS = "indicators"


# Without 部门, 单位 and brackets, which change from place to place.
_SECTION_WORDS: Mapping[SectionName, tuple[str, ...]] = {
    SectionName.BASIC: ("基本信息", "基本情况", "概况"),
    SectionName.DUTIES: ("职责", "主要职责", "职能", "职责概述", "主要职能", "职能职责"),
    SectionName.STRATEGY: ("战略目标", "中长期目标", "中长期战略目标", "发展战略目标", "中长期规划目标", "长期目标"),
    SectionName.FUNDS: (
        "年度预算情况",
        "预算情况",
        "年度预算",
        "年度预算资金",
        "预算资金",
        "年度收支预算",
        "年度资金情况",
    ),
    SectionName.TASKS: ("年度重点任务", "年度主要任务", "年度重点工作任务", "年度重点工作", "年度工作任务", "年度任务"),
    SectionName.OBJECTIVE: (
        "年度绩效目标",
        "年度总体目标",
        "总体绩效目标",
        "整体绩效目标",
        "年度总体绩效目标",
        "年度整体绩效目标",
        "绩效目标",
        "总体目标",
        "年度目标",
    ),
    SectionName.INDICATORS: ("年度绩效指标", "绩效指标", "整体绩效指标", "年度整体绩效指标"),
}
_SECTIONS = {word: name for name, words in _SECTION_WORDS.items() for word in words}
_VARYING = re.compile(r"部门|单位|[()（）/、]")
_UNIT_LABELS = frozenset(
    vocabulary.label_key(word)
    for word in ("部门名称", "单位名称", "部门(单位)名称", "部门/单位名称", "预算部门名称", "预算单位名称", "填报单位")
)

_FUND_WORDS: Mapping[str, tuple[str, ...]] = {
    "total": ("合计", "总计", "资金总额", "年度资金总额"),
    "general_public": ("一般公共预算资金", "一般公共预算", "一般公共预算拨款", "一般公共预算财政拨款"),
    "gov_fund": ("政府性基金预算资金", "政府性基金预算", "政府性基金", "政府性基金预算拨款"),
    "state_capital": ("国有资本经营预算资金", "国有资本经营预算", "国有资本经营预算拨款"),
    "social_insurance": ("社会保险基金预算资金", "社会保险基金预算", "社会保险基金"),
    "fiscal_account": ("专户管理资金", "财政专户管理资金", "财政专户资金", "专户资金"),
    "unit_funds": ("单位资金", "其他资金"),
    "basic": ("基本支出", "基本支出预算"),
    "project": ("项目支出", "项目支出预算"),
}
_FUNDS = {word: key for key, words in _FUND_WORDS.items() for word in words}
FUND_ORDER = (
    "total_by_source",
    "general_public",
    "gov_fund",
    "state_capital",
    "social_insurance",
    "fiscal_account",
    "unit_funds",
    "total_by_direction",
    "basic",
    "project",
)
TASK_HEADS = frozenset(("核心职能", "重点任务", "主要职能", "任务名称", "主要任务", "主要内容", "重点工作", "工作任务"))
_TASK_HEAD_KEYS = frozenset(map(vocabulary.label_key, TASK_HEADS))
_ORDINAL = re.compile(r"^(?:\d+[.、]|[一二三四五六]、|\([一二三四五六\d]\))")
_FUND_HEAD = re.compile(r"按?(?:资金)?(?:来源|方向|结构|用途|支出)(?:方向)?划分|资金(?:总额|金额)?(?:\((?:万?元)\))")


@dataclass(slots=True)
class Sections:
    """What was read of a form, section by section."""

    unit: str | None = None
    staff: list[tuple[str, str]] = field(default_factory=list)
    duties: str | None = None
    strategy: str | None = None
    objective: str | None = None
    funds_unit: str = "万元"
    funds: list[tuple[str, str | None]] = field(default_factory=list)
    tasks: list[tuple[str, str]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def section_of(text: str) -> SectionName | None:
    """The section a label of the first column names."""
    if len(text) > 20:
        return None
    return _SECTIONS.get(_VARYING.sub("", vocabulary.label_key(text)))


def is_unit_label(text: str) -> bool:
    """Whether it labels the name of the unit."""
    return vocabulary.label_key(text) in _UNIT_LABELS


def is_task_head(words: Sequence[str]) -> bool:
    """Whether a line or row holds only the headings of the task columns."""
    return bool(words) and all(vocabulary.label_key(word) in _TASK_HEAD_KEYS for word in words)


def is_fund_head(text: str) -> bool:
    """Whether it is a heading of the fund table: 按资金来源划分, 资金总额（万元）."""
    return bool(_FUND_HEAD.search(fold(text)))


def fund_key(label: str) -> str | None:
    """The fund a label of the fund table names; "total" for both totals."""
    key = vocabulary.label_key(label).removeprefix("其中:").removeprefix("其中")
    return _FUNDS.get(_ORDINAL.sub("", key))


def ordered_funds(amounts: Iterable[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Amounts under their keys; of the totals the first is that of the sources, the second that of the uses."""
    found: dict[str, str | None] = {}
    for key, amount in amounts:
        name = key
        if key == "total":
            name = "total_by_source" if "total_by_source" not in found else "total_by_direction"
        if found.get(name) is None:
            found[name] = amount
    return sorted(found.items(), key=lambda item: FUND_ORDER.index(item[0]))


def funds_unit_of(texts: Iterable[str]) -> str:
    """The amount unit printed in the heads of the fund table."""
    joined = fold("".join(texts))
    return "元" if "(元)" in joined and "(万元)" not in joined else "万元"


def indicator(level2: str, name: str, value: str | None, source: str, doubtful: bool = False) -> Indicator:
    """An indicator of the form, which has the annual horizon only."""
    level1 = vocabulary.LEVEL1_OF[level2]
    return Indicator(Horizon.ANNUAL, level1, level2, name, value, doubtful or value is None, source)
