"""Kinds of tasks that sleep, do not listen and keep count: installed in the real processes of the fault tests only."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings


def count(context: Any) -> None:
    """Leaves one line for each run; a single short write is never torn."""
    descriptor = os.open(tally(), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{context.task.pk}\n".encode())
    os.close(descriptor)


def nap(context: Any) -> None:
    """Sleeps as long as it is told to, and wakes when it is cancelled."""
    until = time.monotonic() + context.params["seconds"]
    while time.monotonic() < until:
        context.check_cancelled()
        time.sleep(0.1)
    count(context)


def stay(context: Any) -> None:
    """Until it is let go."""
    while not gate().exists():
        context.check_cancelled()
        time.sleep(0.05)
    count(context)


def dawdle(context: Any) -> None:
    time.sleep(60)


def ignore(context: Any) -> None:
    """Does not stop at the soft limit."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(Exception):
            time.sleep(60)


def tally() -> Path:
    return Path(settings.VAR_DIR) / "tally.txt"


def gate() -> Path:
    return Path(settings.VAR_DIR) / "gate"


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from disclosures.tasks import Queue, TaskType, register

        register(TaskType("count", "计数", count))
        register(TaskType("nap", "小睡", nap, soft_limit=60, hard_limit=70))
        register(TaskType("stay", "等候", stay, soft_limit=600, hard_limit=660))
        register(TaskType("bulk-stay", "久等", stay, queue=Queue.BULK, soft_limit=600, hard_limit=660))
        register(TaskType("dawdle", "拖延", dawdle, soft_limit=1, hard_limit=30))
        register(TaskType("ignore", "不听", ignore, soft_limit=1, hard_limit=2))
