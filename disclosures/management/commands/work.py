"""The worker: runs queued imports until it is stopped."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from disclosures.services.tasks import run_next, tidy

TIDY_EVERY = 60.0  # seconds


class Command(BaseCommand):
    help = "执行排队的导入任务（make run 会同时启动它）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="做完现有任务就结束")
        parser.add_argument("--pause", type=float, default=0.5, metavar="秒", help="没有任务时隔多久再看")

    def handle(self, *, once: bool, pause: float, **options: Any) -> None:
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        tidied = 0.0
        while not self.stopping:
            if time.monotonic() - tidied > TIDY_EVERY:
                tidy()
                tidied = time.monotonic()
            if run_next():
                continue
            if once:
                return
            close_old_connections()
            time.sleep(pause)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Finish the task in hand, then stop."""
        self.stopping = True
