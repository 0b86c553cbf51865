"""Asking for reports: from the workbench, from the list, from an audit, from the overview."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from audit.services.making import (
    MOST_SELECTED,
    OF_ONE,
    ReportForm,
    request_audit_report,
    request_region_report,
    request_report,
    request_selection,
)
from disclosures.models import Task, User
from disclosures.views.access import page_of, person, told, way_back
from disclosures.views.edits import service
from disclosures.views.listing import filter_of

_QUEUED = "正在生成，完成后在这里下载，保留 7 天"
_PAPERS = {"docx": ReportForm.REGION_DOCX, "pdf": ReportForm.REGION_PDF}


@service
def disclosure_report(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Have a report of one disclosure made; the answer names the task to wait for."""
    if form not in OF_ONE:
        raise Http404
    task = request_report(person(request), ReportForm(form), pk)
    return JsonResponse({"task": reverse("task_state", args=[task.pk])}, status=202)


@page_of("report_findings")
@require_POST
def findings_report(request: HttpRequest) -> HttpResponseBase:
    """The findings of the chosen disclosures of the list as Excel."""
    user = person(request)
    return _begun(request, lambda: request_selection(user, _chosen(request, user)), reverse("list"))


@page_of("report_audit")
@require_POST
def audit_report(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The report of a finished audit."""
    return _begun(request, lambda: request_audit_report(person(request), _paper(form), pk), reverse("audit", args=[pk]))


@page_of("report_region")
@require_POST
def region_report(request: HttpRequest, form: str) -> HttpResponseBase:
    """The report of a region and year as it is now."""
    year, region = _number(request, "year"), _number(request, "region")
    if year is None or len(str(year)) != 4:
        raise Http404
    back = f"{reverse('overview')}?{urlencode({'year': year, 'region': region or ''})}"
    return _begun(request, lambda: request_region_report(person(request), _paper(form), year, region), back)


def _begun(request: HttpRequest, ask: Callable[[], Task], back: str) -> HttpResponseBase:
    """To the tasks, where the report appears; a refusal leads back with its sentence."""

    def act() -> str:
        ask()
        return _QUEUED

    return redirect(f"{reverse('tasks')}?mine=1" if told(request, act) else way_back(request, back))


def _chosen(request: HttpRequest, user: User) -> list[int]:
    """What was ticked, or all that the filters of the list let through; one too many tells that it is too much."""
    if request.POST.get("all"):
        found = filter_of(user, QueryDict(request.POST.get("query", ""))).chosen()
        return list(found.values_list("pk", flat=True)[: MOST_SELECTED + 1])
    return [int(value) for value in request.POST.getlist("ids") if value.isdecimal() and len(value) < 19]


def _paper(form: str) -> ReportForm:
    if form not in _PAPERS:
        raise Http404
    return _PAPERS[form]


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else None
