"""What people changed in what was read, and what they remarked; a place follows its row when that is renamed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .append_only import AppendOnly
from .disclosure import Disclosure


class CorrectionKind(models.TextChoices):
    """Whose mistake it was: only mistakes of the document must also be mended in the file."""

    READING = "reading", "系统读错"
    DOCUMENT = "document", "文本写错"


class CorrectionAction(models.TextChoices):
    SET = "set", "更正"
    REVERT = "revert", "撤销更正"
    ADD_ROW = "add_row", "增加行"
    REMOVE_ROW = "remove_row", "删除行"
    ADD = "add", "增加"
    REMOVE = "remove", "删除"
    MOVE = "move", "调整顺序"


class Correction(models.Model):
    """One change of one place by one person. `active`: it is what stands there now and differs from what was read."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.CASCADE, related_name="corrections", db_index=False
    )
    place = models.TextField("位置")
    words = models.TextField("位置（文字）", blank=True)
    action = models.CharField("操作", max_length=16, choices=CorrectionAction, default=CorrectionAction.SET)
    kind = models.CharField("类别", max_length=16, choices=CorrectionKind, default=CorrectionKind.READING)
    read_value = models.TextField("读取值", null=True, blank=True)
    read_surety = models.CharField("读取时的可信度", max_length=16, blank=True)
    old_value = models.TextField("修改前", null=True, blank=True)
    new_value = models.TextField("修改后", null=True, blank=True)
    reason = models.TextField("原因", blank=True)
    active = models.BooleanField("有效", default=True)
    revision = models.PositiveIntegerField("修订号")
    content = models.JSONField(
        "增删的内容", null=True, blank=True, help_text="所在的列表、位置和增加或删除的整行、整段、整张表：撤销时用"
    )
    undoes = models.ForeignKey(
        "self", verbose_name="撤销的更正", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        "self",
        verbose_name="随之删除",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="它所在的行（段、表）由这一次更正删除；恢复时一并恢复",
    )
    carried_from = models.ForeignKey(
        "self", verbose_name="承接自", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="操作人", on_delete=models.PROTECT, null=True, blank=True
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "更正"
        verbose_name_plural = "更正"
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("disclosure", "revision"), name="correction_revision"),
            models.Index(fields=("disclosure",), condition=models.Q(active=True), name="correction_active"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=CorrectionKind.values), name="correction_kind"),
        )

    def __str__(self) -> str:
        return f"{self.words or self.place}：{self.old_value or '空白'} → {self.new_value or '空白'}"


class Remark(models.Model):
    """What somebody says about a finding (`fingerprint`), a place, or the whole; or an answer to that."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.CASCADE, related_name="remarks"
    )
    answers = models.ForeignKey(
        "self", verbose_name="答复", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    fingerprint = models.CharField("问题", max_length=40, blank=True)
    place = models.TextField("位置", blank=True)
    text = models.TextField("内容")
    resolved = models.BooleanField("已处理", default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="批注人", on_delete=models.PROTECT)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "批注"
        verbose_name_plural = "批注"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:40]


class Snapshot(AppendOnly):
    """A published disclosure as it was published: never changed, kept when it is withdrawn."""

    disclosure = models.OneToOneField(
        Disclosure, verbose_name="公开文本", on_delete=models.PROTECT, related_name="snapshot"
    )
    content = models.TextField("内容", help_text="budget-disclosure/1，规范化 JSON")
    sha256 = models.CharField("内容 SHA-256", max_length=64)
    file_sha256 = models.CharField("定稿文件 SHA-256", max_length=64)
    file_name = models.CharField("定稿文件名", max_length=255)
    secrecy_reviewer = models.CharField("保密审查人", max_length=100)
    secrecy_reviewed_on = models.DateField("保密审查日期")
    leader = models.CharField("签发领导", max_length=100)
    signed_on = models.DateField("签发日期")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="公开人", on_delete=models.PROTECT)
    published_at = models.DateTimeField("公开时间", auto_now_add=True)

    class Meta:
        verbose_name = "公开快照"
        verbose_name_plural = "公开快照"
        ordering = ("-published_at",)

    def __str__(self) -> str:
        return f"{self.disclosure_id} {self.sha256[:12]}"
