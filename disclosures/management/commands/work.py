"""The one command that does background work: worker processes of Celery, kept running, and the reaper."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosures.models import TaskQueue
from disclosures.tasks.processes import Supervisor, beat_child, worker_child
from disclosures.tasks.running import run_queued


class Command(BaseCommand):
    help = "执行后台任务（make run 会同时启动它）；Ctrl+C 做完手头的任务再停"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--queue",
            action="append",
            choices=TaskQueue.values,
            dest="queues",
            help="只处理这个队列，可以重复；不写则各队列都有自己的进程，互不等待",
        )
        parser.add_argument("--concurrency", type=int, metavar="N", help="每个队列同时做几个任务（默认按处理器数量）")
        parser.add_argument("--beat", action="store_true", help="同时按日程发起定时任务")
        parser.add_argument("--once", action="store_true", help="在本进程里做完现有任务就结束")

    def handle(
        self, *, queues: list[str] | None, concurrency: int | None, beat: bool, once: bool, **options: Any
    ) -> None:
        if once:
            run_queued()
            return
        level = "INFO" if options["verbosity"] > 1 else "WARNING"
        children = [worker_child(queue, concurrency or _usual(queue), level) for queue in queues or TaskQueue.values]
        if beat:
            children.append(beat_child(level))
        Supervisor(children).run()


def _usual(queue: str) -> int:
    """Bulk work leaves one processor to the people who wait, where there are several; one of these with a long file
    does not keep the next waiting, not even on one processor."""
    return max(1, (os.cpu_count() or 1) - 1) if queue == TaskQueue.BULK else 2
