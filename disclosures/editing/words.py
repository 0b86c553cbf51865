"""A place in the words a person reads on paper: 表三“2080110 劳动关系和维权”项目支出."""

from __future__ import annotations

from disclosures.plain.data import HORIZON_WORDS, SIDE_WORDS, Disclosure, Horizon
from disclosures.plain.form_fields import OVERALL_TEXTS, PROJECT_TEXTS

from .places import Path, declaration

_LABELS = {
    "code": "编码",
    "name": "名称",
    "second_name": "第二名称",
    "level": "行的性质",
    "unit_name": "所属单位",
}
_TABLE = {
    "title": "标题",
    "no_data": "本表无数据",
    "printed_year": "表上年度",
    "printed_unit": "金额单位",
    "printed_department": "表上单位名称",
    "caption": "表上编号",
}
_FORM = {
    **PROJECT_TEXTS,
    **OVERALL_TEXTS,
    "form_title": "表名",
    "unit": "部门（单位）",
    "funds_unit": "资金单位",
    "staff": "人员情况各行",
    "funds": "资金各行",
    "tasks": "年度重点任务各行",
}
_SOURCES = {
    "total": "合计",
    "central": "中央",
    "provincial": "省级",
    "local": "市县",
    "self_raised": "自筹",
    "other": "其他",
}
_INDICATOR = {"level1": "一级指标", "level2": "二级指标", "level3": "名称", "value": "指标值"}


def words_of(disclosure: Disclosure, path: Path) -> str:
    """The place that a path leads to, in words."""
    if path[0] == "tables":
        return _in_table(disclosure, path)
    if path[0] == "sections":
        section = disclosure.sections[int(path[1])]
        return f"“{section.heading}”" + ("标题" if path[2] == "heading" else f"第 {int(path[3]) + 1} 段")
    if path[0] == "project_targets":
        target = disclosure.project_targets[int(path[1])]
        return f"绩效目标表“{target.project or f'第 {int(path[1]) + 1} 张'}”" + _in_form(path, target.indicators)
    if path[0] == "overall_targets":
        overall = disclosure.overall_targets[int(path[1])]
        return f"整体支出绩效目标表“{overall.unit}”" + _in_form(path, overall.indicators)
    return "部门（单位）名称"


def _in_table(disclosure: Disclosure, path: Path) -> str:
    table = disclosure.tables[int(path[1])]
    decl = declaration(disclosure, table.id)
    if path[2] != "rows":
        return f"表{decl.ordinal}{_TABLE[str(path[2])]}"
    row = table.rows[int(path[3])]
    label = " ".join(part for part in (row.code, row.name) if part) or f"第 {int(path[3]) + 1} 行"
    label += f"（{row.second_name}）" if row.second_name else ""
    column = _LABELS.get(str(path[4]), "") if len(path) > 4 else ""
    if len(path) > 5:
        column = next(item.label for item in decl.side(row.side).columns if item.key == path[5])
    return f"表{decl.ordinal}{SIDE_WORDS[row.side]}“{label}”{column}"


def _in_form(path: Path, indicators: tuple[object, ...]) -> str:
    field = str(path[2])
    if field in HORIZON_WORDS:
        return f"{HORIZON_WORDS[Horizon(field)]}资金{_SOURCES[str(path[3])]}"
    if field == "indicators":
        name = getattr(indicators[int(path[3])], "level3", "") or f"第 {int(path[3]) + 1} 个"
        return f"指标“{name}”{_INDICATOR[str(path[4])]}"
    if field in ("funds", "staff") and len(path) > 3:
        return f"{'资金' if field == 'funds' else '人员'}“{path[3]}”"
    return _FORM[field]
