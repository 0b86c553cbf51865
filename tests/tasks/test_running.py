"""How a run ends: each way is written down, in words, and only by the run that holds the record."""

from __future__ import annotations

import errno
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from disclosures import tasks
from disclosures.errors import RefusedError
from disclosures.models import Task, TaskState
from disclosures.tasks import TaskAsksError, TaskFailedError
from disclosures.tasks.heart import Pulse, beat_once
from disclosures.tasks.running import run, run_queued

pytestmark = pytest.mark.django_db


def raises(error: Exception):
    def work(context):
        raise error

    return work


def test_a_result_is_kept_and_the_file_that_came_is_deleted(kind, ran):
    task = ran(kind(lambda context: {"bytes": len(context.file_bytes())}), file=("a", b"four"))
    assert (task.state, task.result, task.progress, task.attempts) == (TaskState.DONE, {"bytes": 4}, 100, 1)
    assert task.started_at
    assert task.finished_at
    assert not task.path.exists()


def test_a_bell_heard_twice_runs_the_task_once(kind):
    runs = []
    task = tasks.enqueue(kind(lambda context: runs.append(context.attempt)))
    assert [run(task.pk), run(task.pk)] == [True, False]
    assert runs == [1]


def test_a_task_that_was_moved_to_bulk_work_is_not_run_where_people_wait(kind):
    task = tasks.enqueue(kind(lambda context: None))
    Task.objects.filter(pk=task.pk).update(queue=tasks.Queue.BULK)
    assert not run(task.pk, queue="interactive")  # the bell from before
    assert run(task.pk, queue="bulk")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TaskFailedError("这份文件读不了"), "这份文件读不了"),
        (RefusedError("现在不能核对"), "现在不能核对"),
        (SoftTimeLimitExceeded(), "超过了 300 秒的时限"),
        (OSError(errno.ENOSPC, "full"), "磁盘空间不足"),
        (ZeroDivisionError("secret detail"), "系统处理时出错"),
    ],
)
def test_a_failure_is_told_in_words_and_can_be_retried(kind, ran, make_user, error, words):
    user = make_user()
    task = ran(kind(raises(error)), user=user, file=("a", b"a"))
    assert (task.state, words in task.error, "secret" in task.error) == (TaskState.FAILED, True, False)
    kind(lambda context: None)
    assert run(tasks.retry(user, task.pk).pk)
    task.refresh_from_db()
    assert (task.state, task.error) == (TaskState.DONE, "")


def test_only_named_errors_are_tried_again_after_a_growing_pause(kind):
    task = tasks.enqueue(kind(raises(ConnectionError()), transient=(ConnectionError,), attempts=3))
    pauses = []
    for _ in range(2):
        assert run(task.pk)
        task.refresh_from_db()
        assert task.state == TaskState.QUEUED
        assert task.not_before
        pauses.append(task.not_before - timezone.now())
        assert not run_queued(), "the pause has not passed"
        Task.objects.update(not_before=None)
    assert timedelta(0) < pauses[0] <= timedelta(seconds=3)
    assert timedelta(seconds=1) < pauses[1] <= timedelta(seconds=6)
    assert run(task.pk)
    task.refresh_from_db()
    assert (task.state, task.attempts, "试了 3 次" in task.error) == (TaskState.FAILED, 3, True)


def test_a_question_waits_for_its_answer(kind, ran):
    def work(context):
        if "choice" not in context.params:
            raise TaskAsksError("哪一份？", {"candidates": ["甲", "乙"]})
        return context.params

    task = ran(kind(work), params={"year": 2026})
    assert (task.state, task.error, task.result) == (TaskState.ASKING, "哪一份？", {"candidates": ["甲", "乙"]})
    assert not run(task.pk)
    assert tasks.answer(task, choice=2)
    assert not tasks.answer(task, choice=1)
    assert run(task.pk)
    task.refresh_from_db()
    assert (task.state, task.result) == (TaskState.DONE, {"year": 2026, "choice": 2})


def test_cancelling_stops_a_running_task_at_its_next_step(kind, ran, make_user):
    user = make_user()
    steps = []

    def work(context):
        for number in range(5):
            context.check_cancelled()
            steps.append(number)
            if number == 1:
                assert tasks.cancel(user, context.task.pk).state == TaskState.RUNNING

    task = ran(kind(work), user=user)
    assert (task.state, steps) == (TaskState.CANCELLED, [0, 1])


def test_a_run_that_was_taken_for_dead_writes_nothing_any_more(kind):
    def work(context):
        Task.objects.filter(pk=context.task.pk).update(claim="another run", result={"by": "another"})
        context.progress(1, 2, "太晚了")
        context.about(None)
        return {"by": "me"}

    task = tasks.enqueue(kind(work))
    assert run(task.pk)
    task.refresh_from_db()
    assert (task.state, task.result, task.stage) == (TaskState.RUNNING, {"by": "another"}, "")


def test_such_a_run_stops_when_it_looks(kind):
    def work(context):
        Task.objects.filter(pk=context.task.pk).update(claim="another run")
        beat_once(context.task, context._pulse)
        context.check_cancelled()
        raise AssertionError("went on")

    task = tasks.enqueue(kind(work))
    assert run(task.pk)
    task.refresh_from_db()
    assert (task.state, task.claim) == (TaskState.RUNNING, "another run")


def test_a_heartbeat_is_written_and_hears_of_a_cancellation(kind, make_user):
    user = make_user()
    task = tasks.enqueue(kind(lambda context: None), user=user)
    long_ago = timezone.now() - timedelta(hours=1)
    Task.objects.update(state=TaskState.RUNNING, claim="c", heartbeat_at=long_ago)
    task.refresh_from_db()
    pulse = Pulse()
    beat_once(task, pulse)
    assert (pulse.cancelled, pulse.lost) == (False, False)
    assert not Task.objects.filter(heartbeat_at=long_ago)
    tasks.cancel(user, task.pk)
    beat_once(task, pulse)
    assert pulse.cancelled


def test_progress_is_told_in_numbers_and_words(kind):
    seen = []

    def work(context):
        for done in (0, 3, 4):
            context.progress(done, 4, "正在核对")
            row = Task.objects.get(pk=context.task.pk)
            seen.append((row.done, row.total, row.progress, row.stage))

    task = tasks.enqueue(kind(work))
    assert run(task.pk)
    assert seen == [(0, 4, 0, "正在核对"), (0, 4, 0, "正在核对"), (4, 4, 100, "正在核对")]


def test_a_file_that_the_task_made_is_kept_whole(kind, ran):
    task = ran(kind(lambda context: context.write_output("报告.xlsx", b"content")))
    assert (task.output_name, task.output_path.read_bytes()) == ("报告.xlsx", b"content")


def test_a_kind_that_this_version_does_not_know_fails_in_words(kind, db):
    task = Task.objects.create(kind="of-the-future", title="将来")
    assert run(task.pk)
    task.refresh_from_db()
    assert (task.state, "不认识" in task.error) == (TaskState.FAILED, True)
