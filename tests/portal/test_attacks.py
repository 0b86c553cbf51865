"""The portal attacked: what is not public, addresses that are none, caches, and words that are no words."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosures import models
from disclosures.models import Publication, State
from disclosures.plain.data import Kind
from disclosures.portal.addresses import current_link
from disclosures.services.publishing import withdraw
from disclosures.services.revising import revise
from disclosures.synthetic import SIZES, generate
from tests.portal.conftest import SECRET

API = "/api/v1/public/"
PARTS = ("", "tables/T01/", "tables/T12/", "narrative/", "targets/", "targets/1/")
FORMS = ("final", "docx", "xlsx", "csv", "json")
LISTS = ("/open/", "/open/search/", "/open/compare/", "/open/data/", "/open/feed.atom", "/open/feed.rss")
MAPS = ("/sitemap.xml", "/open/sitemap-publications.xml", "/robots.txt")


def secret(disclosure):
    """The same disclosure with words in its prose and a project that nobody may see."""
    section = disclosure.sections[1]
    told = dataclasses.replace(section.paragraphs[0], text=SECRET)
    sections = tuple(
        dataclasses.replace(item, paragraphs=(told, *item.paragraphs)) if item is section else item
        for item in disclosure.sections
    )
    targets = (dataclasses.replace(disclosure.project_targets[0], project=SECRET), *disclosure.project_targets[1:])
    return dataclasses.replace(disclosure, sections=sections, project_targets=targets)


def everything(record: models.Disclosure) -> list[str]:
    """Every address that could tell of a disclosure."""
    kind = {"department_budget": "department", "unit_budget": "unit"}[record.kind]
    address = f"/open/departments/{record.department_id}/{record.fiscal_year}/{kind}/"
    own = [f"{address}{version}{part}" for version in ("", f"v{record.version}/") for part in PARTS]
    files = [f"{address}{version}download/{form}/" for version in ("", f"v{record.version}/") for form in FORMS]
    lists = [*LISTS, *MAPS, f"/open/search/?q={SECRET}", f"/open/search/?q={SECRET}&in=indicators"]
    lists += [f"/open/compare/?p={pk}" for pk in range(1, 6)] + [f"/open/departments/{record.department_id}/"]
    lists += [f"/published/{record.pk}/", f"/published/{record.pk}/file/"]
    lists += [API + name for name in ("publications", "figures", "projects", "indicators", f"projects?search={SECRET}")]
    return [*own, *files, *lists]


def told(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    return answer.getvalue().decode("utf-8", "replace")


def leaks(record: models.Disclosure) -> list[str]:
    """Where the secret can be read; the words that somebody asked for are given back on the page of the search."""
    client = Client()
    found = []
    for address in everything(record):
        text = told(client, address)
        if SECRET in text.replace(f'value="{SECRET}"', "").replace(f"含有“{SECRET}”", ""):
            found.append(address)
    return found


@pytest.mark.parametrize("state", [state for state in State if state is not State.PUBLISHED])
def test_nothing_that_was_never_published_is_anywhere(state, draft, sound):
    record = draft(secret(sound))
    models.Disclosure.objects.filter(pk=record.pk).update(state=state)
    assert leaks(record) == []


def test_what_is_published_is_there(published, sound):
    """The test above can fail: a published secret is found in many places."""
    assert len(leaks(published(secret(sound)))) > 10


@pytest.mark.parametrize("state", [state for state in State if state is not State.PUBLISHED])
def test_what_left_its_state_past_the_services_is_gone_at_once(state, published, sound):
    record = published(secret(sound))
    models.Disclosure.objects.filter(pk=record.pk).update(state=state)
    assert leaks(record) == []


def test_what_was_withdrawn_is_nowhere(published, sound, reviewer):
    record = published(secret(sound))
    withdraw(reviewer, record.pk, "不应公开")
    assert leaks(record) == []


def test_a_draft_beside_a_publication_stays_a_draft(published, draft, sound):
    public = published(sound)
    clerk = models.User.objects.get(department=public.department)
    revise(clerk, public.pk)
    second = models.Disclosure.objects.get(version=2)
    models.NarrativeSection.objects.filter(disclosure=second).update(paragraphs=[[SECRET, None]])
    assert leaks(second) == []
    assert Client().get(f"{current_link(Publication.objects.get())}v2/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/open/departments/0/2026/department/",
        "/open/departments/99999999999999999999999/2026/department/",
        "/open/departments/1/2026/department/v0/",
        "/open/departments/1/2026/department/v99999/",
        "/open/departments/1/2026/..%2f..%2f/",
        "/open/departments/1/2026/department/download/..%2f..%2f..%2fetc%2fpasswd/",
        "/open/departments/1/2026/department/download/%2e%2e/",
        "/open/departments/1/2026/department/tables/..%2fT01/",
        "/open/data/..%2f..%2fdb.zip",
        "/open/data/2026.zip/../../../db.sqlite3",
        "/open/by-name/%00/%00/2026/department/",
        "/open/by-name/%ff%fe/x/2026/department/",
        "/open/sitemap-unknown.xml",
        "/published/0/",
    ],
)
def test_addresses_that_are_none_are_not_found(address):
    assert Client().get(address).status_code in (404, 400)


_MORE: tuple[dict[str, str], ...] = (
    {},
    {"in": "indicators"},
    {"page": "9" * 30},
    {"page": "-1"},
    {"region": "1;"},
    {"year": "२०२६"},
)


def test_words_of_every_kind_are_only_words(shown):
    client = Client()
    words = (
        "' OR 1=1 --",
        "%%",
        "__",
        "<script>alert(1)</script>",
        "\x00预算",
        "𠮷" * 80,
        "\u202e项目",
        "a" * 5000,
        "\ud800",
    )
    for word, page in itertools.product(words, ("/open/", "/open/search/", "/open/compare/")):
        for more in _MORE:
            query: dict[str, str | bytes] = {"q": word.encode("utf-8", "surrogatepass"), **more}
            answer = client.get(page, query)
            assert answer.status_code == 200, (word, page, more)
            assert b"<script" not in answer.content


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=12), st.sampled_from(["/open/", "/open/search/", "/open/compare/"]))
def test_no_query_is_a_server_error(db, query, number, page):
    answer = Client().get(page, {"q": query.encode("utf-8", "replace"), "page": number, "region": number, "p": number})
    assert answer.status_code == 200


def test_pages_are_for_every_cache(shown, reviewer):
    """Nobody is known: not by a session, not by an account, not by headers that a cache does not keep apart."""
    address = current_link(Publication.objects.get())
    known = Client()
    known.force_login(reviewer)
    for page in ("/open/", address, f"{address}tables/T01/", "/open/search/?q=项目", "/open/data/", *MAPS):
        plain = Client().get(page)
        for client, headers in (
            (known, {}),
            (Client(), {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Original-URL": "/admin/"}),
            (Client(), {"Cookie": "sessionid=abc; theme=x", "Accept-Language": "en", "Origin": "https://evil.example"}),
        ):
            answer = client.get(page, headers=headers)
            assert answer.content == plain.content, page
            assert not answer.cookies
            assert "cookie" not in answer.headers.get("Vary", "").lower()
            assert "evil.example" not in answer.content.decode()
    assert Client().get("/open/", headers={"Host": "evil.example"}).status_code == 400
    assert "Set-Cookie" not in Client().get(address).headers


def test_pages_are_cached_and_checked_again(shown):
    client = Client()
    address = current_link(Publication.objects.get())
    answer = client.get(address)
    assert answer["Cache-Control"] == "public, max-age=60"
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    small = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small["Vary"]
    assert len(small.content) < len(answer.content) / 3


def test_nothing_can_be_sent_there(shown):
    address = current_link(Publication.objects.get())
    for page in ("/open/", address, f"{address}download/json/", "/open/search/", "/robots.txt"):
        for method in ("post", "put", "delete", "patch"):
            assert getattr(Client(enforce_csrf_checks=True), method)(page).status_code in (403, 405), (method, page)
        assert Client().head(page).status_code == 200


def test_pages_run_no_script_and_files_are_handed_out_safely(shown):
    address = current_link(Publication.objects.get())
    page = Client().get(address)
    assert "default-src 'self'" in page["Content-Security-Policy"]
    for word in (b"<script", b"style=", b"onclick", b"javascript:"):
        assert word not in page.content
    file = Client().get(f"{address}download/final/")
    assert file["Content-Type"] == "application/octet-stream"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file["Content-Security-Policy"]
    assert file["Content-Disposition"].startswith("attachment")


def test_hostile_words_of_a_publication_are_shown_as_words(published, sound):
    hostile = "<img src=x onerror=alert(1)>"
    section = dataclasses.replace(
        sound.sections[1], paragraphs=(dataclasses.replace(sound.sections[1].paragraphs[0], text=hostile),)
    )
    published(dataclasses.replace(sound, sections=(sound.sections[0], section, *sound.sections[2:])))
    page = Client().get(current_link(Publication.objects.get())).content.decode()
    assert "&lt;img src=x" in page
    assert "<img" not in page


def test_names_of_units_are_their_own_kind(published):
    published(generate(7, SIZES["tiny"], kind=Kind.UNIT, year=2026))
    address = current_link(Publication.objects.get())
    assert address.endswith("/unit/")
    assert Client().get(address).status_code == 200
    assert Client().get(address.replace("/unit/", "/department/")).status_code == 404
