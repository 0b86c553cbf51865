"""Long work that runs outside a request: the record is the truth, whoever does the work."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models

from .disclosure import Disclosure
from .organisation import Department


class TaskState(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    ASKING = "asking", "等待选择"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"


class TaskKind(models.TextChoices):
    IMPORT = "import", "导入文件"


class ImportTask(models.Model):
    """One file to import: who asked, how far it is, what came of it in words.

    The bytes wait in a file of their own under the `incoming` folder until the task is finished.
    """

    kind = models.CharField("类型", max_length=16, choices=TaskKind, default=TaskKind.IMPORT)
    batch = models.UUIDField("批次", default=uuid.uuid4, db_index=True)
    upload = models.UUIDField("上传标识", default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField("文件名", max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="提交人", on_delete=models.PROTECT)
    state = models.CharField("状态", max_length=16, choices=TaskState, default=TaskState.QUEUED)
    stage = models.CharField("步骤", max_length=64, blank=True)
    progress = models.PositiveSmallIntegerField("进度（%）", default=0)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    choice = models.PositiveSmallIntegerField("第几份", null=True, blank=True)
    department = models.ForeignKey(
        Department, verbose_name="指定部门", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    queued_at = models.DateTimeField("提交时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    heartbeat_at = models.DateTimeField("最近进展", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
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
        constraints = (models.CheckConstraint(condition=models.Q(state__in=TaskState.values), name="task_state"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file_name}"

    @property
    def path(self) -> Path:
        """Where the bytes wait."""
        return Path(settings.MEDIA_ROOT) / "incoming" / self.upload.hex

    @property
    def is_open(self) -> bool:
        return self.state in (TaskState.QUEUED, TaskState.RUNNING)
