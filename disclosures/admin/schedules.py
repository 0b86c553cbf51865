"""Schedules in the admin: the records of django-celery-beat, for those who write cron. The page 定时任务 is for all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)

from disclosures.errors import ServiceError
from disclosures.models import Notification, Role, Schedule, ScheduleRun, User
from disclosures.schedules import run_now, switch

for model in (ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule):
    admin.site.unregister(model)


class _OfAdministrators(admin.ModelAdmin):
    """What administrators see; only what `may_change` says is changed, nothing is made or deleted by hand."""

    may_change = False
    plural = ""  # our word, where the package has another

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and _is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, (extra_context or {}) | {"list_title": self.plural})


def _is_administrator(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and user.is_active and (user.is_superuser or user.role == Role.ADMINISTRATOR)


@admin.register(CrontabSchedule)
class CrontabAdmin(_OfAdministrators):
    """Times as cron writes them; a new one is made beside the field of the schedule."""

    plural = "执行时间"
    list_display = ("__str__", "timezone")
    fields = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week", "timezone")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_administrator(request)


@admin.register(PeriodicTask)
class PeriodicTaskAdmin(_OfAdministrators):
    """When each schedule is due and whether it is on; what it does is chosen on its page."""

    plural = "定时任务"
    may_change = True
    list_display = ("name", "enabled", "crontab", "description")
    list_select_related = ("crontab",)
    fields = ("name", "description", "enabled", "crontab")
    readonly_fields = ("name", "description")
    actions = ("run_them", "switch_on", "switch_off")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(details__isnull=False)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What passed before the change is not made up for."""
        super().save_model(request, obj, form, change)
        if {"enabled", "crontab"} & set(form.changed_data):
            now = timezone.now()
            Schedule.objects.filter(periodic=obj).update(since=now, changed_at=now, changed_by=request.user)

    @admin.action(description="立即执行")
    def run_them(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._each(request, queryset, lambda user, key: run_now(user, key), "已发起")

    @admin.action(description="启用")
    def switch_on(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._each(request, queryset, lambda user, key: switch(user, key, on=True), "已启用")

    @admin.action(description="停用")
    def switch_off(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._each(request, queryset, lambda user, key: switch(user, key, on=False), "已停用")

    def _each(self, request: HttpRequest, queryset: QuerySet[Any], act: Any, words: str) -> None:
        for periodic in queryset.select_related("details"):
            try:
                act(request.user, periodic.details.key)
                self.message_user(request, f"“{periodic.name}”{words}")
            except ServiceError as error:
                self.message_user(request, str(error), messages.ERROR)


@admin.register(ScheduleRun)
class ScheduleRunAdmin(_OfAdministrators):
    list_display = ("schedule", "slot", "at", "user", "passed_over", "words", "task")
    list_filter = ("schedule", "passed_over")
    list_select_related = ("schedule__periodic", "user", "task")
    date_hierarchy = "slot"


@admin.register(Notification)
class NotificationAdmin(_OfAdministrators):
    """Whether and when somebody was told; not what they were told beyond the subject."""

    list_display = ("subject", "user", "kind", "way", "created_at", "read_at", "mailed_at")
    list_filter = ("kind", "way")
    list_select_related = ("user",)
    search_fields = ("user__username", "subject")
    fields = ("user", "kind", "subject", "way", "created_at", "read_at", "mailed_at")
