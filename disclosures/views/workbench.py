"""The workbench: one page for one disclosure. Its parts come as JSON (`parts`), changes go to `edits`."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from disclosures import models
from disclosures.profiles import PROFILES
from disclosures.services.deadlines import countdowns
from disclosures.services.matrix import Act
from disclosures.services.permissions import actions_for
from disclosures.storage import read_bytes
from disclosures.storage.registry import target_storage

from . import parts
from .access import api, page, person, visible_or_404


@page
def workbench(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; everything in it that changes is asked for by its program."""
    record = visible_or_404(request, pk)
    actions = actions_for(person(request), record)
    context = {
        "title": f"{record.department} {record.fiscal_year}",
        "nav": "list",
        "record": record,
        "deadline": countdowns([record]).get(record.pk),
        "tabs": _tabs(record),
        "config": _config(record, actions),
    }
    return render(request, "workplace/workbench.html", context)


def _tabs(record: models.Disclosure) -> list[dict[str, Any]]:
    """Tables, narrative, target forms, overview, history, in the order of the document; three queries."""
    present = {table.code: table for table in record.budget_tables.all()}
    tables = [
        {
            "key": decl.id,
            "label": f"表{decl.ordinal}",
            "hint": decl.title + ("：没有读到" if decl.id not in present else ""),
            "missing": decl.id not in present,
        }
        for decl in PROFILES[record.profile].tables
    ]
    others = record.othertables.count()
    other_tables = {"key": "others", "label": "其他表格", "hint": "没有认出的表格：认定或删去", "number": others}
    return [
        *tables,
        *([other_tables] if others else []),
        {"key": "narrative", "label": "情况说明", "hint": "第三部分各节"},
        {"key": "targets", "label": "绩效目标", "hint": "绩效目标表", "number": target_storage().count(record)},
        {"key": "overview", "label": "概况", "hint": "封面、部门概况、名词解释、附件、读取提示"},
        {"key": "history", "label": "历史", "hint": "谁在什么时候做了什么"},
    ]


def _config(record: models.Disclosure, actions: frozenset[Act]) -> dict[str, Any]:
    base = reverse("workbench", args=[record.pk])
    return {
        "id": record.pk,
        "base": base,
        "findings": reverse("findings", args=[record.pk]),
        "revision": record.revision,
        "state": record.state,
        "signed": bool(record.leader),
        "hasFinal": record.final_file_id is not None,
        "actions": sorted(actions),
        "hasOriginal": record.source_file_id is not None,
    }


@api
@require_GET
def part(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """One part of the disclosure."""
    record = visible_or_404(request, pk)
    return JsonResponse({"revision": record.revision, **parts.part(record, key)})


@page
@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The original file, unchanged; never shown by the browser itself."""
    record = visible_or_404(request, pk)
    if record.source_file is None:
        raise Http404
    data = BytesIO(read_bytes(record.source_file))
    return FileResponse(
        data, as_attachment=True, filename=record.source_file.name, content_type="application/octet-stream"
    )
