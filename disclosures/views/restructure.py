"""What the workbench saves beside values: rows, paragraphs, forms, tables added, removed, moved; and taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from disclosures.editing import Items, ListKind
from disclosures.models import User
from disclosures.services import restructuring as services
from disclosures.services.saving import CorrectionResult
from disclosures.services.undoing import undo_correction, undo_save

from .access import person
from .edits import Body, MalformedError, body_of, changes_of, revision_of, saved_shape, service, text_of

Act = Callable[[User, int, int, Body, str, str], CorrectionResult]


@service
def restructure(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add, remove or move what the disclosure consists of; `act` says what."""
    body = body_of(request)
    act = _ACTS.get(text_of(body, "act"))
    if act is None:
        raise MalformedError("请求不完整，请刷新页面后再试")
    result = act(person(request), pk, revision_of(body), body, text_of(body, "kind"), text_of(body, "reason"))
    return JsonResponse(saved_shape(result))


@service
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back one save, or one correction of the history."""
    body = body_of(request)
    if "save" in body:
        result = undo_save(person(request), pk, revision_of(body), _number(body, "save"))
    else:
        result = undo_correction(person(request), pk, revision_of(body), _number(body, "correction"))
    return JsonResponse(saved_shape(result))


def _table(user: User, pk: int, revision: int, body: Body, kind: str, reason: str) -> CorrectionResult:
    changes = services.TableChanges(
        changes_of({"changes": body.get("cells", [])}),
        [_text(item) for item in _list(body, "removed")],
        [_new_row(item) for item in _list(body, "added")],
    )
    return services.change_table(user, pk, revision, text_of(body, "table"), changes, kind, reason)


def _new_row(item: Any) -> services.NewRow:
    if not isinstance(item, dict):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return services.NewRow(
        _number(item, "before"), _texts(item, "labels"), _texts(item, "values"), text_of(item, "side")
    )


def _no_data(user: User, pk: int, revision: int, body: Body, kind: str, reason: str) -> CorrectionResult:
    table, no_data = text_of(body, "table"), body.get("noData") is True
    return services.declare_no_data(user, pk, revision, table, no_data=no_data, kind=kind, reason=reason)


def _add_table(user: User, pk: int, revision: int, body: Body, kind: str, reason: str) -> CorrectionResult:
    table, no_data = text_of(body, "table"), body.get("noData") is True
    return services.add_table(user, pk, revision, table, no_data=no_data, kind=kind, reason=reason)


def _add(user: User, pk: int, revision: int, body: Body, kind: str, reason: str) -> CorrectionResult:
    at, fields = _number(body, "at"), _texts(body, "fields")
    return services.add_item(user, pk, revision, _items(body), at, fields, kind, reason)


def _remove(user: User, pk: int, revision: int, body: Body, kind: str, reason: str) -> CorrectionResult:
    return services.remove_item(user, pk, revision, _items(body), text_of(body, "place"), kind, reason)


def _move(user: User, pk: int, revision: int, body: Body, kind: str, reason: str) -> CorrectionResult:
    place, to = text_of(body, "place"), _number(body, "to")
    return services.move_item(user, pk, revision, _items(body), place, to, kind, reason)


def _assign(user: User, pk: int, revision: int, body: Body, kind: str, reason: str) -> CorrectionResult:
    position, table = _number(body, "position"), text_of(body, "table")
    return services.assign_other_table(user, pk, revision, position, table, kind, reason)


_ACTS: dict[str, Act] = {
    "table": _table,
    "no_data": _no_data,
    "add_table": _add_table,
    "add": _add,
    "remove": _remove,
    "move": _move,
    "assign": _assign,
}


def _items(body: Body) -> Items:
    try:
        return Items(ListKind(text_of(body, "list")), text_of(body, "of"))
    except ValueError as error:
        raise MalformedError("请求不完整，请刷新页面后再试") from error


def _number(body: Body, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return value


def _list(body: Body, name: str) -> list[Any]:
    value = body.get(name, [])
    if not isinstance(value, list):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return value


def _texts(body: Body, name: str) -> dict[str, str]:
    value = body.get(name, {})
    if not isinstance(value, dict):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return {str(key): _text("" if text is None else text) for key, text in value.items()}
