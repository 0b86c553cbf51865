"""A small disclosure written by hand (made-up names), as a grid document whose pieces tests can damage."""

from __future__ import annotations

from disclosures.plain.data import Table
from disclosures.profiles import SHANXI_2024
from disclosures.profiles.shanxi import CATEGORIES, numeral
from disclosures.reading import read_file
from disclosures.reading.blocks import Line
from disclosures.recognise.document import Recognition, parse_bytes
from disclosures.recognise.grid_table import read_grid_table

DEPARTMENT = "云岭市测试管理局"
TITLES = {decl.id: f"2026年{decl.title}" for decl in SHANXI_2024.tables}

_EXPENDITURE = {"208": ("70.00", "60.00", "10.00"), "221": ("30.00", "30.00", "")}


def _t01() -> list[str]:
    income = [
        "一、一般公共预算\t90.00",
        "二、政府性基金预算\t",
        "三、国有资本经营预算\t",
        "四、财政专户管理资金\t",
        "五、单位资金\t",
    ]
    rows = ["收入\t\t支出\t\t\t", "项目\t2026年\t项目\t2026年合计\t当年预算安排\t上年结转安排"]
    for n, (code, name) in enumerate(CATEGORIES, 1):
        left = income[n - 1] if n <= len(income) else "\t"
        rows.append(f"{left}\t{numeral(n)}、{name}\t" + "\t".join(_EXPENDITURE.get(code, ("", "", ""))))
    rows.append("本年收入合计\t90.00\t本年支出合计\t100.00\t90.00\t10.00")
    rows.append("上年结转\t10.00\t年终结转\t\t\t")
    rows.append("收入总计\t100.00\t支出总计\t100.00\t90.00\t10.00")
    return rows


def _t04() -> list[str]:
    income = ["一、一般公共预算\t90.00", "二、政府性基金预算\t", "三、国有资本经营预算\t"]
    rows = [
        "收入\t\t支出\t\t\t\t",
        "项目\t金额\t项目\t金额\t\t\t",
        "\t\t\t小计\t一般公共预算\t政府性基金预算\t国有资本经营预算",
    ]
    for n, (code, name) in enumerate(CATEGORIES, 1):
        left = income[n - 1] if n <= len(income) else "\t"
        total = _EXPENDITURE.get(code, ("",))[0]
        rows.append(f"{left}\t{numeral(n)}、{name}\t{total}\t{total}\t\t")
    rows.append("本年收入合计\t90.00\t本年支出合计\t100.00\t100.00\t\t")
    rows.append("上年财政拨款结转\t10.00\t年终结转\t\t\t\t")
    rows += ["一、一般公共预算\t10.00\t\t\t\t\t", "二、政府性基金预算\t\t\t\t\t\t", "三、国有资本经营预算\t\t\t\t\t\t"]
    rows.append("收入总计\t100.00\t支出总计\t100.00\t100.00\t\t")
    return rows


_CODED_HEAD = ["项目\t\t2026年预算数\t\t", "科目编码\t科目名称\t合计\t基本支出\t项目支出"]
_FISCAL_HEAD = "\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算"

TABLES: dict[str, list[str]] = {
    "T01": _t01(),
    "T02": [
        "项目\t\t本年收入\t\t\t\t\t\t上年结转",
        "科目编码\t科目名称\t合计\t一般公共预算\t政府性基金\t国有资本经营预算\t财政专户管理资金\t单位资金\t",
        "合计\t\t90.00\t90.00\t\t\t\t\t10.00",
        "208\t社会保障和就业支出\t60.00\t60.00\t\t\t\t\t10.00",
        "20801\t人力资源和社会保障管理事务\t60.00\t60.00\t\t\t\t\t10.00",
        "2080101\t行政运行\t40.00\t40.00\t\t\t\t\t",
        "2080102\t一般行政管理事务\t20.00\t20.00\t\t\t\t\t10.00",
        "221\t住房保障支出\t30.00\t30.00\t\t\t\t\t",
        "22102\t住房改革支出\t30.00\t30.00\t\t\t\t\t",
        "2210201\t住房公积金\t30.00\t30.00\t\t\t\t\t",
    ],
    "T03": [
        *_CODED_HEAD,
        "合计\t\t100.00\t70.00\t30.00",
        "208\t社会保障和就业支出\t70.00\t40.00\t30.00",
        "20801\t人力资源和社会保障管理事务\t70.00\t40.00\t30.00",
        "2080101\t行政运行\t40.00\t40.00\t",
        "2080102\t一般行政管理事务\t30.00\t\t30.00",
        "221\t住房保障支出\t30.00\t30.00\t",
        "22102\t住房改革支出\t30.00\t30.00\t",
        "2210201\t住房公积金\t30.00\t30.00\t",
    ],
    "T04": _t04(),
    "T05": [
        *_CODED_HEAD,
        "合计\t\t90.00\t70.00\t20.00",
        "208\t社会保障和就业支出\t60.00\t40.00\t20.00",
        "20801\t人力资源和社会保障管理事务\t60.00\t40.00\t20.00",
        "2080101\t行政运行\t40.00\t40.00\t",
        "2080102\t一般行政管理事务\t20.00\t\t20.00",
        "221\t住房保障支出\t30.00\t30.00\t",
        "22102\t住房改革支出\t30.00\t30.00\t",
        "2210201\t住房公积金\t30.00\t30.00\t",
    ],
    "T06": [
        "部门预算支出经济科目名称\t政府预算支出经济科目名称\t2026年预算数\t\t",
        "\t\t合计\t人员经费\t公用经费",
        "合计\t\t70.00\t62.00\t8.00",
        "工资福利支出\t\t62.00\t62.00\t",
        "基本工资\t工资奖金津补贴\t22.00\t22.00\t",
        "基本工资\t工资福利支出\t10.00\t10.00\t",
        "住房公积金\t住房公积金\t30.00\t30.00\t",
        "商品和服务支出\t\t8.00\t\t8.00",
        "办公费\t办公经费\t5.00\t\t5.00",
        "公务接待费\t公务接待费\t3.00\t\t3.00",
    ],
    "T07": ["项目\t\t政府性基金收入预算", "收入科目编码\t科目名称\t", "合计\t\t", "", "注：本表无数据"],
    "T08": ["科目编码\t科目名称\t合计\t基本支出\t项目支出", "合计\t\t\t\t", "", "注：本表无数据"],
    "T09": [
        "国有资本经营预算收入\t\t国有资本经营预算支出\t\t\t\t\t",
        "项目\t\t国有资本经营收入预算\t科目编码\t科目名称\t合计\t基本支出\t项目支出",
        "收入科目编码\t科目名称\t\t\t\t\t\t",
        "合计\t\t\t\t\t\t\t",
        "",
        "注：本表无数据",
    ],
    "T10": [
        "项目\t2026年预算数\t\t\t",
        _FISCAL_HEAD,
        "因公出国（境）费\t\t\t\t",
        "公务接待费\t3.00\t3.00\t\t",
        "公务用车购置及运行费\t5.00\t5.00\t\t",
        "①公务用车购置费\t\t\t\t",
        "②公务用车运行维护费\t5.00\t5.00\t\t",
        "合计\t8.00\t8.00\t\t",
    ],
    "T11": [
        "单位名称\t2026预算数\t\t\t",
        _FISCAL_HEAD,
        "部门合计\t8.00\t8.00\t\t",
        f"{DEPARTMENT}\t5.00\t5.00\t\t",
        "云岭市测试服务中心\t3.00\t3.00\t\t",
    ],
    "T12": [
        "项目名称\t合计\t2026年财政拨款\t\t\t财政专户管理 资金\t单位资金",
        "\t\t一般公共预算\t政府性基金预算\t国有资本经营预算\t\t",
        "1\t2\t3\t4\t5\t6\t7",
        f"{DEPARTMENT}\t20.00\t20.00\t\t\t\t",
        f"{DEPARTMENT}\t15.00\t15.00\t\t\t\t",
        "会议费\t4.00\t4.00\t\t\t\t",
        "遗属补助\t11.00\t11.00\t\t\t\t",
        "云岭市测试服务中心\t5.00\t5.00\t\t\t\t",
        "设备运行维护经费（二期）\t5.00\t5.00\t\t\t\t",
    ],
    "T13": [
        "项目名称\t合计\t2026年财政拨款\t\t",
        "\t\t一般公共预算\t政府性基金预算\t国有资本经营预算",
        "1\t2\t3\t4\t5",
        f"{DEPARTMENT}\t10.00\t10.00\t\t",
        "云岭市测试服务中心\t10.00\t10.00\t\t",
        "检测能力建设资金\t10.00\t10.00\t\t",
    ],
}

SECTIONS = {
    "一": ("部门预算收支数据变动情况及原因", ["预算收入总计100.00万元，比上年增加5.00万元。"]),
    "二": ("收入预算情况说明", ["预算收入100.00万元。"]),
    "三": ("支出预算情况说明", ["支出预算100.00万元。"]),
    "四": ("财政拨款收支预算总体情况说明", ["财政拨款收支总预算100.00万元。"]),
    "五": ("一般公共预算支出情况说明", ["（一）规模变化情况", "当年支出90.00万元。", "（二）结构情况", "结构如下。"]),
    "六": ("一般公共预算基本支出情况说明", ["基本支出70.00万元。"]),
    "七": ("“三公”经费增减变动原因说明", ["预算8.00万元。"]),
    "八": ("机关运行经费增减变动原因说明", ["预算8.00万元。"]),
    "九": ("政府采购情况", ["预算总额0万元。"]),
    "十": ("绩效管理情况", ["1、整体绩效目标", "未编报。", "2、项目绩效目标", "共4个。"]),
    "十一": ("国有资产占有使用情况", ["1、车辆情况：", "2辆。"]),
    "十二": ("其他说明", ["（一）政府购买服务指导性目录", "无", "（二）其他", "无"]),
}

FORM = [
    "云岭市市级预算部门（单位）项目支出绩效目标表",
    "",
    "项目名称\t会议费\t\t\t",
    f"主管部门及代码\t012-{DEPARTMENT}\t\t实施单位\t{DEPARTMENT}",
    "绩效指标\t一级指标\t二级指标\t三级指标\t指标值",
    "负责人：\t经办人：\t联系电话：\t填报日期：\t20251201000000",
]


def table_text(table_id: str, rows: list[str] | None = None, title: str | None = None) -> list[str]:
    """A table with its title and unit lines."""
    head = [TITLES[table_id] if title is None else title, f"部门名称：{DEPARTMENT}", "单位：万元"]
    return [*head, *(TABLES[table_id] if rows is None else rows), ""]


def cover_and_part_one(department: str = DEPARTMENT) -> list[str]:
    return [
        department,
        "2026年度部门预算公开",
        "第一部分 概况",
        "一、本部门职责",
        "负责测试工作。",
        "二、机构设置情况",
        "内设3个科室。",
        "第二部分 2026年部门预算报表",
    ]


def part_three(forms: list[str] | None = None) -> list[str]:
    lines = ["第三部分 2026年度部门预算情况说明"]
    for number, (heading, paragraphs) in SECTIONS.items():
        lines += [f"{number}、{heading}", "", *paragraphs, ""]
        if number == "十":
            lines += FORM if forms is None else forms
    return lines


PART_FOUR = ["第四部分 名词解释", "一、基本支出：保障运转的支出。", "二、项目支出：完成任务的支出。"]


def document(tables: dict[str, list[str]] | None = None, forms: list[str] | None = None) -> list[str]:
    """The lines of the whole disclosure; `tables` replaces the text of some tables."""
    changed = tables or {}
    body = [line for key in TABLES for line in changed.get(key, table_text(key))]
    return [*cover_and_part_one(), *body, *part_three(forms), *PART_FOUR]


def parse(lines: list[str]) -> Recognition:
    return parse_bytes("\n".join(lines).encode(), "sample.txt")


def grid_lines(rows: list[str]) -> tuple[Line, ...]:
    return read_file("\n".join([*rows, "这一行只是为了让文件够长而写的一行文字。"]).encode(), "t.txt").lines[:-1]


def read_rows(table_id: str, rows: list[str]) -> tuple[Table, tuple[str, ...]]:
    """A grid table read on its own, with the messages of its notes."""
    table, notes = read_grid_table(SHANXI_2024.table(table_id), grid_lines(rows), DEPARTMENT)
    return table, tuple(note.message for note in notes)


def values(table: Table) -> list[tuple[str, ...]]:
    """Labels and values of a table's rows, blanks as empty strings."""
    return [
        (row.side.value, row.code, row.name, row.second_name, *(cell.value or "" for _, cell in row.cells))
        for row in table.rows
    ]


def sound_rows(table_id: str) -> list[tuple[str, ...]]:
    """What is read of a table as the sample prints it."""
    return values(read_rows(table_id, TABLES[table_id])[0])


def changed(rows: list[str], old: str, new: str) -> list[str]:
    """Rows with another one in the place of `old`, which is among them."""
    assert old in rows
    return [new if row == old else row for row in rows]
