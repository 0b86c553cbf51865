"""What people are told, how they want to be told, and whether it went out by e-mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .disclosure import Disclosure


class NoticeGroup(models.TextChoices):
    """What a person chooses a way for."""

    WORK = "work", "退回和审核结果"
    REVIEW = "review", "等待审核"
    REMARKS = "remarks", "批注"
    ASSIGNED = "assigned", "指定负责和交接"
    DEADLINES = "deadlines", "公开期限"
    TASKS = "tasks", "后台任务"
    REPORTS = "reports", "周报"
    SYSTEM = "system", "系统运行"


class NoticeKind(models.TextChoices):
    RETURNED = "returned", "退回修改"
    APPROVED = "approved", "审核通过"
    PUBLISHED = "published", "公开"
    WITHDRAWN = "withdrawn", "撤回公开"
    EXPLANATION_ACCEPTED = "explanation_accepted", "说明已采纳"
    EXPLANATION_REFUSED = "explanation_refused", "说明没有采纳"
    SUBMITTED = "submitted", "提交审核"
    REMARK = "remark", "批注"
    ASSIGNED = "assigned", "指定负责"
    HANDED_OVER = "handed_over", "工作交接"
    TASK_DONE = "task_done", "后台任务完成"
    TASK_FAILED = "task_failed", "后台任务未完成"
    AUDIT = "audit", "批量核对完成"
    DEADLINE = "deadline", "公开期限"
    WEEKLY = "weekly", "周报"
    QUEUE = "queue", "后台处理异常"


class NoticeWay(models.TextChoices):
    """How a person wants to be told. Everything but NONE also stands in the list of the workplace."""

    IN_APP = "in_app", "只在系统内"
    AT_ONCE = "at_once", "系统内，并立即发邮件"
    DIGEST = "digest", "系统内，并每日汇总成一封邮件"
    NONE = "none", "不通知"


class Notification(models.Model):
    """One thing that one person is told. `count` says how often, where repetitions were put together.

    `mail` names the e-mail it belongs to once that is being sent (from `mail_taken_at` on); `mailed_at` says that it
    went out.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="收件人", on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField("类型", max_length=24, choices=NoticeKind)
    subject = models.CharField("标题", max_length=200)
    text = models.TextField("内容", blank=True)
    link = models.CharField("链接", max_length=300, blank=True)
    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    key = models.CharField("防重标识", max_length=120, blank=True, default="", editable=False)
    count = models.PositiveIntegerField("次数", default=1)
    way = models.CharField("方式", max_length=8, choices=NoticeWay, default=NoticeWay.IN_APP)
    created_at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)
    mail = models.CharField("邮件标识", max_length=32, blank=True, default="", editable=False)
    mail_taken_at = models.DateTimeField("邮件开始发送", null=True, blank=True, editable=False)
    mailed_at = models.DateTimeField("发邮件时间", null=True, blank=True)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("user", "-created_at"), name="notification_user"),
            models.Index(fields=("user",), condition=models.Q(read_at=None), name="notification_unread"),
            models.Index(
                fields=("way", "user"), condition=models.Q(mailed_at=None, read_at=None), name="notification_to_mail"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("user", "key"), condition=~models.Q(key=""), name="notification_once"),
        )

    def __str__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        """The subject, with how often it happened."""
        return f"{self.subject}（共 {self.count} 条）" if self.count > 1 else self.subject


class NoticePreference(models.Model):
    """The way that a person chose for a group; without one the default of the group holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.CASCADE, related_name="notice_preferences"
    )
    group = models.CharField("类别", max_length=16, choices=NoticeGroup)
    way = models.CharField("方式", max_length=8, choices=NoticeWay)

    class Meta:
        verbose_name = "通知方式"
        verbose_name_plural = "通知方式"
        constraints = (models.UniqueConstraint(fields=("user", "group"), name="notice_preference"),)

    def __str__(self) -> str:
        return f"{self.user} {self.get_group_display()}：{self.get_way_display()}"
