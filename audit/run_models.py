"""Records of audits over many disclosures, and what became of findings over time."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from disclosures.models import Disclosure, Region

TRIGGERS = (("manual", "人工发起"), ("schedule", "定时"), ("rules", "规则变动"))


class AuditState(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"


class Audit(models.Model):
    """One audit of a selection of disclosures. How far it is follows from its items, whoever does the work."""

    region = models.ForeignKey(Region, verbose_name="地区", on_delete=models.PROTECT, null=True, blank=True)
    year = models.PositiveSmallIntegerField("预算年度")
    states = models.JSONField("状态范围", default=list, blank=True)
    departments = models.JSONField("部门范围", default=list, blank=True)
    selection_key = models.CharField("范围摘要", max_length=20, editable=False)
    whole = models.BooleanField("全部重新核对", default=False, help_text="没有变化的也重新核对")
    trigger = models.CharField("起因", max_length=16, choices=TRIGGERS, default="manual")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="发起人", on_delete=models.PROTECT, null=True, blank=True
    )
    state = models.CharField("进度", max_length=12, choices=AuditState, default=AuditState.QUEUED)
    queued_at = models.DateTimeField("提交时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    cancel_requested = models.BooleanField("要求取消", default=False)
    rules_version = models.CharField("规则版本", max_length=20)
    total = models.PositiveIntegerField("份数", default=0)
    checked = models.PositiveIntegerField("已核对", default=0)
    unchanged = models.PositiveIntegerField("没有变化", default=0)
    failed = models.PositiveIntegerField("未完成", default=0)
    summary = models.JSONField("汇总", default=dict, blank=True)

    class Meta:
        verbose_name = "批量核对"
        verbose_name_plural = "批量核对"
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("selection_key", "-id"), name="audit_selection"),
            models.Index(fields=("state",), name="audit_state"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=AuditState.values), name="audit_state_known"),
        )

    def __str__(self) -> str:
        return f"{self.region or '全部地区'} {self.year} 年批量核对"

    @property
    def is_open(self) -> bool:
        return self.state in (AuditState.QUEUED, AuditState.RUNNING)


class ItemState(models.TextChoices):
    QUEUED = "queued", "等待核对"
    CHECKED = "checked", "已核对"
    UNCHANGED = "unchanged", "没有变化"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"


class AuditItem(models.Model):
    """One disclosure of an audit: it is counted once, however often its chunk is delivered."""

    audit = models.ForeignKey(
        Audit, verbose_name="批量核对", on_delete=models.CASCADE, related_name="items", db_index=False
    )
    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.CASCADE, related_name="audit_items"
    )
    state = models.CharField("进度", max_length=12, choices=ItemState, default=ItemState.QUEUED)
    words = models.TextField("未完成的原因", blank=True)
    run = models.ForeignKey(
        "audit.AuditRun",
        verbose_name="核对记录",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField("时间", null=True, blank=True)

    class Meta:
        verbose_name = "批量核对的一份"
        verbose_name_plural = "批量核对的各份"
        ordering = ("audit", "pk")
        constraints = (
            models.UniqueConstraint(fields=("audit", "disclosure"), name="audit_item_once"),
            models.CheckConstraint(condition=models.Q(state__in=ItemState.values), name="audit_item_state"),
        )
        indexes = (models.Index(fields=("audit", "state"), name="audit_item_state_of"),)

    def __str__(self) -> str:
        return f"{self.disclosure}：{self.get_state_display()}"


class Happening(models.TextChoices):
    """What became of a finding."""

    OPENED = "opened", "新出现"
    CLOSED = "closed", "已解决"
    REOPENED = "reopened", "再次出现"
    EXPLAINED = "explained", "作了说明"
    UNEXPLAINED = "unexplained", "说明收回或未采纳"
    WAIVED = "waived", "豁免"
    REVOKED = "revoked", "撤销豁免"
    LAPSED = "lapsed", "数字已变，豁免或说明失效"
    MUTED = "muted", "规则停用"
    UNMUTED = "unmuted", "规则恢复"


class FindingEvent(models.Model):
    """One step in the life of a finding, with its status before ("" for none) and after."""

    finding = models.ForeignKey(
        "audit.Finding", verbose_name="问题", on_delete=models.CASCADE, related_name="history", db_index=False
    )
    run = models.ForeignKey(
        "audit.AuditRun", verbose_name="核对记录", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    what = models.CharField("经过", max_length=12, choices=Happening)
    before = models.CharField("原状态", max_length=12, blank=True)
    after = models.CharField("新状态", max_length=12)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="操作人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "问题经过"
        verbose_name_plural = "问题经过"
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("finding", "-id"), name="finding_history"),
            models.Index(fields=("at",), name="finding_event_at"),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%Y-%m-%d %H:%M}"
