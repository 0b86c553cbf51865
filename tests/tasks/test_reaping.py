"""What the reaper finds: dead workers, overdue runs, lost bells, old files. Two of them do no more than one."""

from __future__ import annotations

import os
import subprocess
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.utils import timezone

from disclosures import tasks
from disclosures.models import Task, TaskState
from disclosures.tasks import reaping, workers

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(kind):
    """A task that runs here, with fields of the test's choosing."""

    def make(**fields: object) -> Task:
        name = kind(lambda context: None, attempts=3, hard_limit=400)
        task = tasks.enqueue(name, key="k")
        now = timezone.now()
        usual = {"started_at": now, "heartbeat_at": now, "attempts": 1, "worker": workers.process_name(), "claim": "c"}
        Task.objects.update(state=TaskState.RUNNING, **usual | fields)
        return task

    return make


def dead_process() -> str:
    child = subprocess.Popen(["true"])
    child.wait()
    return workers.process_name().replace(f":{os.getpid()}", f":{child.pid}")


def state_after_reaping(task: Task) -> str:
    reaping.reap()
    task.refresh_from_db()
    return task.state


def test_a_task_that_beats_is_left_alone(running):
    assert state_after_reaping(running()) == TaskState.RUNNING


def test_a_silent_task_is_queued_again(running, settings):
    silent = timezone.now() - timedelta(seconds=settings.TASK_STALE + 1)
    task = running(heartbeat_at=silent, worker="elsewhere:1")
    assert state_after_reaping(task) == TaskState.QUEUED
    assert task.claim == ""


def test_a_task_of_a_process_that_is_gone_does_not_wait_for_silence(running):
    assert state_after_reaping(running(worker=dead_process())) == TaskState.QUEUED


def test_processes_elsewhere_are_known_by_their_silence_only(running):
    assert state_after_reaping(running(worker="other-host/4026531836:1")) == TaskState.RUNNING


def test_what_kills_its_worker_again_and_again_is_given_up_in_words(running):
    task = running(worker=dead_process(), attempts=3)
    assert state_after_reaping(task) == TaskState.FAILED
    assert "中断了 3 次" in task.error


def test_a_lost_task_that_was_to_be_cancelled_is_cancelled(running):
    assert state_after_reaping(running(worker=dead_process(), cancel_requested=True)) == TaskState.CANCELLED


def test_a_task_that_beats_beyond_its_hard_limit_is_given_up(running):
    long_ago = timezone.now() - timedelta(seconds=400 + reaping.GRACE + 1)
    task = running(started_at=long_ago)
    assert state_after_reaping(task) == TaskState.FAILED
    assert "超过了 400 秒" in task.error


def test_of_two_reapers_one_changes_the_record(running):
    running(worker=dead_process())
    first, second = Task.objects.get(), Task.objects.get()
    assert [reaping.give_back(first), reaping.give_back(second)] == [True, False]
    assert not reaping.give_up(second, "太晚")
    assert Task.objects.get().state == TaskState.QUEUED


class TestBells:
    """A queued task whose message the broker has lost is rung for again; a long queue is left alone."""

    @pytest.fixture
    def waiting(self, kind, settings):
        name = kind(lambda context: None)
        made = [tasks.enqueue(name) for _ in range(3)]
        Task.objects.update(rung_at=timezone.now() - timedelta(seconds=settings.TASK_RING_AGAIN + 1))
        return made

    @pytest.fixture
    def rung(self, monkeypatch):
        heard: list[int] = []

        def ring(task: Task) -> bool:
            heard.append(task.pk)
            return True

        monkeypatch.setattr(reaping, "ring", ring)
        return heard

    @pytest.mark.parametrize(("bells", "expected"), [(0, 3), (1, 3), (3, 0), (None, 0)])
    def test_by_what_the_broker_holds(self, waiting, rung, monkeypatch, bells, expected):
        monkeypatch.setattr(reaping, "waiting_bells", lambda queue: bells)
        reaping.reap()
        assert len(rung) == expected
        reaping.reap()
        assert len(rung) == expected, "not again at once"

    def test_not_before_its_time(self, waiting, rung, monkeypatch):
        monkeypatch.setattr(reaping, "waiting_bells", lambda queue: 0)
        Task.objects.update(not_before=timezone.now() + timedelta(minutes=1))
        reaping.reap()
        assert rung == []


def test_old_files_go_and_those_of_open_tasks_stay(kind):
    name = kind(lambda context: None)
    open_one, ended = tasks.enqueue(name, file=("a", b"a")), tasks.enqueue(name, file=("b", b"b"))
    fresh = tasks.enqueue(name, file=("c", b"c"))
    Task.objects.filter(pk__in=[ended.pk, fresh.pk]).update(state=TaskState.FAILED)
    stray = open_one.path.parent / ("0" * 32)
    stray.write_bytes(b"of no task")
    old = (timezone.now() - reaping.KEPT - timedelta(days=1)).timestamp()
    for path in (open_one.path, ended.path, stray):
        os.utime(path, (old, old))
    reaping.reap()
    assert [path.exists() for path in (open_one.path, ended.path, fresh.path, stray)] == [True, False, True, False]


def test_the_file_of_a_done_task_goes_even_where_its_worker_died_before_deleting_it(kind):
    name = kind(lambda context: None)
    done, waiting = tasks.enqueue(name, file=("a", b"a")), tasks.enqueue(name, file=("b", b"b"))
    Task.objects.filter(pk=done.pk).update(state=TaskState.DONE)
    a_while_ago = (timezone.now() - timedelta(minutes=1)).timestamp()
    for task in (done, waiting):
        os.utime(task.path, (a_while_ago, a_while_ago))
    reaping.reap()
    assert [task.path.exists() for task in (done, waiting)] == [False, True]


def test_a_file_that_goes_while_the_reaper_looks_is_no_error(kind, monkeypatch):
    task = tasks.enqueue(kind(lambda context: None), file=("a", b"a"))
    with os.scandir(task.path.parent) as entries:
        found = list(entries)
    monkeypatch.setattr("disclosures.tasks.files.os.scandir", lambda folder: nullcontext(iter(found)))
    task.path.unlink()
    reaping.reap()
    assert [entry.name for entry in found] == [task.path.name]
