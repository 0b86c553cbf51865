"""A dump without its spaces cannot tell one source from another; another table that names them can."""

from __future__ import annotations

from dataclasses import replace

from disclosures.plain.data import Cell, Side, Surety, Table
from disclosures.profiles import SHANXI_2024
from disclosures.recognise.sources import settle_sources
from tests.rules.builders import tiny

OPEN = Surety.INFERRED


def _unsure(table: Table, *columns: str) -> Table:
    """The table with the reader unsure of some columns."""
    rows = tuple(
        replace(
            row,
            cells=tuple(
                (key, replace(cell, surety=OPEN) if key in columns and cell.value else cell) for key, cell in row.cells
            ),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _read(t01: str, t02: str, *unsure: str) -> Table:
    tables = tiny(T01=t01, T02=t02).tables
    tables = tuple(_unsure(table, *unsure) if table.id == "T02" else table for table in tables)
    settled, _ = settle_sources(tables, SHANXI_2024)
    return next(table for table in settled if table.id == "T02")


INCOME = "< 一般公共预算 | 90.00\n< 单位资金 | 10.00"
LINES = (
    "合计 | 100.00 | 90.00 | 10.00\n208 社会保障和就业支出 | 60.00 | 50.00 | 10.00\n221 住房保障支出 | 40.00 | 40.00"
)


def test_a_column_in_doubt_moves_to_the_source_that_bears_its_total() -> None:
    table = _read(INCOME, LINES, "gov_fund")
    assert [row.value("unit_funds") for row in table.rows] == ["10.00", "10.00", None]
    assert [row.value("gov_fund") for row in table.rows] == [None, None, None]
    assert table.rows[0].cell("unit_funds").surety is Surety.INFERRED


def test_what_was_read_for_sure_stays() -> None:
    assert [row.value("gov_fund") for row in _read(INCOME, LINES).rows] == ["10.00", "10.00", None]


def test_nothing_moves_where_two_sources_would_do() -> None:
    income = "< 一般公共预算 | 80.00\n< 财政专户管理资金 | 10.00\n< 单位资金 | 10.00"
    lines = "合计 | 100.00 | 80.00 | 10.00 | 10.00"
    table = _read(income, lines, "gov_fund", "state_capital")
    assert (table.rows[0].value("gov_fund"), table.rows[0].value("unit_funds")) == ("10.00", None)


def test_nothing_is_settled_by_a_table_in_doubt_itself() -> None:
    tables = tiny(T01=INCOME, T02=LINES).tables
    doubtful = replace(
        tables[0],
        rows=tuple(
            replace(row, cells=(("amount", Cell(row.value("amount"), None, Surety.DOUBTFUL)),))
            for row in tables[0].side(Side.INCOME)
        ),
    )
    settled, notes = settle_sources((doubtful, _unsure(tables[1], "gov_fund")), SHANXI_2024)
    assert settled[1].rows[0].value("gov_fund") == "10.00"
    assert notes == ()


def test_projects_follow_the_sources_of_income() -> None:
    tables = tiny(
        T02="合计 | 100.00 | 90.00 | | | | 10.00",
        T12="department: 某市某局 | 30.00 | 22.00 | 8.00\nproject: 会议费 | 30.00 | 22.00 | 8.00",
    ).tables
    settled, notes = settle_sources((tables[0], _unsure(tables[1], "gov_fund")), SHANXI_2024)
    assert [row.value("unit_funds") for row in settled[1].rows] == ["8.00", "8.00"]
    assert [note.where for note in notes] == ["T12"]
