"""Two people at one disclosure: the second write is refused with both versions, nothing is lost in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import F

from audit.models import Finding
from disclosures import models
from disclosures.services.findings import desk
from tests.api.conftest import ROOT, finding_tag, tag
from tests.workflow.conftest import PLACE

OTHER = "T03/合计/basic"


def _correct(client, record, headers, place=PLACE, value="5.00"):
    body = {"changes": [{"place": place, "value": value}], "kind": "reading"}
    return client.post(f"{ROOT}/disclosures/{record.pk}/correct", body, headers=headers)


@pytest.mark.django_db
def test_the_second_save_is_refused_with_what_is_there_now(api, record):
    clerk, reviewer = api("clerk"), api("reviewer")
    read = tag(clerk, record.pk)
    saved = _correct(clerk, record, read)
    assert saved.status_code == 200
    refused = _correct(reviewer, record, read, OTHER)
    assert (refused.status_code, refused.json()["code"]) == (412, "edit_conflict")
    assert refused.json()["conflict"]["etag"] == saved.headers["ETag"] == saved.json()["etag"]
    assert models.Correction.objects.count() == 1
    assert _correct(reviewer, record, {"If-Match": refused.json()["conflict"]["etag"]}, OTHER).status_code == 200


@pytest.mark.django_db
def test_a_save_between_the_look_and_the_write_is_noticed(api, record, monkeypatch, people):
    """The race that the tag alone cannot see: somebody saves after the tag was compared."""
    from disclosures.services import correcting

    original, seen = correcting.correct_cells, list[object]()

    def late(edit, changes):
        if not seen:
            seen.append(original(replace(edit, user=people["reviewer"]), [correcting.CellChange(PLACE, "8.00")]))
        return original(edit, changes)

    monkeypatch.setattr(correcting, "correct_cells", late)
    refused = _correct(api("clerk"), record, tag(api("clerk"), record.pk))
    assert (refused.status_code, refused.json()["code"]) == (412, "edit_conflict")
    conflict = refused.json()["conflict"]
    assert (conflict["current_value"], conflict["my_value"]) == ("8.00", "5.00")
    assert conflict["changes"][0]["by"] == "审核"


@pytest.mark.django_db
def test_a_write_without_a_version_is_refused(api, record):
    for headers in ({}, {"If-Match": "*"}, {"If-Match": "7"}, {"If-Match": ""}):
        answer = _correct(api("clerk"), record, headers)
        assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required"), headers
        assert api("clerk").post(f"{ROOT}/disclosures/{record.pk}/submit", {}, headers=headers).status_code == 428


@pytest.mark.django_db(transaction=True)
def test_a_submission_is_checked_before_anything_is_locked(api, record, monkeypatch):
    original, locked = desk().prepare, list[bool]()

    def prepare(self, *arguments):
        locked.append(connection.in_atomic_block)
        return original(*arguments)

    read = tag(api("clerk"), record.pk)
    monkeypatch.setattr(type(desk()), "prepare", prepare)
    answer = api("clerk").post(f"{ROOT}/disclosures/{record.pk}/submit", {"confirm_warnings": True}, headers=read)
    assert (answer.status_code in (200, 409), locked) == (True, [False])


@pytest.mark.django_db
def test_a_submission_of_what_changed_after_the_check_is_refused(api, record, monkeypatch):
    original = desk().check

    def then_saved(self, *arguments):
        found = original(*arguments)
        models.Disclosure.objects.filter(pk=record.pk).update(revision=F("revision") + 1)
        return found

    read = tag(api("clerk"), record.pk)
    monkeypatch.setattr(type(desk()), "check", then_saved)
    late = api("clerk").post(f"{ROOT}/disclosures/{record.pk}/submit", {"confirm_warnings": True}, headers=read)
    assert (late.status_code, late.json()["code"]) == (412, "edit_conflict")


@pytest.mark.django_db
def test_a_step_after_anothers_step_is_refused(api, record, in_state):
    in_state(record, models.State.APPROVED)
    read = tag(api("reviewer"), record.pk)
    returned = api("second").post(f"{ROOT}/disclosures/{record.pk}/return", {"remark": "请改"}, headers=read)
    assert returned.json()["state"] == "returned"
    late = api("reviewer").post(f"{ROOT}/disclosures/{record.pk}/publish", {}, headers=read)
    assert (late.status_code, late.json()["conflict"]["state"]) == (412, "returned")


@pytest.mark.django_db
def test_a_decision_rests_on_the_values_that_were_read(api, record):
    client, pk = api("clerk"), Finding.objects.get(disclosure=record).pk
    read = finding_tag(client, pk)
    Finding.objects.filter(pk=pk).update(values_digest="others")
    late = client.post(f"{ROOT}/findings/{pk}/explain", {"text": "原因"}, headers=read)
    assert (late.status_code, late.json()["code"]) == (412, "edit_conflict")
    body = {"findings": [{"id": pk, "etag": read["If-Match"]}], "reason": "可以"}
    assert api("reviewer").post(f"{ROOT}/findings/waive", body).status_code == 412
    assert Finding.objects.get(pk=pk).status == "open"


@pytest.mark.django_db
def test_bulk_corrections_are_all_or_none_and_can_be_taken_back(api, record):
    client = api("clerk")
    changes = [(PLACE, "5.00"), (OTHER, "五万"), ("T99/x", "1")]
    body = {"changes": [{"place": place, "value": value} for place, value in changes], "kind": "reading"}
    address = f"{ROOT}/disclosures/{record.pk}"
    refused = client.post(f"{address}/correct", body, headers=tag(client, record.pk))
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_value")
    assert [item["field"] for item in refused.json()["errors"]] == [OTHER, "T99/x"]
    assert models.Correction.objects.count() == 0
    body["changes"] = [{"place": PLACE, "value": "5.00"}, {"place": OTHER, "value": None}]
    saved = client.post(f"{address}/correct", body, headers=tag(client, record.pk)).json()
    assert [item["corrected"] for item in saved["changed"]] == [True, True]
    back = client.post(f"{address}/revert", {"place": PLACE}, headers={"If-Match": saved["etag"]}).json()
    assert back["changed"] == [{"place": PLACE, "value": "1.00", "read_value": "1.00", "corrected": False}]
    history = client.get(f"{ROOT}/corrections", {"disclosure": record.pk, "place": PLACE}).json()["results"]
    assert [item["action"] for item in history] == ["revert", "set"]


@pytest.mark.django_db
def test_places_of_a_table_are_those_that_are_corrected(api, record):
    client = api("clerk")
    table = client.get(f"{ROOT}/disclosures/{record.pk}/tables/T03").json()
    cells = {cell["place"]: cell["value"] for row in table["rows"] for cell in row["cells"]}
    assert cells[PLACE] == "1.00"
    assert _correct(client, record, {"If-Match": table["etag"]}, next(iter(cells)), "77.00").status_code == 200
    assert client.get(f"{ROOT}/disclosures/{record.pk}/tables/T14").status_code == 404


@pytest.mark.django_db
def test_rows_are_added_and_removed(api, record):
    client, address = api("clerk"), f"{ROOT}/disclosures/{record.pk}"
    before = len(client.get(f"{address}/tables/T03").json()["rows"])
    row = {"table": "T03", "before": 1, "labels": {"code": "2080199", "name": "其他支出"}, "kind": "reading"}
    added = client.post(f"{address}/add-row", row, headers=tag(client, record.pk))
    assert added.status_code == 200, added.content
    place = added.json()["changed"][0]["place"]
    assert len(client.get(f"{address}/tables/T03").json()["rows"]) == before + 1
    body = {"place": place, "kind": "reading"}
    removed = client.post(f"{address}/remove-row", body, headers={"If-Match": added.json()["etag"]})
    assert removed.status_code == 200, removed.content
    assert len(client.get(f"{address}/tables/T03").json()["rows"]) == before
