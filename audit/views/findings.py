"""Findings of one disclosure for the workbench, and what people do about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from audit import models
from audit.services.checking import check_stored
from audit.services.waiving import (
    accept_explanation,
    explain_finding,
    refuse_explanation,
    revoke_waiver,
    waive_finding,
    withdraw_explanation,
)
from disclosures.models import Remark, User
from disclosures.services.findings import Counts, desk
from disclosures.services.matrix import Act
from disclosures.services.permissions import require
from disclosures.services.remarks import remarks_of
from disclosures.views.access import api, person, visible_or_404
from disclosures.views.edits import Body, body_of, service, text_of

from .shapes import Shape, not_checked_items, stored_finding


@api
@require_GET
def findings(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything that holds now: findings with what was said of them, and what could not be checked."""
    record = visible_or_404(request, pk)
    return JsonResponse(_shape(record.pk))


def _shape(pk: int) -> Shape:
    run = models.AuditRun.objects.filter(disclosure=pk).first()
    holding = (
        models.Finding.objects.filter(disclosure=pk)
        .exclude(status=models.Status.GONE)
        .prefetch_related(
            Prefetch("explanations", models.Explanation.objects.select_related("user")),
            Prefetch("waivers", models.Waiver.objects.select_related("granted_by")),
        )
    )
    return {
        "findings": [stored_finding(item) for item in holding],
        "notChecked": not_checked_items((rule, reason) for rule, reason, _where in run.not_checked) if run else [],
        "checkedAt": f"{timezone.localtime(run.at):%m-%d %H:%M}" if run else None,
        "counts": asdict(desk().counts([pk]).get(pk, Counts())),
        "remarks": [_remark(item) for item in remarks_of(pk).select_related("user")],
    }


def _remark(remark: Remark) -> Shape:
    return {
        "id": remark.pk,
        "fingerprint": remark.fingerprint,
        "place": remark.place,
        "text": remark.text,
        "resolved": remark.resolved,
        "by": str(remark.user),
        "at": f"{timezone.localtime(remark.at):%m-%d %H:%M}",
    }


@service
def recheck(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Check the disclosure again."""
    require(person(request), Act.CHECK, pk)
    check_stored(pk, user=person(request))
    return JsonResponse(_shape(pk))


@service
def settle(request: HttpRequest, pk: int, finding: int, act: str) -> HttpResponseBase:
    """Explain, waive, accept, refuse … one finding; the answer holds all findings anew."""
    found = _ACTS.get(act)
    record = visible_or_404(request, pk)
    if found is None or not models.Finding.objects.filter(pk=finding, disclosure=record).exists():
        raise Http404
    found(person(request), finding, body_of(request))
    return JsonResponse(_shape(pk))


def _explain(user: User, finding: int, body: Body) -> None:
    explain_finding(user, finding, text_of(body, "text"))


def _withdraw_explanation(user: User, finding: int, _body: Body) -> None:
    withdraw_explanation(user, finding)


def _accept(user: User, finding: int, body: Body) -> None:
    accept_explanation(user, finding, text_of(body, "text"))


def _refuse(user: User, finding: int, body: Body) -> None:
    refuse_explanation(user, finding, text_of(body, "text"))


def _waive(user: User, finding: int, body: Body) -> None:
    waive_finding(user, finding, text_of(body, "text"))


def _revoke(user: User, finding: int, body: Body) -> None:
    revoke_waiver(user, finding, text_of(body, "text"))


_ACTS: dict[str, Callable[[User, int, Body], None]] = {
    "explain": _explain,
    "withdraw-explanation": _withdraw_explanation,
    "accept": _accept,
    "refuse": _refuse,
    "waive": _waive,
    "revoke": _revoke,
}
