"""Celery: only the bell that wakes a worker; what is to be done stands in the database (docs/decisions/0010).

Redis where REDIS_URL is set, else a folder of files (`config.folder_broker`). No results are kept: the record has them.
"""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, signals
from django.conf import settings
from kombu.entity import Queue

from config.folder_broker import SCHEME, broker_options
from config.liveness import Alive

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

POLL = 0.2  # seconds between two looks into the folder; an interactive task starts within about as long
VISIBILITY = 3600  # seconds after which Redis gives back what a dead worker had; the reaper is faster
REDIS_OPTIONS = {"visibility_timeout": VISIBILITY, "socket_connect_timeout": 2, "socket_timeout": 10}


def _broker() -> dict[str, Any]:
    if settings.REDIS_URL:
        return {"broker_url": settings.REDIS_URL, "broker_transport_options": REDIS_OPTIONS}
    return {
        "broker_url": f"{SCHEME}://",
        "broker_transport_options": broker_options(settings.VAR_DIR / "broker", POLL),
    }


app = Celery("disclosures")
app.conf.update(
    **_broker(),
    task_queues=(Queue("interactive"), Queue("bulk")),
    task_default_queue="bulk",
    task_ignore_result=True,
    result_backend=None,
    task_acks_late=True,
    worker_prefetch_multiplier=1,  # a message in one process' pocket waits although another process is idle
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    worker_max_tasks_per_child=500,  # whatever leaks does not leak for ever
    broker_connection_timeout=2,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_channel_error_retry=True,
    beat_scheduler="config.beat:SlotScheduler",
    timezone=settings.TIME_ZONE,
    enable_utc=True,
)
app.autodiscover_tasks(["disclosures"], related_name="tasks.message")
app.autodiscover_tasks(["disclosures"], related_name="schedules.message")
app.steps["consumer"].add(Alive)


@signals.worker_init.connect
def _load_what_is_needed(**_: Any) -> None:
    """The rules, before the processes of the pool fork: they share them, and nobody's first check waits for them."""
    from audit.catalogue import rules

    rules()


@signals.setup_logging.connect
def _leave_logging_alone(**_: Any) -> None:
    """Django has set it up; Celery would add handlers of its own."""
