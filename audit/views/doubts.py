"""What the reader was not sure of, for the workbench: listed, and confirmed where sums bear it out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_GET

from audit.services.readings import confirm_readings, doubts_of
from disclosures.views.access import api, person, visible_or_404
from disclosures.views.edits import MOST_CHANGES, MalformedError, body_of, revision_of, saved_shape, service


@api
@require_GET
def doubts(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How many amounts were not surely read, and what those that sums settle can only be."""
    found = doubts_of(visible_or_404(request, pk))
    readings = [
        {
            "place": doubt.only.place,
            "words": doubt.words,
            "read": doubt.only.read,
            "value": doubt.only.value,
            "statements": doubt.only.statements,
        }
        for doubt in found.settled
    ]
    return JsonResponse({"total": found.total, "names": found.names, "readings": readings})


@service
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Confirm the readings at `places`."""
    body = body_of(request)
    places = body.get("places")
    if not isinstance(places, list) or not 0 < len(places) <= MOST_CHANGES:
        raise MalformedError("请选择要确认的数字")
    if not all(isinstance(place, str) for place in places):
        raise MalformedError("请求不完整，请刷新页面后再试")
    return JsonResponse(saved_shape(confirm_readings(person(request), pk, revision_of(body), places)))
