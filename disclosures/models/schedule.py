"""What is done at its time: which schedules there are, and when each was started."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from .task import Task


class Schedule(models.Model):
    """One schedule. When it is due and whether it is switched on stands in django-celery-beat's record.

    What it does is in the registry of `disclosures.schedules`, under `key`. From that record it is `details`:
    `schedule` is the record's own time, by which the clock goes.
    """

    key = models.CharField("标识", max_length=32, unique=True)
    periodic = models.OneToOneField(PeriodicTask, verbose_name="时间", on_delete=models.CASCADE, related_name="details")
    options = models.JSONField("选项", default=dict, blank=True)
    since = models.DateTimeField(
        "从何时起", default=timezone.now, help_text="之前的时间不补做：新建、改时间、重新启用都从当时算起"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="修改人", on_delete=models.SET_NULL, null=True, blank=True
    )
    changed_at = models.DateTimeField("修改时间", null=True, blank=True)

    class Meta:
        verbose_name = "定时任务的选项"
        verbose_name_plural = "定时任务的选项"
        ordering = ("key",)

    def __str__(self) -> str:
        return str(self.periodic.name)


class ScheduleRun(models.Model):
    """One time of a schedule: it is started once, whoever notices that it is due.

    `words` says what came of it where no task tells that: it was missed, passed over, or done at once.
    """

    schedule = models.ForeignKey(Schedule, verbose_name="定时任务", on_delete=models.CASCADE, related_name="runs")
    slot = models.DateTimeField("应于")
    at = models.DateTimeField("发起时间", default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="由谁", on_delete=models.SET_NULL, null=True, blank=True
    )
    task = models.ForeignKey(
        Task, verbose_name="后台任务", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    passed_over = models.BooleanField("没有做", default=False)
    words = models.CharField("结果", max_length=300, blank=True)

    class Meta:
        verbose_name = "定时任务的一次"
        verbose_name_plural = "定时任务的各次"
        ordering = ("-slot", "-pk")
        constraints = (models.UniqueConstraint(fields=("schedule", "slot"), name="schedule_slot"),)

    def __str__(self) -> str:
        return f"{self.schedule} {timezone.localtime(self.slot):%Y-%m-%d %H:%M}"
