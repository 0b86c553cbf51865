"""Whether background work gets done: told to administrators, by the clock itself, since a task could not tell it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from disclosures.models import NoticeKind, Notification, Task, TaskQueue, TaskState, Worker
from disclosures.notifications import tell
from disclosures.notifications.people import administrators
from disclosures.tasks.processes import SILENT

from .kinds import ScheduleType

PATIENCE = {TaskQueue.INTERACTIVE: timedelta(minutes=5), TaskQueue.BULK: timedelta(hours=6)}
MANY_FAILED = 10  # within an hour
_GOOD = "正常"
_AGAIN = timedelta(hours=12)  # after this administrators are told of what is still so


def troubles(now: datetime) -> list[str]:
    """What is wrong, in words; a constant number of queries."""
    found = []
    seen = set(Worker.objects.filter(seen_at__gt=now - timedelta(seconds=SILENT)).values_list("queue", flat=True))
    for queue in TaskQueue:
        due = Q(not_before__isnull=True, queued_at__lt=now - PATIENCE[queue]) | Q(not_before__lt=now - PATIENCE[queue])
        waiting = Task.objects.filter(due, queue=queue, state=TaskState.QUEUED).count()
        if queue not in seen:
            found.append(f"没有工作进程处理“{queue.label}”的任务，请检查 manage.py work 是否在运行")
        elif waiting:
            found.append(f"“{queue.label}”有 {waiting} 个任务等了太久")
    failed = Task.objects.filter(state=TaskState.FAILED, finished_at__gt=now - timedelta(hours=1)).count()
    if failed >= MANY_FAILED:
        found.append(f"一小时内有 {failed} 个任务没有完成")
    return found


def watch() -> str:
    """Look, and tell administrators of what is wrong; not again within half a day."""
    now = timezone.now()
    found = troubles(now)
    if not found:
        return _GOOD
    text = "\n".join(found)
    told = Notification.objects.filter(kind=NoticeKind.QUEUE, created_at__gt=now - _AGAIN).values("user")
    people = administrators().exclude(pk__in=told)
    tell(people, NoticeKind.QUEUE, "后台处理出现异常，请查看", text=text, link=reverse("schedules"))
    return "；".join(found)


WATCHING = ScheduleType(
    key="queue_health",
    title="检查后台处理",
    says="看后台任务有没有进程处理、有没有积压，有异常时通知管理员",
    timing="*/15 * * * *",
    at_once=watch,
    late=timedelta(minutes=10),
)
