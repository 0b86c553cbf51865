"""Background tasks and the processes that do them, to look at: what is done with a task stands on the task's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from disclosures.models import Task, User, Worker
from disclosures.tasks import sees_all_tasks
from disclosures.tasks.processes import SILENT


class _ToLookAt(admin.ModelAdmin):
    """For administrators; nothing is added, changed or deleted here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return isinstance(request.user, User) and sees_all_tasks(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Task)
class TaskAdmin(_ToLookAt):
    list_display = ("title", "file_name", "state", "queue", "user", "queued_at", "waited", "took", "attempts", "short")
    list_filter = ("state", "queue", "kind", "trigger", "queued_at")
    list_select_related = ("user",)
    search_fields = ("=pk", "title", "file_name", "key", "error", "user__username")
    date_hierarchy = "queued_at"
    show_full_result_count = False  # a season has tens of thousands
    fieldsets = (
        (None, {"fields": ("title", "kind", "state", "stage", "progress", "done", "total", "error", "result")}),
        ("由谁", {"fields": ("trigger", "user", "batch", "parent", "disclosure", "file_name", "output_name")}),
        ("何时", {"fields": ("queued_at", "not_before", "started_at", "heartbeat_at", "finished_at")}),
        ("怎样", {"fields": ("queue", "worker", "attempts", "cancel_requested", "rung_at", "key", "params")}),
    )

    @admin.display(description="等了")
    def waited(self, task: Task) -> str:
        return _long((task.started_at or task.finished_at or timezone.now()) - task.queued_at)

    @admin.display(description="用时")
    def took(self, task: Task) -> str:
        if task.started_at is None:
            return ""
        return _long((task.finished_at or timezone.now()) - task.started_at)

    @admin.display(description="未完成的原因")
    def short(self, task: Task) -> str:
        return task.error if len(task.error) <= 40 else f"{task.error[:39]}…"


@admin.register(Worker)
class WorkerAdmin(_ToLookAt):
    list_display = ("name", "queue", "listens", "started_at", "seen_at")
    list_filter = ("queue",)
    fields = ("name", "queue", "started_at", "seen_at")

    @admin.display(description="在工作", boolean=True)
    def listens(self, worker: Worker) -> bool:
        return timezone.now() - worker.seen_at < timedelta(seconds=SILENT)


def _long(span: timedelta) -> str:
    """A span in words, to the second."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} 秒"
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分 {seconds} 秒"
