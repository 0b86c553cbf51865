"""Background tasks of this app: the kind "check", one stored disclosure by today's rules."""

from __future__ import annotations

from typing import Any

from audit.services import check_stored
from disclosures import tasks
from disclosures.models import Disclosure, Task, TaskTrigger, User

KIND = "check"


def queue_check(user: User | None, disclosure: Disclosure) -> Task:
    """Queue a check; one that the same person has queued already is returned instead."""
    key = f"{user.pk if user else ''}:{disclosure.pk}"
    trigger = TaskTrigger.PERSON if user else TaskTrigger.SYSTEM
    params = {"disclosure": disclosure.pk}
    return tasks.enqueue(KIND, user=user, params=params, key=key, trigger=trigger, disclosure=disclosure)


def run_check(context: tasks.TaskContext) -> dict[str, Any]:
    """Check the disclosure of a task; what was found, in numbers. May the person not, the task fails in words."""
    context.progress(0, 1, "正在核对")
    run = check_stored(int(context.params["disclosure"]), user=context.user)
    return {"run": run.pk, "errors": run.errors, "warnings": run.warnings}


def register_check() -> None:
    """Called when the app starts."""
    tasks.register(
        tasks.TaskType(
            kind=KIND,
            title="核对",
            run=run_check,
            soft_limit=120,  # the largest disclosure seen takes about two seconds
            hard_limit=150,
            transient=tasks.DATABASE_AWAY,
        )
    )
