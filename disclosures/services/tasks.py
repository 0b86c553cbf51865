"""Imports outside the request: queue, claim, run, ask, finish. The worker (`manage.py work`) calls `run_next`."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from disclosures.models import Department, Disclosure, ImportTask, TaskState, User
from disclosures.reading import UnreadableFileError
from disclosures.storage import StorageError

from .importing import ImportRefusedError, SeveralDisclosuresError, import_file
from .intake import what_was_read

STALE = timedelta(minutes=5)  # the largest import takes seconds; a worker silent for so long is gone
PATIENCE = timedelta(days=7)  # how long a question to a person stays open
MOST_ATTEMPTS = 3

_log = logging.getLogger(__name__)


def queue_import(user: User, name: str, data: bytes, batch: uuid.UUID) -> ImportTask:
    """Keep the bytes and queue their import. The file is written before the record that refers to it."""
    task = ImportTask(user=user, file_name=name[-255:], batch=batch)
    task.path.parent.mkdir(parents=True, exist_ok=True)
    task.path.write_bytes(data)
    task.save()
    return task


def answer(task: ImportTask, choice: int | None, department: Department | None) -> bool:
    """Queue a task again that asked a person; False when it no longer asks."""
    asked = ImportTask.objects.filter(pk=task.pk, state=TaskState.ASKING)
    return bool(
        asked.update(
            state=TaskState.QUEUED, choice=choice, department=department, error="", progress=0, stage="", attempts=0
        )
    )


def run_next() -> bool:
    """Run the oldest queued task, if there is one. Whether there was."""
    task = _claim()
    if task is not None:
        _run(task)
    return task is not None


def tidy() -> None:
    """Queue again what a lost worker left, give up what fails again and again, close old questions."""
    now = timezone.now()
    lost = ImportTask.objects.filter(state=TaskState.RUNNING, heartbeat_at__lt=now - STALE)
    for task in lost.filter(attempts__gte=MOST_ATTEMPTS):
        _finish(task, TaskState.FAILED, error=f"处理 {MOST_ATTEMPTS} 次都没有完成，请联系管理员")
    lost.filter(attempts__lt=MOST_ATTEMPTS).update(state=TaskState.QUEUED)
    for task in ImportTask.objects.filter(state=TaskState.ASKING, queued_at__lt=now - PATIENCE):
        _finish(task, TaskState.FAILED, error=f"{PATIENCE.days} 天没有选择，请重新导入这个文件")


def _claim() -> ImportTask | None:
    """Take the oldest queued task; of two workers that try, one wins."""
    while True:
        task = ImportTask.objects.filter(state=TaskState.QUEUED).order_by("queued_at", "pk").first()
        if task is None:
            return None
        now = timezone.now()
        mine = ImportTask.objects.filter(pk=task.pk, state=TaskState.QUEUED).update(
            state=TaskState.RUNNING, started_at=now, heartbeat_at=now, attempts=F("attempts") + 1
        )
        if mine:
            task.refresh_from_db()
            return task


def _run(task: ImportTask) -> None:
    try:
        _import(task)
    except SeveralDisclosuresError as error:
        _ask(task, str(error), list(error.candidates))
    except ImportRefusedError as error:
        _ask(task, str(error), [])
    except (UnreadableFileError, StorageError) as error:
        _finish(task, TaskState.FAILED, error=str(error))
    except Exception:  # noqa: BLE001 - one broken file must not stop the worker; the trace is logged
        _log.exception("import of task %s failed", task.pk)
        _finish(task, TaskState.FAILED, error="系统处理这个文件时出错，没有导入任何内容，请把文件交给管理员")


def _import(task: ImportTask) -> None:
    data = _bytes_of(task)
    _report(task, 10, "正在读取")
    done = import_file(data, task.file_name, task.user, choice=task.choice, department=task.department)
    _report(task, 80, "正在核对")
    result = {"created": done.created, **what_was_read(done.record)}
    _finish(task, TaskState.DONE, disclosure=done.record, result=result)


def _bytes_of(task: ImportTask) -> bytes:
    try:
        return task.path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError("上传的文件已不在服务器上，请重新导入") from error


def _report(task: ImportTask, progress: int, stage: str) -> None:
    ImportTask.objects.filter(pk=task.pk).update(progress=progress, stage=stage, heartbeat_at=timezone.now())


def _ask(task: ImportTask, message: str, candidates: list[str]) -> None:
    """Leave it to a person: which of several, or which department. The bytes stay."""
    ImportTask.objects.filter(pk=task.pk).update(
        state=TaskState.ASKING, stage="", error=message, result={"candidates": candidates}
    )


def _finish(
    task: ImportTask,
    state: TaskState,
    *,
    disclosure: Disclosure | None = None,
    result: dict[str, Any] | None = None,
    error: str = "",
) -> None:
    ImportTask.objects.filter(pk=task.pk).update(
        state=state,
        stage="",
        progress=100,
        finished_at=timezone.now(),
        disclosure=disclosure,
        result=result or {},
        error=error,
    )
    task.path.unlink(missing_ok=True)
