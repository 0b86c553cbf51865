"""The file handed in with a task and the file that it makes."""

from __future__ import annotations

import errno
import os
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from disclosures.errors import ServiceError
from disclosures.models import OPEN_STATES, Task, TaskState

from .errors import TaskFailedError

_SOON = 2.0  # seconds in which the worker itself deletes what it has done
_LONG = 3600.0  # seconds after which nobody who has written a file is still about to record it
_AT_ONCE = 500  # files asked for in one query
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DATABASE_FULL = {"SQLITE_FULL", "53100"}  # error name of SQLite, SQLSTATE of PostgreSQL


class NoRoomError(ServiceError):
    """The server could not keep a file; nothing was queued."""


def is_no_room(error: Exception) -> bool:
    """Whether the disk is full, for a file or for the database on it."""
    if isinstance(error, OperationalError):
        cause = error.__cause__
        return getattr(cause, "sqlite_errorname", getattr(cause, "sqlstate", None)) in _DATABASE_FULL
    return isinstance(error, OSError) and error.errno in _FULL


def no_room_for(name: str) -> NoRoomError:
    """What whoever uploads is told."""
    what = f"“{name}”" if name else "这项任务"
    return NoRoomError(f"{what}没有保存成功，服务器磁盘空间可能不足，请告诉管理员，稍后再{'上传' if name else '试'}")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever reads half of it. Raises OSError and leaves nothing behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as stream:
            temporary = Path(stream.name)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise


def keep_input(task: Task, name: str, data: bytes) -> None:
    """Keep what was handed in. Raises NoRoomError."""
    try:
        write_whole(task.path, data)
    except OSError as error:
        raise no_room_for(name) from error


def read_input(task: Task) -> bytes:
    """What was handed in. Raises TaskFailedError when it is gone."""
    try:
        return task.path.read_bytes()
    except FileNotFoundError as error:
        raise TaskFailedError("上传的文件已不在服务器上，请重新上传") from error


def sweep(before: datetime) -> None:
    """Delete files last written before a moment that no open task needs."""
    for folder in ("incoming", "outputs"):
        old = {path.name: path for path in _older(Path(settings.MEDIA_ROOT) / folder, before.timestamp())}
        names = [uuid.UUID(name) for name in old if len(name) == 32]
        needed = Task.objects.filter(upload__in=names, state__in=OPEN_STATES).values_list("upload", flat=True)
        keep = {upload.hex for upload in needed}
        for name, path in old.items():
            if name not in keep:
                path.unlink(missing_ok=True)


def sweep_done() -> None:
    """Delete what was handed in with tasks that are done: their worker may die before it does so itself."""
    for uploads in _handed_in(_SOON):
        for task in Task.objects.filter(upload__in=uploads, state=TaskState.DONE).only("upload"):
            task.path.unlink(missing_ok=True)


def sweep_unrecorded() -> None:
    """Delete what no record refers to: it was written by who died before writing the record."""
    for uploads in _handed_in(_LONG):
        recorded = set(Task.objects.filter(upload__in=uploads).values_list("upload", flat=True))
        for upload in uploads:
            if upload not in recorded:
                Task(upload=upload).path.unlink(missing_ok=True)


def _handed_in(age: float) -> Iterator[list[uuid.UUID]]:
    """Names of files handed in that are so many seconds old, some at a time."""
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    names = [path.name for path in _older(folder, time.time() - age) if len(path.name) == 32]
    for start in range(0, len(names), _AT_ONCE):
        yield [uuid.UUID(name) for name in names[start : start + _AT_ONCE]]


def _older(folder: Path, moment: float) -> Iterator[Path]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):  # a worker has just done what it came with
                if entry.is_file() and entry.stat().st_mtime < moment:
                    yield Path(entry.path)
