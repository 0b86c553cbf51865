"""Whether plain data hold what their declarations say: JSON from outside may put anything anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import EnumType
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

Check = Callable[[Any], bool]


def misfit(value: object) -> str | None:
    """The first field, as `Class.field`, that does not hold what it is declared to hold; None where all do."""
    owner: Any = type(value)
    for name, check in _fields(owner):
        held = getattr(value, name)
        if not check(held):
            return f"{type(value).__name__}.{name}" if not is_dataclass(held) else misfit(held)
    return None


@cache
def _fields(owner: type) -> tuple[tuple[str, Check], ...]:
    hints = get_type_hints(owner)
    return tuple((field.name, _check(hints[field.name])) for field in fields(owner))


@cache
def _check(declared: Any) -> Check:
    if get_origin(declared) is tuple:
        return _tuple(get_args(declared))
    if isinstance(declared, UnionType):
        checks = tuple(_check(item) for item in get_args(declared))
        return lambda value: any(check(value) for check in checks)
    if declared in (int, bool, NoneType) or isinstance(declared, EnumType):
        return lambda value: type(value) is declared  # a bool is an int, and no year
    if is_dataclass(declared) and isinstance(declared, type):
        return lambda value: isinstance(value, declared) and misfit(value) is None
    return lambda value: isinstance(value, declared)


def _tuple(items: tuple[Any, ...]) -> Check:
    if len(items) == 2 and items[1] is Ellipsis:
        each = _check(items[0])
        return lambda value: isinstance(value, tuple) and all(map(each, value))
    checks = tuple(_check(item) for item in items)
    return lambda value: (
        isinstance(value, tuple)
        and len(value) == len(checks)
        and all(check(item) for check, item in zip(checks, value, strict=True))
    )
