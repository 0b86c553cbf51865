"""Quick check: a file in, its findings out; nothing is stored of it, and what a worker needed goes within the hour."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from audit.tasks_quick_check import KIND, quick_check
from disclosures.errors import RefusedError
from disclosures.models import Task
from disclosures.reading import UnreadableFileError
from disclosures.reading.formats import suffixes
from disclosures.services.intake import LARGEST_FILE
from disclosures.tasks.files import NoRoomError
from disclosures.views.access import api, page, person, refuse
from disclosures.views.tasks import shape


@page
def quick_check_page(request: HttpRequest) -> HttpResponse:
    """Where a file is dropped to be checked and forgotten."""
    accept = ",".join((*suffixes(), ".json"))
    context = {"title": "快速核对", "nav": "quick_check", "largest": LARGEST_FILE // 1024 // 1024, "accept": accept}
    return render(request, "workplace/quick_check.html", context)


@api
@require_POST
def run(request: HttpRequest) -> HttpResponseBase:
    """The findings of one file, of every disclosure in it; of a file that a worker reads, the task (202)."""
    file = request.FILES.get("file")
    if file is None:
        return refuse("没有收到文件", status=400)
    if (file.size or 0) > LARGEST_FILE:
        return refuse(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，不像公开文本", status=400)
    user = person(request)
    try:
        found = quick_check(user, file.name or "", file.read())
    except (UnreadableFileError, NoRoomError) as error:
        return refuse(str(error), status=400)
    except RefusedError as error:
        return refuse(str(error), status=429)
    if isinstance(found, Task):
        return JsonResponse({"task": shape(found, user)}, status=202)
    return JsonResponse({"disclosures": found})


@api
@require_GET
def state(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far one's own quick check is; when it is done, what it found."""
    user = person(request)
    task = get_object_or_404(Task.objects.select_related("user", "disclosure__department"), pk=pk, kind=KIND, user=user)
    return JsonResponse({"task": shape(task, user) | {"result": {}}, **task.result})
