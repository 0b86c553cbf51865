"""Records of checks: runs, findings that outlive them, explanations, waivers and muted rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from disclosures.models import Disclosure, Region

from .run_models import Audit, AuditItem, AuditState, FindingEvent, Happening, ItemState

__all__ = [
    "SEVERITIES",
    "Audit",
    "AuditItem",
    "AuditRun",
    "AuditState",
    "Decision",
    "Explanation",
    "Finding",
    "FindingEvent",
    "Happening",
    "ItemState",
    "RuleMute",
    "Status",
    "Trigger",
    "Waiver",
]


class Trigger(models.TextChoices):
    IMPORT = "import", "导入"
    CORRECTION = "correction", "更正后"
    MANUAL = "manual", "人工发起"
    SUBMISSION = "submission", "提交前"
    SCHEDULE = "schedule", "定时"
    RULES = "rules", "规则变动"
    AUDIT = "audit", "批量核对"


class AuditRun(models.Model):
    """One check of one revision of a disclosure. What it found is in the findings it first or last saw."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.CASCADE, related_name="audit_runs", db_index=False
    )
    trigger = models.CharField("起因", max_length=16, choices=Trigger)
    revision = models.PositiveIntegerField("修订号")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="发起人", on_delete=models.PROTECT, null=True, blank=True
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    milliseconds = models.PositiveIntegerField("耗时（毫秒）", default=0)
    rules_run = models.PositiveIntegerField("规则数", default=0)
    checks_run = models.PositiveIntegerField("核对次数", default=0)
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("提醒", default=0)
    infos = models.PositiveIntegerField("参考", default=0)
    opened = models.PositiveIntegerField("新出现", default=0)
    closed = models.PositiveIntegerField("已解决", default=0)
    lapsed = models.JSONField("失效的豁免和说明", default=list, blank=True, help_text="数字已变，须重新处理的问题")
    basis = models.CharField("依据摘要", max_length=20, blank=True, help_text="内容、规则、上年文本和停用规则的摘要")
    unchecked = models.PositiveIntegerField("未核对项数", default=0)
    not_checked = models.JSONField("未核对", default=list, blank=True)

    class Meta:
        verbose_name = "核对记录"
        verbose_name_plural = "核对记录"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("disclosure", "-id"), name="run_disclosure"),)

    def __str__(self) -> str:
        return f"{self.get_trigger_display()} {self.at:%Y-%m-%d %H:%M}"


class Status(models.TextChoices):
    """Open errors stand in the way of a submission, open and explained ones in the way of an approval."""

    OPEN = "open", "未处理"
    EXPLAINED = "explained", "已说明"
    WAIVED = "waived", "已豁免"
    MUTED = "muted", "规则停用"
    GONE = "gone", "已解决"


SEVERITIES = (("error", "错误"), ("warning", "提醒"), ("info", "参考"))


class Finding(models.Model):
    """One thing that is or was wrong in a disclosure, identified by its fingerprint across runs."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.CASCADE, related_name="findings", db_index=False
    )
    fingerprint = models.CharField("指纹", max_length=40)
    rule = models.CharField("规则", max_length=32, db_index=True)
    family = models.CharField("类别", max_length=32)
    severity = models.CharField("程度", max_length=8, choices=SEVERITIES)
    where = models.TextField("位置")
    params = models.JSONField("参数", default=dict)
    actual = models.TextField("现值", null=True, blank=True)
    expected = models.TextField("应为", null=True, blank=True)
    difference = models.TextField("差额", null=True, blank=True)
    evidence = models.JSONField("依据", default=list, help_text="[位置, 值, 原件位置] 的列表")
    source = models.TextField("原件位置", null=True, blank=True)
    position = models.PositiveIntegerField("顺序", default=0)
    values_digest = models.CharField("数值摘要", max_length=20, help_text="豁免和说明只对这些数值有效")
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.OPEN)
    first_run = models.ForeignKey(
        AuditRun, verbose_name="首次出现", on_delete=models.CASCADE, related_name="first_seen", db_index=False
    )
    last_run = models.ForeignKey(
        AuditRun, verbose_name="最近一次出现", on_delete=models.CASCADE, related_name="last_seen", db_index=False
    )

    class Meta:
        verbose_name = "问题"
        verbose_name_plural = "问题"
        ordering = ("disclosure", "position", "pk")
        indexes = (
            models.Index(fields=("disclosure", "status", "severity"), name="finding_open"),
            models.Index(fields=("status", "rule"), name="finding_rule"),
        )
        constraints = (
            models.UniqueConstraint(fields=("disclosure", "fingerprint"), name="finding_once"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="finding_status"),
        )

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """The sentence, rendered from the rule's template as it is today."""
        from audit.catalogue import render, rules  # the rules cost start-up time

        if self.rule not in rules():
            return f"规则 {self.rule} 已不在目录中：{self.where}"
        return render(self.rule, self.params)


class Decision(models.TextChoices):
    PENDING = "pending", "待审核"
    ACCEPTED = "accepted", "已采纳"
    REFUSED = "refused", "未采纳"
    LAPSED = "lapsed", "数字已变，失效"
    REPLACED = "replaced", "已改写"


class Explanation(models.Model):
    """What a clerk says about a finding that will not be changed; accepted, it becomes a waiver."""

    finding = models.ForeignKey(Finding, verbose_name="问题", on_delete=models.CASCADE, related_name="explanations")
    text = models.TextField("说明")
    values_digest = models.CharField("数值摘要", max_length=20)
    decision = models.CharField("审核意见", max_length=12, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审核人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_explanations",
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    answer = models.TextField("审核答复", blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="说明人", on_delete=models.PROTECT, related_name="explanations"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "问题说明"
        verbose_name_plural = "问题说明"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("finding",), condition=models.Q(decision="pending"), name="explanation_pending_once"
            ),
        )

    def __str__(self) -> str:
        return self.text[:40]


class Waiver(models.Model):
    """A reviewer's word that a finding may stand: for this fingerprint and these values only."""

    finding = models.ForeignKey(Finding, verbose_name="问题", on_delete=models.CASCADE, related_name="waivers")
    reason = models.TextField("理由")
    values_digest = models.CharField("数值摘要", max_length=20)
    explanation = models.ForeignKey(
        Explanation, verbose_name="所依据的说明", on_delete=models.SET_NULL, null=True, blank=True
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="豁免人", on_delete=models.PROTECT, related_name="granted_waivers"
    )
    granted_at = models.DateTimeField("豁免时间", auto_now_add=True)
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="撤销人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="revoked_waivers",
    )
    end_reason = models.TextField("终止原因", blank=True)

    class Meta:
        verbose_name = "豁免"
        verbose_name_plural = "豁免"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("finding",), condition=models.Q(ended_at=None), name="waiver_in_force_once"
            ),
        )

    def __str__(self) -> str:
        return self.reason[:40]


class RuleMute(models.Model):
    """A rule that misfires, silenced for a region and the regions below it (for all where region is null)."""

    rule = models.CharField("规则", max_length=32)
    region = models.ForeignKey(Region, verbose_name="地区", on_delete=models.CASCADE, null=True, blank=True)
    reason = models.TextField("理由")
    muted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="停用人", on_delete=models.PROTECT, related_name="muted_rules"
    )
    muted_at = models.DateTimeField("停用时间", auto_now_add=True)
    ends_on = models.DateField(
        "停用到", null=True, blank=True, help_text="最后一天，之后自动恢复；不填则到人工恢复为止"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="恢复人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unmuted_rules",
    )
    ended_at = models.DateTimeField("恢复时间", null=True, blank=True)

    class Meta:
        verbose_name = "停用的规则"
        verbose_name_plural = "停用的规则"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.rule}（{self.region or '全部地区'}）"
