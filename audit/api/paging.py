"""Cursor pages over any ordering: a page begins after the last record seen, whatever was added meanwhile.

DRF's cursor compares the first field of an ordering only and counts an offset among equals, up to a limit:
thousands of disclosures of one year would lose records. This one compares all fields, the key last.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from rest_framework.filters import OrderingFilter
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from .problems import ApiError

PAGE_SIZE = 50
LARGEST_PAGE = 500
_LONGEST_CURSOR = 2000
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The sort keys of the record beside the page, and whether the page lies before it."""

    values: tuple[str, ...]
    backwards: bool

    def encode(self) -> str:
        return urlsafe_b64encode(json.dumps([int(self.backwards), *self.values]).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Raises ApiError for anything that `encode` did not make."""
        try:
            if len(text) > _LONGEST_CURSOR:
                raise ValueError("too long")
            backwards, *values = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            if backwards not in (0, 1) or not all(isinstance(value, str) for value in values):
                raise ValueError("not a cursor")
        except (ValueError, TypeError, RecursionError) as error:
            raise _bad_cursor() from error
        return cls(tuple(values), bool(backwards))


class Ordering(OrderingFilter):
    """`?ordering=` over the fields that the view names, always ended by the key; unknown fields are refused."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any, Any], view: APIView) -> QuerySet[Any, Any]:
        allowed: Sequence[str] = getattr(view, "ordering_fields", ())
        asked = request.query_params.get(self.ordering_param, "")
        keys = [part.strip() for part in asked.split(",") if part.strip()]
        for key in keys:
            if key.removeprefix("-") not in allowed:
                raise ApiError(
                    "invalid",
                    f"不能按“{key}”排序",
                    errors=[{"field": "ordering", "message": f"可以用：{'、'.join(allowed)}"}],
                )
        order = keys or list(getattr(view, "ordering", ()))
        if {key.removeprefix("-") for key in order}.isdisjoint({"pk", "id"}):
            order.append("-pk" if order and order[0].startswith("-") else "pk")
        return queryset.order_by(*order)

    def get_schema_operation_parameters(self, view: APIView) -> list[Json]:
        allowed: Sequence[str] = getattr(view, "ordering_fields", ())
        if not allowed:
            return []
        values = [sign + field for field in allowed for sign in ("", "-")]
        return [
            {
                "name": "ordering",
                "in": "query",
                "required": False,
                "description": "排序的字段，前面加 - 为倒序；几个字段用逗号分开。",
                "schema": {"type": "array", "items": {"type": "string", "enum": values}},
                "style": "form",
                "explode": False,
            }
        ]


class KeysetPagination(BasePagination):
    """`{next, previous, results}`; `next` and `previous` are addresses to follow, not to be put together."""

    def paginate_queryset(
        self, queryset: QuerySet[Any, Any] | Sequence[Any], request: Request, view: APIView | None = None
    ) -> list[Any]:
        if not isinstance(queryset, QuerySet):
            raise TypeError("pages are cut in the database")
        self.request = request
        keys = [str(key) for key in queryset.query.order_by]
        text = request.query_params.get("cursor", "")
        cursor = Cursor.decode(text) if text else None
        size = _size(request)
        if cursor is not None:
            queryset = queryset.filter(_beyond(queryset.model, keys, cursor))
            if cursor.backwards:
                queryset = queryset.order_by(*map(_reversed, keys))
        found = list(queryset[: size + 1])
        page, more = found[:size], len(found) > size
        backwards = cursor is not None and cursor.backwards
        if backwards:
            page.reverse()
        has_next, has_previous = (True, more) if backwards else (more, cursor is not None)
        self.next = self._address(keys, page[-1], backwards=False) if page and has_next else None
        self.previous = self._address(keys, page[0], backwards=True) if page and has_previous else None
        return page

    def _address(self, keys: Sequence[str], record: Model, *, backwards: bool) -> str:
        cursor = Cursor(tuple(_text(_value(record, key.removeprefix("-"))) for key in keys), backwards)
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor.encode())

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next, "previous": self.previous, "results": data})

    def get_paginated_response_schema(self, schema: Json) -> Json:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "description": "下一页的地址；没有下一页时为 null"},
                "previous": {**link, "description": "上一页的地址；没有上一页时为 null"},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[Json]:
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "翻页用，取自上一次回答的 next 或 previous，不必自己拼。",
                "schema": {"type": "string", "maxLength": _LONGEST_CURSOR},
            },
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "description": f"每页条数，默认 {PAGE_SIZE}，最多 {LARGEST_PAGE}。",
                "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE},
            },
        ]


def _size(request: Request) -> int:
    text = request.query_params.get("page_size", str(PAGE_SIZE))
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= LARGEST_PAGE):
        message = f"每页条数须为 1 至 {LARGEST_PAGE}"
        raise ApiError("invalid", message, errors=[{"field": "page_size", "message": message}])
    return int(text)


def _beyond(model: type[Model], keys: Sequence[str], cursor: Cursor) -> Q:
    """The records after (or before) the cursor in an ordering of several keys."""
    if len(cursor.values) != len(keys):
        raise _bad_cursor()
    paths = [key.removeprefix("-") for key in keys]
    values = [_parsed(_field(model, path), text) for path, text in zip(paths, cursor.values, strict=True)]
    directions = ["lt" if key.startswith("-") != cursor.backwards else "gt" for key in keys]
    alternatives = [
        Q(**dict(zip(paths[:number], values[:number], strict=True)))
        & Q(**{f"{paths[number]}__{directions[number]}": values[number]})
        for number in range(len(keys))
    ]
    # The first condition follows from the rest; databases find the index with it.
    return Q(**{f"{paths[0]}__{directions[0]}e": values[0]}) & reduce(or_, alternatives)


def _field(model: type[Model], path: str) -> Field[Any, Any]:
    """The field at the end of a path like `department__name`."""
    field: Any = None
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        model = getattr(field, "related_model", None) or model
    return field.target_field if field.is_relation else field  # type: ignore[no-any-return]


def _parsed(field: Field[Any, Any], text: str) -> Any:
    try:
        value = field.to_python(text)
    except (ValidationError, OverflowError) as error:
        raise _bad_cursor() from error
    if value is None or (isinstance(value, int) and abs(value) >= 2**63) or "\x00" in text:
        raise _bad_cursor()
    return value


def _value(record: Model, path: str) -> Any:
    value: Any = record
    for name in path.split("__"):
        value = getattr(value, name)
    return value.pk if isinstance(value, Model) else value


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _reversed(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _bad_cursor() -> ApiError:
    message = "cursor 不是由上一次回答给出的，请从第一页开始"
    return ApiError("invalid", message, errors=[{"field": "cursor", "message": message}])
