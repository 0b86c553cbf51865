"""Starting what is due: each time once, however many notice it, and late rather than not at all."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from celery.schedules import crontab
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from disclosures import maintenance, tasks
from disclosures.errors import NotAllowedError, NotVisibleError, RefusedError
from disclosures.models import OPEN_STATES, Role, Schedule, ScheduleRun, Task, TaskState, TaskTrigger, User

from .kinds import ScheduleType, type_of
from .timing import following, parse, previous

MISSED = "错过了：到时间时系统没有运行"
STILL_RUNNING = "上一次还没有结束，这一次没有再做"
REPLACED = "到下一次的时间还没有开始，由下一次代替"

_log = logging.getLogger(__name__)


def start_due(now: datetime | None = None) -> int:
    """Start every schedule whose time has come and that nobody has started for it; how many.

    One that cannot be started does not hold up the others. Of times that were missed only the last is made up for,
    and only within the schedule's patience. While the installation is closed nothing is started: that is made up for.
    """
    if maintenance.is_on():
        return 0
    moment = timezone.localtime(now)
    started = 0
    for schedule, slot in list(_due(moment)):
        try:
            started += _start(schedule.pk, slot, moment)
        except IntegrityError:
            continue  # another beat was faster
        except Exception:  # noqa: BLE001 - the others must not wait for this one
            _log.exception("the schedule %s could not be started", schedule.key)
    return started


def _due(now: datetime) -> Iterator[tuple[Schedule, datetime]]:
    """The schedules with their last time, as far as nobody has taken it."""
    enabled = Schedule.objects.filter(periodic__enabled=True).select_related("periodic__crontab")
    taken = ScheduleRun.objects.filter(user=None).order_by().values_list("schedule")
    latest = dict(taken.annotate(Max("slot")))
    for schedule in enabled:
        slot = previous(cron_of(schedule), now) if type_of(schedule.key) and schedule.periodic.crontab else None
        if slot is not None and slot > schedule.since and slot > latest.get(schedule.pk, schedule.since):
            yield schedule, slot


@transaction.atomic
def _start(pk: int, slot: datetime, now: datetime) -> bool:
    """Take one time and do what is due; False when it was missed or the last one still runs."""
    schedule = _locked(pk)
    schedule_type = type_of(schedule.key)
    if schedule_type is None or not schedule.periodic.enabled:
        return False
    run = ScheduleRun.objects.create(schedule=schedule, slot=slot, at=now)
    if now - slot > schedule_type.late:
        _pass_over(run, MISSED)
        return False
    if _at_work(schedule_type, schedule).filter(state__in=(TaskState.RUNNING, TaskState.ASKING)).exists():
        _pass_over(run, STILL_RUNNING)
        return False
    _launch(run, schedule, schedule_type, None)
    return True


@transaction.atomic
def run_now(user: User, key: str) -> ScheduleRun:
    """Start a schedule now, whatever its time and even if it is switched off.

    Raises NotAllowedError, NotVisibleError, RefusedError while it is at work.
    """
    check_administrator(user)
    found = Schedule.objects.filter(key=key).first()
    schedule_type = type_of(key)
    if found is None or schedule_type is None:
        raise NotVisibleError("没有这个定时任务")
    schedule = _locked(found.pk)
    if _at_work(schedule_type, schedule).exists():
        raise RefusedError(f"“{schedule}”正在进行，等它结束后再执行")
    run = ScheduleRun.objects.create(schedule=schedule, slot=timezone.now(), user=user)
    _launch(run, schedule, schedule_type, user)
    return run


def check_administrator(user: User) -> None:
    """Raises NotAllowedError for everybody else."""
    if not user.is_active or not (user.is_superuser or user.role == Role.ADMINISTRATOR):
        raise NotAllowedError("只有管理员可以管理定时任务")


def cron_of(schedule: Schedule) -> crontab:
    """When a schedule is due, for Celery."""
    return parse(cron_text(schedule))


def cron_text(schedule: Schedule) -> str:
    """The five fields of cron, as django-celery-beat keeps them."""
    record = schedule.periodic.crontab
    return " ".join(
        "".join(str(field).split())
        for field in (record.minute, record.hour, record.day_of_month, record.month_of_year, record.day_of_week)
    )


def _locked(pk: int) -> Schedule:
    return Schedule.objects.select_for_update(of=("self",)).select_related("periodic", "periodic__crontab").get(pk=pk)


def _at_work(schedule_type: ScheduleType, schedule: Schedule) -> Any:
    return Task.objects.filter(
        kind=schedule_type.kind, key__startswith=f"schedule:{schedule.key}:", state__in=OPEN_STATES
    )


def _pass_over(run: ScheduleRun, words: str) -> None:
    run.passed_over, run.words = True, words
    run.save(update_fields=["passed_over", "words"])


def _launch(run: ScheduleRun, schedule: Schedule, schedule_type: ScheduleType, user: User | None) -> None:
    """Queue the task of a run, in place of one that still waits; or do at once what is done at once."""
    if schedule_type.at_once is not None:
        run.words = schedule_type.at_once()[:300]
        run.save(update_fields=["words"])
        return
    _at_work(schedule_type, schedule).filter(state=TaskState.QUEUED).update(
        state=TaskState.CANCELLED, finished_at=timezone.now(), error=REPLACED
    )
    until = following(cron_of(schedule), timezone.localtime(run.slot)) if user is None else None
    run.task = tasks.enqueue(
        schedule_type.kind,
        params=schedule_type.with_defaults(schedule.options) | {"until": until.isoformat() if until else None},
        key=f"schedule:{schedule.key}:{run.slot.isoformat()}",
        trigger=TaskTrigger.SCHEDULE,
    )
    run.save(update_fields=["task"])
