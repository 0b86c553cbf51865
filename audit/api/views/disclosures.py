"""Disclosures as records: the list, one, its versions, its content in the contract's formats, its files."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from audit.api import contract
from audit.api.base import Body, ListedAndShown
from audit.api.filters import FindingFilter
from audit.api.problems import ApiError
from audit.api.schema import BUDGET_DISCLOSURE, BUDGET_FINDINGS
from audit.api.serializers.disclosures import DisclosureDetailSerializer, DisclosureSerializer
from audit.api.serializers.findings import FindingSerializer
from audit.api.serializers.history import WordChangeSerializer
from audit.api.serializers.parts import TableContentSerializer
from audit.api.tables import table_shape
from audit.api.versions import not_modified, with_tag
from audit.models import Finding
from disclosures.filters import DisclosureFilter
from disclosures.models import Disclosure, SourceFile
from disclosures.plain.codec import to_json
from disclosures.plain.data import TABLE_IDS
from disclosures.services.corrections import correction_list
from disclosures.services.deadlines import deadlines
from disclosures.services.findings import desk
from disclosures.services.loaded import content
from disclosures.services.matrix import Act
from disclosures.services.permissions import require, visible_disclosures
from disclosures.services.revising import versions
from disclosures.storage import read_bytes

from .findings import with_decisions
from .reports import ReportActions
from .workflow import WorkflowActions

_SHOWN = ("department", "source_file", "assigned_to", "submitted_by", "created_by")
FORMAT = "format"
_FINDINGS = "budget-findings"
_BINARY = {(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, description="文件")}


@extend_schema_view(
    list=extend_schema(summary="公开文本"),
    retrieve=extend_schema(summary="一份公开文本", description="回答的 ETag 是改动时 If-Match 所需的版本。"),
)
@extend_schema(tags=["公开文本"])
class DisclosureViewSet(WorkflowActions, ReportActions, ListedAndShown[Disclosure]):
    queryset = Disclosure.objects.none()
    filterset_class = DisclosureFilter
    ordering = ("-fiscal_year", "-pk")
    ordering_fields = ("id", "fiscal_year", "updated_at", "created_at", "department__name", "version")
    listing_actions = frozenset({"list", "versions", "findings"})

    def get_serializer_class(self) -> type[BaseSerializer[Disclosure]]:
        return DisclosureSerializer if self.action in ("list", "versions") else DisclosureDetailSerializer

    def get_queryset(self) -> QuerySet[Disclosure]:
        return visible_disclosures(self.person).select_related(*_SHOWN)

    def get_object(self) -> Disclosure:
        found = self.get_queryset().select_related("final_file", "snapshot__published_by")
        record = found.filter(pk=int(self.kwargs["pk"])).first()
        if record is None:
            raise ApiError("not_found", "没有这份公开文本，或者您无权查看")
        return record

    def prepared(self, records: Sequence[Disclosure]) -> Body:
        return {"counts": desk().counts([record.pk for record in records]), "deadlines": deadlines(records)}

    def known_parameters(self, request: Request) -> frozenset[str]:
        if self.action == "findings":
            return frozenset({FORMAT, "status", "severity", "cursor", "page_size"})
        if self.action == "versions":
            return frozenset({"cursor", "page_size"})
        return super().known_parameters(request)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record = self.get_object()
        return with_tag(Response(self.shaped(record).data), record)

    @extend_schema(summary="一份公开文本的全部版本", responses=DisclosureSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], filterset_class=None, ordering_fields=())
    def versions(self, request: Request, pk: str) -> Response:
        found = versions(self.get_object()).select_related(*_SHOWN)
        return self.listed(
            found.filter(pk__in=visible_disclosures(self.person).values("pk")).order_by("-version", "pk")
        )

    @extend_schema(
        summary="全部内容（budget-disclosure/1）",
        description="带 If-None-Match 时，内容没有变化就回答 304。",
        responses={200: BUDGET_DISCLOSURE, 304: OpenApiResponse(description="没有变化")},
    )
    @action(detail=True, methods=["get"])
    def content(self, request: Request, pk: str) -> HttpResponseBase:
        record = require(self.person, Act.EXPORT, int(pk))
        answer = not_modified(request, record) or with_tag(Response(to_json(content(record))), record)
        answer.headers["Cache-Control"] = "private, no-cache"
        return answer

    @extend_schema(
        summary="一张表，带每个单元格的位置",
        parameters=[OpenApiParameter("code", {"type": "string", "enum": list(TABLE_IDS)}, OpenApiParameter.PATH)],
        responses=TableContentSerializer,
    )
    @action(detail=True, methods=["get"], url_path=r"tables/(?P<code>T[0-9]{2})", url_name="table")
    def table(self, request: Request, pk: str, code: str) -> HttpResponseBase:
        record = self.get_object()
        found = content(record).table(code)
        if found is None:
            raise ApiError("not_found", "这份公开文本没有这张表")
        return with_tag(Response(table_shape(record, found)), record)

    @extend_schema(
        summary="一份公开文本的问题",
        description=f"带 format={_FINDINGS} 时一次给出现有的全部问题（budget-findings/1），否则与 /findings 相同。",
        parameters=[
            OpenApiParameter(FORMAT, {"type": "string", "enum": [_FINDINGS]}, description="回答的格式"),
            OpenApiParameter(
                "status",
                {"type": "string", "enum": ["open", "explained", "waived", "muted", "gone"]},
                description="状态",
            ),
            OpenApiParameter("severity", {"type": "string", "enum": ["error", "warning", "info"]}, description="程度"),
        ],
        responses={200: BUDGET_FINDINGS},
        filters=False,
    )
    @action(detail=True, methods=["get"], filterset_class=FindingFilter, ordering_fields=())
    def findings(self, request: Request, pk: str) -> Response:
        record = self.get_object()
        asked = request.query_params.get(FORMAT)
        if asked is None:
            return self._paged_findings(record)
        if asked != _FINDINGS:
            raise ApiError("invalid", f"format 只能是 {_FINDINGS}", errors=[{"field": FORMAT, "message": _FINDINGS}])
        return Response(contract.findings_of(record))

    def _paged_findings(self, record: Disclosure) -> Response:
        found = with_decisions(Finding.objects.filter(disclosure=record)).order_by("position", "pk")
        narrowed = FindingFilter(self.request.query_params, found)
        if not narrowed.is_valid():
            listed = [{"field": name, "message": str(words[0])} for name, words in narrowed.errors.items()]
            raise ApiError("invalid", "筛选条件不对", errors=listed)
        page = self.paginate_queryset(narrowed.qs)
        return self.get_paginated_response(FindingSerializer(page, many=True).data)

    @extend_schema(summary="改文件的清单：文本写错、须在原文件中改的", responses=WordChangeSerializer(many=True))
    @action(detail=True, methods=["get"], url_path="correction-list", pagination_class=None, filterset_class=None)
    def correction_list(self, request: Request, pk: str) -> HttpResponseBase:
        record = self.get_object()
        listed = correction_list(record.pk, content(record))
        return with_tag(Response(WordChangeSerializer(listed, many=True).data), record)

    @extend_schema(summary="原件", responses=_BINARY)
    @action(detail=True, methods=["get"])
    def original(self, request: Request, pk: str) -> FileResponse:
        record = require(self.person, Act.EXPORT, int(pk))
        return _file(record.source_file, "这份公开文本没有原件")


def _file(source: SourceFile | None, missing: str) -> FileResponse:
    """A file to be saved, never to be shown: what was uploaded is hostile."""
    if source is None:
        raise ApiError("not_found", missing)
    try:
        data = read_bytes(source)
    except FileNotFoundError as error:
        raise ApiError("not_found", "文件已不在服务器上，请联系管理员") from error
    response = FileResponse(
        BytesIO(data), as_attachment=True, filename=source.name, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
