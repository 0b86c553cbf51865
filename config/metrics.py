"""Figures for Prometheus, counted in the database at every question: right whatever process answers.

Open to this machine (and not through a proxy on it), or to whoever brings METRICS_TOKEN.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Min, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from audit.models import AuditRun, Finding
from disclosures.models import Task, TaskQueue, TaskState, Worker
from disclosures.tasks.processes import SILENT

RECENT = timedelta(hours=1)  # of what durations are told
_LOOPBACK = ("127.0.0.1", "::1")
_TOOK = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may(request):
        return HttpResponseForbidden("forbidden", content_type="text/plain")
    registry = CollectorRegistry()
    registry.register(Records())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    by_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and not by_proxy


class Records:
    """Reads the records when it is asked; about ten queries whatever their number."""

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()
        yield from _queues(now)
        yield from _tasks(now)
        yield _workers(now)
        yield from _checks()

    def describe(self) -> list[Metric]:
        return []


def _queues(now: datetime) -> Iterator[Metric]:
    depth = GaugeMetricFamily("disclosures_queue_depth", "Tasks that wait", labels=["queue"])
    oldest = GaugeMetricFamily(
        "disclosures_queue_oldest_seconds", "Age of the task that waits longest", labels=["queue"]
    )
    waiting = Task.objects.filter(state=TaskState.QUEUED).order_by().values("queue")
    found = {row["queue"]: row for row in waiting.annotate(number=Count("pk"), first=Min("queued_at"))}
    for queue in TaskQueue.values:
        row = found.get(queue)
        depth.add_metric([queue], row["number"] if row else 0)
        oldest.add_metric([queue], max(0.0, (now - row["first"]).total_seconds()) if row else 0)
    yield depth
    yield oldest


def _tasks(now: datetime) -> Iterator[Metric]:
    number = GaugeMetricFamily("disclosures_tasks", "Tasks on record", labels=["kind", "state"])
    for kind, state, count in Task.objects.order_by().values_list("kind", "state").annotate(Count("pk")):
        number.add_metric([kind, state], count)
    yield number
    took = GaugeMetricFamily("disclosures_task_seconds_sum", "Run time of tasks done in the last hour", labels=["kind"])
    ended = GaugeMetricFamily("disclosures_task_seconds_count", "Tasks done in the last hour", labels=["kind"])
    longest = GaugeMetricFamily("disclosures_task_seconds_max", "Longest of them", labels=["kind"])
    done = Task.objects.filter(state=TaskState.DONE, finished_at__gt=now - RECENT, started_at__isnull=False)
    for row in done.order_by().values("kind").annotate(number=Count("pk"), sum=Sum(_TOOK), most=Max(_TOOK)):
        took.add_metric([row["kind"]], row["sum"].total_seconds())
        ended.add_metric([row["kind"]], row["number"])
        longest.add_metric([row["kind"]], row["most"].total_seconds())
    yield from (took, ended, longest)
    silent = GaugeMetricFamily("disclosures_task_silent_seconds", "Longest silence of a running task")
    last = Task.objects.filter(state=TaskState.RUNNING).aggregate(last=Min("heartbeat_at"))["last"]
    silent.add_metric([], max(0.0, (now - last).total_seconds()) if last else 0)
    yield silent


def _workers(now: datetime) -> Metric:
    workers = GaugeMetricFamily("disclosures_workers", "Worker processes that listen", labels=["queue"])
    seen = Worker.objects.filter(seen_at__gt=now - timedelta(seconds=SILENT)).order_by()
    found = dict(seen.values_list("queue").annotate(Count("pk")))
    for queue in TaskQueue.values:
        workers.add_metric([queue], found.get(queue, 0))
    return workers


def _checks() -> Iterator[Metric]:
    totals = AuditRun.objects.aggregate(number=Count("pk"), spent=Sum("milliseconds"))
    yield CounterMetricFamily("disclosures_checks", "Checks of disclosures", value=totals["number"])
    spent = (totals["spent"] or 0) / 1000
    yield CounterMetricFamily("disclosures_check_seconds", "Time spent checking", value=spent)
    findings = GaugeMetricFamily("disclosures_findings", "Findings on record", labels=["severity", "status"])
    for severity, status, count in Finding.objects.order_by().values_list("severity", "status").annotate(Count("pk")):
        findings.add_metric([severity, status], count)
    yield findings
