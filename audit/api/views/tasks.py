"""Background tasks: how far they are, cancelling, retrying, answering, fetching what they made."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.base import ListedAndShown
from audit.api.filters import TaskFilter
from audit.api.problems import ApiError
from audit.api.serializers import requests as bodies
from audit.api.serializers.results import TaskSerializer
from disclosures import tasks
from disclosures.models import Task
from disclosures.services.permissions import visible_departments
from disclosures.services.tasks import answer

from .findings import validated


@extend_schema_view(list=extend_schema(summary="后台任务"), retrieve=extend_schema(summary="一个任务的进度和结果"))
@extend_schema(tags=["任务"])
class TaskViewSet(ListedAndShown[Task]):
    """One's own tasks; administrators see all."""

    queryset = Task.objects.none()
    serializer_class = TaskSerializer
    filterset_class = TaskFilter
    ordering = ("-pk",)
    ordering_fields = ("id", "queued_at")

    def get_queryset(self) -> QuerySet[Task]:
        return tasks.visible_tasks(self.person).select_related("user")

    @extend_schema(summary="取消", request=bodies.EmptySerializer, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        self.get_object()
        validated(bodies.EmptySerializer, request)
        return Response(TaskSerializer(tasks.cancel(self.person, int(pk))).data)

    @extend_schema(summary="重试", request=bodies.EmptySerializer, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        self.get_object()
        validated(bodies.EmptySerializer, request)
        return Response(TaskSerializer(tasks.retry(self.person, int(pk))).data)

    @extend_schema(
        summary="回答任务的询问：哪一份，或哪个部门", request=bodies.AnswerSerializer, responses=TaskSerializer
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        task = self.get_object()
        body = validated(bodies.AnswerSerializer, request)
        department = None
        if "department" in body:
            department = visible_departments(self.person).filter(pk=body["department"]).first()
            if department is None:
                words = "没有这个部门，或者您不能为它导入"
                raise ApiError("invalid", words, errors=[{"field": "department", "message": words}])
        if not answer(task, body.get("choice"), department):
            raise ApiError("wrong_state", "这个任务没有在等待选择")
        return Response(TaskSerializer(self.get_object()).data)

    @extend_schema(
        summary="结果文件",
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, description="文件")},
    )
    @action(detail=True, methods=["get"])
    def output(self, request: Request, pk: str) -> FileResponse:
        task = self.get_object()
        if not task.output_name or not task.output_path.exists():
            raise ApiError("not_found", "这个任务没有结果文件，或者已经清理")
        response = FileResponse(
            task.output_path.open("rb"),
            as_attachment=True,
            filename=task.output_name,
            content_type="application/octet-stream",
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
