"""The printed shape of the department-wide target form."""

from __future__ import annotations

from collections.abc import Iterator

from disclosures.plain.data import OverallTarget

Row = tuple[str, ...]
FUND_ROWS = (
    ("合 计", "total_by_source", "合 计", "total_by_direction"),
    ("其中:一般公共预算资金", "general_public", "其中:基本支出", "basic"),
    ("政府性基金预算资金", "gov_fund", "项目支出", "project"),
    ("国有资本经营预算资金", "state_capital", "", ""),
    ("社会保险基金预算资金", "social_insurance", "", ""),
    ("专户管理资金", "fiscal_account", "", ""),
    ("单位资金", "unit_funds", "", ""),
)
INDICATOR_HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
_LONG_LABELS = frozenset({"经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度"})


def staff_rows(target: OverallTarget) -> Iterator[Row]:
    """Name, then the counts: the first two share a line."""
    staff = [text for pair in target.staff for text in pair]
    yield ("部门名称", target.unit)
    if staff:
        yield tuple(staff[:4])
    yield from target.staff[2:]


def fund_rows(target: OverallTarget) -> Iterator[Row]:
    """Funds by source beside funds by use."""
    funds = dict(target.funds)
    yield ("按资金来源划分", "资金总额（万元）", "按资金方向划分", "资金总额（万元）")
    for left, left_key, right, right_key in FUND_ROWS:
        pair = (right, funds.get(right_key) or "") if right else ()
        yield (left, funds.get(left_key) or "", *pair)


def indicator_rows(target: OverallTarget) -> Iterator[Row]:
    """Each level label once, where its indicators begin."""
    before: tuple[str, str] = ("", "")
    for item in target.indicators:
        level1 = item.level1 if item.level1 != before[0] else ""
        label = f"{item.level2}指标" if item.level2 in _LONG_LABELS else item.level2
        yield (level1, label if item.level2 != before[1] else "", item.level3, item.value or "")
        before = (item.level1, item.level2)


def overall_rows(target: OverallTarget) -> Iterator[Row]:
    """The whole form as rows of cells, block labels in the first column."""
    blocks: tuple[tuple[str, tuple[Row, ...]], ...] = (
        ("部门基本信息", tuple(staff_rows(target))),
        ("部门职责", ((target.duties or "",),)),
        ("部门战略目标", ((target.strategy or "",),)),
        ("年度预算情况", tuple(fund_rows(target))),
        ("年度重点任务", (("核心职能", "重点任务"), *target.tasks)),
        ("年度绩效目标", ((target.objective or "",),)),
        ("年度绩效指标", (INDICATOR_HEADER, *indicator_rows(target))),
    )
    for label, rows in blocks:
        for position, row in enumerate(rows):
            cells = ("" if position else label, *row)
            yield cells + ("",) * (5 - len(cells))
