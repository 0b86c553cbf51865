"""What people keep of the screens they use: filters of lists by name."""

from __future__ import annotations

from django.db import models

from .accounts import User


class SavedFilter(models.Model):
    """The filters of a list under a name of its owner's choice; `query` is what stands in the address."""

    user = models.ForeignKey(User, verbose_name="账号", on_delete=models.CASCADE, related_name="saved_filters")
    page = models.CharField("页面", max_length=32)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("筛选条件", max_length=1000, blank=True)
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        verbose_name = "保存的筛选"
        verbose_name_plural = "保存的筛选"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("user", "page", "name"), name="saved_filter_name"),)

    def __str__(self) -> str:
        return self.name
