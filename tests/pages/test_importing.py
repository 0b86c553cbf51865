"""Handing in files: queued, run by the worker, told in words; zips too; nobody sees another's tasks."""

from __future__ import annotations

import errno
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from disclosures import models
from disclosures.models import Role, Task, TaskState
from disclosures.plain.codec import to_json
from disclosures.tasks import reaping
from disclosures.tasks.running import run
from tests.services.conftest import DISCLOSURE
from tests.zips import zipped


def upload(client, *files: tuple[str, bytes]):
    return client.post(reverse("import_upload"), {"files": [SimpleUploadedFile(name, data) for name, data in files]})


def listed(client) -> list[dict[str, Any]]:
    return client.get(reverse("import_tasks")).json()["tasks"]


@pytest.fixture
def other(planted) -> bytes:
    """The same document as other bytes: its next version."""
    return planted[0] + b"\n"


def test_a_file_goes_through_the_worker(log_in, other, record):
    client = log_in(Role.CLERK)
    answer = upload(client, ("第二稿.txt", other))
    assert answer.status_code == 202
    assert listed(client)[0]["state"] == "queued"
    call_command("work", once=True)
    (task,) = listed(client)
    assert task["state"] == "done"
    assert task["result"]["created"] is True
    assert task["result"]["tables"] == 13
    assert task["counts"]["errors"] == 2
    assert task["url"]
    assert not Task.objects.get().path.exists()


def test_the_same_bytes_are_recognised(log_in, planted):
    client = log_in(Role.CLERK)
    upload(client, ("又一次.txt", planted[0]))
    call_command("work", once=True)
    assert listed(client)[0]["result"]["created"] is False
    assert models.Disclosure.objects.count() == 1


def test_an_unreadable_file_fails_in_words(log_in):
    client = log_in(Role.CLERK)
    upload(client, ("坏.json", b"{"))
    call_command("work", once=True)
    (task,) = listed(client)
    assert (task["state"], "不是完整的 JSON" in task["error"]) == ("failed", True)


def test_an_unknown_department_is_asked_for(log_in, record):
    client = log_in(Role.CLERK)
    upload(client, ("无名.json", json.dumps(to_json(DISCLOSURE), ensure_ascii=False).encode()))
    call_command("work", once=True)
    (task,) = listed(client)
    assert task["asking"]
    address = reverse("import_answer", args=[task["id"]])
    elsewhere = models.Department.objects.create(name="远方局")
    assert client.post(address, {"department": elsewhere.pk}).status_code == 400
    assert client.post(address, {"department": record.department_id}).json()["task"]["state"] == "queued"
    call_command("work", once=True)
    assert listed(client)[0]["state"] == "done"
    assert client.post(address, {"department": record.department_id}).status_code == 409


def unpack_next() -> None:
    """The worker does the task that waits longest, and no other."""
    waiting = Task.objects.filter(state=TaskState.QUEUED).order_by("queued_at", "pk").first()
    assert waiting is not None
    assert run(waiting.pk)


def test_a_zip_is_unpacked_by_the_worker_with_names_of_chinese_windows(log_in, planted):
    data = zipped({"QQ/QQ": planted[0], "乙": b"\xff\xfe\x00"}).replace(b"QQ", "甲".encode("gbk"))
    client = log_in(Role.CLERK)
    answer = upload(client, ("全县.zip", data))
    assert (answer.status_code, [task["name"] for task in answer.json()["tasks"]]) == (202, ["全县.zip"])
    assert [(task["name"], task["state"]) for task in listed(client)] == [("全县.zip", "queued")]
    unpack_next()
    archive, *members = listed(client)
    assert (archive["name"], archive["state"], archive["members"]) == ("全县.zip", "done", {"queued": 2})
    assert [(task["name"], task["archive"]) for task in members] == [("甲/甲", archive["id"]), ("乙", archive["id"])]
    call_command("work", once=True)
    archive, *members = listed(client)
    assert archive["members"] == {"done": 1, "failed": 1}
    assert [(task["name"], task["state"]) for task in members] == [("乙", "failed"), ("甲/甲", "done")]  # help first
    assert members[1]["counts"]["errors"] == 2


def test_later_uploads_stand_before_earlier_archives_and_their_files(log_in):
    client = log_in(Role.CLERK)
    upload(client, ("先.zip", zipped({"一": b"1", "二": b"2"})))
    upload(client, ("后.txt", b"3"))
    call_command("work", once=True)
    assert [task["name"] for task in listed(client)] == ["后.txt", "先.zip", "一", "二"]


def test_what_is_no_archive_is_refused_at_once(log_in):
    client = log_in(Role.CLERK)
    for name, data in (("坏.zip", b"PK"), ("包.rar", b"Rar!\x1a\x07\x00"), ("空.zip", zipped({}))):
        answer = upload(client, (name, data))
        assert (answer.status_code, name in answer.json()["message"]) == (400, True)
    assert not Task.objects.exists()


def test_too_large_an_archive_is_not_even_kept(log_in, monkeypatch):
    monkeypatch.setattr("disclosures.reading.limits.LARGEST_UPLOAD", 100)
    answer = upload(log_in(Role.CLERK), ("全县.zip", zipped({"一": b"1" * 200})))
    assert (answer.status_code, "全县.zip" in answer.json()["message"]) == (400, True)
    assert not Task.objects.exists()


def test_a_zip_that_breaks_halfway_is_refused_on_the_page_and_queues_none_of_its_files(log_in, other):
    spoilt = zipped({"一": other, "二": other + b"2"}).replace(other + b"2", other + b"3")
    client = log_in(Role.CLERK)
    assert upload(client, ("全县.zip", spoilt)).status_code == 202
    call_command("work", once=True)
    (task,) = listed(client)
    assert (task["state"], "全县.zip" in task["error"], "已损坏" in task["error"]) == ("failed", True, True)
    assert "里面的文件一个也没有导入" in task["error"]
    assert (task["mayRetry"], task["members"]) == (True, None)


def test_the_files_of_an_archive_are_seen_by_their_person_and_administrators(log_in):
    client = log_in(Role.CLERK)
    upload(client, ("全县.zip", zipped({"一": b"1"})))
    unpack_next()
    ids = [task["id"] for task in listed(client)]
    seen = [
        [log_in(role).get(reverse("task_state", args=[pk])).status_code for pk in ids]
        for role in (Role.CLERK, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR)
    ]
    assert (len(ids), seen) == (2, [[404, 404]] * 3 + [[200, 200]])
    assert listed(log_in(Role.ADMINISTRATOR)) == []  # the page of imports is everybody's own


def test_the_page_asks_the_same_number_of_questions_however_much_is_in_archives(log_in, django_assert_num_queries):
    client = log_in(Role.CLERK)
    upload(client, ("小.zip", zipped({"一": b"1"})))
    unpack_next()
    listed(client)
    with CaptureQueriesContext(connection) as few:
        listed(client)
        questions = len(few)
    for number in range(3):
        data = zipped({f"{number}{n}": f"{number}{n}".encode() for n in range(20)})
        upload(client, (f"{number}.zip", data))
        run(Task.objects.get(file_name=f"{number}.zip").pk)
    assert len(listed(client)) == 40
    with django_assert_num_queries(questions):
        listed(client)


def test_nobody_sees_or_answers_the_tasks_of_another(log_in, other):
    upload(log_in(Role.CLERK), ("稿.txt", other))
    stranger = log_in(Role.CLERK)
    assert listed(stranger) == []
    assert stranger.post(reverse("import_answer", args=[Task.objects.get().pk])).status_code == 404


def test_an_auditor_imports_nothing(log_in, other):
    client = log_in(Role.AUDITOR)
    assert client.get(reverse("import")).status_code == 403
    assert upload(client, ("稿.txt", other)).status_code == 403
    assert not Task.objects.exists()


@pytest.mark.parametrize(("attempts", "state"), [(1, TaskState.QUEUED), (3, TaskState.FAILED)])
def test_what_a_lost_worker_left_is_taken_up_again(log_in, other, settings, attempts, state):
    upload(log_in(Role.CLERK), ("稿.txt", other))
    long_ago = timezone.now() - timedelta(seconds=2 * settings.TASK_STALE)
    Task.objects.update(state=TaskState.RUNNING, heartbeat_at=long_ago, attempts=attempts)
    reaping.reap()
    assert Task.objects.get().state == state


def test_a_question_nobody_answers_is_closed(log_in, other):
    upload(log_in(Role.CLERK), ("稿.txt", other))
    Task.objects.update(state=TaskState.ASKING, queued_at=timezone.now() - reaping.PATIENCE - timedelta(hours=1))
    reaping.reap()
    assert Task.objects.get().state == TaskState.FAILED


def test_a_quick_check_stores_nothing(log_in, other, record, settings):
    client = log_in(Role.AUDITOR)
    answer = client.post(reverse("quick_check_run"), {"file": SimpleUploadedFile("草稿.txt", other)})
    (found,) = answer.json()["disclosures"]
    assert found["counts"]["errors"] == 2
    assert found["reading"]["tables"] == 13
    assert models.Disclosure.objects.count() == 1
    assert models.SourceFile.objects.count() == 1
    assert not Task.objects.exists()


def full_disk(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_refuses_an_upload_in_words_and_queues_nothing(log_in, other, monkeypatch):
    client = log_in(Role.CLERK)
    monkeypatch.setattr("os.fsync", full_disk)
    answer = upload(client, ("稿.txt", other))
    assert (answer.status_code, "磁盘空间可能不足" in answer.json()["message"]) == (400, True)
    assert not Task.objects.exists()
    monkeypatch.undo()
    assert upload(client, ("稿.txt", other)).status_code == 202


def test_a_disk_that_is_full_while_importing_fails_the_task_which_can_be_retried(log_in, other, monkeypatch):
    client = log_in(Role.CLERK)
    upload(client, ("稿.txt", other))
    monkeypatch.setattr("os.fsync", full_disk)
    call_command("work", once=True)
    (task,) = listed(client)
    assert (task["state"], "磁盘空间不足" in task["error"], task["mayRetry"]) == ("failed", True, True)
    assert models.Disclosure.objects.count() == 1
    monkeypatch.undo()
    assert client.post(task["addresses"]["retry"]).status_code == 200
    call_command("work", once=True)
    (task,) = listed(client)
    assert (task["state"], task["result"]["created"]) == ("done", True)


def test_the_same_file_twice_in_a_row_is_one_task(log_in, other):
    client = log_in(Role.CLERK)
    first = upload(client, ("稿.txt", other)).json()["tasks"]
    again = upload(client, ("同一份.txt", other)).json()["tasks"]
    assert first[0]["id"] == again[0]["id"]
    assert len(listed(client)) == 1
