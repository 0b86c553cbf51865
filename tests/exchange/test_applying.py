"""Changes that come in by sheet: as corrections, rows in their places, all or nothing, in few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosures import models
from disclosures.errors import RefusedError
from disclosures.exchange.narrative import NarrativeResource
from disclosures.exchange.organisation import DepartmentResource, RegionResource
from disclosures.exchange.tables import TABLE_RESOURCES
from disclosures.plain import data as plain
from disclosures.services import rows as service_of_rows
from disclosures.storage import load, store
from performance.exchange.indicators import IndicatorResource
from performance.exchange.targets import OverallTargetResource, ProjectTargetResource

T03, T12 = TABLE_RESOURCES["T03"], TABLE_RESOURCES["T12"]


def as_lists(resource, user) -> tuple[list[str], list[list[str]]]:
    exported = resource(user=user).export()
    return list(exported.headers), [list(row) for row in exported]


def bring(resource, user, rows: Sequence[Sequence[str]], **kwargs: object):
    sheet = resource(user=user).template()
    for row in rows:
        sheet.append(row)
    return resource(user=user).import_data(sheet, user=user, kind="document", **kwargs)


def new_row(headers: list[str], like: list[str], **values: str) -> list[str]:
    """A row of the same disclosure without number."""
    row = [*like[:6], *[""] * (len(headers) - 6)]
    for header, value in values.items():
        row[headers.index(header)] = value
    return row


@pytest.fixture
def nested(department) -> models.Disclosure:
    """T12 with the department, its unit of the same name, and one project twice."""
    cells = tuple((key, plain.Cell("10.00")) for key in T12.decl.sides[0].column_keys)
    rows = (
        plain.Row("测试局", cells, level=plain.Level.DEPARTMENT),
        plain.Row("测试局", cells, level=plain.Level.UNIT),
        plain.Row("遗属补助", cells, level=plain.Level.PROJECT, unit_name="测试局"),
        plain.Row("遗属补助", cells, level=plain.Level.PROJECT, unit_name="测试局"),
    )
    table = plain.Table("T12", T12.decl.title, rows=rows)
    return store(plain.Disclosure("测试局", 2026, plain.Kind.DEPARTMENT, tables=(table,)), department)


def names(record: models.Disclosure) -> list[tuple[str, str | None]]:
    (table,) = load(record.pk).tables
    return [(row.name, row.value("total")) for row in table.rows]


def test_cells_rows_added_and_removed_in_one_sheet(nested, clerk):
    headers, rows = as_lists(T12, clerk)
    rows[3][headers.index("合计")] = "11"
    rows[2][headers.index("操作")] = "删除"
    first = new_row(headers, rows[0], 项目名称="甲项目", 合计="1.5", 单位资金="1.50")
    second = new_row(headers, rows[0], 项目名称="乙项目")
    last = new_row(headers, rows[0], 项目名称="丙项目", 合计="3.00")
    result = bring(T12, clerk, [rows[0], rows[1], first, second, rows[2], rows[3], last])
    assert result.errors == []
    assert result.counts == {"new": 3, "update": 1, "delete": 1}
    assert names(nested) == [
        ("测试局", "10.00"),
        ("测试局", "10.00"),
        ("甲项目", "1.50"),
        ("乙项目", None),
        ("遗属补助", "11.00"),
        ("丙项目", "3.00"),
    ]
    added = load(nested.pk).tables[0].rows[5]
    assert (added.level, added.unit_name) == (plain.Level.PROJECT, "测试局")
    assert set(models.Correction.objects.values_list("action", flat=True)) == {"set", "add_row", "remove_row"}
    assert bring(T12, clerk, as_lists(T12, clerk)[1]).diffs == []


def test_the_second_of_two_rows_of_one_name_is_corrected(nested, clerk):
    headers, rows = as_lists(T12, clerk)
    rows[3][headers.index("合计")] = "12.00"
    bring(T12, clerk, rows)
    assert [value for _, value in names(nested)] == ["10.00", "10.00", "10.00", "12.00"]
    assert models.Correction.objects.get().place == "T12/遗属补助#2/total"


def test_a_doubtful_cell_that_was_not_touched_stays_doubtful(record, clerk):
    headers, rows = as_lists(T03, clerk)
    rows[1][headers.index("合计")] = "98765.43"
    bring(T03, clerk, rows)
    table = load(record.pk).table("T03")
    assert table is not None
    assert table.rows[0].cell("total").surety is plain.Surety.DOUBTFUL
    assert table.rows[0].value("total") == "500"


def test_a_failure_in_the_middle_writes_nothing(nested, clerk, monkeypatch):
    headers, rows = as_lists(T12, clerk)
    rows[3][headers.index("合计")] = "11.00"
    rows.append(new_row(headers, rows[0], 项目名称="甲项目"))

    def refuse(*args: object, **kwargs: object) -> None:
        raise RefusedError("不行")

    monkeypatch.setattr(service_of_rows, "save", refuse)
    before = load(nested.pk)
    result = bring(T12, clerk, rows)
    assert [str(error) for error in result.errors] == ["没有写入任何数据：不行"]
    assert load(nested.pk) == before
    assert not models.Correction.objects.exists()


def test_a_dry_run_writes_nothing(nested, clerk):
    headers, rows = as_lists(T12, clerk)
    rows[3][headers.index("合计")] = "11.00"
    before = load(nested.pk)
    result = bring(T12, clerk, rows, dry_run=True)
    ((diff),) = result.diffs
    assert [(cell.column, cell.old, cell.new) for cell in diff.cells] == [("合计", "10.00", "11.00")]
    assert load(nested.pk) == before


def test_what_is_under_review_is_not_corrected(nested, clerk):
    headers, rows = as_lists(T12, clerk)
    rows[3][headers.index("合计")] = "11.00"
    models.Disclosure.objects.update(state=models.State.IN_REVIEW)
    (error,) = bring(T12, clerk, rows).errors
    assert (error.column, "待审核" in error.message) == ("文本编号", True)


def test_disclosures_of_others_are_not_known(nested, clerk, person):
    _, rows = as_lists(T12, clerk)
    other = person(models.Role.CLERK, department=None)
    result = bring(T12, other, rows)
    assert [error.message for error in result.errors] == [f"没有编号为‘{nested.pk}’的公开文本，或者您无权查看"] * 4


@pytest.mark.parametrize(
    ("resource", "header", "value"),
    [
        (NarrativeResource, "内容", "改过的一段"),
        (ProjectTargetResource, "项目概况", "改过的概况"),
        (ProjectTargetResource, "年度资金：合计（元）", "1234"),
        (OverallTargetResource, "内容", "改过的单位"),
        (IndicatorResource, "指标值", "≥9人"),
    ],
)
def test_other_parts_are_corrected_too(record, clerk, resource, header, value):
    headers, rows = as_lists(resource, clerk)
    header = header if header in headers else header.removesuffix("（元）")
    rows[0][headers.index(header)] = value
    result = bring(resource, clerk, rows)
    assert result.errors == []
    assert models.Correction.objects.get().new_value == value
    assert as_lists(resource, clerk)[1][0][headers.index(header)] == value


def test_regions_and_units_whose_parents_are_in_the_same_file(administrator):
    regions = [["", "甲省", "110000", ""], ["", "乙市", "110100", "甲省"], ["", "丙县", "", "甲省 / 乙市"]]
    result = bring(RegionResource, administrator, regions)
    assert result.errors == []
    departments = [
        ["", "丙县教育局", "01", "部门", "丙县", ""],
        ["", "丙县一中", "01001", "单位", "丙县", "丙县教育局"],
    ]
    assert bring(DepartmentResource, administrator, departments).errors == []
    school = models.Department.objects.get(code="01001")
    assert school.parent is not None
    assert (school.parent.name, str(school.region)) == ("丙县教育局", "丙县")


def _queries(work) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


def test_queries_do_not_grow_with_rows_or_disclosures(department, disclosure, clerk):
    counts = []
    for size in (10, 200):
        cells = (("total", plain.Cell("3.00")), ("basic", plain.Cell("1.00")), ("project", plain.Cell("2.00")))
        lines = tuple(plain.Row(f"科目{n}", cells, code=f"2080{n:03d}") for n in range(size))
        record = store(replace(disclosure, tables=(plain.Table("T03", "表", rows=lines),)), department)
        headers, rows = as_lists(T03, clerk)
        unchanged = _queries(lambda rows=rows: bring(T03, clerk, rows))
        own = [row for row in rows if row[0] == str(record.pk)]
        for row in own:
            row[headers.index("合计")] = "7.00"
        counts.append(
            (
                _queries(lambda: T03(user=clerk).export()),
                unchanged,
                _queries(lambda own=own: bring(T03, clerk, own, dry_run=True)),
            )
        )
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8


def test_queries_of_records_do_not_grow(administrator, region):
    counts = []
    for size, word in ((5, "甲"), (150, "乙")):
        rows = [["", f"{word}{n}局", "", "部门", "青山市", ""] for n in range(size)]
        counts.append(_queries(lambda rows=rows: bring(DepartmentResource, administrator, rows)))
        exported = as_lists(DepartmentResource, administrator)[1]
        counts.append(_queries(lambda rows=exported: bring(DepartmentResource, administrator, rows)))
    assert counts[2] <= counts[0] <= 10  # the first looks up the content type as well
    assert counts[3] == counts[1] <= 4


def test_correcting_many_cells_takes_as_few_statements_as_few(department, disclosure, clerk):
    """Each disclosure is one call of the service; its statements grow with batches only."""
    cells = (("total", plain.Cell("3.00")), ("basic", plain.Cell("1.00")), ("project", plain.Cell("2.00")))
    lines = tuple(plain.Row(f"科目{n}", cells, code=f"2080{n:03d}") for n in range(100))
    store(replace(disclosure, tables=(plain.Table("T03", "表", rows=lines),)), department)
    for size in (1, 100):
        headers, rows = as_lists(T03, clerk)
        for row in rows[:size]:
            row[headers.index("合计")] = f"{size + 6}.00"
        assert _queries(lambda rows=rows: bring(T03, clerk, rows)) <= 60
    assert models.Correction.objects.count() == 101
