"""What is done at its time, without anybody asking: the nightly audit, reminders, the weekly report, tidying up.

Lives here: the registry of schedules, when each is due, starting them once, changing them. May enter: further
schedules of this app. Must not enter: work itself beyond a few lines; a schedule queues a task, and what that does
is a function over services. Apps above register theirs from `AppConfig.ready`:

    schedules.register(ScheduleType(key="weekly_report", title="每周情况", says="…", timing="0 8 * * 1", kind="weekly"))

When a schedule is due stands in a record of django-celery-beat, which its beat reads and which administrators may
change. Beat only notices that the time has come. A time (slot) is started by writing its `ScheduleRun` in the
transaction that queues the task; the pair (schedule, slot) is unique, so any number of beats starts it once.
"""

from .kinds import Option, ScheduleType, all_schedules, register, scheduled
from .managing import change, switch, sync_schedules
from .starting import run_now, start_due

__all__ = [
    "Option",
    "ScheduleType",
    "all_schedules",
    "change",
    "register",
    "run_now",
    "scheduled",
    "start_due",
    "switch",
    "sync_schedules",
]
