"""Imports outside the request: the kind "import" of background task, and the doors to it.

The file of a task may be an archive. It is opened here and not in the request, and becomes one task for each of its
files; or none, where anything is wrong with it.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import InterfaceError, OperationalError

from disclosures import tasks
from disclosures.models import Department, Disclosure, Task, TaskState, User
from disclosures.notifications import announce_task
from disclosures.reading import UnreadableFileError
from disclosures.reading.limits import SCANNING_SECONDS
from disclosures.reading.progress import RECOGNISING, Told
from disclosures.storage import StorageError
from disclosures.tasks import Queue, TaskAsksError, TaskContext, TaskFailedError, TaskType

from .findings import desk
from .importing import ImportRefusedError, SeveralDisclosuresError, import_file
from .intake import check_upload, files_of, is_archive, what_was_read

KIND = "import"
READING_SECONDS = SCANNING_SECONDS + 120  # a file is read, stored and checked; most take seconds, scans minutes
FEW = 10  # so many files of one person are taken at once; further ones let other people's work pass
INSIDE = "inside"  # the parameter of a file that came out of an archive: its path in there
_READ = 90  # per cent of an import that are reading
_UNPACKED = 80  # per cent of an archive's task that are unpacking
_LOOK = 50  # files kept between two looks whether somebody cancelled
_FEW_PAGES = 5  # a scan of so many is read while people wait


def queue_import(
    user: User,
    name: str,
    data: bytes,
    batch: uuid.UUID,
    *,
    choice: int | None = None,
    department: Department | None = None,
) -> Task:
    """Keep the bytes and queue their import; the same bytes of the same person are queued once at a time.

    `choice` and `department` say beforehand what the task would ask for; of an archive, each of its files.
    Raises UnreadableFileError where the first bytes say that it is in vain, NoRoomError when the server cannot keep
    the file.
    """
    check_upload(name, data)
    params = {"choice": choice, "department": department.pk if department else None}
    said = {field: value for field, value in params.items() if value is not None}
    queue = _queue(_waiting(user))
    return tasks.enqueue(
        KIND, user=user, params=said, key=_key(user, data, said), file=(name, data), batch=batch, queue=queue
    )


def _key(user: User, data: bytes, said: Mapping[str, Any]) -> str:
    return ":".join(map(str, (user.pk, hashlib.sha256(data).hexdigest(), *said.items())))


def _waiting(user: User) -> int:
    return Task.objects.filter(kind=KIND, user=user, state__in=(TaskState.QUEUED, TaskState.RUNNING)).count()


def _queue(waiting: int) -> Queue:
    """Where an import waits, by how many others of its person do."""
    return Queue.BULK if waiting >= FEW else Queue.INTERACTIVE


def answer(task: Task, choice: int | None, department: Department | None) -> bool:
    """Queue a task again that asked a person; False when it no longer asks."""
    return tasks.answer(task, choice=choice, department=department.pk if department else None)


def run_import(context: TaskContext) -> dict[str, Any]:
    """Import the file of a task; what was read of it, in words."""
    data = context.file_bytes()
    if INSIDE not in context.params and is_archive(data):
        return _unpack(context, data)
    context.progress(0, 100, "正在读取")
    department = Department.objects.filter(pk=context.params.get("department") or 0).first()
    name, choice = context.task.file_name, context.params.get("choice")
    try:
        done = import_file(
            data, name, context.user, choice=choice, department=department, told=reading_progress(context)
        )
    except SeveralDisclosuresError as error:
        raise TaskAsksError(str(error), {"candidates": list(error.candidates)}) from error
    except ImportRefusedError as error:
        raise TaskAsksError(str(error), {"candidates": []}) from error
    except (UnreadableFileError, StorageError) as error:
        raise TaskFailedError(str(error)) from error
    context.about(done.record)
    context.progress(_READ, 100, "正在核对")
    created = done.created or _by_an_earlier_attempt(context, done.record)
    if created and not desk().counts([done.record.pk]):
        desk().check(done.record.pk, "import", context.user)
    return {"created": created, **what_was_read(done.record)}


def _unpack(context: TaskContext, data: bytes) -> dict[str, Any]:
    """Take the files out of an archive, each as a task of its own, which are queued when this one is done."""
    user = context.user
    if user is None:
        raise TaskFailedError("压缩包须由具体的人导入")
    context.progress(0, 100, "正在解压…")
    waiting, files = _waiting(user) - 1, 0
    try:
        for path, content in files_of(context.task.file_name, data, _unpacking_progress(context)):
            if files % _LOOK == 0:
                context.check_cancelled()
            files += 1
            context.progress(_UNPACKED, 100, "正在保存解出的文件…")
            name, key = path.rpartition("/")[2], _key(user, content, context.params)
            queue = _queue(waiting + len(context.members))
            context.members.add(KIND, (name, content), key=key, params=context.params | {INSIDE: path}, queue=queue)
    except UnreadableFileError as error:
        raise TaskFailedError(f"{str(error).removesuffix('。')}。里面的文件一个也没有导入。") from error
    return {"files": files}


def _unpacking_progress(context: TaskContext) -> Callable[[Told], None]:
    """How far an archive is taken apart, on as the progress of a task, which may be cancelled meanwhile."""

    def told(now: Told) -> None:
        _, done, total = now
        context.progress(_UNPACKED * done // max(total, 1), 100, f"正在解压第 {min(done + 1, total)} / {total} 个文件")
        context.check_cancelled()

    return told


def reading_progress(context: TaskContext) -> Callable[[Told], None]:
    """What a reader tells, on as the progress of a task, which may be cancelled meanwhile.

    A scan of more than a few pages goes on in the queue for bulk work: it takes minutes, and others wait.
    """

    def told(now: Told) -> None:
        what, done, total = now
        if what == RECOGNISING and total > _FEW_PAGES:
            context.move_to(Queue.BULK)
        context.progress(_READ * done // max(total, 1), 100, f"正在{what}第 {min(done + 1, total)} / {total} 页")
        context.check_cancelled()

    return told


def _by_an_earlier_attempt(context: TaskContext, record: Disclosure) -> bool:
    """Whether this very task had stored the disclosure before its worker died."""
    return context.attempt > 1 and record.created_at >= context.task.queued_at


def register_import() -> None:
    """Called when the app starts."""
    tasks.register(
        TaskType(
            kind=KIND,
            title="导入文件",
            run=run_import,
            soft_limit=READING_SECONDS,
            hard_limit=READING_SECONDS + 60,
            transient=(OperationalError, InterfaceError),
            patient=True,
            ended=announce_task,
        )
    )
