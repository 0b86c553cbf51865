"""Claiming a task, running it, and writing down how it ended."""

from __future__ import annotations

import logging
import random
import time
import uuid
from datetime import timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from disclosures import log_context, maintenance
from disclosures.errors import ServiceError
from disclosures.models import Task, TaskQueue, TaskState

from .bell import ring_on_commit
from .context import TaskContext
from .errors import TaskAsksError, TaskCancelledError, TaskFailedError, TaskLostError, TaskMovedError
from .files import is_no_room
from .heart import beating
from .kinds import DATABASE_AWAY, TaskType, kind_of, tell_end
from .members import Members
from .workers import process_name

_EARLY = timedelta(seconds=2)  # a delayed bell may ring a little before its time
_FIRST_PAUSE = 2.0  # seconds before the first retry; doubled for each further one
_LONGEST_PAUSE = 300.0
_PATIENCE = (0.5, 1, 2, 4, 8, 15)  # seconds between tries to write an ending while the database is away
_UNKNOWN = "系统处理时出错，没有完成，详情已记入日志；请告诉管理员，或稍后重试"
_NO_ROOM = "服务器磁盘空间不足，没有完成；请告诉管理员清理磁盘，然后重试"

_log = logging.getLogger(__name__)


def run(task_id: int, message: str = "", queue: str = "") -> bool:
    """Claim a queued task and run it to an end; False when it was not there to be claimed.

    `message` is the id of the bell, by which the worker's main process later knows whose task it was. A bell that was
    rung in a `queue` is not heard for a task that was moved to another: long work stays away from people who wait.
    """
    task = _claim(task_id, message, queue)
    if task is None:
        return False
    token = log_context.task_id.set(str(task.pk))
    try:
        _execute(task)
    finally:
        log_context.task_id.reset(token)
    return True


def run_queued() -> int:
    """Run everything that waits, in this process, oldest first. How many there were."""
    count = 0
    while not maintenance.is_on():
        due = Q(not_before__isnull=True) | Q(not_before__lte=timezone.now())
        waiting = (
            Task.objects.filter(due, state=TaskState.QUEUED).order_by("queued_at", "pk").values_list("pk", flat=True)
        )
        first = waiting.first()
        if first is None:
            break
        count += run(first)
    return count


def _claim(task_id: int, message: str, queue: str) -> Task | None:
    """Take a queued task; of several that try, one wins. While the installation is closed nobody does."""
    if maintenance.is_on():
        return None
    now = timezone.now()
    claim = f"{message}/{uuid.uuid4().hex}"
    due = Q(not_before__isnull=True) | Q(not_before__lte=now + _EARLY)
    here = Q(queue=queue) if queue else Q()
    taken = Task.objects.filter(due, here, pk=task_id, state=TaskState.QUEUED).update(
        state=TaskState.RUNNING,
        claim=claim,
        worker=process_name(),
        started_at=now,
        heartbeat_at=now,
        attempts=F("attempts") + 1,
        not_before=None,
        error="",
    )
    if not taken:
        return None
    if maintenance.is_on():  # closed in this very moment: whoever closed it is counting what runs
        mine = Task.objects.filter(pk=task_id, claim=claim, state=TaskState.RUNNING)
        mine.update(state=TaskState.QUEUED, claim="", attempts=F("attempts") - 1)
        return None
    return Task.objects.select_related("user").filter(pk=task_id, claim=claim).first()


def _execute(task: Task) -> None:
    task_type = kind_of(task.kind)
    if task_type is None:
        _end(task, TaskState.FAILED, error="这个工作进程的版本不认识这种任务，请告诉管理员更新后重试")
        return
    try:
        with Members(task) as members:
            with beating(task) as pulse:
                context = TaskContext(task, pulse, members)
                context.check_cancelled()
                result = task_type.run(context) or {}
            _finish(context, result)
        task.path.unlink(missing_ok=True)
    except TaskLostError:
        _log.warning("task %s was taken over by another run", task.pk)
    except TaskMovedError as moved:
        _move(task, moved.queue)
    except TaskCancelledError:
        _end(task, TaskState.CANCELLED)
    except TaskAsksError as question:
        _settle(task, state=TaskState.ASKING, stage="", error=str(question), result=question.question)
    except (TaskFailedError, ServiceError) as error:
        _end(task, TaskState.FAILED, error=str(error))
    except SoftTimeLimitExceeded:
        _end(task, TaskState.FAILED, error=too_long(task_type.soft_limit))
    except Exception as error:  # noqa: BLE001 - whatever happened, the record must say that it ended
        _fail_or_retry(task, task_type, error)


def _finish(context: TaskContext, result: dict[str, Any]) -> None:
    """Write that a task is done, together with what comes out of it: both or neither."""
    task = context.task
    if not context.members:
        _end(task, TaskState.DONE, result=result, output_name=context.output_name, progress=100)
        return
    with transaction.atomic():
        result |= {"queued": context.members.queue()}
        ended = {"state": TaskState.DONE, "stage": "", "finished_at": timezone.now(), "progress": 100}
        if not _settle(task, error="", result=result, output_name=context.output_name, **ended):
            raise TaskLostError
    tell_end(task.pk)


def too_long(limit: float) -> str:
    """The sentence for a task that was stopped at its limit, in seconds."""
    return f"超过了 {limit:g} 秒的时限，已停止；可以重试，仍然超时请告诉管理员"


def _fail_or_retry(task: Task, task_type: TaskType, error: Exception) -> None:
    if isinstance(error, task_type.transient) and task.attempts < task_type.attempts and not is_no_room(error):
        _log.warning("task %s: attempt %s failed and is tried again", task.pk, task.attempts, exc_info=error)
        _retry_later(task)
        return
    _log.error("task %s failed", task.pk, exc_info=error)
    if is_no_room(error):
        _end(task, TaskState.FAILED, error=_NO_ROOM)
    elif isinstance(error, task_type.transient):
        _end(task, TaskState.FAILED, error=f"试了 {task.attempts} 次都没有完成，请稍后重试；仍然不行请告诉管理员")
    else:
        _end(task, TaskState.FAILED, error=_UNKNOWN)


def _move(task: Task, queue: TaskQueue) -> None:
    """Back to the end of another queue, as if this run had not been."""
    again = {"state": TaskState.QUEUED, "stage": "", "claim": "", "attempts": F("attempts") - 1}
    if _settle(task, queue=queue, rung_at=timezone.now(), **again):
        task.queue = queue
        ring_on_commit(task)


def _retry_later(task: Task) -> None:
    """Back into the queue, not before a pause that doubles each time and differs by chance."""
    pause = min(_FIRST_PAUSE * 2 ** (task.attempts - 1), _LONGEST_PAUSE) * random.uniform(0.5, 1.5)
    later = timezone.now() + timedelta(seconds=pause)
    if _settle(task, state=TaskState.QUEUED, not_before=later, rung_at=later, stage="稍后重试", claim=""):
        ring_on_commit(task, delay=pause)


def _end(task: Task, state: TaskState, *, error: str = "", **more: Any) -> None:
    if _settle(task, state=state, stage="", finished_at=timezone.now(), error=error, **more):
        tell_end(task.pk)


def _settle(task: Task, **changes: Any) -> bool:
    """Write how a run ended, if the record is still this run's. A database that is away is waited for."""
    for pause in (*_PATIENCE, None):
        try:
            mine = Task.objects.filter(pk=task.pk, claim=task.claim, state=TaskState.RUNNING)
            return bool(mine.update(**changes))
        except DATABASE_AWAY:
            if pause is None or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
    return False
