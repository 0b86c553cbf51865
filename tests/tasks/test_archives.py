"""An archive becomes the imports of its files: all of them once, or none, whatever happens to the worker."""

from __future__ import annotations

import errno
import json
import os
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils import timezone

from disclosures import tasks
from disclosures.models import Department, Disclosure, Notification, Role, Task, TaskQueue, TaskState, User
from disclosures.plain.codec import to_json
from disclosures.services.tasks import FEW, queue_import
from disclosures.tasks import reaping
from disclosures.tasks.running import run
from tests.services.conftest import DISCLOSURE
from tests.zips import zipped

pytestmark = pytest.mark.django_db


def budget(number: int) -> bytes:
    """The budget of a department of its own."""
    return json.dumps(to_json(replace(DISCLOSURE, department=f"青山市第{number}局")), ensure_ascii=False).encode()


def county(number: int) -> bytes:
    return zipped({f"第{n}局/预算公开.json": budget(n) for n in range(number)})


@pytest.fixture
def user(make_user) -> User:
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def upload(user) -> Callable[..., Task]:
    return lambda data, name="全县.zip", batch=None: queue_import(user, name, data, batch or uuid.uuid4())


def members(archive: Task) -> list[Task]:
    return list(Task.objects.filter(parent=archive).order_by("pk"))


def handed_in() -> set[str]:
    folder = Path(django_settings.MEDIA_ROOT) / "incoming"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_the_files_of_an_archive_are_imported_one_by_one(upload):
    archive = upload(county(3))
    assert Task.objects.count() == 1
    call_command("work", once=True)
    archive.refresh_from_db()
    assert (archive.state, archive.result, archive.disclosure) == (TaskState.DONE, {"files": 3, "queued": 3}, None)
    found = members(archive)
    assert [task.params["inside"] for task in found] == [f"第{n}局/预算公开.json" for n in range(3)]
    assert {(task.file_name, task.state, task.batch) for task in found} == {
        ("预算公开.json", TaskState.DONE, archive.batch)
    }
    assert Disclosure.objects.count() == 3
    assert handed_in() == set()


def test_what_the_person_said_of_an_archive_is_said_of_its_files(user):
    department = Department.objects.create(name="交通局")
    archive = queue_import(user, "包.zip", county(1), uuid.uuid4(), department=department)
    call_command("work", once=True)
    (member,) = members(archive)
    assert member.disclosure is not None
    assert member.disclosure.department == department


def test_one_bad_file_is_named_and_holds_up_no_other(upload):
    inner = zipped({"a.txt": b"1"})
    archive = upload(zipped({"甲/好.json": budget(1), "乙/坏.json": b"{", "丙/内.zip": inner, "丁.json": budget(2)}))
    call_command("work", once=True)
    states = {task.params["inside"]: (task.state, task.error) for task in members(archive)}
    assert [states[name][0] for name in ("甲/好.json", "丁.json")] == [TaskState.DONE] * 2
    assert states["乙/坏.json"][0] == states["丙/内.zip"][0] == TaskState.FAILED
    assert "不是完整的 JSON" in states["乙/坏.json"][1]
    assert "不能再含压缩包" in states["丙/内.zip"][1]
    assert not Task.objects.exclude(parent=archive).exclude(pk=archive.pk).exists()


def test_a_refused_archive_queues_nothing_and_can_be_tried_again(upload):
    data = zipped({"1.txt": b"x" * 50, "2.txt": b"A" * 50}).replace(b"A" * 50, b"B" * 50)
    archive = upload(data)
    call_command("work", once=True)
    archive.refresh_from_db()
    assert (archive.state, "全县.zip" in archive.error, archive.result) == (TaskState.FAILED, True, {})
    assert Task.objects.count() == 1
    assert handed_in() == {archive.upload.hex}
    tasks.retry(archive.user, archive.pk)
    call_command("work", once=True)
    archive.refresh_from_db()
    assert (archive.state, Task.objects.count()) == (TaskState.FAILED, 1)


def test_the_same_archive_twice(upload, django_capture_on_commit_callbacks):
    first = upload(county(2))
    assert upload(county(2), "又一次.zip").pk == first.pk
    assert run(first.pk)
    again = upload(county(2))
    assert again.pk != first.pk
    with django_capture_on_commit_callbacks(execute=True):
        assert run(again.pk)  # the files of the first still wait
    again.refresh_from_db()
    assert again.result == {"files": 2, "queued": 0}
    assert len(handed_in()) == 2
    call_command("work", once=True)
    later = upload(county(2))
    call_command("work", once=True)
    assert [task.result["created"] for task in members(later)] == [False, False]
    assert (Disclosure.objects.count(), handed_in()) == (2, set())


def test_the_same_file_twice_in_an_archive_is_one_import(upload):
    archive = upload(zipped({"甲/1.json": budget(1), "乙/1.json": budget(1), "2.json": budget(2)}))
    call_command("work", once=True)
    archive.refresh_from_db()
    assert archive.result == {"files": 3, "queued": 2}
    assert [task.params["inside"] for task in members(archive)] == ["甲/1.json", "2.json"]
    assert handed_in() == set()


class KilledError(BaseException):
    """What no `except Exception` sees: the process is gone."""


def killed(*_: object, **__: object) -> None:
    raise KilledError


def found_dead(archive: Task) -> None:
    """Long afterwards the reaper comes by."""
    Task.objects.filter(pk=archive.pk).update(heartbeat_at=timezone.now() - timedelta(hours=1), worker="")
    reaping.reap()


def dies_and_is_found(archive: Task, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """A worker dies when it comes to this function; another finishes the work; nothing is doubled or lost."""
    monkeypatch.setattr(f"disclosures.tasks.{where}", killed)
    with pytest.raises(KilledError):
        run(archive.pk)
    monkeypatch.undo()
    found_dead(archive)
    call_command("work", once=True)
    archive.refresh_from_db()
    assert (archive.state, archive.result["queued"]) == (TaskState.DONE, 3)
    assert [task.state for task in Task.objects.all()] == [TaskState.DONE] * 4
    assert (Disclosure.objects.count(), {record.version for record in Disclosure.objects.all()}) == (3, {1})


@pytest.mark.parametrize("where", ["members.write_whole", "running._settle", "running.tell_end"])
def test_a_worker_that_dies_doubles_and_loses_nothing(upload, monkeypatch, where):
    dies_and_is_found(upload(county(3)), monkeypatch, where)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_when_it_rings_for_the_files_doubles_and_loses_nothing(upload, monkeypatch):
    dies_and_is_found(upload(county(3)), monkeypatch, "members.ring")


def test_a_run_that_was_taken_over_queues_nothing(upload, monkeypatch):
    archive = upload(county(2))
    before = handed_in()

    def taken_over(data: bytes, name: str, told: object) -> list[tuple[str, bytes]]:
        Task.objects.filter(pk=archive.pk).update(claim="another")
        return [("1.json", budget(1)), ("2.json", budget(2))]

    monkeypatch.setattr("disclosures.services.intake.unpack", taken_over)
    assert run(archive.pk)
    archive.refresh_from_db()
    assert (archive.state, archive.claim, members(archive)) == (TaskState.RUNNING, "another", [])
    assert before <= handed_in()


def test_a_cancelled_archive_queues_nothing(upload, monkeypatch):
    archive = upload(county(2))
    before = handed_in()

    def cancelled(data: bytes, name: str, told: Callable[[tuple[str, int, int]], None]) -> list[tuple[str, bytes]]:
        tasks.cancel(archive.user, archive.pk)
        told(("解压", 1, 2))
        return [("1.json", budget(1))]

    monkeypatch.setattr("disclosures.services.intake.unpack", cancelled)
    assert run(archive.pk)
    archive.refresh_from_db()
    assert (archive.state, members(archive), handed_in()) == (TaskState.CANCELLED, [], before)


def test_a_full_disk_queues_none_of_the_files_and_leaves_none_behind(upload, monkeypatch):
    archive = upload(county(3))
    kept = os.replace
    room = iter((True, True))

    def full(source: str, target: str) -> None:
        if not next(room, False):
            raise OSError(errno.ENOSPC, "No space left on device")
        kept(source, target)

    monkeypatch.setattr("os.replace", full)
    assert run(archive.pk)
    monkeypatch.undo()
    archive.refresh_from_db()
    assert (archive.state, "磁盘空间不足" in archive.error) == (TaskState.FAILED, True)
    assert (members(archive), handed_in()) == ([], {archive.upload.hex})
    tasks.retry(archive.user, archive.pk)
    call_command("work", once=True)
    assert Disclosure.objects.count() == 3


def test_what_a_dead_worker_wrote_is_deleted_in_the_end_and_nothing_else(upload):
    archive = upload(county(1))
    folder = archive.path.parent
    for name in (uuid.uuid4().hex, uuid.uuid4().hex, archive.upload.hex):
        (folder / name).touch()
    orphan, young = sorted(handed_in() - {archive.upload.hex})
    for name in (orphan, archive.upload.hex):
        os.utime(folder / name, (time.time() - 7200,) * 2)
    reaping.reap()
    assert handed_in() == {young, archive.upload.hex}


def test_many_files_are_queued_without_queries_for_each_and_let_others_pass(upload, django_assert_max_num_queries):
    archive = upload(zipped({f"{n}.txt": str(n).encode() for n in range(150)}))
    with django_assert_max_num_queries(75):  # most of them tell twice a second how far it is
        assert run(archive.pk)
    queues = [task.queue for task in members(archive)]
    assert queues == [TaskQueue.INTERACTIVE] * FEW + [TaskQueue.BULK] * (150 - FEW)


def test_the_person_is_told_once_of_an_archive_with_the_number_of_its_files(upload):
    upload(zipped({"1.json": budget(1), "2.json": b"{"}))
    call_command("work", once=True)
    assert [notice.subject for notice in Notification.objects.all()] == ["导入文件 2 个，其中 1 个没有完成"]


def test_the_person_is_told_of_an_archive_that_was_refused(upload):
    upload(zipped({"a.txt": b"A" * 50}).replace(b"A" * 50, b"B" * 50))
    call_command("work", once=True)
    assert [notice.subject for notice in Notification.objects.all()] == ["导入文件“全县.zip”没有完成，请看原因"]
