"""Work that turns out to be long goes on in the queue for bulk work."""

from __future__ import annotations

import pytest

from disclosures import tasks
from disclosures.models import Task, TaskState
from disclosures.tasks.running import run

pytestmark = pytest.mark.django_db


def test_a_moved_task_waits_in_the_other_queue_as_if_it_had_not_run_and_then_runs_to_its_end(kind, ran):
    seen = []

    def work(context: tasks.TaskContext) -> dict[str, str]:
        seen.append(context.task.queue)
        context.move_to(tasks.Queue.BULK)
        return {"done": "yes"}

    task = ran(kind(work))
    assert (task.queue, task.state, task.attempts, task.claim) == (tasks.Queue.BULK, TaskState.QUEUED, 0, "")
    assert run(task.pk)
    task.refresh_from_db()
    assert (task.state, task.result, seen) == (TaskState.DONE, {"done": "yes"}, ["interactive", "bulk"])


def test_a_moved_task_that_somebody_else_took_over_stays_as_it_is(kind, ran):
    def work(context: tasks.TaskContext) -> None:
        Task.objects.filter(pk=context.task.pk).update(claim="another")
        context.move_to(tasks.Queue.BULK)

    task = ran(kind(work))
    assert (task.queue, task.state, task.claim) == ("interactive", TaskState.RUNNING, "another")
