"""Findings as a sheet: they come back unchanged; explanations written into it are explanations."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.exchange.findings import FindingResource
from audit.models import Explanation, Finding, Status
from audit.services import check_stored
from disclosures import models
from disclosures.exchange.files import read_file, write_csv, write_xlsx
from disclosures.storage import store
from disclosures.synthetic import SMALL, generate


@pytest.fixture
def findings(department, clerk) -> list[Finding]:
    stored = store(replace(generate(7, SMALL), sections=()), department)  # every missing section is a finding
    check_stored(stored.pk, user=clerk)
    found = list(Finding.objects.order_by("disclosure", "position"))
    assert len(found) > 2
    return found


def sheet_with(user, **texts: str):
    """The export with explanations written into it, by number of the row."""
    exported = FindingResource(user=user).export()
    filled = FindingResource(user=user).template()
    for number, row in enumerate(exported):
        filled.append([*row[:-1], texts.get(f"row{number}", row[-1])])
    return filled


@pytest.mark.parametrize("writer", [write_xlsx, write_csv])
def test_findings_come_back_unchanged(findings, clerk, writer):
    result = FindingResource(user=clerk).import_data(read_file(writer(sheet_with(clerk))), user=clerk)
    assert (result.errors, result.diffs, result.unchanged) == ([], [], len(findings))


def test_explanations_come_in(findings, clerk):
    sheet = sheet_with(clerk, row0="合计含上年结转", row1="同上")
    dry = FindingResource(user=clerk).import_data(read_file(write_xlsx(sheet)), dry_run=True, user=clerk)
    assert (dry.counts["update"], Explanation.objects.count()) == (2, 0)
    FindingResource(user=clerk).import_data(read_file(write_xlsx(sheet)), user=clerk)
    assert [item.text for item in Explanation.objects.order_by("pk")] == ["合计含上年结转", "同上"]
    findings[0].refresh_from_db()
    assert findings[0].status == Status.EXPLAINED
    again = FindingResource(user=clerk).import_data(sheet_with(clerk), user=clerk)
    assert (again.errors, again.diffs) == ([], [])


def test_nothing_but_explanations_comes_in(findings, clerk):
    sheet = sheet_with(clerk, row0="合计含上年结转")
    column = sheet.headers.index("现值")
    rows = [list(row) for row in sheet]
    rows[1][column] = "0.01"
    changed = FindingResource(user=clerk).template()
    for row in rows:
        changed.append(row)
    result = FindingResource(user=clerk).import_data(changed, user=clerk)
    assert [(error.row, error.column) for error in result.errors] == [(3, "现值")]
    assert not Explanation.objects.exists()


def test_who_may_not_explain_is_refused_and_who_may_not_see_sees_nothing(findings, person):
    auditor, other = person(models.Role.AUDITOR), person(models.Role.CLERK, department=None)
    result = FindingResource(user=auditor).import_data(sheet_with(auditor, row0="说明"), user=auditor)
    assert [(error.row, error.column) for error in result.errors] == [(2, "说明")]
    assert len(FindingResource(user=other).export()) == 0


def test_queries_do_not_grow_with_the_findings(findings, clerk, django_assert_max_num_queries):
    sheet = sheet_with(clerk)
    with django_assert_max_num_queries(4):
        FindingResource(user=clerk).export()
    with django_assert_max_num_queries(6):
        FindingResource(user=clerk).import_data(sheet, dry_run=True, user=clerk)


@pytest.mark.urls("tests.exchange.finding_urls")
def test_the_pages_of_findings(findings, clerk, browser):
    client = browser(clerk)
    exported = client.post("/admin/audit/finding/export/", {"format": "xlsx"})
    assert len(read_file(exported.content)) == len(findings)
    upload = SimpleUploadedFile("问题.xlsx", write_xlsx(sheet_with(clerk, row0="合计含上年结转")))
    preview = client.post("/admin/audit/finding/import/", {"import_file": upload})
    client.post("/admin/audit/finding/process_import/", preview.context["confirm_form"].initial)
    assert Explanation.objects.get().text == "合计含上年结转"
