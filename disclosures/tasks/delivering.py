"""A file that a task of the system made for somebody: it lies among their tasks, as if they had asked for it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from disclosures.models import Task, TaskState, TaskTrigger, User

from .files import write_whole
from .kinds import kind_of


def deliver(kind: str, user: User, file: tuple[str, bytes], *, params: dict[str, Any], key: str) -> Task:
    """Record a task of a kind as done, with its file (name, bytes), which is kept as long as the kind's others.

    Raises LookupError for an unknown kind, OSError when the file could not be kept.
    """
    task_type = kind_of(kind)
    if task_type is None:
        raise LookupError(f"no kind of task is called {kind!r}")
    now = timezone.now()
    name, data = file
    task = Task(
        kind=kind,
        title=task_type.title,
        queue=task_type.queue,
        user=user,
        params=params,
        key=key,
        trigger=TaskTrigger.SCHEDULE,
        state=TaskState.DONE,
        progress=100,
        queued_at=now,
        rung_at=now,
        started_at=now,
        finished_at=now,
        output_name=name[-255:],
    )
    write_whole(task.output_path, data)
    task.save(force_insert=True)
    return task


def delivered(user: User, key: str, largest: int) -> tuple[str, bytes] | None:
    """The file (name, bytes) that lies among a person's tasks under a key; None where it is gone or larger."""
    found = Task.objects.filter(user=user, key=key, state=TaskState.DONE).exclude(output_name="") if key else None
    task = found.order_by("-pk").first() if found is not None else None
    if task is None:
        return None
    try:
        return (task.output_name, task.output_path.read_bytes()) if task.output_path.stat().st_size <= largest else None
    except FileNotFoundError:
        return None
