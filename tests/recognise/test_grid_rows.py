"""Rows of grid tables come back as they were printed, whatever scanning did to their cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from disclosures.plain.data import Level, Side, Surety
from tests.recognise.sample import DEPARTMENT, TABLES, changed, read_rows, sound_rows, values

ALL = tuple(TABLES)
Damage = Callable[[list[str]], list[str]]


def _each_row(change: Callable[[str], str]) -> Damage:
    return lambda rows: [change(row) for row in rows]


_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.")


def _has_amounts(row: str) -> bool:
    return ".0" in row


def _is_data(row: str) -> bool:
    return _has_amounts(row) or row.startswith(("合计", "注")) or "、" in row or "费" in row


HARMLESS: dict[str, Damage] = {
    "blank last cells cut off": _each_row(lambda row: row.rstrip("\t")),
    "full-width digits": _each_row(lambda row: row.translate(_WIDE) if _has_amounts(row) else row),
    "dashes for blanks": _each_row(
        lambda row: "\t".join(cell or "—" for cell in row.split("\t")) if _has_amounts(row) else row
    ),
    "Markdown rows": _each_row(lambda row: "| " + " | ".join(row.split("\t")) + " |" if "\t" in row else row),
    "an empty column in front": _each_row(lambda row: "\t" + row if "\t" in row else row),
    "an empty column behind": _each_row(lambda row: row + "\t" if "\t" in row else row),
    "padding inside cells": _each_row(lambda row: row.replace("\t", " \t ")),
    "a page number between rows": lambda rows: [*rows[:4], "- 12 -", *rows[4:]],
    "no header": lambda rows: [row for row in rows if _is_data(row)],
}


@pytest.mark.parametrize("table_id", ALL)
@pytest.mark.parametrize("damage", HARMLESS)
def test_damage_that_loses_nothing_changes_nothing(damage: str, table_id: str) -> None:
    table, _ = read_rows(table_id, HARMLESS[damage](TABLES[table_id]))
    expected = sound_rows(table_id)
    assert [tuple(text.translate(_NARROW) for text in row) for row in values(table)] == expected


def test_numbers_are_kept_as_printed_without_separators() -> None:
    rows = changed(TABLES["T03"], "合计\t\t100.00\t70.00\t30.00", "合计\t\t1,234,567.80\t0.00\t1234567.8")
    table, _ = read_rows("T03", rows)
    assert [cell.value for _, cell in table.rows[0].cells] == ["1234567.80", "0.00", "1234567.8"]


def test_items_lose_their_ordinals_and_sides_stand_one_after_the_other() -> None:
    table, notes = read_rows("T01", TABLES["T01"])
    names = [(row.side, row.name) for row in table.rows]
    assert names[:2] == [(Side.INCOME, "一般公共预算"), (Side.INCOME, "政府性基金预算")]
    assert names[8] == (Side.EXPENDITURE, "一般公共服务支出")
    assert [side for side, _ in names] == [Side.INCOME] * 8 + [Side.EXPENDITURE] * 33
    assert not notes


def test_circled_numbers_go_and_the_levels_say_what_a_row_is() -> None:
    table, _ = read_rows("T10", TABLES["T10"])
    assert [(row.name, row.level) for row in table.rows][2:] == [
        ("公务用车购置及运行费", Level.GROUP),
        ("公务用车购置费", Level.ITEM),
        ("公务用车运行维护费", Level.ITEM),
        ("合计", Level.TOTAL),
    ]


def test_one_printed_total_of_t09_is_an_income_row() -> None:
    assert sound_rows("T09") == [("income", "", "合计", "", "")]


def test_expenditure_amounts_beside_the_one_total_of_t09_are_not_lost() -> None:
    rows = [*TABLES["T09"][:3], "合计\t\t6.00\t\t\t5.00\t\t5.00"]
    assert values(read_rows("T09", rows)[0]) == [
        ("income", "", "合计", "", "6.00"),
        ("expenditure", "", "合计", "", "5.00", "", "5.00"),
    ]


def test_both_sides_of_t09_have_codes() -> None:
    rows = [*TABLES["T09"][:3], "1030601\t利润收入\t6.00\t2230105\t国有企业改革成本支出\t5.00\t\t5.00"]
    assert values(read_rows("T09", rows)[0]) == [
        ("income", "1030601", "利润收入", "", "6.00"),
        ("expenditure", "2230105", "国有企业改革成本支出", "", "5.00", "", "5.00"),
    ]


# ---------------------------------------------------------------- columns and headers


def test_a_column_dropped_from_header_and_rows_is_blank_and_noted() -> None:
    rows = ["\t".join(cell for n, cell in enumerate(row.split("\t")) if n != 4) for row in TABLES["T02"]]
    table, notes = read_rows("T02", rows)
    assert values(table) == sound_rows("T02")
    assert any("缺少“政府性基金预算”" in message for message in notes)


def test_a_column_dropped_from_the_rows_alone_is_found_by_the_sums_and_noted() -> None:
    rows = TABLES["T02"]
    dropped = [*rows[:2], *("\t".join(cell for n, cell in enumerate(row.split("\t")) if n != 4) for row in rows[2:])]
    table, notes = read_rows("T02", dropped)
    assert values(table) == sound_rows("T02")
    assert any("列数与表头不同" in message for message in notes)
    assert table.rows[0].cell("carried_over").surety is not Surety.SURE


def test_misspelt_headers_are_recognised() -> None:
    rows = [row.replace("国有资本经营", "国有资木经营").replace("政府性基金", "政府性墓金") for row in TABLES["T10"]]
    assert values(read_rows("T10", rows)[0]) == sound_rows("T10")


def test_columns_in_another_order_follow_their_headers() -> None:
    rows = ["科目编码\t科目名称\t基本支出\t合计\t项目支出", "合计\t\t70.00\t100.00\t30.00"]
    table, _ = read_rows("T03", rows)
    # The declared order is kept: a header out of order is likelier misprinted than a whole table.
    assert {cell.value for _, cell in table.rows[0].cells} == {"70.00", "100.00", "30.00"}


@pytest.mark.parametrize("table_id", ["T02", "T03", "T06", "T10", "T12"])
def test_a_header_repeated_at_a_page_break_is_no_row(table_id: str) -> None:
    rows = TABLES[table_id]
    header = [row for row in rows[:3] if ".00" not in row and not row.startswith("因公")]
    again = [*rows[:6], "续表", f"部门名称：{DEPARTMENT}", "单位：万元", *header, *rows[6:]]
    assert values(read_rows(table_id, again)[0]) == sound_rows(table_id)


# ---------------------------------------------------------------- names over several lines


@pytest.mark.parametrize(
    "printed",
    [
        ["20801\t人力资源和社会保障\t70.00\t40.00\t30.00", "\t管理事务\t\t\t"],
        ["20801\t人力资源和社会保障\t\t\t", "\t管理事务\t70.00\t40.00\t30.00"],
        ["20801\t人力资源和社会保障\t\t\t", "\t\t70.00\t40.00\t30.00", "\t管理事务\t\t\t"],
        ["20801\t人力资源和社会保障", "管理事务\t70.00\t40.00\t30.00"],
        ["20801\t人力资源和 社会保障\u3000管理事务\t70.00\t40.00\t30.00"],
    ],
)
def test_a_wrapped_functional_name_is_joined(printed: list[str]) -> None:
    rows = TABLES["T03"]
    at = next(n for n, row in enumerate(rows) if row.startswith("20801\t"))
    assert values(read_rows("T03", [*rows[:at], *printed, *rows[at + 1 :]])[0]) == sound_rows("T03")


@pytest.mark.parametrize(
    "printed",
    [
        ["设备运行维护经费\t5.00\t5.00\t\t\t\t", "（二期）\t\t\t\t\t\t"],
        ["设备运行维护\t\t\t\t\t\t", "\t5.00\t5.00\t\t\t\t", "经费（二期）\t\t\t\t\t\t"],
        ["设备运行\t\t\t\t\t\t", "维护经费（二期）\t5.00\t5.00\t\t\t\t"],
        ["设备运行", "维护经费（二期）\t5.00\t5.00\t\t\t\t"],
        ["设备运行维护经费（\t5.00\t5.00\t\t\t\t", "二期）\t\t\t\t\t\t"],
    ],
)
def test_a_wrapped_project_name_is_joined(printed: list[str]) -> None:
    table, _ = read_rows("T12", [*TABLES["T12"][:-1], *printed])
    assert values(table) == sound_rows("T12")
    assert table.rows[-1].label_surety is Surety.INFERRED


def test_a_wrapped_item_of_a_two_sided_table_is_joined() -> None:
    rows = []
    for row in TABLES["T01"]:
        left, _, right = row.partition("二十二、国有资本经营预算支出")
        rows += [f"{left}二十二、国有资本经营{right}", "\t\t预算支出\t\t\t"] if right else [row]
    assert len(rows) == len(TABLES["T01"]) + 1
    assert values(read_rows("T01", rows)[0]) == sound_rows("T01")


def test_a_name_that_fits_both_neighbours_is_noted() -> None:
    rows = [*TABLES["T12"][:5], "甲乙丙丁戊己\t4.00\t4.00\t\t\t\t", "庚辛\t\t\t\t\t\t", "壬癸\t11.00\t11.00\t\t\t\t"]
    table, notes = read_rows("T12", rows)
    assert table.rows[2].label_surety is Surety.DOUBTFUL
    assert any("跨行" in message for message in notes)


def test_words_between_the_rows_are_noted_and_join_no_name() -> None:
    rows = [*TABLES["T12"], "（本页以下空白）"]
    table, notes = read_rows("T12", rows)
    assert values(table) == sound_rows("T12")
    assert any("（本页以下空白）" in message for message in notes)


def test_merged_cells_repeated_or_left_empty_give_the_same_rows() -> None:
    rows = changed(TABLES["T06"], "工资福利支出\t\t62.00\t62.00\t", "工资福利支出\t工资福利支出\t62.00\t62.00\t")
    rows = changed(rows, "合计\t\t70.00\t62.00\t8.00", "合计\t合计\t70.00\t62.00\t8.00")
    rows = changed(rows, "基本工资\t工资福利支出\t10.00\t10.00\t", "\t工资福利支出\t10.00\t10.00\t")
    table, _ = read_rows("T06", rows)
    assert values(table) == sound_rows("T06")
    assert [row.label_surety for row in table.rows if row.name == "基本工资"] == [Surety.SURE, Surety.INFERRED]


# ---------------------------------------------------------------- units and projects


def _levels(rows: list[str]) -> list[tuple[str, str | None]]:
    table, _ = read_rows("T12", [*TABLES["T12"][:3], *rows])
    return [(row.level.value if row.level else "", row.unit_name) for row in table.rows]


def test_units_are_those_that_equal_the_sum_of_their_projects() -> None:
    service = "云岭市测试服务中心"
    assert _levels(TABLES["T12"][3:]) == [
        ("department", None),
        ("unit", None),
        ("project", DEPARTMENT),
        ("project", DEPARTMENT),
        ("unit", None),
        ("project", service),
    ]


def test_a_table_without_unit_rows_lists_projects_of_the_department() -> None:
    rows = [f"{DEPARTMENT}\t9.00\t9.00\t\t\t\t", "甲经费\t4.00\t4.00\t\t\t\t", "乙经费\t5.00\t5.00\t\t\t\t"]
    assert _levels(rows) == [("department", None), ("project", DEPARTMENT), ("project", DEPARTMENT)]


def test_equal_amounts_are_told_apart_by_names() -> None:
    rows = [
        f"{DEPARTMENT}\t10.00\t10.00\t\t\t\t",
        "云岭市甲中心\t5.00\t5.00\t\t\t\t",
        "业务经费\t5.00\t5.00\t\t\t\t",
        "云岭市乙中心\t5.00\t5.00\t\t\t\t",
        "会议费\t5.00\t5.00\t\t\t\t",
    ]
    assert [level for level, _ in _levels(rows)] == ["department", "unit", "project", "unit", "project"]


def test_indentation_decides_where_it_is_printed() -> None:
    rows = [
        f"{DEPARTMENT}\t10.00\t10.00\t\t\t\t",
        "\u3000甲\t7.00\t7.00\t\t\t\t",
        "\u3000\u3000乙中心\t5.00\t5.00\t\t\t\t",
        "\u3000丙\t5.00\t5.00\t\t\t\t",
        "\u3000\u3000丁\t5.00\t5.00\t\t\t\t",
    ]
    assert _levels(rows) == [("department", None), ("unit", None), ("project", "甲"), ("unit", None), ("project", "丙")]


def test_nesting_that_no_sum_settles_is_noted() -> None:
    rows = [f"{DEPARTMENT}\t9.00\t9.00\t\t\t\t", "云岭市甲中心\t4.00\t4.00\t\t\t\t", "乙经费\t3.00\t3.00\t\t\t\t"]
    table, notes = read_rows("T12", [*TABLES["T12"][:3], *rows])
    assert [row.level for row in table.rows] == [Level.DEPARTMENT, Level.UNIT, Level.PROJECT]
    assert any("层级" in message for message in notes)


def test_no_data_with_numbers_is_noted_and_read() -> None:
    table, notes = read_rows("T13", [*TABLES["T13"], "注：本表无数据"])
    assert not table.no_data
    assert len(table.rows) == 3
    assert any("本表无数据" in message for message in notes)


def test_an_empty_table_keeps_its_blank_total() -> None:
    assert [read_rows(key, TABLES[key])[0].no_data for key in ("T07", "T08", "T09")] == [True] * 3
    assert sound_rows("T08") == [("", "", "合计", "", "", "", "")]
    empty, _ = read_rows("T13", [*TABLES["T13"][:3], "", "注：本表无数据"])
    assert (empty.no_data, empty.rows) == (True, ())
