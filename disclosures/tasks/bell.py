"""The bell: a Celery message that says which record to look at. Losing it delays a task, nothing more."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction

from disclosures.models import Task

from .kinds import kind_of

MESSAGE = "disclosures.run_task"
URGENT, PATIENT = 0, 6  # which bell of a queue is heard first; two of the steps that kombu's Redis knows
_ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2}  # a pooled connection may be stale

_log = logging.getLogger(__name__)


def celery_app() -> Any:
    """The Celery application, imported when first needed: commands that queue nothing start faster without."""
    return import_module(settings.TASK_APP).app


def ring_on_commit(task: Task, *, delay: float = 0) -> None:
    """Ring when the transaction commits; a record nobody can see yet cannot be claimed."""
    transaction.on_commit(lambda: ring(task, delay=delay))


def ring(task: Task, *, delay: float = 0) -> bool:
    """Ring now; whether the broker took it. When it did not, the reaper rings again."""
    task_type = kind_of(task.kind)
    limits = {"soft_time_limit": task_type.soft_limit, "time_limit": task_type.hard_limit} if task_type else {}
    try:
        celery_app().send_task(
            MESSAGE,
            args=[task.pk],
            queue=task.queue,
            priority=PATIENT if task_type and task_type.patient else URGENT,
            countdown=delay or None,
            ignore_result=True,
            retry=True,
            retry_policy=_ONCE_MORE,
            **limits,
        )
    except Exception:  # noqa: BLE001 - brokers raise what they like; the record is queued all the same
        _log.warning("the broker did not take the bell of task %s", task.pk, exc_info=True)
        return False
    return True


def waiting_bells(queue: str) -> int | None:
    """How many messages wait in a queue of the broker; None when it does not answer."""
    try:
        with celery_app().connection_for_write() as connection, connection.channel() as channel:
            return int(channel.queue_declare(queue=queue, passive=True).message_count)
    except Exception as error:  # noqa: BLE001 - brokers raise what they like
        if "NOT_FOUND" in str(error) or getattr(error, "code", 0) == 404:
            return 0  # no worker has listened yet
        _log.warning("the broker does not answer", exc_info=True)
        return None
