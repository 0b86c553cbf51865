"""What the fault tests do inside an installation, as its web process would: a process that takes calls, one JSON line
each, and answers likewise."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule

from disclosures import models, tasks
from disclosures.models import OPEN_STATES, Task, TaskState, TaskTrigger
from disclosures.schedules import sync_schedules
from disclosures.services.correcting import correct_cell
from disclosures.services.saving import Edit
from disclosures.services.tasks import queue_import
from disclosures.tasks.bell import MESSAGE, celery_app
from disclosures.tasks.files import NoRoomError
from disclosures.tasks.running import run_queued
from tests.faults.app import gate, tally
from tests.faults.installation import PATIENCE
from tests.zips import zipped


def serve(functions: dict[str, Any]) -> None:
    """Answer calls of these until there are no more."""
    for line in sys.stdin:
        name, arguments, named = json.loads(line)
        try:
            answer = {"answer": functions[name](*arguments, **named)}
        except Exception as error:  # noqa: BLE001 - told to the test, which then fails
            answer = {"error": repr(error)}
        connection.close()
        print(json.dumps(answer), flush=True)


def clear() -> None:
    """Forget the tasks and disclosures of the test before."""
    from audit.models import Audit, AuditRun, Finding

    models.ScheduleRun.objects.all().delete()
    models.Schedule.objects.update(since=timezone.now())
    Audit.objects.all().delete()
    Task.objects.all().delete()
    tally().write_text("")
    gate().unlink(missing_ok=True)
    for model in (Finding, AuditRun):
        model.objects.all().delete()
    models.Event.objects.all()._raw_delete("default")  # append-only to everybody else
    models.Disclosure.objects.all().delete()
    models.SourceFile.objects.all().delete()
    models.Department.objects.all().delete()
    for path in Task().path.parent.glob("*"):
        path.unlink(missing_ok=True)


def queue_imports(number: int) -> list[int]:
    """Upload so many different files as an administrator."""
    user = _administrator()
    return [queue_import(user, name, data, uuid.uuid4()).pk for name, data in _files(number)]


def queue_archive(number: int) -> int:
    """Upload so many different files in one archive, which are large enough for it to take a while."""
    return queue_import(_administrator(), "全县.zip", zipped(dict(_files(number))), uuid.uuid4()).pk


def wait_for_stage(task_id: int, words: str) -> str:
    """Wait until a task says so of itself, or has ended; its state."""
    _wait(lambda: not Task.objects.filter(pk=task_id, state__in=OPEN_STATES).exclude(stage__contains=words).exists())
    return Task.objects.get(pk=task_id).state


def _files(number: int) -> Iterator[tuple[str, bytes]]:
    from disclosures.plain.codec import to_json
    from tests.services.conftest import DISCLOSURE

    for index in range(number):
        content = to_json(replace(DISCLOSURE, department=f"青山市第{index}局"))
        yield f"{index}.json", json.dumps(content, ensure_ascii=False).encode()


def queue(kind: str, number: int = 1, **params: Any) -> list[int]:
    return [tasks.enqueue(kind, user=_administrator(), params=params).pk for _ in range(number)]


def ring(task_id: int, times: int) -> None:
    """Send the message of a task again and again."""
    for _ in range(times):
        celery_app().send_task(MESSAGE, args=[task_id], queue="interactive")


def cancel(task_id: int) -> None:
    tasks.cancel(_administrator(), task_id)


def retry(task_id: int) -> None:
    tasks.retry(_administrator(), task_id)


def abandon(number: int, worker: str) -> list[int]:
    """Tasks that run in a process which is not there."""
    queued = queue("count", number)
    now = timezone.now()
    Task.objects.filter(pk__in=queued).update(
        state=TaskState.RUNNING, attempts=1, worker=worker, claim="gone", started_at=now, heartbeat_at=now
    )
    return queued


def wait_for(state: str, number: int = 1) -> dict[str, int]:
    """Wait until so many tasks are in a state; the number in each state."""
    return _wait(lambda: Task.objects.filter(state=state).count() >= number)


def settle() -> dict[str, int]:
    """Wait until no task is open; the number in each state."""
    return _wait(lambda: not Task.objects.filter(state__in=OPEN_STATES).exists())


def _wait(condition: Any) -> dict[str, int]:
    until = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return dict(Counter(Task.objects.values_list("state", flat=True)))


def states(ids: list[int]) -> list[str]:
    found = dict(Task.objects.values_list("pk", "state"))
    return [found[pk] for pk in ids]


def words(task_id: int) -> str:
    return Task.objects.get(pk=task_id).error


def let_go() -> None:
    """Whoever stays may go."""
    gate().touch()


def runs() -> list[int]:
    """The numbers of the tasks that `count`, `nap` or `stay` ran to the end, once for each run."""
    return [int(line) for line in tally().read_text().split()]


def imported(recorded: bool = False) -> dict[str, Any]:
    """What stands in the records after imports; of the files handed in, all or those that a record refers to."""
    from audit.models import AuditRun

    _wait(lambda: not _handed_in(recorded))  # what was handed in is deleted after the record says that it is done
    events = models.Event.objects.filter(action=models.Action.IMPORTED)
    return {
        "disclosures": models.Disclosure.objects.count(),
        "departments": models.Department.objects.count(),
        "versions": sorted(set(models.Disclosure.objects.values_list("version", flat=True))),
        "events": events.count(),
        "checked": AuditRun.objects.values("disclosure").distinct().count(),
        "created": Task.objects.filter(result__created=True).count(),
        "left over": _handed_in(recorded),
    }


def _handed_in(recorded: bool = False) -> int:
    known = {upload.hex for upload in Task.objects.values_list("upload", flat=True)}
    files = [path for path in Task().path.parent.rglob("*") if path.is_file()]
    return sum(path.name in known or not recorded for path in files)


def save_while_importing(number: int) -> dict[str, int]:
    """A clerk saves without a pause while files are imported; how many saves there were."""
    queue_imports(1)
    settle()
    record = models.Disclosure.objects.get()
    queue_imports(number)
    saves = 0
    while Task.objects.filter(state__in=OPEN_STATES).exists():
        record.refresh_from_db()
        correct_cell(Edit(None, record.pk, record.revision), "doc/department", f"青山市改过{saves}次的局")
        saves += 1
        time.sleep(0.02)
    return {"saves": saves, **_wait(lambda: True)}


def start_audit(number: int) -> int:
    """Import so many disclosures here, then ask for an audit that checks all of them again; its number."""
    from audit.services.audits import start_audit as start
    from audit.services.selection import Selection

    queue_imports(number)
    run_queued()
    Task.objects.all().delete()
    year = models.Disclosure.objects.values_list("fiscal_year", flat=True)[0]
    return start(_administrator(), Selection(year), whole=True).pk


def wait_for_items(audit: int, number: int) -> int:
    """Until so many disclosures of an audit are checked."""
    from audit.models import AuditItem, ItemState

    settled = AuditItem.objects.filter(audit=audit).exclude(state=ItemState.QUEUED)
    _wait(lambda: settled.count() >= number)
    return settled.count()


def audited(audit: int) -> dict[str, Any]:
    """How an audit ended, when it has, and what stands in the records."""
    from audit.models import Audit, AuditItem, Finding

    _wait(lambda: Audit.objects.filter(pk=audit, finished_at__isnull=False).exists())
    found = Audit.objects.get(pk=audit)
    findings = Finding.objects.values_list("disclosure", "fingerprint")
    return {
        "state": found.state,
        "total": found.total,
        "checked": found.checked,
        "failed": found.failed,
        "items": dict(Counter(AuditItem.objects.filter(audit=audit).values_list("state", flat=True))),
        "checks": AuditItem.objects.filter(audit=audit).values("run").distinct().count(),
        "findings twice": len(findings) - len(set(findings)),
        "open tasks": Task.objects.filter(state__in=OPEN_STATES).count(),
    }


def make_schedules_due() -> int:
    """Every schedule had its time two minutes ago; how many there are."""
    sync_schedules()
    due = timezone.localtime() - timedelta(minutes=2)
    when = CrontabSchedule.objects.create(minute=str(due.minute), hour=str(due.hour), timezone=settings.TIME_ZONE)
    models.Schedule.objects.update(since=due - timedelta(days=1))
    for schedule in models.Schedule.objects.select_related("periodic"):
        schedule.periodic.crontab, schedule.periodic.enabled = when, True
        schedule.periodic.save()
    return models.Schedule.objects.count()


def wait_for_schedules(number: int) -> dict[str, Any]:
    """How often each time was started, once all were."""
    _wait(lambda: models.ScheduleRun.objects.count() >= number)
    tasks_started = Task.objects.filter(trigger=TaskTrigger.SCHEDULE).values_list("kind", flat=True)
    return {
        "runs": models.ScheduleRun.objects.count(),
        "schedules": models.ScheduleRun.objects.values("schedule").distinct().count(),
        "tasks twice": [kind for kind, times in Counter(tasks_started).items() if times > 1],
    }


def upload_to_a_full_disk() -> dict[str, Any]:
    """The disk takes no more than a few bytes; then there is room again, and the person uploads once more."""
    _administrator()  # the database is open already, as in any web process
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        queue_imports(1)
        refusal = ""
    except NoRoomError as error:
        refusal = str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    found = {"refusal": refusal, "tasks": Task.objects.count(), "files": _handed_in()}
    queue_imports(1)
    return found


def cut_connections() -> int:
    """What a restart of PostgreSQL does to everybody connected; waits until somebody is."""
    cut = 0
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while not cut and time.monotonic() < until:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            cut = int(cursor.fetchone()[0])
    return cut


def machine() -> str:
    """The name that processes of this machine bear in records, without their number."""
    from disclosures.tasks.workers import process_name

    return process_name().removesuffix(f":{os.getpid()}")


def _administrator() -> models.User:
    user, _ = models.User.objects.get_or_create(username="faults", role=models.Role.ADMINISTRATOR)
    return user
