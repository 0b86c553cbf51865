"""Putting tasks into the queue, cancelling and retrying them, and who sees them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from disclosures.errors import NotVisibleError, RefusedError
from disclosures.models import OPEN_STATES, Disclosure, Role, Task, TaskQueue, TaskState, TaskTrigger, User

from .bell import ring_on_commit
from .files import is_no_room, keep_input, no_room_for
from .kinds import all_kinds, kind_of

_TRIES = 5


def enqueue(
    kind: str,
    *,
    user: User | None = None,
    params: dict[str, Any] | None = None,
    key: str | None = None,
    file: tuple[str, bytes] | None = None,
    batch: uuid.UUID | None = None,
    parent: Task | None = None,
    trigger: str = TaskTrigger.PERSON,
    disclosure: Disclosure | None = None,
    delay: float = 0,
    queue: TaskQueue | None = None,
) -> Task:
    """Queue a task; while one with the same kind and key is open, that one is returned instead.

    `params` must be JSON. `file` is (name, bytes), written before the record that refers to it. It starts not
    before `delay` seconds have passed. `queue` is that of the kind unless it is given.
    Raises LookupError for an unknown kind, NoRoomError when file or record could not be kept.
    """
    task_type = kind_of(kind)
    if task_type is None:
        raise LookupError(f"no kind of task is called {kind!r}")
    now = timezone.now()
    later = now + timedelta(seconds=delay)
    task = Task(
        kind=kind,
        title=task_type.title,
        queue=queue or task_type.queue,
        user=user,
        params=params or {},
        key=key or "",
        file_name=file[0][-255:] if file else "",
        batch=batch or uuid.uuid4(),
        parent=parent,
        trigger=trigger,
        disclosure=disclosure,
        queued_at=now,
        not_before=later if delay else None,
        rung_at=later,
    )
    return _keyed(task, file[1] if file else None) if key else _insert(task, file[1] if file else None)


def _keyed(task: Task, data: bytes | None) -> Task:
    """Insert unless one with the key is open; of two at once, the database lets one in."""
    for _ in range(_TRIES):
        if known := Task.objects.filter(kind=task.kind, key=task.key, state__in=OPEN_STATES).first():
            return known
        try:
            return _insert(task, data)
        except IntegrityError:
            continue  # the other one was faster, or has ended since
    raise RefusedError("同样的任务正在不断提交，请稍后再试")


def _insert(task: Task, data: bytes | None) -> Task:
    if data is not None:
        keep_input(task, task.file_name, data)
    try:
        with transaction.atomic():
            task.save(force_insert=True)
    except Exception as error:
        task.path.unlink(missing_ok=True)
        if is_no_room(error):
            raise no_room_for(task.file_name) from error
        raise
    delay = (task.not_before - task.queued_at).total_seconds() if task.not_before else 0
    ring_on_commit(task, delay=delay)
    return task


def sees_all_tasks(user: User) -> bool:
    """Whether a person sees the tasks of others and of the system."""
    return user.is_active and (user.is_superuser or user.role == Role.ADMINISTRATOR)


def visible_tasks(user: User) -> QuerySet[Task]:
    """A person's own tasks; administrators see all but those of private kinds."""
    if not sees_all_tasks(user):
        return Task.objects.filter(user=user)
    private = [task_type.kind for task_type in all_kinds() if task_type.private]
    return Task.objects.exclude(~Q(user=user) & Q(kind__in=private))


def _visible(user: User, task_id: int) -> Task:
    task = visible_tasks(user).filter(pk=task_id).first()
    if task is None:
        raise NotVisibleError("没有这个任务，或者您无权查看")
    return task


def cancel(user: User, task_id: int) -> Task:
    """Cancel what waits at once; ask what runs to stop at its next step.

    Raises NotVisibleError, or RefusedError when the task has ended.
    """
    task = _visible(user, task_id)
    waiting = Task.objects.filter(pk=task.pk, state__in=(TaskState.QUEUED, TaskState.ASKING))
    if not waiting.update(
        state=TaskState.CANCELLED, cancel_requested=True, finished_at=timezone.now(), stage="", not_before=None
    ) and not Task.objects.filter(pk=task.pk, state=TaskState.RUNNING).update(cancel_requested=True):
        raise RefusedError("这个任务已经结束，不用取消")
    task.refresh_from_db()
    return task


def retry(user: User, task_id: int) -> Task:
    """Queue a failed or cancelled task again, as the same record.

    Raises NotVisibleError, or RefusedError when it cannot be run again.
    """
    task = _visible(user, task_id)
    if kind_of(task.kind) is None:
        raise RefusedError("现在的系统版本不再做这种任务")
    if task.file_name and not task.path.exists():
        raise RefusedError("上传的文件已经清理，请重新上传")
    ended = Task.objects.filter(pk=task.pk, state__in=(TaskState.FAILED, TaskState.CANCELLED))
    if not _queue_again(ended, task, error="", result={}):
        raise RefusedError("只有未完成或已取消的任务可以重试")
    return task


def answer(task: Task, **params: Any) -> bool:
    """Give a waiting task what it asked for and queue it again; False when it no longer asks."""
    asked = Task.objects.filter(pk=task.pk, state=TaskState.ASKING)
    return _queue_again(asked, task, params=task.params | params, error="", result={})


def _queue_again(tasks: QuerySet[Task], task: Task, **changes: Any) -> bool:
    """Put a task that rests back into the queue, as if new."""
    now = timezone.now()
    try:
        with transaction.atomic():
            changed = tasks.update(
                state=TaskState.QUEUED,
                attempts=0,
                progress=0,
                done=0,
                total=0,
                stage="",
                cancel_requested=False,
                queued_at=now,
                rung_at=now,
                not_before=None,
                started_at=None,
                heartbeat_at=None,
                finished_at=None,
                claim="",
                **changes,
            )
    except IntegrityError as error:
        raise RefusedError("同样的任务已经在进行，不用重试") from error
    if changed:
        task.refresh_from_db()
        ring_on_commit(task)
    return bool(changed)
