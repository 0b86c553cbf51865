"""What stands around and inside the rows of a FLOW table, small cases by hand."""

from __future__ import annotations

import pytest

from disclosures.plain.data import Level, Note, Side, Surety, Table
from disclosures.profiles import SHANXI_2024
from disclosures.reading.blocks import Line
from disclosures.recognise.flow_table import read_flow_table

T01_HEADER = "收入 支出\n\n项目 2031年 项目 2031年合计 当年预算安排 上年结转安排\n\n"
T06_HEADER = "部门预算支出经济科目名称 政府预算支出经济科目名称\n2031年预算数\n\n合计 人员经费 公用经费\n\n"
T09_HEADER = (
    "国有资本经营预算收入 国有资本经营预算支出\n\n科目编码 科目名称 合计 基本支出 项目支出\n\n收入科目编码 科目名称\n\n"
)
T03_HEADER = "项目 2031年预算数\n\n科目编码 科目名称 合计 基本支出 项目支出\n\n"
T12_HEADER = "项目名称 合计\n\n2031年财政拨款\n财政专户管\n\n理资金\n单位资金\n\n一般公共预算\n\n1 2 3 4 5 6 7\n\n"
T10_HEADER = "项目\n2031年预算数\n\n合计 一般公共预算 政府性基金预算\n国有资本经营预\n\n算\n\n"


def read(table_id: str, text: str, department: str | None = None) -> tuple[Table, tuple[Note, ...]]:
    lines = [Line(f"line {n}", line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    return read_flow_table(SHANXI_2024.table(table_id), lines, department)


def values(table: Table) -> list[tuple[str, ...]]:
    """Label and amounts of every row, "" for blank cells."""
    return [(row.code or row.name, *(cell.value or "" for _, cell in row.cells)) for row in table.rows]


def test_what_stands_above_the_rows():
    table, notes = read(
        "T03", f"预算公开表3\n\n2031年预算支出总表\n\n部门名称：云岭县水利局 单位：万元\n\n{T03_HEADER}合计 5.00 5.00  "
    )
    assert (table.title, table.printed_year, table.caption) == ("预算支出总表", 2031, "预算公开表3")
    assert (table.printed_department, table.printed_unit, table.source) == ("云岭县水利局", "万元", "line 1")
    assert values(table) == [("合计", "5.00", "5.00", "")]
    assert notes == ()


@pytest.mark.parametrize(
    ("table_id", "text", "rows"),
    [
        ("T07", "项目\n政府性基金收入预算\n\n收入科目编码 科目名称\n\n合计  \n\n   \n\n注：本表无数据", [("合计", "")]),
        ("T08", "科目编码 科目名称 合计 基本支出 项目支出\n\n合计      \n\n注：本表无数据", [("合计", "", "", "")]),
        ("T09", f"{T09_HEADER}合计       \n\n注：本表无数据", [("合计", "")]),
        ("T13", "项目名称 合计\n2031年财政拨款\n\n一般公共预算\n\n1 2 3 4 5\n\n注：本表无数据", []),
    ],
)  # fmt: skip
def test_an_empty_table_keeps_its_blank_total(table_id, text, rows):
    table, notes = read(table_id, text)
    assert table.no_data
    assert values(table) == rows
    assert notes == ()


def test_fixed_items_lose_their_marks_and_keep_blank_rows():
    table, _ = read(
        "T10",
        f"{T10_HEADER}因公出国（境）费     \n\n公务接待费 1.59 1.59   \n\n公务用车购置及运\n行费\n\n3.90 3.90   \n\n"
        "①公务用车购置费     \n\n②公务用车运行维护费 3.90 3.90   \n\n合计 5.49 5.49   ",
    )
    assert [(row.name, row.value("total"), row.value("general_public")) for row in table.rows] == [
        ("因公出国（境）费", None, None),
        ("公务接待费", "1.59", "1.59"),
        ("公务用车购置及运行费", "3.90", "3.90"),
        ("公务用车购置费", None, None),
        ("公务用车运行维护费", "3.90", "3.90"),
        ("合计", "5.49", "5.49"),
    ]


def test_amounts_glued_to_labels_are_parted():
    table, _ = read(
        "T01",
        T01_HEADER + "一、一般公共预算 39330.81一、一般公共服务支出    \n\n"
        "本年收入合计 39330.81本年支出合计 41748.72 39330.81 2417.91\n\n上年结转 2417.91年终结转    \n\n"
        "收入总计 41748.72支出总计 41748.72 39330.81 2417.91",
    )
    income = [(row.name, row.value("amount")) for row in table.side(Side.INCOME)]
    assert income == [
        ("一般公共预算", "39330.81"),
        ("本年收入合计", "39330.81"),
        ("上年结转", "2417.91"),
        ("收入总计", "41748.72"),
    ]
    assert [row.name for row in table.side(Side.EXPENDITURE)] == [
        "一般公共服务支出",
        "本年支出合计",
        "年终结转",
        "支出总计",
    ]


def test_a_part_heading_inside_a_table_is_no_row():
    table, _ = read(
        "T01",
        f"{T01_HEADER}一、一般公共预算 3.00一、一般公共服务支出    \n\n"
        "第二部分 2031年部门预算报表\n   二、外交支出    \n\n  三、国防支出 3.00 3.00  ",
    )
    assert [row.name for row in table.rows] == ["一般公共预算", "一般公共服务支出", "外交支出", "国防支出"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2080101 行政运行 1,468.12 1,468.12  ", ("2080101", "1468.12", "1468.12", "")),
        ("2080101 行政运行 -12.50  -12.50", ("2080101", "-12.50", "", "-12.50")),
        ("2080101 行政运行 150 100 50", ("2080101", "150", "100", "50")),
        ("2080101 行政运行 10.00 — 10.00", ("2080101", "10.00", "", "10.00")),
        ("2080101行政运行 10.00  10.00", ("2080101", "10.00", "", "10.00")),
        ("2080101 行政运行10.00  10.00", ("2080101", "10.00", "", "10.00")),
        ("2080101 行政运行 12345.0912000.00345.09", ("2080101", "12345.09", "12000.00", "345.09")),
        ("2080101\n行政运\n行\n\n10.00  10.00", ("2080101", "10.00", "", "10.00")),
        ("行政\n2080101 运行 10.00  10.00", ("2080101", "10.00", "", "10.00")),
    ],
)
def test_amounts_in_many_prints(row, expected):
    table, notes = read("T03", f"{T03_HEADER}合计 9.00 5.00 4.00\n\n208 社会保障和就业支出 9.00 5.00 4.00\n\n{row}")
    assert values(table)[-1] == expected
    assert table.rows[-1].name == "行政运行"
    assert notes == ()


def test_a_name_that_ends_in_a_number_keeps_it():
    table, _ = read("T12", f"{T12_HEADER}云岭县水利局 20.00 20.00     \n\n　　泵站改造 2 20.00 20.00     ")
    assert values(table)[-1] == ("泵站改造2", "20.00", "20.00", "", "", "", "")


def t12_without_gaps(*rows: str) -> list[tuple[str, str | None]]:
    """Names and totals of T12 rows printed without blank lines and indentation."""
    lines = [f"{row}     " if row.endswith(".00") else row for row in rows]
    table, _ = read("T12", T12_HEADER + "\n".join(lines))
    return [(row.name, row.cells[0][1].value) for row in table.rows]


def test_names_end_at_amounts_that_stand_alone():
    # Without its indentation the first line of a name looks as if a word more had fitted in.
    assert t12_without_gaps(
        "云岭县水利工程建设管理局 70.00 70.00",
        "水库除险加固及灌区改",
        "造工程经费",
        "30.00 30.00",
        "泵站运行维护经费 5.00 5.00",
        "云岭县河道水库管理服务站 35.00 35.00",
        "农村饮水安全巩固提升",
        "10.00 10.00",
        "山洪灾害防治设施维修",
        "养护",
        "5.00 5.00",
        "河道清淤 20.00 20.00",
    ) == [
        ("云岭县水利工程建设管理局", "70.00"),
        ("水库除险加固及灌区改造工程经费", "30.00"),
        ("泵站运行维护经费", "5.00"),
        ("云岭县河道水库管理服务站", "35.00"),
        ("农村饮水安全巩固提升", "10.00"),
        ("山洪灾害防治设施维修养护", "5.00"),
        ("河道清淤", "20.00"),
    ]


def test_names_around_their_amounts_stay_whole():
    assert t12_without_gaps(
        "云岭县水利局 65.00 65.00",
        "水库除险加固及灌区改",
        "30.00 30.00",
        "造工程经费",
        "泵站运行维护经费 5.00 5.00",
        "农村饮水安全巩固提升",
        "10.00 10.00",
        "工程",
        "河道清淤 20.00 20.00",
    ) == [
        ("云岭县水利局", "65.00"),
        ("水库除险加固及灌区改造工程经费", "30.00"),
        ("泵站运行维护经费", "5.00"),
        ("农村饮水安全巩固提升工程", "10.00"),
        ("河道清淤", "20.00"),
    ]


def test_more_amounts_than_columns_are_kept_in_a_note():
    table, notes = read("T03", f"{T03_HEADER}合计 9.00 5.00 4.00\n\n208 社会保障 9.00 5.00 4.00 3.00 2.00")
    assert table.rows[-1].cells[0][1].surety is Surety.DOUBTFUL
    assert [(note.where, note.source) for note in notes] == [("T03/208", "line 7")]
    assert "3.00" in notes[0].message
    assert "2.00" in notes[0].message


def test_amounts_without_a_label_are_marked():
    _, notes = read("T03", f"{T03_HEADER}合计 9.00 5.00 4.00\n\n208 社会保障 9.00 5.00 4.00\n\n7.00 7.00  ")
    assert [note.source for note in notes] == ["line 9"]


def test_headers_that_a_new_page_repeats_are_no_rows():
    rows = ["208 社会保障 9.00 5.00 4.00", "20801 管理事务 9.00 5.00 4.00"]
    table, _ = read("T03", f"{T03_HEADER}合计 9.00 5.00 4.00\n\n{rows[0]}\n\n{T03_HEADER}{rows[1]}")
    assert [row.code or row.name for row in table.rows] == ["合计", "208", "20801"]


def test_a_header_with_some_words_of_its_own_is_no_row():
    header = "收入 支出\n\n项目 2031年 项目 2031年合计 本年安排数 结转资金安排\n\n"
    table, _ = read("T01", f"{header}一、一般公共预算 5.00一、一般公共服务支出 5.00 5.00  ")
    assert [row.name for row in table.rows] == ["一般公共预算", "一般公共服务支出"]


def test_a_note_over_two_lines_is_no_row():
    table, _ = read(
        "T12", f"{T12_HEADER}云岭县水利局 20.00 20.00     \n\n注：本套报表因取数时四舍\n五入，部分金额有尾差"
    )
    assert [row.name for row in table.rows] == ["云岭县水利局"]
    assert not table.no_data


def test_groups_have_one_class_and_wrapped_classes_find_their_side():
    table, _ = read(
        "T06",
        f"{T06_HEADER}合计 30.00 20.00 10.00\n\n"
        "工资福利支出  20.00 20.00  \n\n机关事业单位基本养老保\n险缴费\n\n社会保障缴费 15.00 15.00  \n\n"
        "奖金\n工资奖金津\n补贴\n\n5.00 5.00  \n\n商品和服务支出  10.00  10.00\n\n办公费 办公经费 10.00  10.00",
    )
    assert [(row.name, row.second_name, row.level) for row in table.rows] == [
        ("合计", "", Level.TOTAL),
        ("工资福利支出", "", Level.GROUP),
        ("机关事业单位基本养老保险缴费", "社会保障缴费", Level.ITEM),
        ("奖金", "工资奖金津补贴", Level.ITEM),
        ("商品和服务支出", "", Level.GROUP),
        ("办公费", "办公经费", Level.ITEM),
    ]


def test_both_sides_of_the_state_capital_table():
    table, _ = read(
        "T09",
        f"{T09_HEADER}1030601 利润收入 8.00 223 国有资本经营预算支出 8.00  8.00\n\n合计  8.00 合计  8.00  8.00",
    )
    assert [(row.side.value, row.code, row.name, *(cell.value for _, cell in row.cells)) for row in table.rows] == [
        ("income", "1030601", "利润收入", "8.00"),
        ("income", "", "合计", "8.00"),
        ("expenditure", "223", "国有资本经营预算支出", "8.00", None, "8.00"),
        ("expenditure", "", "合计", "8.00", None, "8.00"),
    ]


def test_sums_choose_where_spaces_are_lost_and_say_so():
    table, _ = read(
        "T03",
        f"{T03_HEADER}合计 30.00 12.00 18.00\n208 社会保障 30.00 12.00 18.00\n20801 管理 30.00 12.00 18.00\n"
        "2080101 运行 12.00 12.00\n2080102 事务 18.00 18.00",
    )
    assert values(table)[-2:] == [("2080101", "12.00", "12.00", ""), ("2080102", "18.00", "", "18.00")]
    assert {cell.surety for row in table.rows[-2:] for _, cell in row.cells} == {Surety.INFERRED}


def test_spaces_outweigh_a_sum_that_a_slip_broke():
    table, _ = read(
        "T03",
        f"{T03_HEADER}合计 30.00 12.00 18.00\n\n208 社会保障 30.00 12.00 18.00\n\n20801 管理 30.00 12.00 18.00\n\n"
        "2080101 运行 12.00 13.00  \n\n2080102 事务 18.00  18.00",
    )
    assert values(table)[-2:] == [("2080101", "12.00", "13.00", ""), ("2080102", "18.00", "", "18.00")]
