"""The one Celery task: look at a record of the database and run it if it still waits.

`MainProcessRequest` runs in the worker's main process, which learns that a pool process was killed or had to be; it
keeps the record true at once. The reaper would find out later.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from celery import Task as CeleryTask
from celery import shared_task
from celery.worker.request import Request
from django.db import connection

from disclosures.models import Task, TaskState

from . import reaping, running
from .bell import MESSAGE

_log = logging.getLogger(__name__)


class MainProcessRequest(Request):
    """What the main process knows of a message that a pool process works on."""

    def on_timeout(self, soft: bool, timeout: float) -> None:
        super().on_timeout(soft, timeout)
        if not soft:
            self._tell(lambda task: reaping.give_up(task, running.too_long(timeout)))

    def on_failure(self, exc_info: Any, send_failed_event: bool = True, return_ok: bool = False) -> None:
        super().on_failure(exc_info, send_failed_event=send_failed_event, return_ok=return_ok)
        error = getattr(exc_info.exception, "exc", exc_info.exception)
        if isinstance(error, WorkerLostError) and not isinstance(error, TimeLimitExceeded):
            self._tell(reaping.give_back)

    def _tell(self, change: Callable[[Task], object]) -> None:
        """Change the record, if it is still the one that this message started."""
        try:
            mine = Task.objects.filter(state=TaskState.RUNNING, claim__startswith=f"{self.id}/")
            for task in mine.filter(pk=self.args[0]):
                change(task)
        except Exception:  # noqa: BLE001 - the worker must go on; the reaper will see to the record
            _log.warning("the end of message %s was not written down", self.id, exc_info=True)
        finally:
            connection.close()


class RecordTask(CeleryTask):
    Request = MainProcessRequest


def _hear(self: Any, task_id: int) -> None:
    """Run the task of this number, unless it ran already, runs elsewhere, or belongs to another queue by now."""
    delivery = self.request.delivery_info or {}
    running.run(task_id, self.request.id or "", delivery.get("routing_key") or "")


run_task = shared_task(name=MESSAGE, base=RecordTask, bind=True, acks_late=True, ignore_result=True)(_hear)
