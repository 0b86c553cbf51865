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
from django.views.decorators.http import require_GET, require_POST

from disclosures.models import Department, Task, User
from disclosures.notifications.inbox import read_tasks
from disclosures.reading import UnreadableFileError
from disclosures.reading.formats import suffixes
from disclosures.services.findings import Counts, desk
from disclosures.services.intake import LARGEST_FILE, files_of
from disclosures.services.permissions import visible_departments
from disclosures.services.tasks import KIND, answer, queue_import
from disclosures.tasks.files import NoRoomError

from .access import api, page, person, refuse
from .tasks import shape

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
        "tasks": _shapes(_mine(user)[:SHOWN], user),
        "largest": LARGEST_FILE // 1024 // 1024,
        "accept": ",".join((*suffixes(), ".json", ".zip", ".7z")),
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
    return JsonResponse({"tasks": _shapes(tasks, user), "problems": problems}, status=202)


@api
@require_GET
def task_list(request: HttpRequest) -> HttpResponseBase:
    """The person's own tasks, newest first."""
    user = person(request)
    shown = list(_mine(user)[:SHOWN])
    read_tasks(user, shown)
    return JsonResponse({"tasks": _shapes(shown, user)})


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
    chosen = int(choice) if choice.isdecimal() else task.params.get("choice")
    if not answer(task, chosen, department or Department.objects.filter(pk=task.params.get("department") or 0).first()):
        return refuse("这个文件已经处理过了", status=409)
    task.refresh_from_db()
    return JsonResponse({"task": _shapes([task], user)[0]})


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


def _take_in(user: User, files: Sequence[UploadedFile[Any]], batch: uuid.UUID) -> tuple[list[Task], list[str]]:
    """The queued tasks, and what could not be queued, in words."""
    tasks: list[Task] = []
    problems: list[str] = []
    for file in files:
        name = file.name or "未命名"
        largest = LARGEST_UPLOAD if name.lower().endswith((".zip", ".7z")) else LARGEST_FILE
        if (file.size or 0) > largest:
            problems.append(f"“{name}”超过 {largest // 1024 // 1024} MB，不像公开文本")
            continue
        try:
            tasks += [queue_import(user, inner, data, batch) for inner, data in files_of(name, file.read())]
        except (UnreadableFileError, NoRoomError) as error:
            problems.append(str(error))
    return tasks, problems


def _mine(user: User) -> QuerySet[Task]:
    return Task.objects.filter(kind=KIND, user=user).select_related("disclosure__department")


def _shapes(tasks: Iterable[Task], user: User) -> list[dict[str, Any]]:
    """The tasks as the page's program takes them, with the findings of what they imported, in a constant number of
    queries."""
    chosen = list(tasks)
    counts = desk().counts([task.disclosure_id for task in chosen if task.disclosure_id])
    return [shape(task, user) | {"counts": _counts(counts.get(task.disclosure_id or 0))} for task in chosen]


def _counts(counts: Counts | None) -> dict[str, int] | None:
    return asdict(counts) if counts else None
