"""The schedules that are there, and changing them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from disclosures.errors import InvalidValueError, NotVisibleError
from disclosures.models import Schedule, ScheduleRun, TaskState, User

from .kinds import ScheduleType, all_schedules, type_of
from .starting import check_administrator, cron_of, cron_text
from .timing import following, parse, words

BEAT_TASK = "disclosures.start_schedules"  # what the records of django-celery-beat name


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """One schedule as the page shows it. `last` is its latest run that did something, with `task` loaded."""

    record: Schedule
    type: ScheduleType
    when: str
    enabled: bool
    next: datetime | None
    last: ScheduleRun | None


def sync_schedules() -> int:
    """Create the schedules that are registered and not there yet; what people changed stays. How many are new."""
    known = set(Schedule.objects.values_list("key", flat=True))
    created = 0
    for schedule_type in all_schedules():
        if schedule_type.key not in known:
            try:
                created += _create(schedule_type)
            except IntegrityError:
                continue  # another process was faster
    return created


@transaction.atomic
def _create(schedule_type: ScheduleType) -> bool:
    name = schedule_type.title
    if PeriodicTask.objects.filter(name=name).exists():
        name = f"{name}（{schedule_type.key}）"
    periodic = PeriodicTask.objects.create(
        name=name,
        task=BEAT_TASK,
        crontab=_crontab(schedule_type.timing),
        kwargs=json.dumps({"schedule": schedule_type.key}),
        description=schedule_type.says,
    )
    Schedule.objects.create(key=schedule_type.key, periodic=periodic, options=schedule_type.with_defaults({}))
    return True


def schedule_views() -> list[ScheduleView]:
    """All schedules of this version, in a constant number of queries."""
    latest = ScheduleRun.objects.order_by().values("schedule").annotate(latest=Max("pk")).values("latest")
    last = {run.schedule_id: run for run in ScheduleRun.objects.filter(pk__in=latest).select_related("task", "user")}
    records = {item.key: item for item in Schedule.objects.select_related("periodic__crontab", "changed_by")}
    return [
        _view(records[schedule_type.key], schedule_type, last.get(records[schedule_type.key].pk))
        for schedule_type in all_schedules()
        if schedule_type.key in records
    ]


def schedule_view(key: str) -> ScheduleView:
    """One of them. Raises NotVisibleError."""
    record = Schedule.objects.select_related("periodic__crontab", "changed_by").filter(key=key).first()
    schedule_type = type_of(key)
    if record is None or schedule_type is None:
        raise NotVisibleError("没有这个定时任务")
    last = record.runs.select_related("task", "user").order_by("-pk").first()
    return _view(record, schedule_type, last)


def _view(record: Schedule, schedule_type: ScheduleType, last: ScheduleRun | None) -> ScheduleView:
    periodic = record.periodic
    if periodic.crontab is None:  # an administrator gave it another kind of time in the admin
        return ScheduleView(record, schedule_type, "按后台管理中的设置", bool(periodic.enabled), None, last)
    upcoming = following(cron_of(record), timezone.localtime()) if periodic.enabled else None
    return ScheduleView(record, schedule_type, words(cron_text(record)), bool(periodic.enabled), upcoming, last)


def outcome(run: ScheduleRun) -> str:
    """What came of a run, in words."""
    if run.task is None:
        return run.words or "记录已经清理"
    if run.task.state == TaskState.DONE:
        return str(run.task.result.get("words", "") or "已完成")
    return run.task.error or str(run.task.get_state_display())


@transaction.atomic
def change(user: User, key: str, cron: str, options: Mapping[str, Any]) -> Schedule:
    """Set when a schedule is due and what it does. Raises NotAllowedError, NotVisibleError, InvalidValueError."""
    schedule, schedule_type = _to_change(user, key)
    try:
        parse(cron)
    except ValueError as error:
        raise InvalidValueError([("cron", str(error))]) from error
    cleaned: dict[str, Any] = {}
    for option in schedule_type.options:
        try:
            cleaned[option.name] = option.clean(options.get(option.name, option.default))
        except ValueError as error:
            raise InvalidValueError([(option.name, str(error))]) from error
    if schedule.periodic.crontab is None or cron_text(schedule) != cron:
        periodic = schedule.periodic
        periodic.interval = periodic.solar = periodic.clocked = None
        periodic.crontab = _crontab(cron)
        periodic.save()
        schedule.since = timezone.now()
    schedule.options = cleaned
    return _save(schedule, user)


@transaction.atomic
def switch(user: User, key: str, *, on: bool) -> Schedule:
    """Switch a schedule on or off; times that passed while it was off are not made up for."""
    schedule, _ = _to_change(user, key)
    if bool(schedule.periodic.enabled) != on:
        schedule.periodic.enabled = on
        schedule.periodic.save()
        schedule.since = timezone.now()
    return _save(schedule, user)


def _save(schedule: Schedule, user: User) -> Schedule:
    schedule.changed_by, schedule.changed_at = user, timezone.now()
    schedule.save()
    return schedule


def _to_change(user: User, key: str) -> tuple[Schedule, ScheduleType]:
    check_administrator(user)
    found = Schedule.objects.select_for_update(of=("self",)).select_related("periodic", "periodic__crontab")
    schedule, schedule_type = found.filter(key=key).first(), type_of(key)
    if schedule is None or schedule_type is None:
        raise NotVisibleError("没有这个定时任务")
    return schedule, schedule_type


def _crontab(cron: str) -> CrontabSchedule:
    minute, hour, day, month, weekday = cron.split()
    fields = {
        "minute": minute,
        "hour": hour,
        "day_of_month": day,
        "month_of_year": month,
        "day_of_week": weekday,
        "timezone": settings.TIME_ZONE,
    }
    return CrontabSchedule.objects.filter(**fields).first() or CrontabSchedule.objects.create(**fields)
