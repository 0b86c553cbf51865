"""What is done with many disclosures at once and takes its time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from disclosures import models, tasks
from disclosures.errors import NotVisibleError, ServiceError
from disclosures.models.task import OPEN_STATES
from disclosures.notifications import announce_task

from .findings import desk
from .matrix import Act
from .permissions import require, states_for, visible_disclosures

KIND = "recheck"
_AT_ONCE = 50  # disclosures of one task; a check takes up to a second


def recheck(user: models.User, disclosure_ids: Iterable[int]) -> tuple[int, int]:
    """Queue a check of each; those whose state allows none are passed over. Returns (queued, passed over).

    Raises NotVisibleError where one is out of reach; then nothing is queued.
    """
    wanted = sorted(set(disclosure_ids))
    states = dict(visible_disclosures(user).filter(pk__in=wanted).values_list("pk", "state"))
    if len(states) < len(wanted):
        raise NotVisibleError("没有这份公开文本，或者您无权查看")
    allowed = states_for(user, Act.CHECK)
    chosen = [pk for pk in wanted if states[pk] in allowed]
    batch = uuid.uuid4()
    for start in range(0, len(chosen), _AT_ONCE):
        part = chosen[start : start + _AT_ONCE]
        key = f"{user.pk}:{','.join(map(str, part))}"
        tasks.enqueue(KIND, user=user, params={"disclosures": part}, key=key[:200], batch=batch)
    return len(chosen), len(wanted) - len(chosen)


def open_rechecks(user: models.User) -> QuerySet[models.Task]:
    """A person's own checks that wait or run."""
    return models.Task.objects.filter(user=user, kind=KIND, state__in=OPEN_STATES).order_by("pk")


def run_recheck(context: tasks.TaskContext) -> dict[str, Any]:
    """Check the disclosures of a task; what went out of reach or was submitted meanwhile is passed over."""
    wanted: list[int] = context.params["disclosures"]
    checked = 0
    for number, pk in enumerate(wanted):
        context.check_cancelled()
        context.progress(number, len(wanted), "正在核对")
        try:
            require(context.user, Act.CHECK, pk)
            desk().check(pk, "manual", context.user)
        except ServiceError:
            continue
        checked += 1
    return {"checked": checked, "passed_over": len(wanted) - checked}


def register_recheck() -> None:
    """Called when the app starts."""
    tasks.register_bulk(KIND, "重新核对", run_recheck, 600, ended=announce_task)
