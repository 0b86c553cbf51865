"""The steps of the workflow as the workbench takes them; each is one call of a service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse

from disclosures.errors import NotVisibleError, RefusedError
from disclosures.models import Remark, User
from disclosures.reading import UnreadableFileError
from disclosures.services.generating import request_final_file
from disclosures.services.intake import LARGEST_FILE
from disclosures.services.publishing import SignOff, attach_final_file, publish, sign_off, withdraw
from disclosures.services.remarks import add_remark, remarks_of, resolve_remark
from disclosures.services.revising import revise
from disclosures.services.workflow import approve, recall, return_for_correction, submit

from .access import person
from .edits import Body, MalformedError, body_of, service, text_of


@service
def step(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """Take one step; the answer says where to go when it leads to another version."""
    found = _STEPS.get(act)
    if found is None:
        raise Http404
    target = found(person(request), pk, body_of(request))
    return JsonResponse({"url": reverse("workbench", args=[target])})


@service
def final_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand in the final file; where it differs from the approved data, the answer says in what."""
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST_FILE:
        raise RefusedError(f"请选择一个不超过 {LARGEST_FILE // 1024 // 1024} MB 的文件")
    try:
        result = attach_final_file(person(request), pk, file.read(), file.name or "")
    except UnreadableFileError as error:
        raise RefusedError(str(error)) from error
    differences = [item.sentence for item in result.differences]
    return JsonResponse({"accepted": result.accepted, "differences": differences})


@service
def generate_final(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Have the final file written from the approved data; the answer names the task to wait for."""
    task = request_final_file(person(request), pk)
    return JsonResponse({"task": reverse("task_state", args=[task.pk])}, status=202)


@service
def remark(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Attach a remark to a finding, a place or the whole, or answer one (`answers`)."""
    body = body_of(request)
    fingerprint, place = text_of(body, "fingerprint"), text_of(body, "place")
    answers = body.get("answers")
    if answers is not None and type(answers) is not int:
        raise MalformedError("没有这条批注")
    made = add_remark(person(request), pk, text_of(body, "text"), fingerprint=fingerprint, place=place, answers=answers)
    return JsonResponse({"id": made.pk}, status=201)


@service
def settle_remark(request: HttpRequest, pk: int, remark: int, act: str) -> HttpResponseBase:
    """Mark a remark of a disclosure as dealt with (`resolve`) or as open again (`reopen`)."""
    if act not in ("resolve", "reopen"):
        raise Http404
    if not remarks_of(pk).filter(pk=remark).exists() and not Remark.objects.filter(pk=remark, disclosure=pk).exists():
        raise NotVisibleError("没有这条批注")
    made = resolve_remark(person(request), remark, resolved=act == "resolve")
    return JsonResponse({"id": made.pk, "resolved": made.resolved})


def _submit(user: User, pk: int, body: Body) -> int:
    submit(user, pk, confirm_warnings=body.get("confirmWarnings") is True)
    return pk


def _recall(user: User, pk: int, _body: Body) -> int:
    recall(user, pk)
    return pk


def _return(user: User, pk: int, body: Body) -> int:
    return_for_correction(user, pk, text_of(body, "remark"))
    return pk


def _approve(user: User, pk: int, _body: Body) -> int:
    approve(user, pk)
    return pk


def _sign_off(user: User, pk: int, body: Body) -> int:
    sign_off(
        user,
        pk,
        SignOff(
            secrecy_reviewer=text_of(body, "secrecyReviewer"),
            secrecy_reviewed_on=_day(body, "secrecyReviewedOn"),
            leader=text_of(body, "leader"),
            signed_on=_day(body, "signedOn"),
        ),
    )
    return pk


def _publish(user: User, pk: int, _body: Body) -> int:
    publish(user, pk)
    return pk


def _withdraw(user: User, pk: int, body: Body) -> int:
    withdraw(user, pk, text_of(body, "reason"))
    return pk


def _revise(user: User, pk: int, _body: Body) -> int:
    return revise(user, pk).pk


def _day(body: Body, name: str) -> date:
    try:
        return date.fromisoformat(text_of(body, name))
    except ValueError as error:
        raise MalformedError("请填写日期，例如 2026-02-14") from error


_STEPS: dict[str, Callable[[User, int, Body], int]] = {
    "submit": _submit,
    "recall": _recall,
    "return": _return,
    "approve": _approve,
    "sign_off": _sign_off,
    "publish": _publish,
    "withdraw": _withdraw,
    "revise": _revise,
}
