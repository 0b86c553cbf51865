"""Made-up target forms printed the way a PDF text dump prints them (FLOW layout).

The test side's own understanding of such a page: cells in drawing order or sorted by height, names clipped
at their column's edge with the value glued to a full one, prose wrapped at a width.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, zip_longest

from disclosures.plain.data import Horizon, Indicator, ProjectTarget
from disclosures.reading.blocks import Line
from tests.performance.flow_content import LABELS, LEVEL1, LEVEL1_OF, Style, char_width, clip


def wrap(text: str, limit: float) -> list[str]:
    """Lines of a cell; a closing mark is not left alone at the start of a line."""
    lines, rest = [], text
    while rest:
        line = clip(rest, limit)
        if len(line) < len(rest) and rest[len(line)] in "，。；、）" and len(line) > 2:
            line = line[:-1]
        lines.append(line)
        rest = rest[len(line) :]
    return lines


_TEXT_LABELS = {
    "overview": "项目概况",
    "basis": "立项依据",
    "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施",
    "plan": "项目实施计划",
}


def render(target: ProjectTarget, style: Style) -> list[Line]:
    """All pages of a form as lines."""
    texts: list[str] = []
    pages = list(_table_pages(target, style))
    for number, rows in enumerate(pages):
        texts += [
            "云泽市市级预算部门（单位）项目支出绩效目标表",
            "（2026年度）",
            *_head(target, style),
            *_texts(target, style),
        ]
        texts += ["绩", "效", "指", "标"] if number == 0 else []
        second = "二级指标 三级指标" if style.labels_repeat else "三级指标"
        texts += [f"一级指标 二级指标 三级指标 指标值 {second} 指标值"]
        texts += ["绩", "效", "指", "标"] if number else []
        texts += rows
    texts.append(f"负责人： 经办人： 联系电话： 填报日期： {target.reported_at}")
    return [Line(f"line {number}", text) for number, text in enumerate(texts, start=1)]


def _head(target: ProjectTarget, style: Style) -> Iterator[str]:
    yield f"项目名称 {target.project}"
    unit = wrap(target.implementing_unit or "", 15)
    head = f"主管部门及代码 {target.supervisor} 实施单位"
    yield from [f"{head} {unit[0]}"] if len(unit) == 1 else [head, *unit]
    yield f"项目属性 {target.attribute} 项目期 {target.term}"
    yield from ("项目资金", "（元）")
    pairs = [
        ("实施期资金总额：", "年度资金总额：", "total"),
        ("其中：中央财政资金", "其中：中央财政资金", "central"),
        ("省级财政资金", "省级财政资金", "provincial"),
        ("市县（区）财政资金", "市县（区）财政资金", "local"),
        ("单位自筹", "单位自筹", "self_raised"),
        ("其他资金", "其他资金", "other"),
    ]
    for whole_label, annual_label, key in pairs:
        whole, annual = _money(getattr(target.whole, key)), _money(getattr(target.annual, key))
        rest = f"{whole} {annual_label} {annual}".strip()
        if key != "local":
            yield f"{whole_label} {rest}".strip()
        elif style.by_height:
            yield from (whole_label[:-1], rest, whole_label[-1])
        else:
            yield from (whole_label[:-1], whole_label[-1], rest)


def _money(amount: str | None) -> str:
    return "" if amount is None else f"{int(amount):,}"


def _texts(target: ProjectTarget, style: Style) -> Iterator[str]:
    for name, label in _TEXT_LABELS.items():
        lines = wrap(getattr(target, name), style.text)
        if len(lines) == 1:
            yield f"{label} {lines[0]}"
        elif not style.by_height:
            yield from (label, *lines)
        else:
            middle = len(lines) // 2
            yield from lines[:middle]
            if len(lines) % 2:
                yield f"{label} {lines[middle]}"
                middle += 1
            else:
                yield label
            yield from lines[middle:]
    left, right = wrap(target.objective_whole or "", style.left), wrap(target.objective_annual or "", style.right)
    yield "实施期目标 年度目标"
    if style.by_height:
        yield from _side_by_side(left, right)
    else:
        yield from ("总体目标", *left, *right)


def _side_by_side(left: list[str], right: list[str]) -> Iterator[str]:
    """Two columns sorted by height, both centred; the caption stands in a line of its own before them."""
    yield "总体目标"
    height = max(len(left), len(right))
    lines = [["", ""] for _ in range(height)]
    for column, texts in enumerate((left, right)):
        for number, text in enumerate(texts, start=(height - len(texts)) // 2):
            lines[number][column] = text
    yield from (" ".join(filter(None, pair)) for pair in lines)


# ---------------------------------------------------------------- the indicator table

_Row = tuple[str, Indicator | None, Indicator | None]


def _table_pages(target: ProjectTarget, style: Style) -> Iterator[list[str]]:
    rows = list(_rows(target))
    for start in range(0, len(rows), style.rows_per_page):
        page = rows[start : start + style.rows_per_page]
        yield list(_by_height(page, style) if style.by_height else _by_cell(page, style))


def _rows(target: ProjectTarget) -> Iterator[_Row]:
    blank: list[Indicator | None] = [None]
    for level2 in LABELS:
        whole = [i for i in target.indicators if i.level2 == level2 and i.horizon is Horizon.WHOLE]
        annual = [i for i in target.indicators if i.level2 == level2 and i.horizon is Horizon.ANNUAL]
        yield from ((level2, one, two) for one, two in zip_longest(whole or blank, annual or blank))


def _pair(indicator: Indicator | None, limit: int) -> str:
    if indicator is None:
        return ""
    filled = sum(map(char_width, indicator.level3)) > limit - 1
    return indicator.level3 + ("" if filled else " ") + (indicator.value or "")


def _labels(level2: str, style: Style) -> tuple[str, str]:
    label = LABELS[level2]
    return clip(label, 8), label if style.labels_repeat else ""


def _by_cell(page: list[_Row], style: Style) -> Iterator[str]:
    level1 = ""
    for level2, group in groupby(page, key=lambda row: row[0]):
        if LEVEL1_OF[level2] != level1:
            level1 = LEVEL1_OF[level2]
            if level1 != "满意度指标":
                yield level1
            lead = f"{level1} " if level1 == "满意度指标" else ""
        else:
            lead = ""
        rows = [(_pair(one, style.whole_clip), _pair(two, style.annual_clip)) for _, one, two in group]
        first, second = _labels(level2, style)
        if len(rows) == 1:
            yield " ".join((lead + _joined(first, rows[0][0], 8) + " " + _joined(second, rows[0][1], 9)).split())
            continue
        yield lead + first
        if style.labels_repeat:
            yield from filter(None, (rows[0][0], second, rows[0][1]))
            rows = rows[1:]
        yield from (text for pair in rows if (text := " ".join(filter(None, pair))))


def _by_height(page: list[_Row], style: Style) -> Iterator[str]:
    for level2, group in groupby(page, key=lambda row: row[0]):
        group_rows = list(group)
        rows = [
            " ".join(filter(None, (_pair(one, style.whole_clip), _pair(two, style.annual_clip))))
            for _, one, two in group_rows
        ]
        lead = f"{LEVEL1[level2]} " if level2 in LEVEL1 else ""
        first, second = _labels(level2, style)
        if len(rows) == 1:
            yield from _by_cell(group_rows, style)
            continue
        middle = len(rows) // 2
        yield from rows[:middle]
        if len(rows) % 2:
            whole = [_pair(one, style.whole_clip) for _, one, _ in group_rows][middle]
            annual = [_pair(two, style.annual_clip) for _, _, two in group_rows][middle]
            yield " ".join((lead + _joined(first, whole, 8) + " " + _joined(second, annual, 9)).split())
            middle += 1
        else:
            yield lead + " ".join(filter(None, (first, second)))
        yield from rows[middle:]


def _joined(label: str, pair: str, full: int) -> str:
    """A label and what follows it; nothing stands between them where the label fills its column."""
    return label + ("" if len(label) == full and pair else " ") + pair
