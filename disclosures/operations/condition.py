"""How the installation is right now, as an administrator asks for it in a terminal."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone

from disclosures import maintenance
from disclosures.models import Task, TaskQueue, TaskState, Worker
from disclosures.schedules.managing import schedule_views
from disclosures.tasks.bell import waiting_bells
from disclosures.tasks.processes import SILENT
from disclosures.tasks.workers import process_name

from .upgrading import waiting_migrations

RECENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QueueCondition:
    """One queue. `bells`: messages in the broker, None without an answer; `oldest`: since when the first waits."""

    title: str
    name: str
    queued: int
    running: int
    failed: int
    oldest: datetime | None
    workers: tuple[str, ...]
    bells: int | None


@dataclass(frozen=True, slots=True)
class ScheduleCondition:
    name: str
    enabled: bool
    last_run: datetime | None
    next_run: datetime | None


@dataclass(frozen=True, slots=True)
class Condition:
    """`failed` counts the last day; `free` and `size` are bytes of the disk under the data."""

    maintenance: str
    migrations: tuple[str, ...]
    queues: tuple[QueueCondition, ...]
    schedules: tuple[ScheduleCondition, ...]
    backup: Path | None
    free: int
    size: int

    @property
    def complaints(self) -> list[str]:
        """What somebody should see to, in words."""
        found = [f"系统在维护状态：{self.maintenance}"] if self.maintenance else []
        if self.migrations:
            found.append(f"数据库结构有 {len(self.migrations)} 项没有更新，请运行 manage.py upgrade")
        for queue in self.queues:
            if not queue.workers:
                found.append(f"“{queue.title}”队列没有工作进程，请运行 manage.py work")
            if queue.bells is None:
                found.append("消息队列（Redis 或文件夹）没有回应")
        if self.free < self.size // 20:
            found.append("磁盘剩余不到 5%，请清理")
        return list(dict.fromkeys(found))


def condition() -> Condition:
    """Raises the database's errors where it is away or has no tables."""
    disk = shutil.disk_usage(settings.VAR_DIR)
    return Condition(
        maintenance=maintenance.reason(),
        migrations=tuple(waiting_migrations()),
        queues=tuple(_queues()),
        schedules=tuple(
            ScheduleCondition(str(view.record), view.enabled, view.last.at if view.last else None, view.next)
            for view in schedule_views()
        ),
        backup=_last_backup(),
        free=disk.free,
        size=disk.total,
    )


def workers_here() -> list[str]:
    """The worker processes of this machine that were seen lately."""
    machine = process_name().rpartition(":")[0]
    since = timezone.now() - timedelta(seconds=SILENT)
    seen = Worker.objects.filter(name__startswith=f"{machine}:", seen_at__gt=since)
    return sorted(seen.values_list("name", flat=True))


def _queues() -> list[QueueCondition]:
    now = timezone.now()
    numbers: dict[str, Any] = {
        row["queue"]: row
        for row in Task.objects.order_by()
        .values("queue")
        .annotate(
            queued=Count("pk", filter=Q(state=TaskState.QUEUED)),
            running=Count("pk", filter=Q(state=TaskState.RUNNING)),
            failed=Count("pk", filter=Q(state=TaskState.FAILED, finished_at__gt=now - RECENT)),
            oldest=Min("queued_at", filter=Q(state=TaskState.QUEUED)),
        )
    }
    seen = list(Worker.objects.filter(seen_at__gt=now - timedelta(seconds=SILENT)).values_list("queue", "name"))
    found = []
    for queue in TaskQueue:
        row = numbers.get(queue.value, {})
        found.append(
            QueueCondition(
                title=str(queue.label),
                name=queue.value,
                queued=row.get("queued", 0),
                running=row.get("running", 0),
                failed=row.get("failed", 0),
                oldest=row.get("oldest"),
                workers=tuple(name for where, name in seen if where == queue),
                bells=waiting_bells(queue),
            )
        )
    return found


def _last_backup() -> Path | None:
    folder = Path(settings.VAR_DIR) / "backups"
    return max(folder.glob("*.tar.*"), key=lambda path: path.stat().st_mtime, default=None)
