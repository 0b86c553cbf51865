"""While the installation is closed people are told so, and no task starts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from disclosures import maintenance, tasks
from disclosures.models import Schedule, ScheduleRun, Task, TaskState
from disclosures.operations.closing import closed
from disclosures.operations.errors import OperationError
from disclosures.schedules import start_due, sync_schedules
from disclosures.tasks.running import run, run_queued
from disclosures.tasks.workers import process_name


@pytest.fixture(autouse=True)
def _own_sign(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def task(db, monkeypatch):
    from disclosures.tasks import kinds

    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    tasks.register(tasks.TaskType("closed-test", "试", lambda context: None))
    return tasks.enqueue("closed-test")


def test_people_and_programs_are_asked_to_come_back(client: Client):
    """No query is made: the tables may be changing."""
    maintenance.switch_on("系统正在升级")
    page = client.get("/")
    assert page.status_code == 503
    assert page["Retry-After"] == "60"
    assert "系统正在升级，请过几分钟再试" in page.content.decode()
    assert "script" not in page["Content-Security-Policy"]
    saved = client.post("/api/v1/x/", {}, content_type="application/json")
    assert (saved.status_code, saved.json()["status"]) == (503, "closed")
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").status_code == 200


def test_no_task_starts_while_it_is_closed(task):
    maintenance.switch_on("系统正在升级")
    assert not run(task.pk)
    assert run_queued() == 0
    maintenance.switch_off()
    assert run(task.pk)
    assert Task.objects.get(pk=task.pk).state == TaskState.DONE


def test_a_task_claimed_in_the_moment_of_closing_is_put_back(task, monkeypatch):
    answers = iter([False, True])
    monkeypatch.setattr(maintenance, "is_on", lambda: next(answers))
    assert not run(task.pk)
    back = Task.objects.get(pk=task.pk)
    assert (back.state, back.attempts, back.claim) == (TaskState.QUEUED, 0, "")


def test_closing_waits_for_running_tasks_and_gives_up_in_words(task):
    Task.objects.filter(pk=task.pk).update(state=TaskState.RUNNING, heartbeat_at=timezone.now())
    with pytest.raises(OperationError, match="还有 1 个任务没有做完"), closed("系统正在升级", patience=0):
        pass
    assert not maintenance.is_on()


def test_closing_does_not_wait_for_what_a_killed_worker_left(task):
    running = {"state": TaskState.RUNNING, "heartbeat_at": timezone.now()}
    gone = process_name().rpartition(":")[0] + ":4194300"
    for changes in ({"worker": gone}, {"heartbeat_at": timezone.now() - timedelta(hours=1)}):
        Task.objects.filter(pk=task.pk).update(**running | changes)
        with closed("系统正在升级", patience=0):
            assert maintenance.is_on()


def test_no_schedule_is_started_while_it_is_closed_and_its_time_is_made_up_for(db):
    sync_schedules()
    Schedule.objects.update(since=timezone.now() - timedelta(days=8))
    maintenance.switch_on("系统正在升级")
    assert start_due() == 0
    assert not ScheduleRun.objects.exists()
    maintenance.switch_off()
    start_due()
    assert ScheduleRun.objects.exists()


def test_an_unknown_error_leaves_it_closed(db):
    with pytest.raises(ValueError, match="half"), closed("系统正在升级", patience=0):
        raise ValueError("half")
    assert maintenance.is_on()
