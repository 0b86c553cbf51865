"""How far a reader is: told by the child process, shown by the task, ended by cancelling; long scans are bulk work."""

from __future__ import annotations

import signal
import subprocess
from typing import Any

import pytest
from django.utils import timezone

from disclosures.models import Task, TaskQueue, TaskState, User
from disclosures.reading import limits
from disclosures.reading.progress import READING, RECOGNISING
from disclosures.services import sandbox
from disclosures.services.tasks import reading_progress
from disclosures.tasks import TaskCancelledError, TaskContext
from disclosures.tasks.errors import TaskMovedError
from disclosures.tasks.heart import Pulse
from disclosures.tasks.kinds import kind_of

SLOW = "import time; from pathlib import Path; Path('.progress').write_text('[\"识别\", 2, 57]'); time.sleep(60)"


@pytest.fixture
def context(db) -> TaskContext:
    user = User.objects.create(username="经办")
    task = Task.objects.create(
        kind="import",
        title="导入",
        user=user,
        state=TaskState.RUNNING,
        claim="x",
        attempts=1,
        started_at=timezone.now(),
    )
    return TaskContext(task, Pulse())


def now(context: TaskContext) -> Task:
    return Task.objects.get(pk=context.task.pk)


def test_pages_are_told_in_words(context):
    reading_progress(context)((READING, 2, 57))
    task = now(context)
    assert (task.stage, task.progress) == ("正在读取第 3 / 57 页", 3)
    reading_progress(context)((READING, 57, 57))
    assert now(context).stage == "正在读取第 57 / 57 页"


def test_a_cancelled_task_stops_at_the_next_page(context):
    Task.objects.update(cancel_requested=True)
    with pytest.raises(TaskCancelledError):
        reading_progress(context)((READING, 2, 57))


def test_a_long_scan_goes_on_in_the_queue_for_bulk_work_once(context):
    with pytest.raises(TaskMovedError) as moved:
        reading_progress(context)((RECOGNISING, 0, 57))
    assert moved.value.queue == TaskQueue.BULK
    context.task.queue = TaskQueue.BULK
    reading_progress(context)((RECOGNISING, 3, 57))
    assert now(context).stage == "正在识别第 4 / 57 页"


def test_a_short_scan_and_a_long_text_stay_where_people_wait(context):
    reading_progress(context)((RECOGNISING, 0, 3))
    reading_progress(context)((READING, 0, 300))
    assert now(context).queue == TaskQueue.INTERACTIVE


@pytest.mark.parametrize("kind", ["import", "quick_check"])
def test_a_task_may_take_as_long_as_its_reader(kind):
    task_type = kind_of(kind)
    assert task_type is not None
    assert task_type.soft_limit > limits.SCANNING_SECONDS


def test_what_the_child_tells_is_heard_and_whoever_hears_may_end_it(monkeypatch, tmp_path):
    """A child that tells of its third page and then hangs: the listener ends it, and it is gone."""
    folder = tmp_path / "disclosures" / "reading"
    folder.mkdir(parents=True)
    (folder / "child.py").write_text(SLOW)
    monkeypatch.setattr(sandbox, "_ROOT", tmp_path)
    heard: list[Any] = []

    class EnoughError(Exception):
        pass

    def told(what: Any) -> None:
        heard.append(what)
        raise EnoughError

    children: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def started(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        children.append(start(*args, **options))
        return children[-1]

    monkeypatch.setattr(subprocess, "Popen", started)
    with pytest.raises(EnoughError):
        sandbox.read_source(b"%PDF-1.4\n", "慢.pdf", told)
    assert heard == [("识别", 2, 57)]
    assert [process.returncode for process in children] == [-signal.SIGKILL]
