"""The history of a disclosure: who did what, append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .append_only import AppendOnly
from .disclosure import Disclosure


class Action(models.TextChoices):
    IMPORTED = "imported", "导入"
    CORRECTED = "corrected", "更正"
    REVERTED = "reverted", "撤销更正"
    CARRIED_OVER = "carried_over", "承接上一版"
    CHECKED = "checked", "重新核对"
    EXPLAINED = "explained", "说明问题"
    EXPLANATION_ACCEPTED = "explanation_accepted", "采纳说明"
    EXPLANATION_REFUSED = "explanation_refused", "不采纳说明"
    WAIVED = "waived", "豁免问题"
    WAIVER_REVOKED = "waiver_revoked", "撤销豁免"
    REMARKED = "remarked", "批注"
    ASSIGNED = "assigned", "指定负责人"
    SUBMITTED = "submitted", "提交审核"
    RECALLED = "recalled", "撤回提交"
    RETURNED = "returned", "退回修改"
    APPROVED = "approved", "审核通过"
    SIGNED_OFF = "signed_off", "登记保密审查和签发"
    FINAL_FILE = "final_file", "上传定稿文件"
    PUBLISHED = "published", "公开"
    WITHDRAWN = "withdrawn", "撤回公开"
    REVISED = "revised", "启动修订"
    SUPERSEDED = "superseded", "被新版取代"
    EXPORTED = "exported", "导出"


class Event(AppendOnly):
    """One thing that one person (or the system, where `user` is null) did to one disclosure."""

    disclosure = models.ForeignKey(Disclosure, verbose_name="公开文本", on_delete=models.PROTECT, related_name="events")
    action = models.CharField("操作", max_length=32, choices=Action)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="操作人", on_delete=models.PROTECT, null=True, blank=True
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    details = models.JSONField("详情", default=dict, blank=True)

    class Meta:
        verbose_name = "历史记录"
        verbose_name_plural = "历史记录"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("disclosure", "-at"), name="event_disclosure_at"),)

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.at:%Y-%m-%d %H:%M}"
