"""Tokens with which programs come in the name of a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class ApiToken(models.Model):
    """One token of one person. Only its hash is kept: whoever reads the database cannot use it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField("用途", max_length=100, help_text="例如：财政局数据汇总脚本")
    digest = models.CharField("令牌 SHA-256", max_length=64, unique=True, editable=False)
    hint = models.CharField("令牌开头", max_length=12, editable=False)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    expires_at = models.DateTimeField("到期时间")
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="停用人",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = "接口令牌"
        verbose_name_plural = "接口令牌"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.name}（{self.hint}…）"

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def state_words(self) -> str:
        if self.revoked_at is not None:
            return "已停用"
        return "有效" if self.is_valid else "已过期"
