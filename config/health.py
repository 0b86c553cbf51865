"""Whether this process lives, and whether it can serve: for load balancers and for whoever watches.

Without a worker or a broker files are still taken in, kept and queued; so that is told as degraded and does not take
the site away from its users. Answers name parts and say "ok" or "failed", never why: the log says that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disclosures.models import TaskQueue, Worker
from disclosures.tasks.bell import celery_app
from disclosures.tasks.processes import SILENT

_log = logging.getLogger(__name__)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 with status "ok" or "degraded", 503 where the database or its tables are not there."""
    needed = {"database": _works(_database), "migrations": _works(_migrations)}
    helpful = {"broker": _works(_broker), "workers": needed["migrations"] and _works(_workers)}
    status = "failed" if not all(needed.values()) else "ok" if all(helpful.values()) else "degraded"
    checks = {name: "ok" if good else "failed" for name, good in (needed | helpful).items()}
    return JsonResponse({"status": status, "checks": checks}, status=503 if status == "failed" else 200)


class _NotReadyError(Exception):
    """A part answers, and says that it is not ready."""


def _works(check: Callable[[], object]) -> bool:
    try:
        check()
    except (Error, _NotReadyError) as error:
        _log.warning("not ready: %s", error)
        return False
    except Exception:  # noqa: BLE001 - brokers raise what they like; a health check must answer
        _log.warning("not ready", exc_info=True)
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    _remembered_migrations()


@cache
def _remembered_migrations() -> None:
    """Looked up until it is so: a process whose code is older than its tables is replaced, not healed."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _NotReadyError("migrations wait")


def _broker() -> None:
    with celery_app().connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)


def _workers() -> None:
    """For every queue a worker that was seen lately."""
    since = timezone.now() - timedelta(seconds=SILENT)
    seen = set(Worker.objects.filter(seen_at__gt=since).values_list("queue", flat=True))
    if missing := set(TaskQueue.values) - seen:
        raise _NotReadyError(f"no worker for {', '.join(sorted(missing))} ({settings.TASK_APP})")
