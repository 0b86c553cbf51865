"""Findings and corrections as lists to work through."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
from openpyxl import load_workbook

from audit import models
from audit.findings import Severity
from audit.reports.changes import write_changes, write_changes_book
from audit.reports.content import Change, ChangeList, Item
from audit.reports.findings_book import HEADS, write_findings
from audit.services.reports import change_list, reported, selected_items
from disclosures.models import CorrectionKind
from disclosures.services.correcting import CellChange, correct_cells
from disclosures.services.saving import Edit

ITEM = Item(
    Severity.ERROR,
    "表内合计",
    "T-X",
    "合计",
    "甲＝乙",
    "预算法",
    "表三",
    "line 3",
    "第 3 行",
    "合计不符。",
    "1.00",
    "2.00",
    "-1.00",
)


def _rows(data: bytes, sheet: str) -> list[dict[str, Any]]:
    head, *rows = load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_one_line_for_each_finding_with_filters_on(record):
    data = write_findings(selected_items(None, [record.pk]))
    rows = _rows(data, "问题清单")
    findings = models.Finding.objects.filter(disclosure=record)
    assert {row["问题说明"] for row in rows} == {finding.message for finding in findings}
    assert {row["部门"] for row in rows} == {record.printed_department}
    assert all(row["年度"] == 2026 for row in rows)
    sheet = load_workbook(io.BytesIO(data))["问题清单"]
    assert sheet.auto_filter.ref == f"A1:N{1 + len(rows)}"
    assert tuple(cell.value for cell in sheet[1]) == HEADS
    summary = _rows(data, "按规则汇总")
    assert sum(row["问题"] for row in summary) == len(rows)
    assert {row["编号"] for row in summary} == {finding.rule for finding in findings}


def test_values_are_numbers_and_text_is_never_a_formula():
    risky = replace(ITEM, actual='=HYPERLINK("http://x")', expected="-5.50", message="+坏", place="@SUM(A1)")
    data = write_findings([ITEM, risky])
    first, second = _rows(data, "问题清单")
    assert (first["现值"], first["应为"], first["差额"]) == (1, 2, -1)
    assert second["应为"] == -5.5
    cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert all(bool(cell.quotePrefix) for cell in cells if isinstance(cell.value, str) and cell.value[0] in "=+-@")


def test_nothing_found_makes_an_empty_list():
    assert _rows(write_findings([]), "问题清单") == []


def test_what_is_out_of_reach_is_left_out(record, clerk, reviewer):
    assert list(selected_items(clerk, [record.pk]))
    clerk.department = None
    assert not list(selected_items(clerk, [record.pk]))


def test_the_query_count_does_not_depend_on_the_number(record, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert len(list(selected_items(None, [record.pk]))) > 1


def _changed(record, clerk):
    changes = [CellChange("T03/合计/total", "7.77"), CellChange("T01/income/收入总计/amount", "8.88")]
    correct_cells(Edit(clerk, record.pk, record.revision, CorrectionKind.DOCUMENT, "印错"), changes)


def test_the_correction_list_tells_place_old_and_new_in_the_order_of_the_document(record, clerk):
    _changed(record, clerk)
    changes = change_list(reported(clerk, record.pk))
    document = docx.Document(io.BytesIO(write_changes(changes)))
    head, *rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert head == ["序号", "位置", "原件位置", "文件中印的是", "应改为", "原因", "改好打√"]
    assert [(row[4], row[5], row[6]) for row in rows] == [("8.88", "印错", "□"), ("7.77", "印错", "□")]
    assert rows[0][1].startswith("表一")
    assert rows[0][2].startswith("第 ")
    book = _rows(write_changes_book(changes), "改稿清单")
    assert [(row["应改为"], row["文件中印的是"]) for row in book] == [(row[4], row[3]) for row in rows]


def test_misreadings_are_not_to_be_changed_in_the_file(record, clerk):
    change = [CellChange("T03/合计/total", "7.77")]
    correct_cells(Edit(clerk, record.pk, record.revision, CorrectionKind.READING), change)
    changes = change_list(reported(clerk, record.pk))
    assert changes.changes == ()
    document = docx.Document(io.BytesIO(write_changes(changes)))
    assert any("没有需要在原文件中修改的地方" in paragraph.text for paragraph in document.paragraphs)


def test_formulas_in_the_correction_list_stay_text(record):
    changes = ChangeList(change_list(reported(None, record.pk)).head, (Change("=A1", "", "=2", "@x", "-", "改"),))
    sheet = load_workbook(io.BytesIO(write_changes_book(changes)))["改稿清单"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
