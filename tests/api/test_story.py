"""The whole way of a disclosure by the API alone: handed in, corrected, explained, returned, approved, public."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from disclosures import models
from disclosures.models import Task
from disclosures.plain.codec import from_json
from disclosures.tasks.running import run
from tests.api.conftest import ROOT, finding_tag, tag
from tests.workflow.conftest import PLACE, file_of, spoilt
from tests.zips import zipped

SECOND = "T01/expenditure/支出总计/total"
SIGNED = {"secrecy_reviewer": "甲", "secrecy_reviewed_on": "2026-01-05", "leader": "乙", "signed_on": "2026-01-06"}


@pytest.mark.django_db(transaction=True)
def test_from_import_to_publication(api, sound, right_value):
    clerk, reviewer = api("clerk"), api("reviewer")
    pk = _imported(clerk, file_of(spoilt(spoilt(sound), SECOND, "2.00")))

    def step(client, name, body=None, status=200):
        answer = client.post(f"{ROOT}/disclosures/{pk}/{name}", body or {}, headers=tag(client, pk))
        assert answer.status_code == status, answer.content
        return answer.json()

    findings = clerk.get(f"{ROOT}/disclosures/{pk}/findings", {"severity": "error"}).json()["results"]
    assert findings, clerk.get(f"{ROOT}/disclosures/{pk}/findings").json()
    change = {"changes": [{"place": PLACE, "value": right_value}], "kind": "document", "reason": "录入错误"}
    saved = step(clerk, "correct", change)
    assert saved["gone"]
    assert saved["changed"][0]["place"] == PLACE

    refused = step(clerk, "submit", status=409)
    assert refused["code"] == "refused"
    assert refused["findings"]
    for finding in refused["findings"]:
        body = {"text": "按财政批复列示"}
        answer = clerk.post(f"{ROOT}/findings/{finding['id']}/explain", body, headers=finding_tag(clerk, finding["id"]))
        assert answer.json()["status"] == "explained"
    assert step(clerk, "submit", {"confirm_warnings": True})["state"] == "in_review"

    assert step(reviewer, "return", {"remark": "请再核对合计"})["state"] == "returned"
    (remark,) = clerk.get(f"{ROOT}/remarks", {"disclosure": pk}).json()["results"]
    answered = clerk.post(f"{ROOT}/disclosures/{pk}/remarks", {"text": "已经核对", "answers": remark["id"]})
    assert answered.json()["answers"] == remark["id"]
    assert clerk.post(f"{ROOT}/remarks/{remark['id']}/resolve", {}).json()["resolved"] is True
    step(clerk, "submit", {"confirm_warnings": True})

    assert step(reviewer, "approve", status=409)["reasons"]
    for finding in reviewer.get(f"{ROOT}/findings", {"disclosure": pk, "status": "explained"}).json()["results"]:
        accepted = reviewer.post(f"{ROOT}/findings/{finding['id']}/accept", {}, headers={"If-Match": finding["etag"]})
        assert accepted.json()["waiver"]["reason"] == "按财政批复列示"
    assert step(reviewer, "approve")["state"] == "approved"

    step(clerk, "sign-off", SIGNED)
    (word,) = clerk.get(f"{ROOT}/disclosures/{pk}/correction-list").json()
    assert (word["place"], word["new"]) == (PLACE, right_value)
    wrong = _final(clerk, pk, file_of(spoilt(sound, SECOND, "9.99")))
    assert wrong["accepted"] is False
    assert wrong["differences"]
    assert _final(clerk, pk, file_of(spoilt(sound, SECOND, "2.00"))) == {"accepted": True, "differences": []}
    public = step(reviewer, "publish")
    assert public["state"] == "published"
    assert len(public["snapshot"]["sha256"]) == 64
    assert clerk.get(f"{ROOT}/disclosures/{pk}").json()["actions"] == ["view", "export", "replace", "revise"]

    assert step(reviewer, "withdraw", {"reason": "有误"})["state"] == "withdrawn"
    revised = step(clerk, "revise", status=201)
    assert revised["version"] == 2
    actions = [item["action"] for item in clerk.get(f"{ROOT}/events", {"disclosure": pk}).json()["results"]]
    for action in ("imported", "corrected", "explained", "submitted", "returned", "approved", "published", "withdrawn"):
        assert action in actions


@pytest.mark.django_db(transaction=True)
def test_disclosure_json_goes_in_and_comes_out_as_it_was(api, sound):
    client = api("clerk")
    answer = client.post(f"{ROOT}/disclosures", json.loads(file_of(sound)))
    assert answer.status_code == 202, answer.content
    (task,) = answer.json()["tasks"]
    assert answer.headers["Location"].endswith(f"{ROOT}/tasks/{task['id']}")
    run(task["id"])
    done = client.get(f"{ROOT}/tasks/{task['id']}").json()
    assert (done["state"], done["progress"]) == ("done", 100)
    content = client.get(f"{ROOT}/disclosures/{done['disclosure']}/content")
    assert from_json(content.json()) == sound
    again = client.get(
        f"{ROOT}/disclosures/{done['disclosure']}/content", headers={"If-None-Match": content.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db(transaction=True)
def test_an_import_that_asks_is_answered_and_one_can_be_cancelled_and_retried(api, sound, department):
    from dataclasses import replace

    client = api("clerk")
    data = file_of(replace(sound, department="没有登记的局"))
    file = SimpleUploadedFile("a.json", data)
    (task,) = client.post(f"{ROOT}/disclosures", {"file": file}, format="multipart").json()["tasks"]
    address = f"{ROOT}/tasks/{task['id']}"
    assert client.post(f"{address}/answer", {"department": department.pk}).json()["code"] == "wrong_state"
    assert client.post(f"{address}/cancel", {}).json()["state"] == "cancelled"
    assert client.post(f"{address}/cancel", {}).status_code == 409
    assert client.post(f"{address}/retry", {}).json()["state"] == "queued"
    run(task["id"])
    assert client.get(address).json()["state"] == "asking"
    assert client.post(f"{address}/answer", {"department": 10**6}).status_code == 400
    assert client.post(f"{address}/answer", {"department": department.pk}).json()["state"] == "queued"
    run(task["id"])
    assert client.get(address).json()["disclosure"] == models.Disclosure.objects.get().pk
    assert api("reviewer").get(address).status_code == 404
    assert api("administrator").get(address).status_code == 200


def _hand_in(client, name: str, data: bytes):
    return client.post(f"{ROOT}/disclosures", {"file": SimpleUploadedFile(name, data)}, format="multipart")


@pytest.mark.django_db
def test_an_archive_is_one_task_from_which_those_of_its_files_come(api, sound):
    client = api("clerk")
    answer = _hand_in(client, "全县.zip", zipped({"甲/好.json": file_of(sound), "乙/坏.json": b"{"}))
    assert answer.status_code == 202
    (archive,) = answer.json()["tasks"]
    assert (archive["file_name"], archive["state"], archive["archive"]) == ("全县.zip", "queued", None)
    run(archive["id"])
    done = client.get(answer.headers["Location"]).json()
    assert (done["state"], done["result"], done["disclosure"]) == ("done", {"files": 2, "queued": 2}, None)
    listed = f"{ROOT}/tasks?archive={archive['id']}&ordering=id"
    for task in client.get(listed).json()["results"]:
        run(task["id"])
    good, bad = client.get(listed).json()["results"]
    assert (good["file_name"], good["state"], good["batch"]) == ("好.json", "done", archive["batch"])
    assert good["disclosure"] == models.Disclosure.objects.get().pk
    assert (bad["state"], bad["archive"], "乙/坏.json" in bad["inside"]) == ("failed", archive["id"], True)
    assert api("reviewer").get(listed).json()["results"] == []


@pytest.mark.django_db
def test_an_archive_that_cannot_be_opened_is_told_by_its_task(api, sound):
    client = api("clerk")
    at_once = _hand_in(client, "坏.zip", b"PK")
    assert (at_once.status_code, at_once.json()["code"]) == (422, "unreadable_file")
    assert not Task.objects.exists()
    damaged = zipped({"1.json": file_of(sound), "2.txt": b"A" * 50}).replace(b"A" * 50, b"B" * 50)
    answer = _hand_in(client, "全县.zip", damaged)
    assert answer.status_code == 202
    run(answer.json()["tasks"][0]["id"])
    task = client.get(answer.headers["Location"]).json()
    assert (task["state"], "全县.zip" in task["error"], Task.objects.count()) == ("failed", True, 1)


def _imported(client, data: bytes) -> int:
    body = {"file": SimpleUploadedFile("预算.json", data)}
    answer = client.post(f"{ROOT}/disclosures", body, format="multipart")
    assert answer.status_code == 202, answer.content
    run(answer.json()["tasks"][0]["id"])
    task = client.get(answer.headers["Location"]).json()
    assert task["state"] == "done", Task.objects.get(pk=task["id"]).error
    return task["disclosure"]


def _final(client, pk: int, data: bytes) -> dict[str, object]:
    body = {"file": SimpleUploadedFile("定稿.json", data)}
    address = f"{ROOT}/disclosures/{pk}/final-file"
    return client.post(address, body, format="multipart", headers=tag(client, pk)).json()
