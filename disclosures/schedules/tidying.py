"""Tidying up: what nobody needs any more, step by step, each in words. Apps above add steps of their own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from disclosures.models import OPEN_STATES, Notification, ScheduleRun, Task
from disclosures.tasks import TaskContext, TaskFailedError

from .kinds import Option, ScheduleType, scheduled

KIND = "tidy"
READ_KEPT = timedelta(days=90)  # notifications, after they were made
UNREAD_KEPT = timedelta(days=365)
RUNS_KEPT = timedelta(days=365)
_AT_ONCE = 500  # records deleted in one transaction

_log = logging.getLogger(__name__)
Step = Callable[[], int]
_steps: dict[str, Step] = {}


def add_step(title: str, step: Step) -> None:
    """Add a step, or replace it; it returns how many things it dealt with."""
    _steps[title] = step


def tidy(days: int, now: datetime | None = None) -> tuple[str, list[str]]:
    """Do every step: what was done, in words, and the steps that failed."""
    moment = now or timezone.now()
    steps: dict[str, Step] = {
        "过期的登录": _sessions,
        "任务记录": lambda: _tasks(moment - timedelta(days=days)),
        "旧通知": lambda: _notifications(moment),
        "定时任务的记录": lambda: ScheduleRun.objects.filter(at__lt=moment - RUNS_KEPT).delete()[0],
        **_steps,
    }
    done, failed = [], []
    for title, step in steps.items():
        try:
            number = step()
        except Exception:  # noqa: BLE001 - the other steps are worth doing
            _log.exception("tidying up: %s", title)
            failed.append(title)
        else:
            done += [f"{title} {number} 项"] if number else []
    return "清理了" + "、".join(done) if done else "没有需要清理的", failed


def _sessions() -> int:
    """Sessions that have run out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0


def _tasks(before: datetime) -> int:
    """Records of tasks that ended long ago, with what is left of their files (the reaper sweeps younger ones)."""
    number = 0
    ended = Task.objects.filter(Q(finished_at__lt=before) | Q(finished_at=None, queued_at__lt=before))
    while chosen := list(ended.exclude(state__in=OPEN_STATES)[:_AT_ONCE]):
        for task in chosen:
            task.path.unlink(missing_ok=True)
            task.output_path.unlink(missing_ok=True)
        number += len(chosen)
        Task.objects.filter(pk__in=[task.pk for task in chosen]).exclude(state__in=OPEN_STATES).delete()
    return number


def _notifications(now: datetime) -> int:
    old = Q(read_at__isnull=False, created_at__lt=now - READ_KEPT) | Q(created_at__lt=now - UNREAD_KEPT)
    return Notification.objects.filter(old).delete()[0]


def _days(entered: Any) -> str:
    if not str(entered).strip().isdecimal() or not 7 <= int(entered) <= 3650:
        raise ValueError("请写 7 至 3650 之间的天数")
    return str(int(entered))


@scheduled
def run_tidying(context: TaskContext) -> dict[str, Any] | None:
    """The task of the schedule."""
    words, failed = tidy(int(context.params.get("days", 90)))
    if failed:
        raise TaskFailedError(f"{words}；没有做成：{'、'.join(failed)}，详情已记入日志")
    return {"words": words}


TIDYING = ScheduleType(
    key=KIND,
    title="整理",
    says="恢复到期的停用规则，结束中断的批量核对，清理旧的任务记录、结果文件、通知和过期的登录",
    timing="30 3 * * *",
    kind=KIND,
    options=(Option("days", "任务记录保留几天", "90", clean=_days),),
)
