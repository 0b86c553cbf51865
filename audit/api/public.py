"""What anybody may read without an account, under `/api/v1/public/`: the portal's own selectors as JSON.

Answers may be kept by any cache for a minute; nobody is known here, whatever token comes along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import django_filters as filters
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from disclosures.filters import IntegerFilter, identity, year
from disclosures.models import (
    DisclosureKind,
    Measure,
    Publication,
    PublicationStatus,
    PublishedFigure,
    PublishedIndicator,
    PublishedProject,
    State,
)
from disclosures.portal import grams, selectors
from disclosures.portal.addresses import fixed_link
from disclosures.portal.http import SECONDS

from .base import ListedAndShown
from .problems import ApiError
from .schema import BUDGET_DISCLOSURE
from .serializers.common import LabelField, NamedSerializer

M = TypeVar("M", bound=Model)
TAGS = ["公开数据"]


class PublicationSerializer(serializers.ModelSerializer[Publication]):
    department = NamedSerializer(read_only=True)
    region = NamedSerializer(source="department.region", read_only=True, allow_null=True)
    printed_name = serializers.CharField(source="title", read_only=True, help_text="文本所称部门")
    kind_label = LabelField("kind")
    status_label = LabelField("status")
    sha256 = serializers.CharField(source="snapshot.sha256", read_only=True, help_text="内容校验码")
    file_sha256 = serializers.CharField(source="snapshot.file_sha256", read_only=True, help_text="定稿文件校验码")
    address = serializers.SerializerMethodField(help_text="网页的固定地址")

    class Meta:
        model = Publication
        fields = (
            "id",
            "department",
            "region",
            "printed_name",
            "fiscal_year",
            "kind",
            "kind_label",
            "version",
            "status",
            "status_label",
            "published_at",
            "withdrawn_at",
            "withdrawn_reason",
            "sha256",
            "file_sha256",
            "address",
        )
        read_only_fields = fields

    def get_address(self, publication: Publication) -> str:
        return fixed_link(publication)


@extend_schema_field({"type": "string", "description": "万元，十进制"})
class AmountField(serializers.Field[Any, Any, str, Any]):
    """An amount as a decimal text without trailing noughts."""

    def to_representation(self, value: Any) -> str:
        return f"{value.normalize():f}"


class FigureSerializer(serializers.ModelSerializer[PublishedFigure]):
    publication = serializers.IntegerField(source="publication_id", read_only=True)
    amount = AmountField(read_only=True)

    class Meta:
        model = PublishedFigure
        fields = ("id", "publication", "measure", "key", "label", "amount")
        read_only_fields = fields


class ProjectSerializer(serializers.ModelSerializer[PublishedProject]):
    publication = serializers.IntegerField(source="publication_id", read_only=True)
    amount = AmountField(read_only=True, allow_null=True)

    class Meta:
        model = PublishedProject
        fields = ("id", "publication", "position", "unit", "name", "carried_over", "amount")
        read_only_fields = fields


class PublishedIndicatorSerializer(serializers.ModelSerializer[PublishedIndicator]):
    publication = serializers.IntegerField(source="publication_id", read_only=True)

    class Meta:
        model = PublishedIndicator
        fields = ("id", "publication", "form", "project", "horizon", "level1", "level2", "name", "value")
        read_only_fields = fields


class _Regions(filters.FilterSet):  # type: ignore[misc]
    """By a region with those below it."""

    def by_region(self, rows: QuerySet[M], name: str, value: int) -> QuerySet[M]:
        return rows.filter(**{f"{name}__in": selectors.region_and_below(value)})


class PublicationFilter(_Regions):
    search = filters.CharFilter(
        field_name="department__name", lookup_expr="icontains", max_length=100, label="部门（单位）名称中的文字"
    )
    department = identity("department", "部门（单位）")
    region = IntegerFilter(field_name="department__region", method="by_region", label="地区的 id；包括其下级地区")
    fiscal_year = year("fiscal_year")
    kind = filters.ChoiceFilter(choices=DisclosureKind.choices, label="类型")
    status = filters.ChoiceFilter(choices=PublicationStatus.choices, label="公开状况")
    changed_after = filters.IsoDateTimeFilter(
        field_name="changed_at", lookup_expr="gt", label="此后公开、被取代或撤回的"
    )


class OfPublication(_Regions):
    """Rows of publications by where those come from."""

    publication = identity("publication", "公开记录")
    department = identity("publication__department", "部门（单位）")
    region = IntegerFilter(
        field_name="publication__department__region", method="by_region", label="地区的 id；包括其下级地区"
    )
    fiscal_year = year("publication__fiscal_year")


class FigureFilter(OfPublication):
    measure = filters.ChoiceFilter(choices=Measure.choices, label="类别")
    key = filters.CharFilter(max_length=40, label="项")


class SearchFilter(OfPublication):
    search = filters.CharFilter(method="by_words", max_length=50, label="名称中的文字，至少两个字")

    def by_words(self, rows: QuerySet[M], name: str, value: str) -> QuerySet[M]:
        query = grams.folded(value)
        if len(query) < grams.SHORTEST:
            message = "请至少写两个字"
            raise ApiError("invalid", f"search：{message}", errors=[{"field": "search", "message": message}])
        return grams.having(rows, query)


class Public(ListedAndShown[M]):
    """Read only and the same for everybody."""

    authentication_classes = ()
    permission_classes = ()
    ordering: Sequence[str] = ("pk",)
    ordering_fields: Sequence[str] = ("id",)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        if response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
        return super().finalize_response(request, response, *args, **kwargs)


@extend_schema_view(list=extend_schema(summary="公开记录"), retrieve=extend_schema(summary="一份公开记录"))
@extend_schema(tags=TAGS, auth=[])
class PublicationViewSet(Public[Publication]):
    """What is published, was replaced or withdrawn; content only of what is current."""

    queryset = Publication.objects.none()
    serializer_class = PublicationSerializer
    filterset_class = PublicationFilter
    ordering_fields = ("id", "published_at", "changed_at", "fiscal_year")

    def get_queryset(self) -> QuerySet[Publication]:
        return selectors.visible()

    @extend_schema(
        operation_id="public_publications_content",
        summary="一份现行公开文本的全部内容（budget-disclosure/1）",
        responses=BUDGET_DISCLOSURE,
        filters=False,
        parameters=[],
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=())
    def content(self, request: Request, pk: str) -> HttpResponseBase:
        """The text that was hashed: its SHA-256 is that of the publication."""
        found = selectors.current().filter(pk=int(pk)).first()
        if found is None:
            raise ApiError("not_found", "没有这份现行的公开文本")
        answer = HttpResponse(selectors.canonical(found), content_type="application/json")
        answer.headers["ETag"] = f'"{found.snapshot.sha256}"'
        return answer


class _OfCurrent(Public[M]):
    """Derived rows, which only current publications have; their records are asked once more."""

    model: type[Model]

    def get_queryset(self) -> QuerySet[M]:
        rows: QuerySet[Any] = self.model._default_manager.filter(
            publication__status=PublicationStatus.CURRENT, publication__disclosure__state=State.PUBLISHED
        )
        return rows


@extend_schema_view(list=extend_schema(summary="主要数字"), retrieve=extend_schema(summary="一个数字"))
@extend_schema(tags=TAGS, auth=[])
class FigureViewSet(_OfCurrent[PublishedFigure]):
    queryset = PublishedFigure.objects.none()
    model = PublishedFigure
    serializer_class = FigureSerializer
    filterset_class = FigureFilter


@extend_schema_view(list=extend_schema(summary="项目"), retrieve=extend_schema(summary="一个项目"))
@extend_schema(tags=TAGS, auth=[])
class ProjectViewSet(_OfCurrent[PublishedProject]):
    queryset = PublishedProject.objects.none()
    model = PublishedProject
    serializer_class = ProjectSerializer
    filterset_class = SearchFilter


@extend_schema_view(list=extend_schema(summary="绩效指标"), retrieve=extend_schema(summary="一项绩效指标"))
@extend_schema(tags=TAGS, auth=[])
class PublicIndicatorViewSet(_OfCurrent[PublishedIndicator]):
    queryset = PublishedIndicator.objects.none()
    model = PublishedIndicator
    serializer_class = PublishedIndicatorSerializer
    filterset_class = SearchFilter


router = SimpleRouter(trailing_slash=False)
router.register("publications", PublicationViewSet, basename="public-publications")
router.register("figures", FigureViewSet, basename="public-figures")
router.register("projects", ProjectViewSet, basename="public-projects")
router.register("indicators", PublicIndicatorViewSet, basename="public-indicators")
urlpatterns = router.urls
