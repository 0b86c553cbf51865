"""A sheet with planted errors: every one is shown with its row and column, and nothing is written."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disclosures import models
from disclosures.exchange.files import read_file, write_csv, write_xlsx
from disclosures.exchange.organisation import DepartmentResource, DepartmentYearResource
from disclosures.exchange.tables import TABLE_RESOURCES
from disclosures.plain.cells import Formula
from disclosures.storage import load

T03 = TABLE_RESOURCES["T03"]

# What is typed, into which column, and what must be said of it. Each is planted five times.
PLANTED = {
    "not an amount": ("合计", "12,3a", "‘12,3a’不是金额"),
    "amount with unit": ("基本支出", "12万元", "带有单位"),
    "too many decimals": ("项目支出", "1.23456789", "小数超过 6 位"),
    "too large": ("合计", "1234567890123456", "太大"),
    "malformed code": ("科目编码", "20801012", "应为 3、5、7 位数字"),
    "empty name": ("科目名称", "", "不能为空"),
    "row of no disclosure": ("行号", "99999", "没有第 99999 行"),
    "stale revision": ("修订号", "41", "请重新导出"),
    "unknown disclosure": ("文本编号", "123456", "无权查看"),
    "wrong year": ("预算年度", "2019", "不是‘2019’"),
    "unknown department": ("部门（单位）", "别的局", "不是‘别的局’"),
    "unknown choice": ("操作", "去掉", "不在可选项中"),
}
TIMES = 5


@pytest.fixture
def sheet(clerk, record):
    """T03 exported and enough rows of it, with one error in each."""
    exported = T03(user=clerk).export()
    rows = [list(row) for row in exported]
    assert len(rows) >= 5
    return exported.headers, rows


@pytest.fixture
def large(department, disclosure):
    """A T03 of a hundred lines."""
    from dataclasses import replace

    from disclosures.plain import data as plain
    from disclosures.storage import store

    cells = (("total", plain.Cell("3.00")), ("basic", plain.Cell("1.00")), ("project", plain.Cell("2.00")))
    lines = tuple(plain.Row(f"科目{n}", cells, code=f"20801{n % 90 + 10}") for n in range(100))
    tables = tuple(replace(table, rows=lines) if table.id == "T03" else table for table in disclosure.tables)
    return store(replace(disclosure, tables=tables), department)


def planted(clerk):
    exported = T03(user=clerk).export()
    filled, expected = T03(user=clerk).template(), []
    kinds = [name for name in PLANTED for _ in range(TIMES)]
    for number, row in enumerate(exported):
        row = list(row)
        if number < len(kinds):
            header, typed, said = PLANTED[kinds[number]]
            row[exported.headers.index(header)] = typed
            expected.append((number + 2, header, said))
        filled.append(row)
    return filled, expected


@pytest.mark.parametrize("writer", [write_xlsx, write_csv])
def test_sixty_errors_of_twelve_kinds_are_all_shown(large, clerk, writer):
    filled, expected = planted(clerk)
    assert len(expected) == 60
    before = load(large.pk)
    result = T03(user=clerk).import_data(read_file(writer(filled)), user=clerk, kind="document")
    assert [(error.row, error.column) for error in result.errors] == [(row, header) for row, header, _ in expected]
    for error, (row, header, said) in zip(result.errors, expected, strict=True):
        assert said in error.message
        assert str(error).startswith(f"第 {row} 行 {header}：")
    assert result.has_validation_errors()
    assert load(large.pk) == before
    assert not models.Correction.objects.exists()


def test_the_page_shows_them_all_and_offers_no_confirmation(large, clerk, browser):
    filled, expected = planted(clerk)
    upload = SimpleUploadedFile("表三.xlsx", write_xlsx(filled))
    address = reverse("admin:disclosures_budgetlinet03_import")
    response = browser(clerk).post(address, {"import_file": upload, "kind": "reading"})
    page = response.content.decode()
    assert "发现 60 处错误，没有写入任何数据" in page
    assert all(f"第 {row} 行</td><td>{header}</td>" in page for row, header, _ in expected)
    assert "confirm_form" not in response.context


def test_one_wrong_cell_keeps_the_right_ones_out(large, clerk):
    exported = T03(user=clerk).export()
    filled = T03(user=clerk).template()
    for number, row in enumerate(map(list, exported)):
        row[exported.headers.index("合计")] = "甲" if number == 0 else "8.00"
        filled.append(row)
    result = T03(user=clerk).import_data(filled, user=clerk, kind="document")
    assert len(result.errors) == 1
    assert not models.Correction.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda headers, rows: headers.__setitem__(6, "行数"), "没有这一列"),
        (lambda headers, rows: headers.__setitem__(0, "编码"), "缺少这一列"),
        (lambda headers, rows: headers.__setitem__(7, headers[8]), "有不止一列"),
        (lambda headers, rows: headers.__setitem__(8, ""), "没有列名"),
        (lambda headers, rows: rows[1].__setitem__(9, Formula("=SUM(A1:A9)")), "是公式"),
        (lambda headers, rows: rows.append(rows[0]), "重复"),
        (lambda headers, rows: rows.clear(), "没有数据行"),
    ],
)
def test_columns_and_rows_that_do_not_fit_are_refused(clerk, sheet, change, said):
    import tablib

    headers, rows = list(sheet[0]), sheet[1]
    change(headers, rows)
    dataset = tablib.Dataset(*rows, headers=headers)
    result = T03(user=clerk).import_data(dataset, user=clerk, kind="document")
    assert any(said in str(error) for error in result.errors)
    assert not models.Correction.objects.exists()


def test_errors_of_records(administrator, department, region):
    sheet = DepartmentResource(user=administrator).template()
    for row in (
        ["", "甲局", "01", "科室", "青山市", ""],
        ["", "", "02", "部门", "青山市", ""],
        ["", "乙局", "代码", "部门", "青山市", ""],
        ["", "丙局", "03", "部门", "无名市", ""],
        ["", "丁局", "03", "单位", "青山市", "无名局"],
        ["77", "戊局", "04", "部门", "青山市", ""],
        ["", "己局", "05", "部门", "青山市", ""],
        ["", "己局", "06", "部门", "北山省 / 青山市", ""],
        [str(department.pk), department.name, "0101", "部门", "青山市", department.name],
    ):
        sheet.append(row)
    result = DepartmentResource(user=administrator).import_data(sheet, user=administrator)
    assert [(error.row, error.column) for error in result.errors] == [
        (2, "类别"),
        (3, "名称"),
        (4, "部门（单位）代码"),
        (5, "地区"),
        (6, "主管部门"),
        (7, "编号"),
        (9, "名称"),
        (10, "主管部门"),
    ]
    assert models.Department.objects.count() == 1


def test_dates_and_years_that_do_not_exist(administrator, department):
    sheet = DepartmentYearResource(user=administrator).template()
    for row in (
        ["", department.name, "2026", "2026-02-31"],
        ["", department.name, "二〇二六", "2026年2月3日"],
        ["", "别的局", "2026", ""],
        ["", department.name, "2025", "2025/2/3"],
    ):
        sheet.append(row)
    result = DepartmentYearResource(user=administrator).import_data(sheet, user=administrator)
    assert [(error.row, error.column) for error in result.errors] == [
        (2, "预算批复日期"),
        (3, "预算年度"),
        (4, "部门（单位）"),
    ]
    assert not models.DepartmentYear.objects.exists()
