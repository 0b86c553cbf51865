"""The history of a disclosure: who did what, append-only."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from .disclosure import Disclosure


class AppendOnlyError(TypeError):
    """History is never changed, only added to."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("历史记录不可修改")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("历史记录不可删除")


class Action(models.TextChoices):
    IMPORTED = "imported", "导入"


class Event(models.Model):
    """One thing that one person (or the system, where `user` is null) did to one disclosure."""

    disclosure = models.ForeignKey(Disclosure, verbose_name="公开文本", on_delete=models.PROTECT, related_name="events")
    action = models.CharField("操作", max_length=32, choices=Action)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="操作人", on_delete=models.PROTECT, null=True, blank=True
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    details = models.JSONField("详情", default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "历史记录"
        verbose_name_plural = "历史记录"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("disclosure", "-at"), name="event_disclosure_at"),)

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only a new event can be saved."""
        if not self._state.adding:
            raise AppendOnlyError("历史记录不可修改")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("历史记录不可删除")
