"""Quick checks: a file in, its findings out, nothing stored of the disclosure.

Plain text is checked at once. Other formats are read by a worker: the file is deleted as soon as it was read, and
within the hour the task and its result are gone as well; nobody but its user sees them.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from audit.engine import check
from audit.findings import Severity
from audit.views.shapes import not_checked_items, plain_finding
from disclosures import tasks
from disclosures.catalogue import load_catalogue
from disclosures.errors import RefusedError
from disclosures.models import DisclosureKind, Task, User
from disclosures.plain.data import Disclosure
from disclosures.reading import UnreadableFileError
from disclosures.reading.formats import is_plain
from disclosures.services.intake import describe_reading
from disclosures.services.reading import read_disclosures
from disclosures.services.sandbox import read_source
from disclosures.services.tasks import READING_SECONDS, reading_progress
from disclosures.tasks import DATABASE_AWAY, TaskContext, TaskFailedError, TaskType

KIND = "quick_check"
KEPT = timedelta(minutes=55)  # and the reaper's next round: never an hour
MOST_AT_ONCE = 3  # of one person

Shape = dict[str, Any]


def quick_check(user: User, name: str, data: bytes) -> list[Shape] | Task:
    """The findings of every disclosure of a file where it is text, else the task that finds them.

    Raises UnreadableFileError, RefusedError where a person has too many of them open, NoRoomError.
    """
    if is_plain(data):
        return [found_in(disclosure) for disclosure in read_disclosures(data, name)]
    mine = Task.objects.filter(kind=KIND, user=user)
    if sum(task.is_open for task in mine) >= MOST_AT_ONCE:
        raise RefusedError(f"您有 {MOST_AT_ONCE} 个文件还在核对，请等它们完成，或先取消")
    return tasks.enqueue(KIND, user=user, file=(name, data))


def found_in(disclosure: Disclosure) -> Shape:
    """What was read of a disclosure and what is wrong in it."""
    result = check(disclosure, None, load_catalogue())
    kind = DisclosureKind(disclosure.kind.value).label
    return {
        "title": f"{disclosure.department or '（未读到部门名称）'} {disclosure.fiscal_year} 年{kind}",
        "reading": describe_reading(disclosure),
        "counts": {f"{severity.value}s": result.count(severity) for severity in Severity},
        "findings": [plain_finding(finding) for finding in result.findings],
        "notChecked": not_checked_items((item.rule, item.reason) for item in result.not_checked),
    }


def run_quick_check(context: TaskContext) -> Shape:
    """Read the file of a task, delete it, check what was read."""
    name, data = context.task.file_name, context.file_bytes()
    context.progress(0, 100, "正在读取")
    try:
        found = read_disclosures(data, name, partial(read_source, told=reading_progress(context)))
    except UnreadableFileError as error:
        context.task.path.unlink(missing_ok=True)
        raise TaskFailedError(str(error)) from error
    context.task.path.unlink(missing_ok=True)
    context.progress(90, 100, "正在核对")
    return {"disclosures": [found_in(disclosure) for disclosure in found]}


def register_quick_check() -> None:
    """Called when the app starts."""
    tasks.register(
        TaskType(
            kind=KIND,
            title="快速核对",
            run=run_quick_check,
            soft_limit=READING_SECONDS,
            hard_limit=READING_SECONDS + 60,
            transient=DATABASE_AWAY,
            forgotten=KEPT,
            private=True,
        )
    )
