"""The pages of the portal as anybody gets them."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosures import models
from disclosures.models import Publication
from disclosures.plain.data import Kind
from disclosures.portal.addresses import current_link, fixed_link
from disclosures.services.publishing import withdraw
from disclosures.services.revising import revise
from disclosures.synthetic import SIZES, generate
from tests.portal.conftest import SECRET

LARGEST = 150_000  # bytes of HTML


@pytest.fixture
def address(shown) -> str:
    return current_link(Publication.objects.get())


@pytest.fixture
def anybody() -> Client:
    return Client()


def _text(answer) -> str:
    return unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_home_lists_what_is_new_and_finds_by_name_region_and_year(anybody, shown, region):
    home = anybody.get("/open/")
    assert shown.printed_department in _text(home)
    for query, there in (
        ({"q": shown.department.name[2:6]}, True),
        ({"region": region.pk, "year": 2026}, True),
        ({"year": 2025}, False),
        ({"region": 999}, False),
        ({"q": "没有这样的局"}, False),
    ):
        found = _text(anybody.get("/open/", query))
        assert (shown.department.name in found) is there, query
    assert "没有找到这样的部门" in _text(anybody.get("/open/", {"q": "没有这样的局"}))


def test_an_empty_portal_says_so(anybody, db):
    assert "还没有部门公开预算" in _text(anybody.get("/open/"))
    for page in ("/open/search/", "/open/compare/", "/open/data/", "/open/feed.atom", "/open/feed.rss", "/sitemap.xml"):
        assert anybody.get(page).status_code == 200, page


def test_a_disclosure_says_how_much_where_from_what_for(anybody, address, sound):
    text = _text(anybody.get(address))
    total = sound.table("T03").rows[0].value("total")
    assert f"{float(total):,.2f}" in text
    assert "来自当年财政拨款" in text
    for chart in ("钱从哪里来", "用在哪里", "日常运转（基本支出）占", "三公", "个项目", "比上年"):
        assert chart in text, chart
    assert "上年数按这份文本自己说明的增减推算" in text
    for section in sound.sections:
        assert section.heading in text


def test_every_part_can_be_opened(anybody, address, sound):
    for table in sound.tables:
        page = anybody.get(f"{address}tables/{table.id}/")
        assert page.status_code == 200
        last = [row.name for row in table.rows if not row.is_blank][-1:]
        assert all(name in _text(page) for name in last)
    assert anybody.get(f"{address}narrative/").status_code == 200
    count = len(sound.overall_targets) + len(sound.project_targets)
    for number in range(1, count + 1):
        assert anybody.get(f"{address}targets/{number}/").status_code == 200
    indicators = [item.level3 for item in sound.project_targets[0].indicators]
    form = _text(anybody.get(f"{address}targets/{len(sound.overall_targets) + 1}/"))
    assert all(name in form for name in indicators)
    for nothing in ("tables/T99/", f"targets/{count + 1}/", "download/pdf/", "v2/"):
        assert anybody.get(address + nothing, follow=True).status_code == 404, nothing


def test_last_years_publication_is_compared_with(anybody, published, sound):
    before = generate(3, SIZES["small"], kind=Kind.DEPARTMENT, year=2025)
    assert before.department == sound.department
    published(before)
    published(sound)
    page = _text(anybody.get(current_link(Publication.objects.get(fiscal_year=2026))))
    assert "上年数取自 2025 年公开的预算" in page


def test_a_withdrawn_publication_says_so_and_shows_nothing(anybody, address, shown, reviewer, sound):
    withdraw(reviewer, shown.pk, "附件中有错误")
    for page in (address, fixed_link(Publication.objects.get()), f"{address}tables/T03/", f"{address}targets/1/"):
        gone = anybody.get(page)
        assert gone.status_code == 410
        assert "附件中有错误" in _text(gone)
        assert sound.sections[1].paragraphs[0].text not in _text(gone)
        assert sound.table("T03").rows[0].value("total") not in gone.content.decode().replace(",", "")
    for form in ("final", "docx", "xlsx", "csv", "json"):
        assert anybody.get(f"{address}download/{form}/").status_code == 410
    assert anybody.get(f"/open/departments/{shown.department_id}/").status_code == 200
    assert "已撤回" in anybody.get("/open/feed.atom").content.decode()


def test_a_new_version_is_current_and_the_old_one_stays_under_its_own_address(
    anybody, address, shown, published, reviewer
):
    clerk = models.User.objects.get(department=shown.department)
    second = published(revise(clerk, shown.pk))
    assert "第 2 版" in _text(anybody.get(address))
    old = anybody.get(f"{address}v1/")
    assert (old.status_code, "已经被新版取代" in _text(old)) == (200, True)
    assert anybody.get(f"{address}v2/").status_code == 200
    withdraw(reviewer, second.pk, "撤回第二版")
    for page in ("", "v1/", "v2/", "v1/tables/T01/", "v1/download/json/"):
        assert anybody.get(address + page).status_code == 410, page  # the old one is not brought back by a withdrawal


def test_downloads_are_what_was_published(anybody, address, shown):
    snapshot = shown.snapshot
    content = b"".join(anybody.get(f"{address}download/json/").streaming_content)
    assert sha256(content).hexdigest() == snapshot.sha256
    assert json.loads(content)["schema"] == "budget-disclosure/1"
    final = b"".join(anybody.get(f"{address}download/final/").streaming_content)
    assert sha256(final).hexdigest() == snapshot.file_sha256
    for form, start in (("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"PK")):
        for _ in range(2):  # written, then kept
            answer = anybody.get(f"{address}v1/download/{form}/")
            assert b"".join(answer.streaming_content).startswith(start)
        assert "attachment" in answer["Content-Disposition"]
        assert anybody.get(f"{address}download/{form}/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_old_addresses_lead_to_the_portal(anybody, address, shown):
    assert anybody.get(f"/published/{shown.pk}/", follow=True).status_code == 200
    assert anybody.get(f"/published/{shown.pk}/")["Location"] == f"{address}v1/"
    assert anybody.get(f"/published/{shown.pk}/file/")["Location"] == f"{address}v1/download/final/"
    for nothing in (shown.pk + 1, 10**30):
        assert anybody.get(f"/published/{nothing}/").status_code == 404


def test_a_forgotten_slash_is_added_and_nothing_else(anybody, address):
    assert anybody.get(address.rstrip("/"))["Location"] == address
    for nothing in ("/open/nothing", "/open/nothing/", "/open//evil.example", "/open/departments"):
        page = anybody.get(nothing)
        assert page.status_code == 404
        assert "没有这个页面" in _text(page)


def test_an_address_by_names(anybody, address, shown, region):
    found = anybody.get(f"/open/by-name/{region.name}/{shown.department.name}/2026/department/")
    assert found["Location"] == address
    assert anybody.get(f"/open/by-name/{region.name}/别的局/2026/department/").status_code == 404


def test_search_finds_projects_and_indicators(anybody, shown, sound):
    project = next(row.name for row in sound.table("T12").rows if row.level == "project")
    found = _text(anybody.get("/open/search/", {"q": project[1:5]}))
    assert project in found
    assert "没有找到" not in found
    indicator = sound.project_targets[0].indicators[0].level3
    assert indicator in _text(anybody.get("/open/search/", {"q": indicator[:4], "in": "indicators"}))
    assert "至少写两个字" in _text(anybody.get("/open/search/", {"q": "路"}))
    assert "没有找到" in _text(anybody.get("/open/search/", {"q": "%_"}))
    assert "没有找到" in _text(anybody.get("/open/search/", {"q": SECRET}))


def test_up_to_four_are_compared(anybody, published):
    keys = []
    for year in (2022, 2023, 2024, 2025, 2026):
        published(generate(3, SIZES["tiny"], kind=Kind.DEPARTMENT, year=year))
    keys = list(Publication.objects.values_list("pk", flat=True))
    page = anybody.get("/open/compare/", {"p": keys})
    assert len(page.context["chosen"]) == 4
    assert {group.id for group in page.context["groups"]} >= {"total", "source", "function"}
    assert "已经选了四个" in _text(page)
    one = anybody.get("/open/compare/", {"p": [keys[0], keys[0], "x", "9" * 40, "-1"]})
    assert [entry["item"].pk for entry in one.context["chosen"]] == keys[:1]
    assert len(one.context["offered"]) == 4


def test_pages_of_a_huge_disclosure_stay_small(anybody, published):
    huge = generate(5, SIZES["large"], kind=Kind.DEPARTMENT, year=2026)
    published(huge)
    publication = Publication.objects.get()
    address = current_link(publication)
    sizes = {}
    for part in ("", "tables/T12/", "tables/T06/", "tables/T02/", "narrative/", "targets/", "targets/9/"):
        sizes[part] = len(anybody.get(address + part).content)
    assert max(sizes.values()) < LARGEST, sizes


def test_queries_do_not_grow(anybody, published, sound):
    published(sound)
    address = current_link(Publication.objects.get())
    pages = {
        "/open/": 6,
        address: 2,
        f"{address}tables/T12/": 1,
        f"{address}targets/": 1,
        "/open/search/?q=项目": 5,
        f"/open/compare/?p={Publication.objects.get().pk}": 6,
        f"/open/departments/{Publication.objects.get().department_id}/": 2,
    }
    for page in pages:
        anybody.get(page)  # parsed content is remembered
    for number in range(20, 24):
        published(generate(number, SIZES["tiny"], kind=Kind.DEPARTMENT, year=2026))
    for page, count in pages.items():
        with CaptureQueriesContext(connection) as seen:
            anybody.get(page)
        assert len(seen) == count, page


def test_feeds_sitemap_and_robots(anybody, address, shown):
    feed = anybody.get("/open/feed.atom").content.decode()
    assert f"{address}v1/" in feed
    assert shown.snapshot.sha256 in feed
    assert f"http://testserver{address}" in anybody.get("/open/sitemap-publications.xml").content.decode()
    assert "/open/sitemap-publications.xml" in anybody.get("/sitemap.xml").content.decode()
    robots = anybody.get("/robots.txt").content.decode()
    assert "Disallow: /\n" in robots
    assert "Allow: /open/" in robots
    assert reverse("robots") == "/robots.txt"
