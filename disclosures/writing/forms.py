"""Target forms as printed: the project form and the department-wide form, their merged cells included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from disclosures.plain.data import Funds, Horizon, Indicator, OverallTarget, ProjectTarget
from disclosures.plain.form_fields import PROSE_TEXTS

from .cells import LEFT, UP, Cell, Grid, Place, Places, Role

CLASSES = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益", "社会效益", "生态效益", "可持续影响")),
    ("满意度指标", ("服务对象满意度",)),
)
_ALL_CLASSES = tuple((level1, level2) for level1, classes in CLASSES for level2 in classes)
_FUNDS = (
    ("central", "其中：中央财政资金"),
    ("provincial", "省级财政资金"),
    ("local", "市县（区）财政资金"),
    ("self_raised", "单位自筹"),
    ("other", "其他资金"),
)
_OBJECTIVES = ("objective_whole", "objective_annual")
_PROJECT_WIDTHS = (6.0, 11.0, 11.0, 16.0, 12.5, 11.0, 13.0, 12.5)
_OVERALL_WIDTHS = (11.0, 24.0, 24.0, 24.0, 17.0)
_Class = tuple[str, str]


def _label(text: str) -> Cell:
    return Cell(text, Role.HEAD)


def _word(text: str | None) -> Cell:
    return Cell(text or "", Role.WORD)


def _text(text: str | None) -> Cell:
    return Cell(text or "", Role.TEXT)


def _money(text: str | None) -> Cell:
    return Cell(text or "", Role.AMOUNT)


# ---------------------------------------------------------------- project forms


def project_form(target: ProjectTarget) -> Grid:
    """项目支出绩效目标表 of one project."""
    rows = [*_project_head(target), *_indicator_table(target.indicators), _foot(target)]
    return Grid(tuple(rows), _PROJECT_WIDTHS)


def _project_head(target: ProjectTarget) -> Iterator[Places]:
    yield _label("项目名称"), LEFT, _text(target.project), *(LEFT,) * 5
    yield from (
        (_label(first), LEFT, _word(one), LEFT, _label(second), LEFT, _word(two), LEFT)
        for first, one, second, two in (
            ("主管部门及代码", target.supervisor, "实施单位", target.implementing_unit),
            ("项目属性", target.attribute, "项目期", target.term),
        )
    )
    yield from _fund_rows(target.whole, target.annual)
    for key, label in PROSE_TEXTS.items():
        if key not in _OBJECTIVES:
            yield _label(label), LEFT, _text(getattr(target, key)), *(LEFT,) * 5
    yield _label("实施期目标"), *(LEFT,) * 4, _label("年度目标"), LEFT, LEFT
    yield (
        _label("总体目标"),
        LEFT,
        _text(target.objective_whole),
        LEFT,
        LEFT,
        _text(target.objective_annual),
        LEFT,
        LEFT,
    )


def _fund_rows(whole: Funds, annual: Funds) -> Iterator[Places]:
    lines = (("total", "实施期资金总额：", "年度资金总额："), *((key, label, label) for key, label in _FUNDS))
    for number, (key, left, right) in enumerate(lines):
        opening: tuple[Place, Place] = (UP, UP) if number else (_label("项目资金（元）"), LEFT)
        amounts = _money(getattr(whole, key)), _money(getattr(annual, key))
        yield *opening, _word(left), LEFT, amounts[0], _word(right), LEFT, amounts[1]


def _indicator_table(indicators: Sequence[Indicator]) -> Iterator[Places]:
    """Both horizons side by side under each class."""
    names = [_label(text) for text in ("二级指标", "三级指标", "指标值")]
    yield _label("绩效指标"), _label("一级指标"), *names, *names
    before: str | None = None
    for level1, level2, whole, annual in _classes(indicators):
        pairs = list(zip_longest(whole, annual)) or [(None, None)]
        for number, pair in enumerate(pairs):
            opens = level1 != before
            before = level1
            class_cell: Place = UP if number else _word(level2)
            yield UP, _word(level1) if opens else UP, *_half(class_cell, pair[0]), *_half(class_cell, pair[1])


def _half(class_cell: Place, indicator: Indicator | None) -> Places:
    if indicator is None:
        return class_cell, _text(""), _word("")
    return class_cell, _text(indicator.level3), _word(indicator.value)


def _classes(indicators: Sequence[Indicator]) -> list[tuple[str, str, list[Indicator], list[Indicator]]]:
    """(level 1, level 2, whole-period, annual): the form's own classes, empty ones too.

    Where the indicators stand in another order than the form's, the classes follow them, so that nothing moves.
    """
    runs = {horizon: _runs(indicators, horizon) for horizon in Horizon}
    if all(_in_order([key for key, _ in found]) for found in runs.values()):
        whole, annual = dict(runs[Horizon.WHOLE]), dict(runs[Horizon.ANNUAL])
        return [(*key, whole.get(key, []), annual.get(key, [])) for key in _ALL_CLASSES]
    out: list[tuple[str, str, list[Indicator], list[Indicator]]] = []
    left, right = runs[Horizon.WHOLE], runs[Horizon.ANNUAL]
    while left or right:
        key = (left or right)[0][0]
        other = right[0][0] if right else None
        if left and other is not None and other != key and key in [found for found, _ in right]:
            key = other  # the annual half has one class more before this one
        out.append((*key, _take(left, key), _take(right, key)))
    return out


def _take(runs: list[tuple[_Class, list[Indicator]]], key: _Class) -> list[Indicator]:
    return runs.pop(0)[1] if runs and runs[0][0] == key else []


def _runs(indicators: Sequence[Indicator], horizon: Horizon) -> list[tuple[_Class, list[Indicator]]]:
    chosen = (item for item in indicators if item.horizon is horizon)
    return [(key, list(items)) for key, items in groupby(chosen, key=lambda item: (item.level1, item.level2))]


def _in_order(keys: Sequence[_Class]) -> bool:
    """Whether classes come once each and in the form's order."""
    if any(key not in _ALL_CLASSES for key in keys):
        return False
    numbers = [_ALL_CLASSES.index(key) for key in keys]
    return numbers == sorted(set(numbers))


def _foot(target: ProjectTarget) -> Places:
    signs = [
        Cell(text, Role.LABEL)
        for text in ("负责人：", "经办人：", "联系电话：", f"填报日期：{target.reported_at or ''}")
    ]
    return tuple(place for sign in signs for place in (sign, LEFT))


# ---------------------------------------------------------------- department-wide forms

_OVERALL_FUNDS = (
    ("合计", "total_by_source", "合计", "total_by_direction"),
    ("其中：一般公共预算资金", "general_public", "其中：基本支出", "basic"),
    ("政府性基金预算资金", "gov_fund", "项目支出", "project"),
    ("国有资本经营预算资金", "state_capital", "", ""),
    ("社会保险基金预算资金", "social_insurance", "", ""),
    ("专户管理资金", "fiscal_account", "", ""),
    ("单位资金", "unit_funds", "", ""),
)
_LONG_LABELS = frozenset({"经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度"})


def overall_form(target: OverallTarget) -> Grid:
    """整体支出绩效目标表 of a department or unit."""
    blocks: tuple[tuple[str, list[Places]], ...] = (
        ("部门基本信息", list(_basics(target))),
        ("部门职责", [_prose(target.duties)]),
        ("部门战略目标", [_prose(target.strategy)]),
        ("年度预算情况", list(_overall_funds(target))),
        ("年度重点任务", list(_tasks(target))),
        ("年度绩效目标", [_prose(target.objective)]),
        ("年度绩效指标", list(_overall_indicators(target))),
    )
    rows = [
        (UP if number else _label(label), *places) for label, lines in blocks for number, places in enumerate(lines)
    ]
    return Grid(tuple(rows), _OVERALL_WIDTHS)


def _prose(text: str | None) -> Places:
    return _text(text), LEFT, LEFT, LEFT


def _basics(target: OverallTarget) -> Iterator[Places]:
    yield _label("部门名称"), _word(target.unit), LEFT, LEFT
    for start in range(0, len(target.staff), 2):
        pairs = [*target.staff[start : start + 2], None][:2]
        yield tuple(
            cell for pair in pairs for cell in (_label(pair[0] if pair else ""), _word(pair[1] if pair else ""))
        )


def _overall_funds(target: OverallTarget) -> Iterator[Places]:
    amount = f"资金总额（{target.funds_unit}）"
    yield _label("按资金来源划分"), _label(amount), _label("按资金方向划分"), _label(amount)
    funds = dict(target.funds)
    for left, left_key, right, right_key in _OVERALL_FUNDS:
        yield _word(left), _money(funds.get(left_key)), _word(right), _money(funds.get(right_key) if right else "")


def _tasks(target: OverallTarget) -> Iterator[Places]:
    yield _label("核心职能"), LEFT, _label("重点任务"), LEFT
    for function, task in target.tasks:
        yield _text(function), LEFT, _text(task), LEFT


def _overall_indicators(target: OverallTarget) -> Iterator[Places]:
    yield tuple(_label(text) for text in ("一级指标", "二级指标", "三级指标", "指标值"))
    before: _Class | None = None
    for item in target.indicators:
        label = f"{item.level2}指标" if item.level2 in _LONG_LABELS else item.level2
        same1 = before is not None and before[0] == item.level1
        same2 = before == (item.level1, item.level2)
        yield (
            UP if same1 else _word(item.level1),
            UP if same2 else _word(label),
            _text(item.level3),
            _word(item.value),
        )
        before = (item.level1, item.level2)
