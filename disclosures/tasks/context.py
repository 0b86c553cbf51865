"""What a running task has in hand."""

from __future__ import annotations

import time
from typing import Any

from django.utils import timezone

from disclosures.models import Disclosure, Task, TaskQueue, TaskState, User

from .errors import TaskCancelledError, TaskFailedError, TaskLostError, TaskMovedError
from .files import read_input, write_whole
from .heart import Pulse
from .members import Members

_PAUSE = 0.5  # seconds between two writes of progress: a bar needs no more, and SQLite has one writer


class TaskContext:
    """Handed to the function of a kind: its parameters, its files, and how to tell how far it is."""

    def __init__(self, task: Task, pulse: Pulse, members: Members | None = None) -> None:
        self.task = task
        self.members = Members(task) if members is None else members  # queued when the task is done
        self._pulse = pulse
        self._told = 0.0
        self._stage = ""
        self.output_name = ""

    @property
    def user(self) -> User | None:
        """On whose behalf; None is the system itself."""
        return self.task.user

    @property
    def params(self) -> dict[str, Any]:
        params: dict[str, Any] = self.task.params
        return params

    @property
    def attempt(self) -> int:
        """1 for the first start."""
        return self.task.attempts

    def file_bytes(self) -> bytes:
        """What was handed in. Raises TaskFailedError when it is gone."""
        return read_input(self.task)

    def progress(self, done: int, total: int, stage: str = "") -> None:
        """Tell how far the task is; `stage` in words. Often called, seldom written."""
        now = time.monotonic()
        if stage == self._stage and done < total and now - self._told < _PAUSE:
            return
        self._told, self._stage = now, stage
        share = min(done * 100 // total, 100) if total > 0 else 0
        changed = self._mine().update(
            done=max(done, 0), total=max(total, 0), progress=share, stage=stage[:64], heartbeat_at=timezone.now()
        )
        self._pulse.lost |= not changed

    def check_cancelled(self) -> None:
        """Call between two steps. Raises TaskCancelledError, or TaskLostError when another run took over."""
        if self._pulse.lost:
            raise TaskLostError
        if self._pulse.cancelled or self._mine().filter(cancel_requested=True).exists():
            raise TaskCancelledError

    def move_to(self, queue: TaskQueue) -> None:
        """Go on in another queue from the beginning, as long work that people need not wait for; once only.

        Raises TaskMovedError: this run is over.
        """
        if self.task.queue != queue:
            raise TaskMovedError(queue)

    def about(self, disclosure: Disclosure) -> None:
        """Say which disclosure the task is about."""
        self._mine().update(disclosure=disclosure)

    def write_output(self, name: str, data: bytes) -> None:
        """Keep the file that the task made; people download it under this name when the task is done."""
        try:
            write_whole(self.task.output_path, data)
        except OSError as error:
            raise TaskFailedError("结果文件没有保存成功，服务器磁盘空间可能不足，请告诉管理员后重试") from error
        self.output_name = name[-255:]

    def _mine(self) -> Any:
        return Task.objects.filter(pk=self.task.pk, claim=self.task.claim, state=TaskState.RUNNING)
