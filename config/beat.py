"""Celery's clock, which notices that the time of a schedule has come (disclosures/schedules).

It sends no message for our schedules: it writes their records itself, so that no broker can lose a night's audit.
It looks once a minute whether a time was missed (this process was down, the database was away), and two of them do
no harm: each time is started once. After an upgrade it starts itself again, with the new program.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.db import Error, connection
from django_celery_beat.schedulers import DatabaseScheduler

from disclosures import maintenance
from disclosures.schedules import start_due, sync_schedules
from disclosures.schedules.managing import BEAT_TASK
from disclosures.tasks.processes import start_again

LOOK = 60.0  # seconds between two looks for what was missed

_log = logging.getLogger(__name__)


class SlotScheduler(DatabaseScheduler):  # type: ignore[misc]  # the package has no types
    """The scheduler of django-celery-beat; what is not ours it sends as ever."""

    producer = None  # a connection that only messages need: without a broker the clock goes on

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._looked = float("-inf")
        self._renewal = maintenance.renewal()
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        _with_database(sync_schedules)
        super().setup_schedule()

    def apply_async(self, entry: Any, producer: Any = None, advance: bool = True, **kwargs: Any) -> Any:
        """The time of an entry has come."""
        if entry.task != BEAT_TASK:
            return super().apply_async(entry, producer=producer, advance=advance, **kwargs)
        if advance:
            self.reserve(entry)
        self._look()
        return None

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        if maintenance.renewal() != self._renewal:
            start_again()
        if time.monotonic() - self._looked >= LOOK:
            self._look()
        return super().tick(*args, **kwargs)

    def _look(self) -> None:
        self._looked = time.monotonic()
        _with_database(start_due)
        _log.debug("looked for what is due")


def _with_database(step: Any) -> None:
    """Do one step; a database that is away must not end this process, the next look makes up for it."""
    try:
        step()
    except Error:
        _log.warning("the database does not answer", exc_info=True)
        connection.close()
