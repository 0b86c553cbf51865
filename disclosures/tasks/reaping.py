"""The reaper: finds tasks whose worker is gone and bells that nobody heard.

Every change is conditional on what was read, so any number of reapers may work at the same time.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from disclosures.models import Task, TaskQueue, TaskState, Worker
from disclosures.storage import page_images

from .bell import ring, ring_on_commit, waiting_bells
from .files import sweep, sweep_done, sweep_unrecorded
from .kinds import all_kinds, kind_of, tell_end
from .running import too_long
from .workers import is_gone

PATIENCE = timedelta(days=7)  # how long a question to a person stays open
GRACE = 60.0  # seconds past the hard limit after which a task that still beats is given up
KEPT = timedelta(days=30)  # how long the files of ended tasks stay
FORGOTTEN = timedelta(hours=1)  # after this a worker that is not seen is no longer listed
_DEFAULT_ATTEMPTS = 3

_log = logging.getLogger(__name__)


def reap() -> None:
    """One round: orphans and overdue runs, old questions, lost bells, old files."""
    now = timezone.now()
    for task in Task.objects.filter(state=TaskState.RUNNING):
        _look_at(task, now)
    old = Task.objects.filter(state=TaskState.ASKING, queued_at__lt=now - PATIENCE)
    old.update(
        state=TaskState.FAILED, finished_at=now, error=f"{PATIENCE.days} 天没有选择，请重试并作出选择，或重新上传"
    )
    ring_again(now)
    Worker.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
    _forget(now)
    sweep_done()
    sweep_unrecorded()
    sweep(now - KEPT)
    page_images.forget_pictures((now - KEPT).timestamp())


def _forget(now: datetime) -> None:
    """Delete the tasks that are to leave no record; one that still runs finds that it is no longer wanted."""
    for task_type in all_kinds():
        if task_type.forgotten is None:
            continue
        for task in Task.objects.filter(kind=task_type.kind, queued_at__lt=now - task_type.forgotten):
            task.path.unlink(missing_ok=True)
            task.output_path.unlink(missing_ok=True)
            task.delete()


def _look_at(task: Task, now: datetime) -> None:
    task_type = kind_of(task.kind)
    silent = task.heartbeat_at is None or task.heartbeat_at < now - timedelta(seconds=settings.TASK_STALE)
    if silent or is_gone(task.worker):
        give_back(task)
    elif task_type and task.started_at and task.started_at < now - timedelta(seconds=task_type.hard_limit + GRACE):
        give_up(task, too_long(task_type.hard_limit))


def give_back(task: Task) -> bool:
    """Queue a task again whose run has died, or end it where it may not be tried again."""
    task_type = kind_of(task.kind)
    if task.cancel_requested:
        return bool(_mine(task).update(state=TaskState.CANCELLED, stage="", finished_at=timezone.now()))
    if task.attempts >= (task_type.attempts if task_type else _DEFAULT_ATTEMPTS):
        return give_up(task, f"处理它的进程中断了 {task.attempts} 次，没有完成；可以重试，仍然不行请告诉管理员")
    queued = _mine(task).update(state=TaskState.QUEUED, stage="", claim="", rung_at=timezone.now())
    if queued:
        _log.warning("task %s lost its worker %s and is queued again", task.pk, task.worker)
        ring_on_commit(task)
    return bool(queued)


def give_up(task: Task, reason: str) -> bool:
    """End a run that will not end by itself."""
    ended = _mine(task).update(state=TaskState.FAILED, stage="", finished_at=timezone.now(), error=reason)
    if ended:
        tell_end(task.pk)
    return bool(ended)


def _mine(task: Task) -> QuerySet[Task]:
    return Task.objects.filter(pk=task.pk, claim=task.claim, state=TaskState.RUNNING)


def ring_again(now: datetime) -> None:
    """Ring for queued tasks of which the broker holds fewer messages than it should.

    A backlog that is only long is left alone: its bells are all there. One bell too many costs a query.
    """
    late = now - timedelta(seconds=settings.TASK_RING_AGAIN)
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    for queue in TaskQueue:
        unheard = Task.objects.filter(due, state=TaskState.QUEUED, queue=queue, rung_at__lt=late)
        if not (count := unheard.count()):
            continue
        bells = waiting_bells(queue)
        if bells is None or bells >= count:
            continue
        for task in unheard.order_by("queued_at", "pk"):
            mine = Task.objects.filter(pk=task.pk, state=TaskState.QUEUED, rung_at=task.rung_at)
            if mine.update(rung_at=now) and not ring(task):
                return
