"""Tasks that come out of another one, each with a file of its own: all of them are queued, or none.

They are queued in the transaction that says that the other is done (`running`). A worker that dies before has queued
nothing and the task begins anew; one that dies afterwards has left nothing to begin anew.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from django.db import transaction
from django.utils import timezone

from disclosures.models import OPEN_STATES, Task, TaskQueue

from .bell import ring
from .files import write_whole
from .kinds import kind_of

_AT_ONCE = 200  # records of one statement


class Members:
    """What a running task wants to have queued when it is done; its files are gone again if it does not end well."""

    def __init__(self, parent: Task) -> None:
        self._parent = parent
        self._tasks: dict[str, Task] = {}  # by their keys: of equal ones the first
        self._begun = False

    def __enter__(self) -> Members:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if kind is not None and not self._begun:  # later the database alone knows whether they are queued
            for task in self._tasks.values():
                task.path.unlink(missing_ok=True)

    def __len__(self) -> int:
        return len(self._tasks)

    def add(self, kind: str, file: tuple[str, bytes], *, key: str, params: dict[str, Any], queue: TaskQueue) -> None:
        """Keep the file (name, bytes) of one more; what has the key of another is the other.

        Raises LookupError for an unknown kind, OSError when the file could not be kept.
        """
        task_type = kind_of(kind)
        if task_type is None:
            raise LookupError(f"no kind of task is called {kind!r}")
        if key in self._tasks:
            return
        name, data = file
        task = Task(
            kind=kind,
            title=task_type.title,
            queue=queue,
            user=self._parent.user,
            params=params,
            key=key,
            file_name=name[-255:],
            batch=self._parent.batch,
            parent=self._parent,
            trigger=self._parent.trigger,
        )
        self._tasks[key] = task
        write_whole(task.path, data)

    def queue(self) -> int:
        """Queue them, except those whose key is open already; how many. Call inside the transaction."""
        self._begun = True
        now = timezone.now()
        known = self._open()
        fresh = [task for task in self._tasks.values() if task.key not in known]
        for task in fresh:
            task.queued_at = task.rung_at = now
        Task.objects.bulk_create(fresh, batch_size=_AT_ONCE, ignore_conflicts=True)  # somebody may have been faster
        queued = list(Task.objects.filter(parent=self._parent).order_by("pk"))
        transaction.on_commit(lambda: self._settle(queued))
        return len(queued)

    def _open(self) -> set[str]:
        """The keys of theirs that are open."""
        keys = list(self._tasks)
        kinds = {task.kind for task in self._tasks.values()}
        found: set[str] = set()
        for start in range(0, len(keys), _AT_ONCE):
            some = Task.objects.filter(kind__in=kinds, key__in=keys[start : start + _AT_ONCE], state__in=OPEN_STATES)
            found.update(some.values_list("key", flat=True))
        return found

    def _settle(self, queued: list[Task]) -> None:
        """They are there for everybody to see: ring, and delete what nobody will read."""
        needed = {task.upload for task in queued}
        for task in self._tasks.values():
            if task.upload not in needed:
                task.path.unlink(missing_ok=True)
        for task in queued:
            if not ring(task):
                return  # the reaper rings for them
