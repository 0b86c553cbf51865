"""What the operations tests ask of an installation; `manage.py shell` prints one JSON value."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from disclosures import maintenance, models, tasks
from disclosures.models import OPEN_STATES, Task, TaskState
from disclosures.services.correcting import correct_cell
from disclosures.services.saving import Edit
from disclosures.services.tasks import queue_import
from disclosures.tasks.running import run_queued
from tests.faults.installation import PATIENCE

# They change by themselves when an installation is looked at, or say who looked.
_RESTLESS = {"disclosures_worker", "django_celery_beat_periodictasks"}


def fill() -> None:
    """A disclosure that is corrected, checked and kept as a snapshot; one more with findings; one that still waits."""
    user = administrator()
    queue(user, 2)
    run_queued()
    first, second = models.Disclosure.objects.order_by("pk")
    for name in ("青山市改名局", "青山市再改名局"):
        first.refresh_from_db()
        correct_cell(Edit(None, first.pk, first.revision), "doc/department", name)
    models.Snapshot.objects.create(
        disclosure=second,
        content='{"一": ["1.00", null]}',
        secrecy_reviewed_on=date(2026, 1, 2),
        signed_on=date(2026, 1, 3),
        published_by=user,
    )
    queue(user, 1, start=2)


def queue(user: models.User, number: int, start: int = 0) -> None:
    from disclosures.plain.codec import to_json
    from tests.services.conftest import DISCLOSURE

    for index in range(start, start + number):
        content = to_json(replace(DISCLOSURE, department=f"青山市第{index}局"))
        queue_import(user, f"{index}.json", json.dumps(content, ensure_ascii=False).encode(), uuid.uuid4())


def administrator() -> models.User:
    user, _ = models.User.objects.get_or_create(username="ops", role=models.Role.ADMINISTRATOR)
    return user


def everything() -> dict[str, Any]:
    """Rows of every table and uploaded files, by hash."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in _RESTLESS:
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = sorted(repr(row) for row in cursor.fetchall())
                found[table] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    root = Path(settings.MEDIA_ROOT)
    files = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    return {"tables": found, "files": files}


def run(*arguments: str) -> tuple[int, str, str]:
    """A command as in a terminal that nobody sits at: exit status, what it said, what it complained of."""
    out, complaints = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=complaints)
    except CommandError as error:
        return 1, out.getvalue(), str(error)
    return 0, out.getvalue(), complaints.getvalue()


def lose_everything() -> None:
    """No tables and no files any more."""
    connection.close()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    else:
        for path in Path(settings.VAR_DIR).glob("db.sqlite3*"):
            path.unlink()


def open_tasks_without_file() -> int:
    waiting = Task.objects.filter(state__in=OPEN_STATES).exclude(file_name="")
    return sum(not task.path.exists() for task in waiting)


def finish() -> dict[str, int]:
    """Run what waits, as workers would: what ran when the backup was taken has lost its worker."""
    from disclosures.tasks.reaping import give_back

    for task in Task.objects.filter(state=TaskState.RUNNING):
        give_back(task)
    run_queued()
    return counted()


def counted() -> dict[str, int]:
    return {
        "done": Task.objects.filter(state=TaskState.DONE).count(),
        "tasks": Task.objects.count(),
        "disclosures": models.Disclosure.objects.count(),
    }


def queue_more(number: int) -> None:
    queue(administrator(), number, start=10)


def wait_until_done(number: int) -> int:
    """Until so many tasks are done; how many are."""
    return _until(lambda: counted()["done"], lambda done: done >= number)


def _until(look: Callable[[], Any], enough: Callable[[Any], bool]) -> Any:
    until = time.monotonic() + PATIENCE
    while not enough(found := look()) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def start_nap(seconds: float) -> int:
    """A task that runs now, in a worker."""
    pk = tasks.enqueue("nap", user=administrator(), params={"seconds": seconds}).pk
    _until(lambda: task_state(pk), lambda state: state == TaskState.RUNNING)
    return pk


def task_state(pk: int) -> str:
    return str(Task.objects.get(pk=pk).state)


def workers(but: list[str]) -> list[str]:
    """The processes that listen, once there are some, and others than these."""

    def listening() -> list[str]:
        return sorted(set(models.Worker.objects.values_list("name", flat=True)) - set(but))

    return list(_until(listening, lambda names: len(names) >= 2))


def obstruct() -> None:
    """Make what the next migration would make."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE disclosures_opendatayear (id integer)")


def closed() -> bool:
    return maintenance.is_on()
