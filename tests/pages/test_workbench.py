"""What the workbench shows and saves, through the client."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import Finding
from disclosures import models
from disclosures.models import Role
from disclosures.profiles import DEFAULT_PROFILE


def post(client, name: str, pk: int, body: object, *more: object):
    return client.post(reverse(name, args=[pk, *more]), body, content_type="application/json")


def test_every_cell_that_is_shown_can_be_addressed(record, log_in):
    """Setting each cell to what it shows is understood everywhere and changes nothing."""
    client = log_in(Role.CLERK)
    for decl in DEFAULT_PROFILE.tables:
        part = client.get(reverse("part", args=[record.pk, decl.id])).json()
        rows = [row for side in part["sides"] for row in side["rows"]]
        changes = [
            {"place": f"{row['place']}/{field}", "value": value}
            for row in rows
            for field, value in row["values"].items()
            if field in row["corrected"] or value is not None
        ]
        changes = [change for change in changes if change["value"] != ""]
        answer = post(client, "correct", record.pk, {"revision": 0, "kind": "reading", "changes": changes[:400]})
        assert answer.status_code == 200, (decl.id, answer.json())
        assert answer.json()["revision"] == 0


@pytest.mark.parametrize("key", ["narrative", "overview", "targets"])
def test_every_text_that_is_shown_can_be_addressed(record, log_in, key):
    client = log_in(Role.CLERK)
    part = client.get(reverse("part", args=[record.pk, key])).json()
    places: list[tuple[str, str | None]] = []

    def collect(node: object) -> None:
        if isinstance(node, list):
            for item in node:
                collect(item)
        elif isinstance(node, dict):
            if "corrected" in node and "place" in node:
                places.append((node["place"], node.get("text", node.get("value"))))
            for item in node.values():
                collect(item)

    collect(part)
    assert places
    changes = [{"place": place, "value": value} for place, value in places if value]
    answer = post(client, "correct", record.pk, {"revision": 0, "kind": "reading", "changes": changes})
    assert answer.status_code == 200, answer.json()
    assert answer.json()["revision"] == 0


def test_a_saved_cell_tells_what_went_away(record, log_in, planted):
    client, place = log_in(Role.CLERK), planted[1]
    finding = Finding.objects.get(disclosure=record, rule="T-ROW-SUM")
    body = {
        "revision": 0,
        "kind": "document",
        "reason": "录入错误",
        "changes": [{"place": place, "value": finding.expected}],
    }
    saved = post(client, "correct", record.pk, body).json()
    assert finding.pk in saved["gone"]
    assert saved["revision"] == 1
    table = client.get(reverse("part", args=[record.pk, place.split("/")[0]])).json()
    row = next(row for side in table["sides"] for row in side["rows"] if place.startswith(f"{row['place']}/"))
    assert row["corrected"][place.rsplit("/", 1)[1]]["read"] == finding.actual
    history = client.get(reverse("place_history", args=[record.pk]), {"place": place}).json()["history"]
    assert history[0]["reason"] == "录入错误"
    assert post(client, "revert", record.pk, {"revision": 1, "place": place}).json()["new"]


def test_an_old_revision_is_refused_with_both_versions(record, log_in, planted):
    place = planted[1]
    body = {"revision": 0, "kind": "reading", "changes": [{"place": place, "value": "5.00"}]}
    assert post(log_in(Role.CLERK), "correct", record.pk, body).status_code == 200
    body["changes"] = [{"place": place, "value": "6.00"}]
    answer = post(log_in(Role.REVIEWER), "correct", record.pk, body)
    assert answer.status_code == 409
    assert (answer.json()["mine"], answer.json()["theirs"]) == ("6.00", "5.00")


@pytest.mark.parametrize(
    "body",
    [[], {}, {"revision": "0", "kind": "reading", "changes": []}, {"revision": 0, "kind": "reading", "changes": [7]}],
)
def test_what_the_page_never_sends_is_refused_in_words(record, log_in, body):
    answer = post(log_in(Role.CLERK), "correct", record.pk, body)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_a_value_that_is_no_amount_is_refused_with_its_place(record, log_in, planted):
    body = {"revision": 0, "kind": "reading", "changes": [{"place": planted[1], "value": "甲"}]}
    answer = post(log_in(Role.CLERK), "correct", record.pk, body)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"] == planted[1]


def test_a_submission_says_what_blocks_it(record, log_in):
    answer = post(log_in(Role.CLERK), "step", record.pk, {}, "submit")
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 2


def test_markup_in_a_document_stays_text(record, log_in):
    models.Department.objects.filter(pk=record.department_id).update(name="<script>alert(1)</script>")
    for address in (reverse("front"), reverse("list"), reverse("workbench", args=[record.pk]), reverse("import")):
        assert "<script>alert" not in log_in(Role.CLERK).get(address).content.decode()


def test_what_is_not_published_is_not_public(record, client):
    assert client.get(reverse("published", args=[record.pk])).status_code == 404
    assert client.get(reverse("published_file", args=[record.pk])).status_code == 404
