"""What `measure_workers` does inside the installation that it measures."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from audit.tasks import queue_check
from disclosures import models
from disclosures.models import Task, TaskQueue, TaskState, Worker
from disclosures.services.tasks import KIND, queue_import
from disclosures.synthetic import GRID_STYLES, SIZES, write_grid_text
from disclosures.synthetic import generate as generated
from disclosures.tasks.bell import ring

# What the program asks: not what opens and closes transactions, nor what the server asks itself for foreign keys.
_OURS = (
    "query ~* '^(select|insert|update|delete)' AND query !~ 'FOR KEY SHARE OF x'"
    " AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_OPEN = (TaskState.QUEUED, TaskState.RUNNING)


def generate(folder: str, number: int, size: str) -> int:
    """Write so many different disclosures; their bytes in all."""
    style, written = GRID_STYLES["contents"], 0
    for seed in range(number):
        text = write_grid_text(generated(seed + 1, SIZES[size]), style, seed)
        written += (Path(folder) / f"{seed:05}.txt").write_text(text, encoding="utf-8")
    return written


def upload(folder: str, first: int, number: int) -> int:
    """Hand in files as bulk work that does not start yet."""
    user, batch = _user(), uuid.uuid4()
    queued = []
    for index in range(first, first + number):
        path = Path(folder) / f"{index:05}.txt"
        queued.append(queue_import(user, path.name, path.read_bytes(), batch).pk)
    far = models.Task.objects.filter(pk__in=queued)
    far.update(queue=TaskQueue.BULK, state=TaskState.CANCELLED)
    return len(queued)


def release() -> int:
    """Let everything that was handed in begin: from now on the run lasts (`seconds_of`)."""
    held = Task.objects.filter(kind=KIND, state=TaskState.CANCELLED)
    ids = list(held.values_list("pk", flat=True))
    now = timezone.now()
    held.update(state=TaskState.QUEUED, queued_at=now, rung_at=now)
    for task in Task.objects.filter(pk__in=ids).order_by("pk").iterator():
        ring(task)
    return len(ids)


def seconds_of(number: int) -> float:
    """How long the last so many imports took together: from their release to the last ending."""
    last = Task.objects.filter(kind=KIND).order_by("-pk").values_list("queued_at", "finished_at")[:number]
    begun, ended = zip(*last, strict=True)
    return float((max(ended) - min(begun)).total_seconds())


def forget_workers() -> int:
    """Those that were stopped without a word are still on record."""
    return Worker.objects.all().delete()[0]


def wait_for_workers() -> int:
    while (found := Worker.objects.values("queue").distinct().count()) < len(TaskQueue):
        time.sleep(0.1)
    return found


def waits_of_checks(pause: float) -> list[float]:
    """As long as bulk work is open, now and then a person has a disclosure checked: seconds from queued to started."""
    waits = []
    while _bulk().exists():
        time.sleep(pause)
        record = models.Disclosure.objects.filter(state=models.State.TO_CORRECT).order_by("?").first()
        if record is None:
            continue
        pk = queue_check(_user(), record).pk
        while (task := Task.objects.get(pk=pk)).started_at is None:
            time.sleep(0.02)
        waits.append((task.started_at - task.queued_at).total_seconds())
    return waits


def _bulk() -> QuerySet[Task]:
    return Task.objects.filter(kind=KIND, state__in=_OPEN)


def bulk_ended(patience: float) -> dict[str, int]:
    until = time.monotonic() + patience
    while Task.objects.filter(state__in=_OPEN).exists() and time.monotonic() < until:
        time.sleep(0.2)
    return dict(Counter(Task.objects.values_list("state", flat=True)))


def wait_until_imported(number: int) -> int:
    while (found := models.Disclosure.objects.count()) < number:
        if not Task.objects.filter(state__in=_OPEN).exists():
            break
        time.sleep(0.1)
    return found


def count_statements() -> None:
    """Let the server count, as its module pg_stat_statements does."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")


def statements() -> int:
    """Statements of the program so far."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE {_OURS}")
        return int(cursor.fetchone()[0])


def frequent(number: int) -> list[tuple[int, str]]:
    """The statements that were made most often, with how often."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT calls, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) FROM pg_stat_statements"
            f" WHERE {_OURS}"
            " ORDER BY calls DESC LIMIT %s",
            [number],
        )
        return [(int(calls), str(query)) for calls, query in cursor.fetchall()]


def standing() -> dict[str, Any]:
    """What stands in the records."""
    states = dict(Task.objects.filter(kind=KIND).values_list("state").annotate(Count("pk")))
    versions = models.Disclosure.objects.values("source_file").annotate(number=Count("pk")).filter(number__gt=1)
    from audit.models import AuditRun

    return {
        "tasks": states,
        "disclosures": models.Disclosure.objects.count(),
        "of one file": versions.count(),
        "checked": AuditRun.objects.values("disclosure").distinct().count(),
        "imported events": models.Event.objects.filter(action=models.Action.IMPORTED).count(),
    }


def _user() -> models.User:
    user, _ = models.User.objects.get_or_create(username="bench", role=models.Role.ADMINISTRATOR)
    return user
