"""What storage refuses, and the check that both database engines refuse alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import models

# PostgreSQL takes no NUL and neither engine a lone surrogate.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_LARGEST_INTEGER = 2**31 - 1


class StorageError(ValueError):
    """The disclosure cannot be stored; the message is plain Chinese and names the place."""


def check_storable(instances: Iterable[models.Model]) -> None:
    """Refuse texts that one of the database engines would not take, before anything is written.

    SQLite ignores `max_length`, the size of an integer and NUL characters, PostgreSQL refuses all three:
    checked here, both give the same clear message.
    """
    for instance in instances:
        for field in instance._meta.concrete_fields:
            value = getattr(instance, field.attname)
            if not _texts_are_storable(value):
                raise StorageError(f"{_place(instance, field)}含有无法保存的控制字符")
            if isinstance(value, int) and field.get_internal_type() == "IntegerField" and abs(value) > _LARGEST_INTEGER:
                raise StorageError(f"{_place(instance, field)}过大：{value}")
            limit = getattr(field, "max_length", None)
            if limit and isinstance(value, str) and len(value) > limit:
                raise StorageError(f"{_place(instance, field)}超过 {limit} 个字：{value[:20]}…")


def _place(instance: models.Model, field: models.Field[Any, Any]) -> str:
    source = getattr(instance, "source", None)
    where = f"（{source}）" if isinstance(source, str) and not _UNSTORABLE.search(source) else ""
    return f"{instance._meta.verbose_name}{where}的“{field.verbose_name}”"


def _texts_are_storable(value: object) -> bool:
    if isinstance(value, str):
        return _UNSTORABLE.search(value) is None
    if isinstance(value, dict):
        return all(_texts_are_storable(item) for pair in value.items() for item in pair)
    if isinstance(value, list | tuple):
        return all(_texts_are_storable(item) for item in value)
    return True
