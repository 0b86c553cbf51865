"""Cells that moved within a row of a grid table: put right where sums allow one place only, else said."""

from __future__ import annotations

import pytest

from disclosures.plain.data import Surety
from tests.recognise.sample import TABLES, changed, read_rows, sound_rows, values

_PROJECT_ROW = "2080102\t一般行政管理事务\t30.00\t\t30.00"


@pytest.mark.parametrize(
    "printed",
    [
        "\t2080102\t一般行政管理事务\t30.00\t\t30.00",  # pushed right
        "2080102\t\t一般行政管理事务\t30.00\t\t30.00",  # a cell too many
        "2080102一般行政管理事务\t30.00\t\t30.00",  # code and name glued
        "\t2080102 一般行政管理事务\t30.00\t\t30.00",
        "2080102\t一般行政管理事务\t30.00\t30.00",  # the blank lost
        "2080102\t一般行政管理事务\t30.00 30.00",  # two numbers in one cell
        "2080102\t一般行政管理事务 30.00\t\t30.00",  # a number glued to the name
        "2080102 一般行政管理事务 30.00 30.00",  # no separators left
        "208\t01\t02\t一般行政管理事务\t30.00\t\t30.00",  # 类 款 项 in three cells
    ],
)
def test_a_damaged_row_is_put_right(printed: str) -> None:
    table, notes = read_rows("T03", changed(TABLES["T03"], _PROJECT_ROW, printed))
    assert values(table) == sound_rows("T03")
    assert not notes


def test_a_number_whose_column_the_sums_chose_is_marked_inferred() -> None:
    table, _ = read_rows("T03", changed(TABLES["T03"], _PROJECT_ROW, "2080102\t一般行政管理事务\t30.00\t30.00"))
    row = next(row for row in table.rows if row.code == "2080102")
    assert row.cell("project").surety is Surety.INFERRED
    assert {cell.surety for other in table.rows if other is not row for _, cell in other.cells} == {Surety.SURE}


def _slid(table_id: str, *rows: tuple[str, str]) -> list[str]:
    printed = TABLES[table_id]
    for old, new in rows:
        printed = changed(printed, old, new)
    return printed


@pytest.mark.parametrize(
    ("table_id", "rows"),
    [
        ("T03", [(_PROJECT_ROW, "2080102\t一般行政管理事务\t30.00\t30.00\t")]),
        ("T03", [("22102\t住房改革支出\t30.00\t30.00\t", "22102\t住房改革支出\t30.00\t\t30.00")]),
        (
            "T03",
            [
                ("22102\t住房改革支出\t30.00\t30.00\t", "22102\t住房改革支出\t30.00\t\t30.00"),
                ("2210201\t住房公积金\t30.00\t30.00\t", "2210201\t住房公积金\t30.00\t\t30.00"),
            ],
        ),
        ("T06", [("商品和服务支出\t\t8.00\t\t8.00", "商品和服务支出\t\t8.00\t8.00\t")]),
        (
            "T06",
            [
                ("办公费\t办公经费\t5.00\t\t5.00", "办公费\t办公经费\t5.00\t5.00\t"),
                ("公务接待费\t公务接待费\t3.00\t\t3.00", "公务接待费\t公务接待费\t3.00\t3.00\t"),
            ],
        ),
        ("T10", [("公务接待费\t3.00\t3.00\t\t", "公务接待费\t3.00\t\t\t3.00")]),
        ("T12", [("会议费\t4.00\t4.00\t\t\t\t", "会议费\t4.00\t\t4.00\t\t\t")]),
    ],
)
def test_numbers_that_slid_inside_sound_rows_go_back_and_are_inferred(
    table_id: str, rows: list[tuple[str, str]]
) -> None:
    table, _ = read_rows(table_id, _slid(table_id, *rows))
    assert values(table) == sound_rows(table_id)
    moved = [row for row in table.rows if any(cell.surety is Surety.INFERRED for _, cell in row.cells)]
    assert len(moved) == len(rows)


def test_rows_that_could_each_have_slid_stay_and_are_doubtful() -> None:
    rows = [
        *TABLES["T11"][:2],
        "部门合计\t8.00\t4.00\t4.00\t",
        "云岭市甲局\t4.00\t4.00\t\t",
        "云岭市乙局\t4.00\t4.00\t\t",
    ]
    table, notes = read_rows("T11", rows)
    assert [row.value("general_public") for row in table.rows] == ["4.00", "4.00", "4.00"]
    assert len([message for message in notes if "移了位" in message]) == 2


def test_a_wrong_number_in_a_sound_row_is_left_as_printed() -> None:
    rows = changed(TABLES["T03"], _PROJECT_ROW, "2080102\t一般行政管理事务\t35.00\t\t30.00")
    table, notes = read_rows("T03", rows)
    row = next(row for row in table.rows if row.code == "2080102")
    assert [(cell.value, cell.surety) for _, cell in row.cells] == [
        ("35.00", Surety.SURE),
        (None, Surety.SURE),
        ("30.00", Surety.SURE),
    ]
    assert not notes


def test_a_component_missing_from_a_sound_row_moves_nothing() -> None:
    rows = changed(TABLES["T02"], "2080101\t行政运行\t40.00\t40.00\t\t\t\t\t", "2080101\t行政运行\t40.00\t\t\t\t\t\t")
    table, _ = read_rows("T02", rows)
    row = next(row for row in table.rows if row.code == "2080101")
    assert (row.value("total"), row.value("carried_over")) == ("40.00", None)


def test_an_open_choice_is_doubtful_and_noted_with_its_line() -> None:
    rows = [
        "单位名称\t2026预算数\t\t\t",
        TABLES["T11"][1],
        "云岭市甲局\t4.00\t4.00\t\t",
        "云岭市乙局\t5.00\t\t5.00",
        "云岭市丙局\t6.00\t6.00\t\t",
    ]
    table, notes = read_rows("T11", rows)
    # The blanks are as doubtful as the numbers, which may stand in them.
    assert {cell.surety for _, cell in table.rows[1].cells} == {Surety.DOUBTFUL}
    assert {cell.surety for _, cell in table.rows[0].cells} == {Surety.SURE}
    assert any("云岭市乙局" in message and "移了位" in message for message in notes)


@pytest.mark.parametrize("printed", ["1O.5", "12.3.4", "l23.00", "4O,00"])
def test_what_is_no_number_is_blank_doubtful_and_quoted(printed: str) -> None:
    rows = changed(TABLES["T03"], _PROJECT_ROW, f"2080102\t一般行政管理事务\t{printed}\t\t30.00")
    table, notes = read_rows("T03", rows)
    row = next(row for row in table.rows if row.code == "2080102")
    assert (row.cell("total").value, row.cell("total").surety) == (None, Surety.DOUBTFUL)
    assert row.value("project") == "30.00"
    assert any(f"“{printed}”" in message and "2080102" in message for message in notes)


def test_more_numbers_than_columns_are_quoted_not_placed() -> None:
    rows = changed(TABLES["T03"], _PROJECT_ROW, "2080102\t一般行政管理事务\t30.00\t1.00\t2.00\t27.00")
    table, notes = read_rows("T03", rows)
    row = next(row for row in table.rows if row.code == "2080102")
    assert {(cell.value, cell.surety) for _, cell in row.cells} == {(None, Surety.DOUBTFUL)}
    assert any("30.00、1.00、2.00、27.00" in message for message in notes)


def test_numbers_without_a_name_are_noted() -> None:
    rows = [*TABLES["T01"][:2], "\t\t\t7.00\t7.00\t", *TABLES["T01"][2:]]
    table, notes = read_rows("T01", rows)
    assert values(table) == sound_rows("T01")
    assert any("7.00、7.00" in message for message in notes)


def test_an_expenditure_item_moved_to_the_left_keeps_its_side() -> None:
    rows = [row.lstrip("\t") for row in TABLES["T01"]]
    assert values(read_rows("T01", rows)[0]) == sound_rows("T01")


def test_a_code_that_stands_below_its_row_comes_back_to_it_and_is_to_be_looked_at() -> None:
    printed = [
        line
        for row in TABLES["T03"]
        for line in (("\t一般行政管理事务\t30.00\t\t30.00", "2080102\t\t\t\t") if row == _PROJECT_ROW else (row,))
    ]
    table, _ = read_rows("T03", printed)
    assert values(table) == sound_rows("T03")
    assert next(row for row in table.rows if row.code == "2080102").label_surety is Surety.DOUBTFUL
