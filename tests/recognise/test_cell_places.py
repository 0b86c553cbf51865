"""Cells keep the place and the doubt that the reader gave them, through mending and joining."""

from __future__ import annotations

import pytest

from disclosures.plain.data import Disclosure, Row, Surety
from disclosures.plain.numbers import parse_amount
from disclosures.plain.text import fold
from disclosures.reading.blocks import Layout, Line, SourceDocument
from disclosures.recognise.document import recognise
from disclosures.synthetic import GRID_STYLES
from tests.recognise.numbered import read_numbered


def _cells(disclosure: Disclosure) -> list[tuple[Row, str, str | None]]:
    return [(row, key, cell.value) for table in disclosure.tables for row in table.rows for key, cell in row.cells]


@pytest.mark.parametrize("style", GRID_STYLES)
def test_an_amount_is_found_in_its_cell(style: str) -> None:
    disclosure, printed = read_numbered(3, style)
    for row, key, value in _cells(disclosure):
        if value is not None:
            place = row.place_of(key)
            assert parse_amount(printed[place or ""]) == value, (row.name, key)


def test_a_blank_cell_has_its_place_too() -> None:
    disclosure, printed = read_numbered(4, next(iter(GRID_STYLES)))
    blank = [(row, key) for row, key, value in _cells(disclosure) if value is None and row.cell(key).source]
    assert blank
    assert {printed[row.cell(key).source or ""] for row, key in blank} == {""}


@pytest.mark.parametrize("style", GRID_STYLES)
def test_doubt_of_the_reader_reaches_the_cell(style: str) -> None:
    disclosure, _ = read_numbered(5, style, lambda cell: (parse_amount(cell) or "").endswith("7"))
    found = [(row.cell(key).surety, value) for row, key, value in _cells(disclosure) if value and value.endswith("7")]
    assert found
    assert all(surety is Surety.DOUBTFUL for surety, _ in found)


def test_doubt_of_a_name_or_code_reaches_its_row() -> None:
    doubted = ("支出", "2080505")
    disclosure, _ = read_numbered(6, next(iter(GRID_STYLES)), lambda cell: fold(cell).startswith(doubted))
    for table in disclosure.tables:
        for row in table.rows:
            if row.name.startswith(doubted) or row.code in doubted:
                assert row.label_surety is Surety.DOUBTFUL, (table.id, row.code, row.name)


def test_doubt_adds_no_note_about_broken_names() -> None:
    sure, _ = read_numbered(6, next(iter(GRID_STYLES)))
    doubted, _ = read_numbered(6, next(iter(GRID_STYLES)), lambda cell: True)
    assert [note.message for note in doubted.notes] == [note.message for note in sure.notes]


def test_a_row_torn_in_two_keeps_the_places_of_its_cells() -> None:
    rows = [
        ("项目", "预算数", "项目", "合计", "当年预算安排", "上年结转安排"),
        ("一、一般公共预算", "12.00", "一、一般公共", "", "", ""),
        ("二、政府性基金预算", "", "二、外交支出", "", "", ""),
        ("三、国有资本经营预算", "", "三、国防支出", "3.00", "3.00", ""),
    ]
    torn = [Line("paragraph 1", "2026年预算收支总表"), Line("paragraph 2", "单位：万元")]
    for number, cells in enumerate(rows, start=1):
        places = tuple(f"table 1 row {number} cell {n}" for n in range(1, 7))
        torn.append(Line(f"table 1 row {number}", "\t".join(cells), cells, cell_sources=places))
    whole = torn[3]
    assert whole.cells is not None
    left = ("一、一般公共预算", "12.00", "一、一般公")
    right = ("共服务支出", "12.00", "12.00", "")
    torn[3:4] = [
        Line("table 1 row 2", "", left, cell_sources=whole.cell_sources[:3]),
        Line("table 1 row 9", "", right, cell_sources=tuple(f"table 1 row 9 cell {n}" for n in range(1, 5))),
    ]
    document = SourceDocument("a", "0", Layout.GRID, tuple(torn))
    table = recognise(document).disclosure.tables[0]
    row = next(row for row in table.rows if row.name == "一般公共服务支出")
    assert row.value("current_year") == "12.00"
    assert row.place_of("current_year") == "table 1 row 9 cell 3"
