"""What the workbench saves beside values: rows, paragraphs, forms, tables added, removed, moved; and taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from disclosures.editing import Items, ListKind
from disclosures.services import items, rows, tables
from disclosures.services.saving import CorrectionResult, Edit
from disclosures.services.undoing import undo_correction, undo_save

from .access import person
from .edits import Body, MalformedError, body_of, changes_of, edit_of, revision_of, saved_shape, service, text_of

Act = Callable[[Edit, Body], CorrectionResult]


@service
def restructure(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add, remove or move what the disclosure consists of; `act` says what."""
    body = body_of(request)
    act = _ACTS.get(text_of(body, "act"))
    if act is None:
        raise MalformedError("请求不完整，请刷新页面后再试")
    return JsonResponse(saved_shape(act(edit_of(request, pk, body), body)))


@service
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back one save, or one correction of the history."""
    body = body_of(request)
    if "save" in body:
        result = undo_save(person(request), pk, revision_of(body), _number(body, "save"))
    else:
        result = undo_correction(person(request), pk, revision_of(body), _number(body, "correction"))
    return JsonResponse(saved_shape(result))


def _table(edit: Edit, body: Body) -> CorrectionResult:
    changes = rows.TableChanges(
        changes_of({"changes": body.get("cells", [])}),
        [_text(item) for item in _list(body, "removed")],
        [_new_row(item) for item in _list(body, "added")],
    )
    return rows.change_table(edit, text_of(body, "table"), changes)


def _new_row(item: Any) -> rows.NewRow:
    if not isinstance(item, dict):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return rows.NewRow(_number(item, "before"), _texts(item, "labels"), _texts(item, "values"), text_of(item, "side"))


def _no_data(edit: Edit, body: Body) -> CorrectionResult:
    table, no_data = text_of(body, "table"), body.get("noData") is True
    return tables.declare_no_data(edit, table, no_data=no_data)


def _add_table(edit: Edit, body: Body) -> CorrectionResult:
    table, no_data = text_of(body, "table"), body.get("noData") is True
    return tables.add_table(edit, table, no_data=no_data)


def _add(edit: Edit, body: Body) -> CorrectionResult:
    at, fields = _number(body, "at"), _texts(body, "fields")
    return items.add_item(edit, _items(body), at, fields)


def _remove(edit: Edit, body: Body) -> CorrectionResult:
    return items.remove_item(edit, _items(body), text_of(body, "place"))


def _move(edit: Edit, body: Body) -> CorrectionResult:
    place, to = text_of(body, "place"), _number(body, "to")
    return items.move_item(edit, _items(body), place, to)


def _assign(edit: Edit, body: Body) -> CorrectionResult:
    position, table = _number(body, "position"), text_of(body, "table")
    return tables.assign_other_table(edit, position, table)


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
