"""Accounts: one role per person, and the department or region they work for."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a person does with disclosures (domain: the people)."""

    CLERK = "clerk", "经办"
    REVIEWER = "reviewer", "审核"
    AUDITOR = "auditor", "审计"
    ADMINISTRATOR = "administrator", "管理员"


class User(AbstractUser):
    """An account. What a role may do is said in `disclosures.services.permissions`."""

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
    is_demo = models.BooleanField("演示账号", default=False, editable=False)

    class Meta:
        verbose_name = "用户"
        verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.get_full_name() or self.username
