"""How a task ends other than by returning. Every message is plain Chinese and is shown as it is."""

from __future__ import annotations

from typing import Any

from disclosures.models import TaskQueue


class TaskFailedError(Exception):
    """The task cannot be done; trying again by itself would not help."""


class TaskAsksError(Exception):
    """The task waits for a person's answer; `question` is what the page needs to ask."""

    def __init__(self, message: str, question: dict[str, Any] | None = None) -> None:
        self.question = question or {}
        super().__init__(message)


class TaskCancelledError(Exception):
    """Somebody cancelled the task while it ran."""


class TaskMovedError(Exception):
    """The task goes on in another queue, from its beginning."""

    def __init__(self, queue: TaskQueue) -> None:
        self.queue = queue
        super().__init__(queue)


class TaskLostError(Exception):
    """The record is no longer this run's: the reaper took this worker for dead. What it found must not be written."""
