"""Closing the installation for as long as it is worked on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from disclosures.maintenance import switch_off, switch_on
from disclosures.models import Task, TaskState
from disclosures.tasks.workers import is_gone

from .errors import OperationError

_LOOK = 0.5  # seconds between two looks at running tasks
_QUIET_LOOKS = 3  # a task may be claimed in the moment in which the sign is hung out


@contextmanager
def closed(what: str, *, patience: float) -> Iterator[None]:
    """Keep the installation closed, once the tasks in hand are finished.

    After an OperationError, or when nothing went wrong, it opens again; after any other error it stays closed, since
    nobody knows in what state it is. `patience`: seconds to wait for running tasks, else raises OperationError.
    """
    switch_on(what)
    try:
        _drain(patience)
        yield
    except OperationError:
        switch_off()
        raise
    switch_off()


def _drain(patience: float) -> None:
    """Wait until no task runs."""
    until, quiet = time.monotonic() + patience, 0
    while quiet < _QUIET_LOOKS:
        running = _running()
        quiet = 0 if running else quiet + 1
        if running and time.monotonic() >= until:
            raise OperationError(
                f"等了 {patience:g} 秒，还有 {running} 个任务没有做完；请稍后再试，或用 --wait 等得更久"
            )
        time.sleep(_LOOK if running else _LOOK / _QUIET_LOOKS)


def _running() -> int:
    """Tasks that really run: what a killed worker left behind would be waited for in vain."""
    since = timezone.now() - timedelta(seconds=settings.TASK_STALE)
    running = Task.objects.filter(state=TaskState.RUNNING, heartbeat_at__gt=since)
    try:
        return sum(not is_gone(worker) for worker in running.values_list("worker", flat=True))
    except DatabaseError:
        connection.close()
        return 0  # no tables yet, or none any more
