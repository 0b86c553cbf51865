"""Tables, lines, narrative, targets and indicators across disclosures."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from audit.api.base import Listed, ListedAndShown
from audit.api.filters import IndicatorFilter, TargetFilter
from audit.api.lines_csv import lines_as_csv
from audit.api.serializers.parts import (
    IndicatorSerializer,
    LineSerializer,
    SectionSerializer,
    TableSerializer,
    TargetDetailSerializer,
    TargetSerializer,
)
from disclosures.filters import LineFilter, SectionFilter, TableFilter
from disclosures.models import BudgetLine, BudgetTable, NarrativeSection, User
from disclosures.services.permissions import visible_to
from performance.models import Indicator, PerformanceTarget

M = TypeVar("M", bound=Model)
CSV = "text/csv"


class CsvRenderer(BaseRenderer):
    """Only says that CSV can be had; the rows are streamed and never pass through here."""

    media_type = CSV
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        raise TypeError("CSV is streamed")


@extend_schema_view(list=extend_schema(summary="报表"), retrieve=extend_schema(summary="一张报表"))
@extend_schema(tags=["内容"])
class TableViewSet(ListedAndShown[BudgetTable]):
    queryset = BudgetTable.objects.none()
    serializer_class = TableSerializer
    filterset_class = TableFilter
    ordering = ("disclosure_id", "position", "pk")
    ordering_fields = ("id", "code")

    def get_queryset(self) -> QuerySet[BudgetTable]:
        return visible_to(self.person, BudgetTable.objects.all())


def visible_lines(user: User) -> QuerySet[BudgetLine]:
    return visible_to(user, BudgetLine.objects.all(), "table__disclosure__")


@extend_schema_view(
    list=extend_schema(
        summary="报表的各行",
        description="可以跨公开文本取数。要成批取数时用 /lines.csv，或带 Accept: text/csv，一次得到全部。",
    ),
    retrieve=extend_schema(summary="一行"),
)
@extend_schema(tags=["内容"])
class LineViewSet(ListedAndShown[BudgetLine]):
    queryset = BudgetLine.objects.none()
    serializer_class = LineSerializer
    filterset_class = LineFilter
    ordering = ("table_id", "position", "pk")
    ordering_fields = ("id", "code", "table_id")

    def get_renderers(self) -> list[BaseRenderer]:
        return [JSONRenderer(), CsvRenderer()] if self.action == "list" else [JSONRenderer()]

    def get_queryset(self) -> QuerySet[BudgetLine]:
        return visible_lines(self.person).select_related("table__disclosure")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        if getattr(request.accepted_renderer, "media_type", "") == CSV:
            return lines_as_csv(self.filter_queryset(visible_lines(self.person)))
        return super().list(request, *args, **kwargs)


@extend_schema(tags=["内容"])
class LinesCsvView(Listed[BudgetLine]):
    """All lines of a filter at once, as they come out of the database."""

    queryset = BudgetLine.objects.none()
    renderer_classes = (CsvRenderer,)
    serializer_class = LineSerializer
    filterset_class = LineFilter
    pagination_class = None  # type: ignore[assignment]
    ordering = ("table_id", "position", "pk")
    throttle_scope = "heavy"

    def known_parameters(self, request: Request) -> frozenset[str]:
        return frozenset(self.filterset_class.base_filters)

    def get_queryset(self) -> QuerySet[BudgetLine]:
        return visible_lines(self.person)

    @extend_schema(
        operation_id="lines_csv",
        summary="报表的各行（CSV）",
        description="UTF-8，首行为中文列名，可用 Excel 打开；边读边发，行数不限。",
        responses={(200, CSV): OpenApiResponse(OpenApiTypes.STR, description="CSV")},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        return lines_as_csv(self.filter_queryset(self.get_queryset()))


@extend_schema_view(list=extend_schema(summary="情况说明"), retrieve=extend_schema(summary="一节情况说明"))
@extend_schema(tags=["内容"])
class SectionViewSet(ListedAndShown[NarrativeSection]):
    queryset = NarrativeSection.objects.none()
    serializer_class = SectionSerializer
    filterset_class = SectionFilter
    ordering = ("disclosure_id", "position", "pk")
    ordering_fields = ("id",)

    def get_queryset(self) -> QuerySet[NarrativeSection]:
        return visible_to(self.person, NarrativeSection.objects.all())


@extend_schema_view(
    list=extend_schema(summary="绩效目标表"), retrieve=extend_schema(summary="一张绩效目标表和它的指标")
)
@extend_schema(tags=["内容"])
class TargetViewSet(ListedAndShown[PerformanceTarget]):
    queryset = PerformanceTarget.objects.none()
    filterset_class = TargetFilter
    ordering = ("disclosure_id", "scope", "position", "pk")
    ordering_fields = ("id",)

    def get_serializer_class(self) -> type[BaseSerializer[PerformanceTarget]]:
        return TargetDetailSerializer if self.action == "retrieve" else TargetSerializer

    def get_queryset(self) -> QuerySet[PerformanceTarget]:
        found = visible_to(self.person, PerformanceTarget.objects.all())
        return found.prefetch_related("indicators__target") if self.action == "retrieve" else found


@extend_schema_view(list=extend_schema(summary="绩效指标"), retrieve=extend_schema(summary="一个绩效指标"))
@extend_schema(tags=["内容"])
class IndicatorViewSet(ListedAndShown[Indicator]):
    queryset = Indicator.objects.none()
    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilter
    ordering = ("target_id", "position", "pk")
    ordering_fields = ("id",)

    def get_queryset(self) -> QuerySet[Indicator]:
        return visible_to(self.person, Indicator.objects.all(), "target__disclosure__").select_related("target")
