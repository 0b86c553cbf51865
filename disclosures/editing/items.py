"""Parts of the plain data to JSON and back, by their types: what the memory keeps of things removed.

The contract's JSON (`disclosures.plain.codec`) writes whole disclosures for others to read; this writes any
record of the plain data for ourselves, letter for letter.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(item: object) -> Any:
    """A record, or what stands in a field of one; fields that hold their default are left out."""
    if is_dataclass(item) and not isinstance(item, type):
        told = ((field.name, getattr(item, field.name), field.default) for field in fields(item))
        return {name: to_json(value) for name, value, default in told if value != default}
    if isinstance(item, tuple):
        return [to_json(each) for each in item]
    return item.value if isinstance(item, Enum) else item


def from_json(kind: type[T], data: Any) -> T:
    """The record of that type. Raises TypeError, KeyError, ValueError when it is none."""
    found: T = _read(kind, data)
    return found


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, data: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if data is None else _read(next(each for each in inner if each is not type(None)), data)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_read(inner[0], each) for each in data)
        return tuple(_read(each, value) for each, value in zip(inner, data, strict=True))
    if isinstance(hint, type) and is_dataclass(hint):
        return hint(**{name: _read(_hints(hint)[name], value) for name, value in data.items()})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(data)
    if not isinstance(data, hint):
        raise TypeError(f"{data!r} is no {hint}")
    return data
