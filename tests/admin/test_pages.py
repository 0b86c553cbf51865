"""Every page opens, in few queries, and shows what was read."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from disclosures import models
from disclosures.profiles import DEFAULT_PROFILE

MOST_QUERIES = 15
PARTS = (
    "overview",
    *(decl.id for decl in DEFAULT_PROFILE.tables),
    "narrative",
    "targets",
    "others",
    "notes",
    "history",
)
LISTS = (
    "disclosure",
    "department",
    "region",
    "user",
    "functionalclass",
    "departmenteconomicclass",
    "governmenteconomicclass",
    "economicpairing",
)


def page_of(record, part: str, *item: int) -> str:
    name = "item" if item else "part"
    return reverse(f"admin:disclosures_disclosure_{name}", args=[record.pk, part, *item])


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_disclosure_opens_in_few_queries(login, record, part, django_assert_max_num_queries):
    client = login(models.Role.ADMINISTRATOR)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(page_of(record, part))
    assert response.status_code == 200


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.usefixtures("catalogue")
def test_every_list_opens_in_few_queries(login, name, django_assert_max_num_queries):
    client = login(models.Role.ADMINISTRATOR)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(reverse(f"admin:disclosures_{name}_changelist"))
    assert response.status_code == 200


@pytest.mark.usefixtures("catalogue")
def test_forms_open_in_few_queries(login, record, django_assert_max_num_queries):
    client = login(models.Role.ADMINISTRATOR)
    pages = [
        reverse("admin:index"),
        reverse("admin:disclosures_department_change", args=[record.department_id]),
        reverse("admin:disclosures_user_add"),
        reverse("admin:disclosures_functionalclass_change", args=[models.FunctionalClass.objects.all()[0].pk]),
        reverse("admin:disclosures_functionalclass_import"),
        reverse("admin:disclosures_disclosure_original", args=[record.pk]),
    ]
    for page in pages:
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(page).status_code == 200, page


def test_target_forms_of_all_disclosures_are_found_by_project(login, record, django_assert_max_num_queries):
    page = reverse("admin:performance_performancetarget_changelist")
    client = login(models.Role.ADMINISTRATOR)
    with django_assert_max_num_queries(MOST_QUERIES):
        html = client.get(page, {"q": "项目7"}).content.decode()
    assert page_of(record, "targets") in html
    assert "5,000.00" in html
    assert "项目8" not in html
    assert "项目7" not in login(models.Role.CLERK).get(page).content.decode()


def test_a_table_shows_official_columns_amounts_places_and_doubts(login, record):
    html = login(models.Role.ADMINISTRATOR).get(page_of(record, "T02")).content.decode()
    for column in DEFAULT_PROFILE.table("T02").sides[0].columns:
        assert f">{column.label}</th>" in html
    assert "1,234.50" in html
    assert 'd-doubtful" title="原文：500　第 9 行　存疑，请核对原件">500.00<' in html
    assert "/original/#L7" in html
    assert "行0&lt;b&gt;" in html


def test_both_sides_of_a_table_stand_beside_each_other(login, record):
    html = login(models.Role.ADMINISTRATOR).get(page_of(record, "T01")).content.decode()
    assert html.index("<caption>收入</caption>") < html.index("<caption>支出</caption>")


def test_a_missing_table_says_so(login, record):
    client = login(models.Role.ADMINISTRATOR)
    assert "没有读到这张表" in client.get(page_of(record, "T13")).content.decode()
    assert "d-missing" in client.get(page_of(record, "overview")).content.decode()


def test_a_target_form_shows_funds_and_indicators(login, record):
    client = login(models.Role.ADMINISTRATOR)
    project = client.get(page_of(record, "targets", 0)).content.decode()
    assert "5,000.00" in project
    assert project.count("≥5人") == 5
    assert "在职" in client.get(page_of(record, "targets", 30)).content.decode()


def test_notes_stand_with_their_table_and_in_their_list(login, record):
    client = login(models.Role.ADMINISTRATOR)
    assert "金额看不清" in client.get(page_of(record, "T03")).content.decode()
    assert "金额看不清" not in client.get(page_of(record, "T02")).content.decode()
    assert "水印" in client.get(page_of(record, "notes")).content.decode()


def test_the_original_is_shown_by_line_and_downloaded_unchanged(login, record):
    client = login(models.Role.ADMINISTRATOR)
    assert 'id="L7"' in client.get(reverse("admin:disclosures_disclosure_original", args=[record.pk])).content.decode()
    download = client.get(reverse("admin:disclosures_disclosure_download", args=[record.pk]))
    assert b"".join(download.streaming_content) == record.source_file.path.read_bytes()
    assert "attachment" in download["Content-Disposition"]


def test_what_does_not_exist_is_not_found(login, record):
    client = login(models.Role.ADMINISTRATOR)
    assert client.get(page_of(record, "T99")).status_code == 404
    assert client.get(reverse("admin:disclosures_disclosure_part", args=[record.pk + 1, "T01"])).status_code == 404


def test_an_account_is_called_so_on_its_admin_pages_too(login):
    client = login(models.Role.ADMINISTRATOR)
    account = models.User.objects.get()
    for name, args in (("changelist", []), ("add", []), ("change", [account.pk])):
        page = client.get(reverse(f"admin:disclosures_user_{name}", args=args)).content.decode()
        headings = re.findall(r"<(h[12]|label|th)[^>]*>(.*?)</\1>", page, re.DOTALL)
        words = " ".join(text for _, text in headings)
        assert "账号" in words
        assert "用户" not in words.replace("超级用户", "")
