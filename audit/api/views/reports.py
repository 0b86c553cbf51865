"""Reports of a disclosure, made in the background: asked for here, followed and fetched at the task."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.base import ApiMixin
from audit.api.serializers.requests import RequestSerializer
from audit.api.serializers.results import TaskSerializer
from audit.services.making import LABELS, OF_ONE, ReportForm, request_report

from .findings import validated


class ReportSerializer(RequestSerializer):
    """Which report is wanted."""

    form = serializers.ChoiceField(
        choices=[(form.value, LABELS[form]) for form in OF_ONE],
        help_text="；".join(f"{form.value}：{LABELS[form]}" for form in OF_ONE),
    )


class ReportActions(ApiMixin):
    """An action of `DisclosureViewSet`, in a file of its own."""

    @extend_schema(
        summary="生成报告",
        description="报告在后台生成，按 Location 跟踪任务，完成后从任务的 output 下载，保留 7 天。",
        request=ReportSerializer,
        responses={202: TaskSerializer},
        tags=["报告"],
    )
    @action(detail=True, methods=["post"], url_path="reports", url_name="reports")
    def reports(self, request: Request, pk: str) -> Response:
        self.get_object()  # type: ignore[attr-defined]
        body = validated(ReportSerializer, request)
        task = request_report(self.person, ReportForm(body["form"]), int(pk))
        address = request.build_absolute_uri(f"/api/v1/tasks/{task.pk}")
        return Response(TaskSerializer(task).data, status=202, headers={"Location": address})
