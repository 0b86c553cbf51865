"""Records that are only ever added to."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """History is never changed, only added to."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("历史记录不可修改")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("历史记录不可删除")


class AppendOnly(models.Model):
    """A record that can be made and read, not changed."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only a new record can be saved."""
        if not self._state.adding:
            raise AppendOnlyError("历史记录不可修改")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("历史记录不可删除")
