"""Background work whose record in the database is the truth (docs/decisions/0010).

Lives here: the registry of kinds, the queue, claiming and running, heartbeats, the reaper, the bell (Celery).
May enter: what is true of every kind of task. Must not enter: what one kind does; that is a function over
services, registered from the `AppConfig.ready` of its app:

    tasks.register(TaskType(kind="report", title="生成报告", run=write_report, queue=Queue.INTERACTIVE,
                            soft_limit=60, hard_limit=90, attempts=3, transient=(ConnectionError,)))
    tasks.enqueue("report", user=user, params={"year": 2026}, key="report:2026")

`enqueue` writes a record (state queued) and rings the bell when the transaction commits. A worker that hears the
bell claims the record by a conditional update, so that a bell rung twice runs the task once. A task that stops
without a word (its worker was killed) is found by its missing heartbeat and queued again or failed in words.
"""

from disclosures.models import TaskQueue as Queue

from .context import TaskContext
from .delivering import deliver
from .errors import TaskAsksError, TaskCancelledError, TaskFailedError
from .kinds import DATABASE_AWAY, TaskType, all_kinds, register, register_bulk
from .queueing import answer, cancel, enqueue, retry, sees_all_tasks, visible_tasks

__all__ = [
    "DATABASE_AWAY",
    "Queue",
    "TaskAsksError",
    "TaskCancelledError",
    "TaskContext",
    "TaskFailedError",
    "TaskType",
    "all_kinds",
    "answer",
    "cancel",
    "deliver",
    "enqueue",
    "register",
    "register_bulk",
    "retry",
    "sees_all_tasks",
    "visible_tasks",
]
