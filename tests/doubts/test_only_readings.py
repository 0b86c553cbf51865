"""What identities say of amounts that the reader was not sure of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.doubts import only_readings
from disclosures.plain.data import Cell, Disclosure, Surety
from tests.rules.builders import tiny

TABLE = """
    合计 | 30.00 | 12.00 | 18.00
    208 社会保障和就业支出 | 30.00 | 12.00 | 18.00
    20801 人力资源和社会保障管理事务 | 30.00 | 12.00 | 18.00
    2080101 行政运行 | 12.00 | 12.00 |
    2080102 一般行政管理事务 | {total} | | {project}
"""


def _doubted(disclosure: Disclosure, *places: tuple[int, str]) -> Disclosure:
    """The disclosure with cells (row, column) of its only table marked as not surely read."""
    table = disclosure.tables[0]
    rows = list(table.rows)
    for at, column in places:
        cells = tuple(
            (key, Cell(cell.value, cell.source, Surety.DOUBTFUL) if key == column else cell)
            for key, cell in rows[at].cells
        )
        rows[at] = replace(rows[at], cells=cells)
    return replace(disclosure, tables=(replace(table, rows=tuple(rows)),))


def test_a_misread_digit_can_only_be_what_the_sums_leave():
    document = _doubted(tiny(T03=TABLE.format(total="18.00", project="13.00")), (4, "project"))
    assert [(found.place, found.read, found.value) for found in only_readings(document)] == [
        ("T03/2080102/project", "13.00", "18.00")
    ]


def test_a_reading_that_agrees_is_confirmed():
    document = _doubted(tiny(T03=TABLE.format(total="18.00", project="18.00")), (4, "project"))
    (found,) = only_readings(document)
    assert found.is_confirmed
    assert found.statements >= 2


def test_a_value_unlike_what_was_read_is_not_proposed():
    document = _doubted(tiny(T03=TABLE.format(total="18.00", project="795.44")), (4, "project"))
    assert only_readings(document) == ()


def test_statements_with_two_doubtful_figures_settle_nothing():
    document = _doubted(
        tiny(T03=TABLE.format(total="18.00", project="13.00")),
        *[(at, column) for at in range(5) for column in ("total", "basic", "project")],
    )
    assert only_readings(document) == ()


def test_what_is_borne_out_helps_to_settle_what_stands_beside_it():
    """The row has two doubtful amounts; its total is borne out by the column, and then the row settles the other."""
    document = _doubted(
        tiny(T03=TABLE.format(total="18.00", project="13.00")), (4, "total"), (4, "project"), (2, "project")
    )
    found = {reading.place: reading.value for reading in only_readings(document)}
    assert found["T03/2080102/total"] == "18.00"
    assert found["T03/2080102/project"] == "18.00"


def test_statements_that_contradict_one_another_settle_nothing():
    document = _doubted(tiny(T03=TABLE.format(total="11.00", project="13.00")), (4, "project"))
    assert only_readings(document) == ()


def test_a_document_read_surely_has_nothing_to_settle():
    assert only_readings(tiny(T03=TABLE.format(total="18.00", project="13.00"))) == ()


@pytest.mark.parametrize(("read", "settled"), [("188.00", True), ("28.08", True), ("8.00", True), ("99.99", False)])
def test_a_lost_or_doubled_digit_counts_as_one(read, settled):
    document = _doubted(tiny(T03=TABLE.format(total="18.00", project=read)), (4, "project"))
    found = only_readings(document)
    assert [item.value for item in found] == (["18.00"] if settled else [])
