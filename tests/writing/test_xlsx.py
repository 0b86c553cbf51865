"""The Excel workbook: read again equal, numbers exact, blanks blank, no text a formula."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from disclosures.editing import differences
from disclosures.plain.data import Cell, Disclosure, Kind, Paragraph, Section
from disclosures.profiles import DEFAULT_PROFILE
from disclosures.synthetic import generate
from disclosures.synthetic.sizes import TINY
from disclosures.writing.xlsx import LONGEST_CELL, TooLongError, write_xlsx

from .conftest import read_again


def test_what_is_written_reads_again_equal(sample: Disclosure) -> None:
    again = read_again(write_xlsx(sample), "报表.xlsx")
    assert differences(sample, again) == ()
    for table in sample.tables:
        other = again.table(table.id)
        assert other is not None
        assert [(row.code, row.name, row.second_name) for row in table.rows] == [
            (row.code, row.name, row.second_name) for row in other.rows
        ]
        assert [[cell.value for _, cell in row.cells] for row in table.rows] == [
            [cell.value for _, cell in row.cells] for row in other.rows
        ]


def test_one_sheet_for_each_table_in_the_official_order() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(generate(1, TINY))))
    tables = [name for name in book.sheetnames if name.startswith("表")]
    assert tables == [f"表{decl.ordinal} {decl.short_title}" for decl in DEFAULT_PROFILE.tables]
    sheet = book[tables[1]]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.freeze_panes is not None
    assert sheet.print_title_rows is not None
    assert any(str(merged).startswith("C") for merged in sheet.merged_cells.ranges)


def _with(disclosure: Disclosure, value: str | None, name: str = "合计") -> Disclosure:
    """The disclosure with another name and amount in the first row of T03."""
    tables = []
    for table in disclosure.tables:
        if table.id == "T03":
            row = table.rows[0]
            cells = tuple((key, Cell(value)) for key, _ in row.cells)
            table = replace(table, rows=(replace(row, name=name, cells=cells), *table.rows[1:]))
        tables.append(table)
    return replace(disclosure, tables=tuple(tables))


@pytest.mark.parametrize("value", ["0.10", "1234567.89", "500", "-3.50", "0.00", "12.3", "99999999999.99"])
def test_amounts_are_exact_numbers_that_show_as_printed(value: str) -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(_with(generate(1, TINY), value))))["表三 支出总表"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value is not None]
    assert Decimal(str(found[0].value)) == Decimal(value)
    decimals = len(value.partition(".")[2])
    assert found[0].number_format == "#,##0" + ("." + "0" * decimals if decimals else "")


@pytest.mark.parametrize("value", ["-0.00", "007.50", "1234567890123456.78", "见附注"])
def test_what_a_number_would_not_hold_stays_text(value: str) -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(_with(generate(1, TINY), value))))["表三 支出总表"]
    assert [cell.value for row in sheet.iter_rows() for cell in row].count(value) == 3


def test_a_blank_amount_stays_blank() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(_with(generate(1, TINY), None))))["表三 支出总表"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    assert [cell.value for cell in row[2:5]] == [None, None, None]


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1", "\t=1"])
def test_no_text_becomes_a_formula(name: str) -> None:
    book = load_workbook(io.BytesIO(write_xlsx(_with(generate(1, TINY), "1.00", name))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell.quotePrefix for cell in cells if cell.value == name] == [True]


def test_a_text_beyond_what_a_cell_holds_is_refused_in_words() -> None:
    section = Section("一", "一、收支数据变动情况", (Paragraph("长" * (LONGEST_CELL + 1)),))
    with pytest.raises(TooLongError, match="Word"):
        write_xlsx(Disclosure("某局", 2026, Kind.DEPARTMENT, sections=(section,)))


def test_an_empty_disclosure_is_still_a_workbook() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(Disclosure("某局", 2026, Kind.UNIT))))
    assert book.sheetnames == ["封面"]
