"""Handing in files: each becomes a task of the worker, whose progress the page asks for."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Case, Count, QuerySet, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from disclosures.models import Department, Task, TaskState, User
from disclosures.notifications.inbox import read_tasks
from disclosures.reading import UnreadableFileError
from disclosures.reading.formats import suffixes
from disclosures.reading.limits import LARGEST_FILE, LARGEST_UPLOAD
from disclosures.services.findings import Counts, desk
from disclosures.services.intake import largest_upload
from disclosures.services.permissions import visible_departments
from disclosures.services.tasks import KIND, answer, queue_import
from disclosures.tasks.files import NoRoomError

from .access import api, page, person, refuse
from .tasks import shape

SHOWN = 40
_MB = 1024 * 1024
_WAITS_FOR_PERSON = (TaskState.ASKING, TaskState.FAILED)


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
        "tasks": _shapes(_latest(user), user),
        "largest": LARGEST_FILE // _MB,
        "largest_archive": LARGEST_UPLOAD // _MB,
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
    shown = _latest(user)
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
        largest = largest_upload(name)
        if (file.size or 0) > largest:
            problems.append(f"“{name}”超过 {largest // _MB} MB，不像公开文本")
            continue
        try:
            tasks.append(queue_import(user, name, file.read(), batch))
        except (UnreadableFileError, NoRoomError) as error:
            problems.append(str(error))
    return tasks, problems


def _mine(user: User) -> QuerySet[Task]:
    return Task.objects.filter(kind=KIND, user=user).select_related("disclosure__department")


def _latest(user: User) -> list[Task]:
    """The tasks on the page: the latest upload first; behind an archive its files, first those that need a person."""
    found = _mine(user).annotate(
        uploaded_at=Coalesce("parent__queued_at", "queued_at"),
        upload_pk=Coalesce("parent_id", "pk"),
        place=Case(When(parent=None, then=0), When(state__in=_WAITS_FOR_PERSON, then=1), default=2),
    )
    return list(found.order_by("-uploaded_at", "-upload_pk", "place", "pk")[:SHOWN])


def _shapes(tasks: Iterable[Task], user: User) -> list[dict[str, Any]]:
    """The tasks as the page's program takes them, with the findings of what they imported and with what became of the
    files of an archive, in a constant number of queries."""
    chosen = list(tasks)
    counts = desk().counts([task.disclosure_id for task in chosen if task.disclosure_id])
    members = _members([task.pk for task in chosen if "files" in task.result])
    return [
        shape(task, user)
        | {
            "counts": _counts(counts.get(task.disclosure_id or 0)),
            "archive": task.parent_id,
            "members": members.get(task.pk),
        }
        for task in chosen
    ]


def _members(archives: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many of the files of each archive are in each state."""
    if not archives:
        return {}
    states = Task.objects.filter(parent__in=archives).order_by().values_list("parent", "state").annotate(Count("pk"))
    found: dict[int, dict[str, int]] = {pk: {} for pk in archives}
    for pk, state, number in states:
        found[pk][state] = number
    return found


def _counts(counts: Counts | None) -> dict[str, int] | None:
    return asdict(counts) if counts else None
