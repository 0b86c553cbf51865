"""The Celery task that the records of django-celery-beat name, for whoever sends it as a message.

Our own beat (`config.beat`) does the same without one.
"""

from __future__ import annotations

from typing import Any

from celery import shared_task

from .managing import BEAT_TASK
from .starting import start_due


def _hear(**_: Any) -> None:
    """Start what is due; which schedule the message names does not matter."""
    start_due()


start_schedules = shared_task(name=BEAT_TASK, acks_late=True, ignore_result=True)(_hear)
