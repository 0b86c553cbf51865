"""Handing in files: each becomes a task of the worker, whose progress the page asks for."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from disclosures.models import Department, ImportTask, TaskState, User
from disclosures.reading import UnreadableFileError
from disclosures.services.findings import Counts, desk
from disclosures.services.intake import LARGEST_FILE, files_of
from disclosures.services.permissions import visible_departments
from disclosures.services.tasks import answer, queue_import

from .access import api, page, person, refuse

SHOWN = 40
LARGEST_UPLOAD = 200 * 1024 * 1024  # a county's zip


@page
def import_page(request: HttpRequest) -> HttpResponse:
    """Where files are dropped, and how far the last ones are."""
    user = _importer(request)
    if request.method == "POST":  # without scripts
        for problem in _take_in(user, request.FILES.getlist("files"), uuid.uuid4())[1]:
            messages.error(request, problem)
        return redirect("import")
    context = {
        "title": "导入",
        "nav": "import",
        "departments": visible_departments(user).select_related("region"),
        "tasks": _shapes(_mine(user)[:SHOWN]),
        "largest": LARGEST_FILE // 1024 // 1024,
    }
    return render(request, "workplace/import.html", context)


@api
@require_POST
def upload(request: HttpRequest) -> HttpResponseBase:
    """Queue the files of one upload."""
    user = _importer(request)
    tasks, problems = _take_in(user, request.FILES.getlist("files"), _batch(request))
    if not tasks:
        return refuse("；".join(problems) or "没有收到文件", status=400)
    return JsonResponse({"tasks": _shapes(tasks), "problems": problems}, status=202)


@api
@require_GET
def task_list(request: HttpRequest) -> HttpResponseBase:
    """The person's own tasks, newest first."""
    return JsonResponse({"tasks": _shapes(_mine(person(request))[:SHOWN])})


@api
@require_POST
def task_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which of several disclosures, or which department, a waiting task means."""
    user = _importer(request)
    task = get_object_or_404(_mine(user), pk=pk)
    department: Department | None = None
    if key := request.POST.get("department"):
        department = visible_departments(user).filter(pk=key).first() if key.isdecimal() else None
        if department is None:
            return refuse("没有这个部门，或您不能为它导入", status=400)
    choice = request.POST.get("choice", "")
    if not answer(task, int(choice) if choice.isdecimal() else task.choice, department or task.department):
        return refuse("这个文件已经处理过了", status=409)
    task.refresh_from_db()
    return JsonResponse({"task": _shapes([task])[0]})


def _importer(request: HttpRequest) -> User:
    user = person(request)
    if not user.has_perm("disclosures.add_disclosure"):
        raise PermissionDenied
    return user


def _batch(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("batch", ""))
    except ValueError:
        return uuid.uuid4()


def _take_in(user: User, files: Sequence[UploadedFile[Any]], batch: uuid.UUID) -> tuple[list[ImportTask], list[str]]:
    """The queued tasks, and what could not be queued, in words."""
    tasks: list[ImportTask] = []
    problems: list[str] = []
    for file in files:
        name = file.name or "未命名"
        largest = LARGEST_UPLOAD if name.lower().endswith(".zip") else LARGEST_FILE
        if (file.size or 0) > largest:
            problems.append(f"“{name}”超过 {largest // 1024 // 1024} MB，不像公开文本")
            continue
        try:
            tasks += [queue_import(user, inner, data, batch) for inner, data in files_of(name, file.read())]
        except UnreadableFileError as error:
            problems.append(str(error))
    return tasks, problems


def _mine(user: User) -> QuerySet[ImportTask]:
    return ImportTask.objects.filter(user=user).select_related("disclosure__department")


def _shapes(tasks: Iterable[ImportTask]) -> list[dict[str, Any]]:
    """The tasks as the page's program takes them, in a constant number of queries."""
    chosen = list(tasks)
    counts = desk().counts([task.disclosure_id for task in chosen if task.disclosure_id])
    return [_shape(task, counts.get(task.disclosure_id or 0)) for task in chosen]


def _shape(task: ImportTask, counts: Counts | None) -> dict[str, Any]:
    record = task.disclosure
    return {
        "id": task.pk,
        "name": task.file_name,
        "state": task.state,
        "stateWords": task.get_state_display(),
        "open": task.is_open,
        "asking": task.state == TaskState.ASKING,
        "progress": task.progress,
        "stage": task.stage,
        "queuedAt": f"{timezone.localtime(task.queued_at):%m-%d %H:%M}",
        "error": task.error,
        "result": task.result,
        "disclosure": str(record) if record else "",
        "url": reverse("workbench", args=[record.pk]) if record else "",
        "counts": asdict(counts) if counts else None,
    }
