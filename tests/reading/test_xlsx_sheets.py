"""Sheets of Excel workbooks as they are seen."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from disclosures.reading import SourceDocument, UnreadableFileError, read_file

ROWS = (("项目", "合计", "基本支出"), ("行政运行", 12.5, 12.5), ("一般行政管理事务的支出", None, 0.1 + 0.2))


def read(fill: Callable[[Worksheet], Any], more: Callable[[openpyxl.Workbook], Any] | None = None) -> SourceDocument:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "表三"
    for row in ROWS:
        sheet.append(row)
    fill(sheet)
    if more:
        more(book)
    out = io.BytesIO()
    book.save(out)
    return read_file(out.getvalue(), "a.xlsx")


def rows(document: SourceDocument) -> list[tuple[str, ...]]:
    return [line.cells for line in document.lines if line.cells is not None]


def test_numbers_and_texts_with_their_places() -> None:
    document = read(lambda sheet: None)
    assert rows(document) == [
        ("项目", "合计", "基本支出"),
        ("行政运行", "12.5", "12.5"),
        ("一般行政管理事务的支出", "", "0.3"),
    ]
    assert (document.lines[0].source, document.lines[0].text) == ("sheet 表三", "表三")
    assert document.lines[2].source == "sheet 表三!2"
    assert document.lines[2].cell_sources == ("sheet 表三!A2", "sheet 表三!B2", "sheet 表三!C2")


def test_hidden_rows_columns_and_sheets_are_left_out_and_told() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    def more(book: openpyxl.Workbook) -> None:
        secret = book.create_sheet("草稿")
        secret["A1"] = "不该读"
        secret.sheet_state = "veryHidden"

    document = read(hide, more)
    assert rows(document) == [("项目", "基本支出"), ("一般行政管理事务的支出", "0.3")]
    assert [text for text, _ in document.remarks] == [
        "工作表“表三”有 1 行是隐藏的，没有读取",
        "工作表“表三”的 B 列是隐藏的，没有读取",
        "工作表“草稿”是隐藏的，没有读取",
    ]


def test_a_merged_area_is_printed_once_where_it_is_first_seen() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A5"], sheet["C5"] = "跨两列的一个名称", 1
        sheet.merge_cells("A5:B5")
        sheet["A6"], sheet["C6"], sheet["C7"] = "跨两行的一个名称", 2, 3
        sheet.merge_cells("A6:A7")
        sheet.row_dimensions[6].hidden = True

    assert rows(read(fill))[3:] == [("跨两列的一个名称", "", "1"), ("跨两行的一个名称", "", "3")]


def test_columns_in_which_nothing_is_printed_are_left_out() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["F2"] = 7

    document = read(fill)
    assert rows(document)[1] == ("行政运行", "12.5", "12.5", "7")
    assert document.lines[2].cell_sources[-1] == "sheet 表三!F2"


def test_a_formula_without_its_result_is_doubtful_and_told() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B3"] = "=B2*2"

    document = read(fill)
    line = document.lines[3]
    assert (line.cells, line.doubtful) == (("一般行政管理事务的支出", "", "0.3"), frozenset({1}))
    ((text, place),) = document.remarks
    assert text.startswith("工作表“表三”有 1 个公式没有保存计算结果")
    assert place == "sheet 表三!B3"


def test_line_breaks_in_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A5"], sheet["B5"] = "一般公共\n服务支出", 1
        sheet["A6"] = "第一段文字。\n第二段文字。"

    lines = read(fill).lines
    assert lines[4].cells == ("一般公共服务支出", "1", "")
    assert [(line.text, line.source) for line in lines[5:]] == [
        ("第一段文字。", "sheet 表三!A6"),
        ("第二段文字。", "sheet 表三!A6"),
    ]


def test_indentation_is_kept_as_spaces() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A3"].alignment = Alignment(indent=2)

    assert read(fill).lines[3].text.startswith("\u3000\u3000一般行政")


def test_sheets_come_in_the_order_of_their_tabs() -> None:
    def more(book: openpyxl.Workbook) -> None:
        book.create_sheet("封面", 0)["A1"] = "某局部门预算公开"

    assert read(lambda sheet: None, more).lines[0].source == "sheet 封面"


def test_errors_of_formulas_are_doubtful_and_booleans_are_words() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B3"] = "#REF!"
        sheet["C3"] = True

    line = read(fill).lines[3]
    assert (line.cells, line.doubtful) == (("一般行政管理事务的支出", "#REF!", "TRUE"), frozenset({1}))


def test_a_workbook_of_nothing_visible_is_refused() -> None:
    def hide(sheet: Worksheet) -> None:
        for row in (1, 2, 3):
            sheet.row_dimensions[row].hidden = True

    with pytest.raises(UnreadableFileError, match="隐藏"):
        read(hide)
