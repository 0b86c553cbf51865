"""Accounts: one role per person, and the department or region they work for."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from .append_only import AppendOnly


class Role(models.TextChoices):
    """What a person does with disclosures (domain: the people)."""

    CLERK = "clerk", "经办"
    REVIEWER = "reviewer", "审核"
    AUDITOR = "auditor", "审计"
    ADMINISTRATOR = "administrator", "管理员"


class User(AbstractUser):
    """An account. What a role may do is said in `disclosures.services.permissions`."""

    username = models.CharField(
        "账号",
        max_length=150,
        unique=True,
        validators=[AbstractUser.username_validator],
        help_text="不超过 150 个字，只含文字、数字和 @ . + - _",
        error_messages={"unique": "这个账号已经存在"},
    )
    first_name = models.CharField("姓名", max_length=150, blank=True)
    role = models.CharField("角色", max_length=16, choices=Role, default=Role.CLERK)
    department = models.ForeignKey(
        "disclosures.Department",
        verbose_name="所属部门（单位）",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        help_text="经办人员填写",
    )
    region = models.ForeignKey(
        "disclosures.Region",
        verbose_name="所属地区",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        help_text="审核人员填写：可以看到该地区及其下级地区的全部公开文本",
    )
    must_change_password = models.BooleanField(
        "下次登录须改密码", default=False, help_text="密码由管理员设定后，本人登录时必须修改"
    )
    is_demo = models.BooleanField("演示账号", default=False, editable=False)

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def set_password(self, raw_password: str | None) -> None:
        """A password of one's own choice; who sets somebody else's asks for a change afterwards."""
        super().set_password(raw_password)
        self.must_change_password = False


class LoginOutcome(models.TextChoices):
    SUCCESS = "success", "登录成功"
    FAILURE = "failure", "密码错误"
    LOCKED = "locked", "账号锁定，被拒绝"
    LOGOUT = "logout", "退出"
    UNLOCKED = "unlocked", "管理员解锁"


class LoginRecord(AppendOnly):
    """One attempt to log in, or a log-out. The lock-out after failures is counted from these."""

    username = models.CharField("账号", max_length=150)
    user = models.ForeignKey(
        User, verbose_name="姓名", on_delete=models.PROTECT, null=True, blank=True, related_name="logins"
    )
    address = models.CharField("来源地址", max_length=45, blank=True)
    outcome = models.CharField("结果", max_length=16, choices=LoginOutcome)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "登录记录"
        verbose_name_plural = "登录记录"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("username", "-at"), name="login_username_at"),)

    def __str__(self) -> str:
        return f"{self.username} {self.get_outcome_display()}"
