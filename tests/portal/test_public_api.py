"""The API that needs no account."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disclosures.models import Publication, PublishedProject
from disclosures.plain.data import Kind
from disclosures.services.publishing import withdraw
from disclosures.synthetic import SIZES, generate

API = "/api/v1/public/"


def _get(path: str, **query: str | int) -> dict[str, Any]:
    answer = Client().get(API + path, query)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_publications_can_be_found_and_read(shown, region):
    (found,) = _get("publications", fiscal_year=2026, region=region.pk)["results"]
    assert found["department"]["name"] == shown.department.name
    assert (found["status"], found["version"], found["sha256"]) == ("current", 1, shown.snapshot.sha256)
    content = Client().get(f"{API}publications/{found['id']}/content")
    assert hashlib.sha256(content.content).hexdigest() == found["sha256"]
    assert content["Cache-Control"] == "public, max-age=60"
    assert Client().get(found["address"]).status_code == 200
    assert _get("publications", fiscal_year=2025)["results"] == []


def test_rows_are_those_of_the_portal(shown):
    project = PublishedProject.objects.order_by("pk")[0]
    found = _get("projects", search=project.name[1:5])["results"]
    assert project.pk in [item["id"] for item in found]
    assert "." in found[0]["amount"] or found[0]["amount"].isdigit()
    assert {item["measure"] for item in _get("figures", page_size=500)["results"]} >= {"total", "source", "function"}
    assert _get("indicators")["results"]


def test_what_is_withdrawn_is_a_fact_without_content(shown, reviewer):
    pk = Publication.objects.get().pk
    withdraw(reviewer, shown.pk, "有误")
    (found,) = _get("publications")["results"]
    assert (found["status"], found["withdrawn_reason"]) == ("withdrawn", "有误")
    assert Client().get(f"{API}publications/{pk}/content").status_code == 404
    for rows in ("figures", "projects", "indicators"):
        assert _get(rows)["results"] == []


def test_refusals_are_problems(shown):
    for path in (
        "publications?unknown=1",
        "projects?search=x",
        "nothing",
        f"publications/{10**14}",
        "figures?cursor=x",
    ):
        answer = Client().get(API + path)
        assert answer["Content-Type"] == "application/problem+json", path
        assert answer.status_code in (400, 404)
    assert Client().post(f"{API}publications").status_code == 405


def test_a_token_makes_nobody_known(shown):
    answer = Client().get(f"{API}publications", headers={"Authorization": "Bearer falsch", "Cookie": "sessionid=x"})
    assert answer.status_code == 200
    assert not answer.cookies


def test_queries_do_not_grow(published):
    counts = []
    for number in (20, 21, 22):
        published(generate(number, SIZES["tiny"], kind=Kind.DEPARTMENT, year=2026))
        with CaptureQueriesContext(connection) as seen:
            for path in ("publications", "figures", "projects", "indicators"):
                _get(path)
        counts.append(len(seen))
    assert counts == [4, 4, 4]


def test_it_is_described(db):
    document = json.loads(Client().get("/api/v1/schema/", headers={"Accept": "application/json"}).content)
    paths = [path for path in document["paths"] if path.startswith(API)]
    assert f"{API}publications/{{id}}/content" in paths
    assert len(paths) == 9
