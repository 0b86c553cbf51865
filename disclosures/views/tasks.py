"""Background tasks: their list, how far each is, cancelling, retrying, the file that one has made."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from disclosures import tasks
from disclosures.errors import NotVisibleError, RefusedError
from disclosures.models import Task, TaskState, User
from disclosures.notifications.inbox import read_tasks

from .access import api, page, person, refuse

PER_PAGE = 30
_STATES = {
    "open": ("进行中", (TaskState.QUEUED, TaskState.RUNNING, TaskState.ASKING)),
    "failed": ("未完成", (TaskState.FAILED, TaskState.CANCELLED)),
    "done": ("已完成", (TaskState.DONE,)),
}


@page
@require_GET
def task_page(request: HttpRequest) -> HttpResponse:
    """The person's tasks, newest first; administrators see everybody's."""
    user = person(request)
    chosen = request.GET.get("state", "")
    mine = request.GET.get("mine") == "1"
    found = _filtered(user, chosen, mine)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "后台任务",
        "nav": "tasks",
        "shown": shown,
        "tasks": [shape(task, user) for task in shown],
        "filters": [("", "全部"), *((key, label) for key, (label, _) in _STATES.items())],
        "chosen": chosen if chosen in _STATES else "",
        "mine": mine,
        "sees_all": tasks.sees_all_tasks(user),
    }
    return render(request, "workplace/tasks.html", context)


@api
@require_GET
def task_data(request: HttpRequest) -> HttpResponseBase:
    """The tasks of the given numbers (`ids=1,2`), for a page that shows them."""
    user = person(request)
    wanted = [int(text) for text in request.GET.get("ids", "").split(",") if text.isdecimal() and len(text) < 18]
    found = list(_complete(tasks.visible_tasks(user).filter(pk__in=wanted[: 2 * PER_PAGE])))
    read_tasks(user, found)
    return JsonResponse({"tasks": [shape(task, user) for task in found]})


@api
@require_GET
def task_state(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One task."""
    user = person(request)
    return JsonResponse(shape(get_object_or_404(_complete(tasks.visible_tasks(user)), pk=pk), user))


@api
@require_POST
def task_cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _change(request, pk, tasks.cancel)


@api
@require_POST
def task_retry(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _change(request, pk, tasks.retry)


def _change(request: HttpRequest, pk: int, change: Any) -> HttpResponseBase:
    user = person(request)
    try:
        task = change(user, pk)
    except NotVisibleError as error:
        return refuse(str(error), status=404)
    except RefusedError as error:
        return refuse(str(error), status=409)
    return JsonResponse(shape(task, user))


@page
@require_GET
def task_output(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that a task has made, always as a download."""
    task = get_object_or_404(tasks.visible_tasks(person(request)), pk=pk)
    if task.state != TaskState.DONE or not task.output_name:
        raise Http404("这个任务没有结果文件")
    try:
        stream = task.output_path.open("rb")
    except FileNotFoundError as error:
        raise Http404("结果文件已经清理，请重新生成") from error
    answer = FileResponse(
        stream, as_attachment=True, filename=task.output_name, content_type="application/octet-stream"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _filtered(user: User, state: str, mine: bool) -> QuerySet[Task]:
    found = _complete(tasks.visible_tasks(user))
    if state in _STATES:
        found = found.filter(state__in=_STATES[state][1])
    return found.filter(user=user) if mine else found


def _complete(found: QuerySet[Task]) -> QuerySet[Task]:
    return found.select_related("user", "disclosure__department")


def shape(task: Task, user: User) -> dict[str, Any]:
    """A task as the programs of the pages take it."""
    record = task.disclosure
    ended = task.state in (TaskState.FAILED, TaskState.CANCELLED)
    return {
        "id": task.pk,
        "kind": task.kind,
        "title": task.title,
        "name": task.params.get("inside") or task.file_name or task.title,
        "who": "" if task.user_id == user.pk else str(task.user or "系统"),
        "state": task.state,
        "stateWords": task.get_state_display(),
        "open": task.is_open,
        "asking": task.state == TaskState.ASKING,
        "cancelling": task.cancel_requested and task.state == TaskState.RUNNING,
        "mayCancel": task.state in (TaskState.QUEUED, TaskState.ASKING)
        or (task.state == TaskState.RUNNING and not task.cancel_requested),
        "mayRetry": ended,
        "progress": task.progress,
        "done": task.done,
        "total": task.total,
        "stage": task.stage,
        "queuedAt": f"{timezone.localtime(task.queued_at):%m-%d %H:%M}",
        "took": _took(task),
        "error": task.error,
        "result": task.result,
        "disclosure": str(record) if record else "",
        "url": reverse("workbench", args=[record.pk]) if record else "",
        "output": task.output_name if task.state == TaskState.DONE else "",
        "addresses": {
            "cancel": reverse("task_cancel", args=[task.pk]),
            "retry": reverse("task_retry", args=[task.pk]),
            "output": reverse("task_output", args=[task.pk]),
        },
    }


def _took(task: Task) -> str:
    """How long the task ran, in words."""
    if not task.started_at or not task.finished_at:
        return ""
    seconds = max(0, round((task.finished_at - task.started_at).total_seconds()))
    if seconds < 60:
        return f"用时 {max(seconds, 1)} 秒"
    return f"用时 {seconds // 60} 分 {seconds % 60} 秒"
