"""Lines as streamed CSV: everything that a filter lets through, as printed, safe for a spreadsheet."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.api.lines_csv import lines_as_csv
from disclosures.models import BudgetLine, BudgetTable
from disclosures.storage import load
from tests.api.conftest import ROOT

KILO = 1024


def _rows(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.django_db
def test_every_line_as_printed(api, record):
    answer = api("clerk").get(f"{ROOT}/lines.csv", {"table": "T05"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = _rows(answer)
    table = load(record.pk).table("T05")
    assert table is not None
    printed = [(row.code, row.name, row.cell("total").value or "") for row in table.rows]
    column = next(name for name in rows[0] if name.endswith("（total）"))
    assert [(row["科目编码"], row["项目（科目）"], row[column]) for row in rows] == printed
    assert {row["表号"] for row in rows} == {"T05"}
    assert {row["部门（单位）"] for row in rows} == {record.department.name}


@pytest.mark.django_db
def test_the_list_answers_csv_too_and_formulas_are_disarmed(api, record):
    BudgetLine.objects.filter(table__code="T03", position=0).update(name="=1+2")
    rows = _rows(api("clerk").get(f"{ROOT}/lines", {"table": "T03"}, headers={"Accept": "text/csv"}))
    assert rows[0]["项目（科目）"] == "'=1+2"
    assert len(rows) == BudgetLine.objects.filter(table__code="T03").count()
    assert api("clerk").get(f"{ROOT}/lines.csv", {"tabel": "T03"}).status_code == 400


@pytest.mark.django_db
def test_ten_times_the_lines_take_no_more_memory_and_no_more_queries(record):
    table = BudgetTable.objects.filter(code="T03").first()

    def add(start: int, number: int) -> None:
        BudgetLine.objects.bulk_create(
            BudgetLine(table=table, position=position, name="行政运行", code="2080101", total=position)
            for position in range(start, start + number)
        )

    def cost() -> tuple[int, int, int]:
        lines = BudgetLine.objects.order_by("table_id", "position")
        with CaptureQueriesContext(connection) as captured:
            tracemalloc.start()
            size = sum(len(block) for block in lines_as_csv(lines))
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return size, peak, len(captured)

    add(1000, 3000)
    cost()  # what is looked up once
    few, few_peak, few_queries = cost()
    add(10_000, 30_000)
    many, many_peak, many_queries = cost()
    assert many > 8 * few
    assert many_peak < 1.5 * few_peak + 512 * KILO, (few_peak, many_peak)
    assert many_queries == few_queries == 1
