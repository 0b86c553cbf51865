"""The heartbeat of a running task: a thread that says "still here" and hears "please stop"."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from disclosures.models import Task, TaskState

_log = logging.getLogger(__name__)


class Pulse:
    """What the heartbeat has heard."""

    def __init__(self) -> None:
        self.cancelled = False
        self.lost = False


@contextmanager
def beating(task: Task) -> Iterator[Pulse]:
    """Beat until the block ends. Inside a transaction nobody else sees the record, so there is no heart either."""
    pulse = Pulse()
    if connection.in_atomic_block:
        yield pulse
        return
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(task, pulse, stop), name=f"heart-{task.pk}", daemon=True)
    thread.start()
    try:
        yield pulse
    finally:
        stop.set()
        thread.join(timeout=settings.TASK_HEARTBEAT)


def _beat(task: Task, pulse: Pulse, stop: threading.Event) -> None:
    try:
        while not stop.wait(settings.TASK_HEARTBEAT):
            try:
                beat_once(task, pulse)
            except Error:  # a database that is away for a moment; the reaper is more patient than one beat
                _log.warning("heartbeat of task %s missed", task.pk, exc_info=True)
                connection.close()
    finally:
        connection.close()


def beat_once(task: Task, pulse: Pulse) -> None:
    """One beat: a write of one row, and a look whether somebody cancelled."""
    mine = Task.objects.filter(pk=task.pk, claim=task.claim, state=TaskState.RUNNING)
    if not mine.update(heartbeat_at=timezone.now()):
        pulse.lost = True
    elif mine.filter(cancel_requested=True).exists():
        pulse.cancelled = True
