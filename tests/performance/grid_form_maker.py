"""Made-up project forms as grid lines, whole or damaged the way OCR exports are."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from disclosures.reading.blocks import Line

TITLE = "云岭市市级预算部门（单位）项目支出绩效目标表"
CLASSES = {
    "数量指标": [
        ("宣讲活动场次", "≥{n}场"),
        ("帮扶对象数量", "{n}户"),
        ("设备采购数量", "{n}台"),
        ("受训学员人数", "≥{n}人次/年"),
    ],
    "质量指标": [
        ("设备验收合格率", "100%"),
        ("采购方案符合度", "符合"),
        ("课程评审通过率", "≥9{d}%"),
        ("档案完整规范度", "规范"),
    ],
    "时效指标": [("工程完工时间", "2026年1{d}月前"), ("补助拨付及时性", "及时"), ("服务保障时间", "2026年1月至12月")],
    "成本指标": [("设备购置总成本", "≤{n}万元"), ("印刷宣传经费", "≤{n}.5万元/年"), ("讲师课酬标准", "{n}00元/人")],
    "经济效益": [("带动农户收入", "增加")],
    "社会效益": [("基层服务便利程度", "提升"), ("群众防灾意识", "增强"), ("单位运转保障度", "保障")],
    "生态效益": [("河道环境面貌", "改善")],
    "可持续影响": [("长效管护机制", "健全")],
    "服务对象满意度": [("参训学员满意度", "≥9{d}%"), ("受助家庭满意度", "≥9{d}%")],
}
LEVEL1 = {"数量指标": "产出指标", "经济效益": "效益指标", "服务对象满意度": "满意度指标"}
FIELDS = ("项目概况", "立项依据", "项目设立必要性", "保证项目实施的制度、措施", "项目实施计划")
FUNDS = ("其中:中央财政资金", "省级财政资金", "市县(区)财政资金", "单位自筹", "其他资金")

Item = tuple[str, str, str]  # level 2, name, value
Row = list[str]  # level 1, then label, name, value for each horizon
Damage = Callable[[list[Row], random.Random], list[Row]]


@dataclass
class Form:
    """What a made-up form says."""

    project: str
    whole: list[Item]
    annual: list[Item]
    total: str = "120,000"
    reported_at: str = "20260105093000"
    unit: str = "云岭市公共服务中心"
    rows: list[Row] = field(default_factory=list)


def make_form(rng: random.Random, project: str = "便民服务站建设经费", blank: Sequence[str] = ("生态效益",)) -> Form:
    """A form with one to four indicators in each class, annual names clipped and sometimes reordered."""
    form = Form(project, [], [])
    for name, choices in CLASSES.items():
        picked = [] if name in blank else rng.sample(choices, rng.randint(1, len(choices)))
        whole = [(label, value.format(n=rng.randint(2, 60), d=rng.randint(0, 2))) for label, value in picked]
        annual = [(label[:7], value) for label, value in whole]
        if rng.random() < 0.3:
            annual.reverse()
        form.whole += [(name, *pair) for pair in whole]
        form.annual += [(name, *pair) for pair in annual]
        for index in range(max(1, len(whole))):
            left, right = (whole[index], annual[index]) if whole else (("", ""), ("", ""))
            label = name if index == 0 else ""
            form.rows.append([LEVEL1.get(name, "") if index == 0 else "", label, *left, label, *right])
    return form


def head_lines(form: Form) -> list[str]:
    """Title, head, funds and texts."""
    lines = [TITLE, "(2026年度)", f"项目名称\t\t{form.project}\t\t\t\t\t"]
    lines.append(f"主管部门及代码\t\t218-云岭市民政局\t\t实施单位\t\t{form.unit}\t")
    lines.append("项目属性\t\t一次性项目(1年结束)\t\t项目期\t\t1年\t")
    lines.append(f"项目资金(元)\t实施期资金总额:\t{form.total}\t\t年度资金总额:\t{form.total}\t\t")
    for label in FUNDS:
        amount = {"其他资金": "", "市县(区)财政资金": form.total}.get(label, "0")
        lines.append(f"\t{label}\t{amount}\t\t{label}\t{amount}\t\t")
    lines += [f"{label}\t\t关于{label}的说明。\t\t\t\t\t" for label in FIELDS]
    return [*lines, "实施期目标\t\t\t\t年度目标\t\t\t", "总体目标\t\t建成服务站。\t\t\t\t完成年度任务。\t"]


def foot_line(form: Form) -> str:
    return f"负责人:\t\t经办人:\t\t联系电话:\t\t填报日期:\t{form.reported_at}"


HEADINGS = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值"


def table_lines(rows: Sequence[Row], headings: str = HEADINGS) -> list[str]:
    """The indicator table; a row that does not start with level 1 in its own column is printed as it is."""
    return [headings, *("\t".join(["", *row]) for row in rows)]


def form_lines(form: Form, rows: Sequence[Row] | None = None) -> list[str]:
    """All lines of a form on one page."""
    return [*head_lines(form), *table_lines(form.rows if rows is None else rows), foot_line(form)]


def to_lines(texts: Sequence[str]) -> list[Line]:
    """Source lines of texts, with cells where there are tabs."""
    return [
        Line(f"line {number}", text, tuple(cell.strip() for cell in text.split("\t")) if "\t" in text else None)
        for number, text in enumerate(texts, start=1)
    ]


# ---------------------------------------------------------------- damage


def _label_rows(rows: Sequence[Row]) -> list[int]:
    """Rows that begin a class with at least two indicators and follow another row."""
    return [
        index
        for index in range(1, len(rows) - 1)
        if rows[index][1] and rows[index][2] and not rows[index + 1][1] and rows[index + 1][2]
    ]


def labels_down(rows: list[Row], rng: random.Random) -> list[Row]:
    """Some labels stand one row too low."""
    for index in _label_rows(rows):
        if rng.random() < 0.5:
            for column in (0, 1, 4):
                rows[index + 1][column] = rows[index + 1][column] or rows[index][column]
                rows[index][column] = ""
    return rows


def labels_up(rows: list[Row], rng: random.Random) -> list[Row]:
    """Some labels stand one row too high, beside an indicator of the class before."""
    for index in _label_rows(rows):
        if rng.random() < 0.5 and not rows[index - 1][1]:
            for column in (1, 4):
                rows[index - 1][column], rows[index][column] = rows[index][column], ""
    return rows


def labels_left(rows: list[Row], rng: random.Random) -> list[Row]:
    """Some rows lost their level-1 cell, everything in them stands one column left."""
    return [[*row[1:], ""] if rng.random() < 0.4 and not row[0] else row for row in rows]


def shifted(rows: list[Row], rng: random.Random) -> list[Row]:
    """Cells of unlabelled rows slide left, those of some others right."""
    out = []
    for row in rows:
        if not row[0] and not row[1] and rng.random() < 0.5:
            out.append([cell for cell in row if cell])
        elif rng.random() < 0.2:
            out.append(["", "", *row])
        else:
            out.append(row)
    return out


def labels_lost(rows: list[Row], rng: random.Random) -> list[Row]:
    """One horizon's label is missing on some rows."""
    for row in rows:
        if rng.random() < 0.4:
            row[rng.choice((1, 4))] = ""
    return rows


def rows_merged(rows: list[Row], rng: random.Random) -> list[Row]:
    """Two rows of one class printed on one line: whole, whole, annual, annual."""
    out: list[Row] = []
    for row in rows:
        last = out[-1] if out else None
        if last and len(last) == 7 and last[2] and row[2] and not row[1] and rng.random() < 0.3:
            same = {last[2][:7], row[2][:7]} == {last[5], row[5]} and last[2][:7] == last[5]
            if same:
                out[-1] = [*last[:4], row[2], row[3], *last[4:], row[5], row[6]]
                continue
        out.append(row)
    return out


def lines_joined(rows: list[Row], rng: random.Random) -> list[Row]:
    """Two rows stand on one line, one behind the other."""
    out: list[Row] = []
    for row in rows:
        if out and len(out[-1]) == 7 and row[2] and out[-1][2] and rng.random() < 0.2:
            out[-1] = [*out[-1], *row]
        else:
            out.append(row)
    return out


def group_repeated(rows: list[Row], rng: random.Random) -> list[Row]:
    """The annual columns are printed twice."""
    return [[*row, *row[4:7]] for row in rows]


def doubled_columns(rows: list[Row], rng: random.Random) -> list[Row]:
    """Every cell is followed by an empty one."""
    return [[part for cell in row for part in (cell, "")] for row in rows]


def row_repeated(rows: list[Row], rng: random.Random) -> list[Row]:
    """A merged cell prints a row twice, the label on one of the two."""
    index = rng.choice(_label_rows(rows) or [0])
    copy = ["", "", *rows[index][2:4], "", *rows[index][5:7]]
    return [*rows[: index + 1], copy, *rows[index + 1 :]]


def values_below(rows: list[Row], rng: random.Random) -> list[Row]:
    """The values of some rows stand one row below their names."""
    out: list[Row] = []
    for row in rows:
        if row[2] and row[5] and rng.random() < 0.2:
            out += [[*row[:3], "", *row[4:6], ""], ["", "", "", row[3], "", "", row[6]]]
        else:
            out.append(row)
    return out


def values_glued(rows: list[Row], rng: random.Random) -> list[Row]:
    """Figures and dates are printed right behind the names of both horizons."""
    for row in rows:
        if len(row[2]) > 4 and any(map(str.isdigit, row[3])) and rng.random() < 0.5:
            row[2], row[3], row[5], row[6] = row[2] + row[3], "", row[5] + row[6], ""
    return rows


def class_label_lost(rows: list[Row], rng: random.Random) -> list[Row]:
    """The label of a class is missing in both horizons, where the wording tells which it was."""
    lost = rng.choice(("成本指标", "时效指标", "社会效益", "服务对象满意度"))
    index = next(at for at, row in enumerate(rows) if row[1] == lost)
    rows[index][1] = rows[index][4] = ""
    return rows


DAMAGES: dict[str, Damage] = {
    function.__name__: function
    for function in (
        labels_down,
        labels_up,
        labels_left,
        shifted,
        labels_lost,
        rows_merged,
        lines_joined,
        group_repeated,
        doubled_columns,
        row_repeated,
        values_below,
        values_glued,
        class_label_lost,
    )
}
