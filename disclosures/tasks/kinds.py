"""The registry of kinds of tasks; apps fill it when they start."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError

from disclosures.models import Task, TaskQueue

if TYPE_CHECKING:
    from .context import TaskContext

Run = Callable[["TaskContext"], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class TaskType:
    """What there is to know of one kind. Limits are in seconds.

    At the soft limit the task is interrupted and fails in words; at the hard limit its process is killed.
    `attempts` counts every start, also those that a killed worker left unfinished. Only errors named in
    `transient` are tried again. `forgotten` after so long since it was queued, a task leaves neither files nor
    record, whatever its state; one that is `private` is seen by nobody but its user. One that is `patient` lets the
    other kinds of its queue go first: it takes long, or very many come at once.
    """

    kind: str
    title: str
    run: Run
    queue: TaskQueue = TaskQueue.INTERACTIVE
    soft_limit: float = 300
    hard_limit: float = 360
    attempts: int = 3
    transient: tuple[type[Exception], ...] = ()
    forgotten: timedelta | None = None
    private: bool = False
    patient: bool = False
    ended: Callable[[Task], object] | None = None  # called after a task has ended for good; it may not raise


DATABASE_AWAY = (OperationalError, InterfaceError)  # what a query raises while the database does not answer

_kinds: dict[str, TaskType] = {}
_log = logging.getLogger(__name__)


def register(task_type: TaskType) -> None:
    """Add a kind, or replace it."""
    if not 0 < task_type.soft_limit < task_type.hard_limit:
        raise ValueError(f"{task_type.kind}: the soft limit lies below the hard limit")
    _kinds[task_type.kind] = task_type


def register_bulk(
    kind: str,
    title: str,
    run: Run,
    limit: float,
    *,
    grace: float = 60,
    attempts: int = 3,
    transient: tuple[type[Exception], ...] = (),
    patient: bool = False,
    ended: Callable[[Task], object] | None = None,
) -> None:
    """Add a kind of the bulk queue, which delays nobody's own work; it is tried again when the database was away.

    `grace`: seconds between the soft `limit` and the hard one; `transient`: what else it is tried again for.
    """
    register(
        TaskType(
            kind=kind,
            title=title,
            run=run,
            queue=TaskQueue.BULK,
            soft_limit=limit,
            hard_limit=limit + grace,
            attempts=attempts,
            transient=(*DATABASE_AWAY, *transient),
            patient=patient,
            ended=ended,
        )
    )


def kind_of(kind: str) -> TaskType | None:
    """The registered kind; None for one that this version does not know."""
    return _kinds.get(kind)


def tell_end(task_id: int) -> None:
    """Call what a kind wants to have called; what goes wrong there does not change how the task ended."""
    task = Task.objects.select_related("user", "disclosure").filter(pk=task_id).first()
    task_type = kind_of(task.kind) if task else None
    if task is None or task_type is None or task_type.ended is None:
        return
    try:
        task_type.ended(task)
    except Exception:  # noqa: BLE001 - the task has ended, whatever comes after
        _log.exception("the end of task %s was not told", task_id)


def all_kinds() -> tuple[TaskType, ...]:
    """All kinds, in the order of their registration."""
    return tuple(_kinds.values())
