"""What the workbench saves: corrections, their reversal, the history of a place, remarks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from disclosures.errors import (
    EditConflictError,
    InvalidValueError,
    NotAllowedError,
    NotVisibleError,
    RefusedError,
    ServiceError,
)
from disclosures.services.correcting import CellChange, CorrectionResult, correct_cells, revert_correction
from disclosures.services.corrections import history
from disclosures.services.findings import FindingView
from disclosures.services.saving import Edit
from disclosures.services.workflow import SubmissionRefusedError

from .access import View, api, person, refuse, visible_or_404
from .parts import correction_shape

Body = dict[str, Any]
MOST_CHANGES = 5000  # a pasted table has a few thousand cells
_STATUS: tuple[tuple[type[ServiceError], int], ...] = (
    (NotVisibleError, 404),
    (NotAllowedError, 403),
    (EditConflictError, 409),
    (InvalidValueError, 422),
    (RefusedError, 422),
)


class MalformedError(ServiceError):
    """The page's program sent something it never sends."""


def service(view: View) -> View:
    """A POST about one disclosure that calls a service; what that refuses becomes an answer with its sentence.

    Whoever may not see the disclosure gets 404 whatever else is wrong with the request.
    """

    @api
    @require_POST
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        visible_or_404(request, pk)
        try:
            return view(request, pk, **kwargs)
        except ServiceError as error:
            return refuse(str(error), status=_status(error), **_more(error))

    return wrapped


def _status(error: ServiceError) -> int:
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


def _more(error: ServiceError) -> Body:
    """What the page shows beside the sentence of a refusal."""
    if isinstance(error, EditConflictError):
        return {
            "revision": error.revision,
            "mine": error.my_value,
            "theirs": error.current_value,
            "changes": [
                {
                    "place": item.place,
                    "words": item.words,
                    "value": item.value,
                    "by": item.user,
                    "at": f"{timezone.localtime(item.at):%H:%M}",
                }
                for item in error.changes
            ],
        }
    if isinstance(error, InvalidValueError):
        return {"problems": [{"place": place, "message": message} for place, message in error.problems]}
    if isinstance(error, SubmissionRefusedError):
        return {"errors": _listed(error.errors), "warnings": _listed(error.warnings)}
    return {"reasons": list(error.reasons)} if isinstance(error, RefusedError) else {}


def _listed(findings: Iterable[FindingView]) -> list[Body]:
    return [{"id": finding.id, "message": finding.message, "where": finding.where} for finding in findings]


def body_of(request: HttpRequest) -> Body:
    """The JSON object of a request."""
    try:
        found = json.loads(request.body)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise MalformedError("请求不完整，请刷新页面后再试") from error
    if not isinstance(found, dict):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return found


def text_of(body: Body, name: str) -> str:
    """A text of a request's object, "" where it has none of that name."""
    value = body.get(name, "")
    if not isinstance(value, str):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return value


def revision_of(body: Body) -> int:
    """The revision that the page shows."""
    revision = body.get("revision")
    if not isinstance(revision, int):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return revision


@service
def correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Save the changed cells of one action, all or none."""
    body = body_of(request)
    return JsonResponse(saved_shape(correct_cells(edit_of(request, pk, body), changes_of(body))))


def edit_of(request: HttpRequest, pk: int, body: Body) -> Edit:
    """Whose change a request makes, seen at which revision, and why."""
    return Edit(person(request), pk, revision_of(body), text_of(body, "kind"), text_of(body, "reason"))


def changes_of(body: Body) -> list[CellChange]:
    """The values to set that a request names."""
    items = body.get("changes")
    if not isinstance(items, list) or len(items) > MOST_CHANGES:
        raise MalformedError(f"一次最多保存 {MOST_CHANGES} 个格子")
    changes = []
    for item in items:
        place, value = (item.get("place"), item.get("value")) if isinstance(item, dict) else (None, None)
        if not isinstance(place, str) or not isinstance(value, str | None):
            raise MalformedError("请求不完整，请刷新页面后再试")
        changes.append(CellChange(place, value))
    return changes


@service
def revert(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a place back the value that was read."""
    body = body_of(request)
    return JsonResponse(saved_shape(revert_correction(person(request), pk, revision_of(body), text_of(body, "place"))))


def saved_shape(result: CorrectionResult) -> Body:
    """What a save did, as the page's program takes it."""
    return {
        "revision": result.revision,
        "savedAt": f"{timezone.localtime():%H:%M}",
        "changed": [asdict(state) for state in result.changed],
        "gone": [finding.id for finding in result.gone],
        "new": [finding.id for finding in result.new],
        "lapsed": [finding.id for finding in result.lapsed],
        "counts": asdict(result.counts),
        "rearranged": result.rearranged,
    }


@api
@require_GET
def place_history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every correction of one place, latest first."""
    record = visible_or_404(request, pk)
    found = history(record.pk, request.GET.get("place", ""))
    return JsonResponse(
        {
            "history": [
                {
                    "at": f"{timezone.localtime(item.at):%m-%d %H:%M}",
                    "who": str(item.user or "系统"),
                    **correction_shape(item),
                }
                for item in found[:50]
            ]
        }
    )
