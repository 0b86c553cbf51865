"""The pages of import and export: what is seen, what is confirmed, who gets in."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from disclosures import models
from disclosures.exchange import incoming
from disclosures.exchange.files import read_file, write_xlsx
from disclosures.exchange.tables import TABLE_RESOURCES
from disclosures.services.catalogues import sync_catalogue

T03 = TABLE_RESOURCES["T03"]


def address(name: str) -> str:
    return reverse(f"admin:disclosures_{name}")


def upload(data: bytes, name: str = "表.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def book_of(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def changed_table(user: models.User, row: int, header: str, value: str) -> bytes:
    """The export of T03 with one cell changed."""
    sheet = T03(user=user).export()
    values = [list(each) for each in sheet]
    values[row][sheet.headers.index(header)] = value
    fresh = T03(user=user).template()
    for each in values:
        fresh.append(each)
    return write_xlsx(fresh)


def test_the_catalogue_comes_in_and_goes_out_as_excel(browser, administrator):
    sync_catalogue()
    client = browser(administrator)
    data = book_of(
        ("科目编码", "科目名称", "启用年度", "停用年度", "来源", "已核实"),
        ("2080101", "改过的名称", None, None, "财政局", "是"),
        (2999998, "新科目", 2026, None, "财政局", "否"),
    )
    preview = client.post(address("functionalclass_import"), {"import_file": upload(data)})
    assert models.FunctionalClass.objects.filter(code="2999998").count() == 0
    client.post(address("functionalclass_process_import"), preview.context["confirm_form"].initial)
    changed = models.FunctionalClass.objects.get(code="2080101")
    added = models.FunctionalClass.objects.get(code="2999998")
    assert (changed.name, changed.verified, changed.shipped) == ("改过的名称", True, False)
    assert (added.valid_from, added.verified) == (2026, False)
    assert models.FunctionalClass.objects.get(code="2080102").shipped
    exported = client.post(address("functionalclass_export"), {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(exported.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("编号", "科目编码", "科目名称", "启用年度", "停用年度", "来源", "已核实")
    assert ("2080101", "改过的名称", None, None, "财政局", "是") in [row[1:] for row in rows]


def test_a_clerk_corrects_a_cell_by_sheet(browser, clerk, record):
    client = browser(clerk)
    data = changed_table(clerk, 1, "合计", "98765.43")
    form = {"import_file": upload(data), "kind": "document", "reason": "与预算批复不一致"}
    preview = client.post(address("budgetlinet03_import"), form)
    page = preview.content.decode()
    assert "98765.43" in page
    assert "尚未写入" in page
    assert not models.Correction.objects.exists()
    done = client.post(address("budgetlinet03_process_import"), preview.context["confirm_form"].initial, follow=True)
    correction = models.Correction.objects.get()
    assert (correction.new_value, correction.kind, correction.reason) == ("98765.43", "document", "与预算批复不一致")
    assert correction.user == clerk
    record.refresh_from_db()
    assert record.revision == 1
    assert "修改 1 行（1 格）" in done.content.decode()


def test_what_was_confirmed_is_what_is_done(browser, clerk, record):
    """Somebody saves between the check and the confirmation: nothing is written, the page says so."""
    client = browser(clerk)
    form = {"import_file": upload(changed_table(clerk, 1, "合计", "98765.43")), "kind": "document"}
    preview = client.post(address("budgetlinet03_import"), form)
    models.Disclosure.objects.update(revision=4)
    page = client.post(address("budgetlinet03_process_import"), preview.context["confirm_form"].initial)
    assert "请重新导出后再改" in page.content.decode()
    assert not models.Correction.objects.exists()


def test_a_file_is_confirmed_by_the_person_who_sent_it_and_once(browser, person, clerk, record):
    client = browser(clerk)
    form = {"import_file": upload(changed_table(clerk, 1, "合计", "98765.43")), "kind": "document"}
    initial = client.post(address("budgetlinet03_import"), form).context["confirm_form"].initial
    other = browser(person(models.Role.CLERK))
    assert (
        "请重新选择文件" in other.post(address("budgetlinet03_process_import"), initial, follow=True).content.decode()
    )
    assert not models.Correction.objects.exists()
    for _ in range(2):
        client.post(address("budgetlinet03_process_import"), initial)
    assert models.Correction.objects.count() == 1


def test_a_waiting_file_is_forgotten_after_an_hour(clerk, monkeypatch):
    token = incoming.keep(clerk.pk, b"x")
    assert incoming.kept(clerk.pk, token) == b"x"
    assert incoming.kept(clerk.pk, "../../etc/passwd") is None
    monkeypatch.setattr(incoming, "KEPT_SECONDS", -1)
    assert incoming.kept(clerk.pk, token) is None


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [
        (models.Role.CLERK, "budgetlinet03_import", 200),
        (models.Role.REVIEWER, "budgetlinet03_import", 200),
        (models.Role.AUDITOR, "budgetlinet03_import", 403),
        (models.Role.ADMINISTRATOR, "budgetlinet03_import", 403),
        (models.Role.AUDITOR, "budgetlinet03_export", 200),
        (models.Role.CLERK, "narrativesection_template", 200),
        (models.Role.CLERK, "department_import", 403),
        (models.Role.CLERK, "functionalclass_export", 200),
        (models.Role.REVIEWER, "departmentyear_import", 200),
        (models.Role.ADMINISTRATOR, "region_import", 200),
    ],
)
def test_who_gets_in(browser, person, record, role, page, status):
    assert browser(person(role)).get(address(page)).status_code == status


def test_lists_and_exports_show_what_a_person_may_see(browser, person, record):
    own, other = person(models.Role.CLERK), person(models.Role.CLERK, department=None)
    for name, sees in ((own, True), (other, False)):
        client = browser(name)
        assert (str(record) in client.get(address("budgetlinet03_changelist")).content.decode()) is sees
        exported = client.post(address("budgetlinet03_export"), {"format": "csv"})
        assert (len(read_file(exported.content)) > 0) is sees


def test_filters_and_selections_limit_the_export(browser, clerk, record):
    client = browser(clerk)
    line = models.LINE_MODELS["T03"].objects.filter(code__regex=r"^\d{7}$")[0]
    by_search = client.post(f"{address('budgetlinet03_export')}?q={line.code}", {"format": "csv"})
    assert {row[7] for row in read_file(by_search.content)} == {line.code}
    chosen = {"action": "export_selected", "_selected_action": [line.pk]}
    selected = client.post(address("budgetlinet03_changelist"), chosen)
    assert [row[6] for row in read_file(selected.content)] == [line.position + 1]


def test_a_template_has_formats_lists_and_explanations(browser, clerk):
    response = browser(clerk).get(address("budgetlinet12_template"))
    book = load_workbook(io.BytesIO(response.content))
    sheet, notes = book.worksheets
    headers = [cell.value for cell in sheet[1]]
    assert headers[:7] == ["文本编号", "部门（单位）", "预算年度", "文本类型", "版本", "修订号", "行号"]
    assert sheet.cell(2, headers.index("合计") + 1).number_format == "#,##0.00"
    assert sheet.cell(2, headers.index("项目名称") + 1).number_format == "@"
    assert [cell.value for cell in notes["A"]][1:] == headers
    assert any("删除" in str(rule.formula1) for rule in sheet.data_validations.dataValidation)


def test_pages_of_lists_need_few_queries(browser, clerk, record, django_assert_max_num_queries):
    client = browser(clerk)
    for name in ("budgetlinet03", "narrativesection", "departmentyear"):
        with django_assert_max_num_queries(15):
            assert client.get(address(f"{name}_changelist")).status_code == 200
