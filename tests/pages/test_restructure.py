"""Rows, forms and tables added, removed and taken back through the addresses that the workbench uses."""

from __future__ import annotations

import pytest
from django.urls import reverse

from disclosures import models
from disclosures.models import Role
from disclosures.storage import load


def post(client, name: str, pk: int, body: object):
    return client.post(reverse(name, args=[pk]), body, content_type="application/json")


def part(client, pk: int, key: str):
    return client.get(reverse("part", args=[pk, key])).json()


def test_a_block_with_new_rows_and_its_undo(record, log_in):
    client, before = log_in(Role.CLERK), load(record.pk)
    table = part(client, record.pk, "T03")
    row = table["sides"][0]["rows"][-1]
    body = {
        "revision": 0,
        "kind": "document",
        "act": "table",
        "table": "T03",
        "cells": [{"place": f"{row['place']}/total", "value": "1.00"}],
        "added": [{"before": table["count"], "labels": {"code": "229", "name": "其他支出"}, "values": {"total": "2"}}],
        "removed": [table["sides"][0]["rows"][1]["place"]],
    }
    saved = post(client, "restructure", record.pk, body).json()
    assert (saved["revision"], saved["rearranged"]) == (1, True)
    rows = part(client, record.pk, "T03")["sides"][0]["rows"]
    assert (rows[-1]["values"]["name"], rows[-1]["values"]["total"]) == ("其他支出", "2.00")
    history = part(client, record.pk, "history")["corrections"]
    assert {item["action"] for item in history} == {"更正", "增加行", "删除行"}
    assert [item["isRemoval"] for item in history if item["action"] == "删除行"] == [True]
    undone = post(client, "undo", record.pk, {"revision": 1, "save": 1}).json()
    assert undone["revision"] == 2
    assert load(record.pk) == before
    assert not any(item["holds"] for item in part(client, record.pk, "history")["corrections"])


def test_one_correction_of_the_history_is_taken_back(record, log_in):
    client = log_in(Role.CLERK)
    form = part(client, record.pk, "targets")["forms"][0]
    indicator = form["indicators"][0]
    remove = {"act": "remove", "list": "indicators", "of": form["place"], "place": indicator["place"]}
    assert post(client, "restructure", record.pk, {"revision": 0, "kind": "reading", **remove}).status_code == 200
    assert len(part(client, record.pk, "targets")["forms"][0]["indicators"]) == len(form["indicators"]) - 1
    (item,) = part(client, record.pk, "history")["corrections"]
    assert post(client, "undo", record.pk, {"revision": 1, "correction": item["pk"]}).status_code == 200
    assert part(client, record.pk, "targets")["forms"][0]["indicators"] == form["indicators"]


def test_lacking_sections_are_offered_with_their_heading(record, log_in):
    client = log_in(Role.CLERK)
    sections = part(client, record.pk, "narrative")["sections"]
    gone = sections[3]
    body = {"revision": 0, "kind": "reading", "act": "remove", "list": "sections", "of": "", "place": gone["place"]}
    assert post(client, "restructure", record.pk, body).status_code == 200
    (offer,) = part(client, record.pk, "narrative")["lacking"]
    assert (offer["numeral"], offer["at"]) == (gone["numeral"], gone["at"])


def test_who_may_not_correct_changes_nothing(record, log_in):
    body = {"revision": 0, "kind": "reading", "act": "no_data", "table": "T03", "noData": True}
    for client, status in ((log_in(Role.AUDITOR), 403), (log_in(Role.CLERK, elsewhere=True), 404)):
        assert post(client, "restructure", record.pk, body).status_code == status
        assert post(client, "undo", record.pk, {"revision": 0, "save": 1}).status_code == status
    assert models.Correction.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"act": "shutdown"},
        {"act": "table", "table": "T03", "added": [7]},
        {"act": "table", "table": "T03", "added": [{"before": "0"}]},
        {"act": "table", "table": "T03", "removed": [None]},
        {"act": "remove", "list": "users", "of": "", "place": "1"},
        {"act": "add", "list": "paragraphs", "of": "N/一", "at": True, "fields": {}},
    ],
)
def test_what_the_page_never_sends_is_refused(record, log_in, body):
    answer = post(log_in(Role.CLERK), "restructure", record.pk, {"revision": 0, "kind": "reading", **body})
    assert answer.status_code == 400
    assert answer.json()["message"]


@pytest.mark.parametrize(
    "body",
    [
        {"act": "table", "table": "T99", "added": [{"before": 0, "labels": {}}]},
        {"act": "add", "list": "tables", "of": "", "at": 0, "fields": {}},
        {"act": "add", "list": "paragraphs", "of": "N/一", "at": 0, "fields": {"text": "坏\x00字"}},
        {"act": "assign", "position": 99, "table": "T07"},
        {"act": "move", "list": "paragraphs", "of": "N/一", "place": "N/一/1", "to": 99},
        {"act": "table", "table": "T03", "added": [{"before": 0, "labels": {"name": "长" * 30000}}]},
    ],
)
def test_what_cannot_be_is_refused_in_words(record, log_in, body):
    before = load(record.pk)
    answer = post(log_in(Role.CLERK), "restructure", record.pk, {"revision": 0, "kind": "reading", **body})
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert load(record.pk) == before
