"""Long work that runs outside a request: the record is the truth, whoever does the work."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from .disclosure import Disclosure


class TaskState(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    ASKING = "asking", "等待选择"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"


OPEN_STATES = (TaskState.QUEUED, TaskState.RUNNING, TaskState.ASKING)


class TaskTrigger(models.TextChoices):
    PERSON = "person", "人员"
    SCHEDULE = "schedule", "定时"
    SYSTEM = "system", "系统"


class TaskQueue(models.TextChoices):
    INTERACTIVE = "interactive", "有人在等"
    BULK = "bulk", "批量"


class Task(models.Model):
    """One piece of long work: who asked, how far it is, what came of it in words.

    What kinds there are is in the registry of `disclosures.tasks`. Bytes handed in wait in a file of their own
    until the task is done; a file that the task makes lies beside. A record is changed by conditional updates
    only (`claim` says whose it is while it runs), never by `save()`.
    """

    kind = models.CharField("类型", max_length=32)
    title = models.CharField("名称", max_length=64)
    trigger = models.CharField("由谁发起", max_length=16, choices=TaskTrigger, default=TaskTrigger.PERSON)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提交人", on_delete=models.PROTECT, null=True, blank=True
    )
    key = models.CharField("防重标识", max_length=200, blank=True, default="")
    queue = models.CharField("队列", max_length=16, choices=TaskQueue, default=TaskQueue.INTERACTIVE)
    params = models.JSONField("参数", default=dict, blank=True)
    batch = models.UUIDField("批次", default=uuid.uuid4, db_index=True)
    parent = models.ForeignKey(
        "self", verbose_name="所属任务", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )

    state = models.CharField("状态", max_length=16, choices=TaskState, default=TaskState.QUEUED)
    stage = models.CharField("步骤", max_length=64, blank=True)
    progress = models.PositiveSmallIntegerField("进度（%）", default=0)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("共", default=0)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    cancel_requested = models.BooleanField("要求取消", default=False)

    queued_at = models.DateTimeField("提交时间", default=timezone.now)
    not_before = models.DateTimeField("最早开始", null=True, blank=True)
    rung_at = models.DateTimeField("最近通知", null=True, blank=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    heartbeat_at = models.DateTimeField("最近进展", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    claim = models.CharField("执行标识", max_length=80, blank=True, default="", editable=False)
    worker = models.CharField("执行进程", max_length=100, blank=True, default="")

    upload = models.UUIDField("上传标识", default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField("文件名", max_length=255, blank=True, default="")
    output_name = models.CharField("结果文件名", max_length=255, blank=True, default="")
    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    result = models.JSONField("结果", default=dict, blank=True)
    error = models.TextField("未完成的原因", blank=True)

    class Meta:
        verbose_name = "后台任务"
        verbose_name_plural = "后台任务"
        ordering = ("-queued_at", "-pk")
        indexes = (
            models.Index(fields=("state", "queued_at"), name="task_state_queued"),
            models.Index(fields=("user", "-queued_at"), name="task_user_queued"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=TaskState.values), name="task_state"),
            models.UniqueConstraint(
                fields=("kind", "key"),
                condition=models.Q(state__in=OPEN_STATES) & ~models.Q(key=""),
                name="task_open_key",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.file_name}".rstrip()

    @property
    def path(self) -> Path:
        """Where the bytes handed in wait."""
        return Path(settings.MEDIA_ROOT) / "incoming" / self.upload.hex

    @property
    def output_path(self) -> Path:
        """Where the file that the task made lies."""
        return Path(settings.MEDIA_ROOT) / "outputs" / self.upload.hex

    @property
    def is_open(self) -> bool:
        """Whether it will go on by itself."""
        return self.state in (TaskState.QUEUED, TaskState.RUNNING)


class Worker(models.Model):
    """A worker process that listens to a queue, as long as it is seen."""

    name = models.CharField("进程", max_length=100, unique=True)
    queue = models.CharField("队列", max_length=16, choices=TaskQueue)
    started_at = models.DateTimeField("开始时间", default=timezone.now)
    seen_at = models.DateTimeField("最近出现", default=timezone.now)

    class Meta:
        verbose_name = "工作进程"
        verbose_name_plural = "工作进程"
        ordering = ("queue", "name")

    def __str__(self) -> str:
        return f"{self.get_queue_display()} {self.name}"
