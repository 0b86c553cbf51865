"""Who asks, regions, departments."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.base import ApiMixin, ListedAndShown
from audit.api.serializers.organisation import DepartmentSerializer, MeSerializer, RegionSerializer
from disclosures.filters import DepartmentFilter, RegionFilter
from disclosures.models import Department, Region
from disclosures.services.permissions import visible_departments


class MeView(ApiMixin):
    """The person behind the token."""

    @extend_schema(operation_id="me", summary="我是谁", responses=MeSerializer, tags=["账号"])
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(self.person).data)


@extend_schema_view(list=extend_schema(summary="地区"), retrieve=extend_schema(summary="一个地区"))
@extend_schema(tags=["机构"])
class RegionViewSet(ListedAndShown[Region]):
    """Regions are the same for everybody."""

    queryset = Region.objects.all()
    serializer_class = RegionSerializer
    filterset_class = RegionFilter
    ordering = ("code", "name", "pk")
    ordering_fields = ("id", "code", "name")


@extend_schema_view(list=extend_schema(summary="部门（单位）"), retrieve=extend_schema(summary="一个部门（单位）"))
@extend_schema(tags=["机构"])
class DepartmentViewSet(ListedAndShown[Department]):
    """The departments and units that the person works for."""

    queryset = Department.objects.none()
    serializer_class = DepartmentSerializer
    filterset_class = DepartmentFilter
    ordering = ("code", "name", "pk")
    ordering_fields = ("id", "code", "name")

    def get_queryset(self) -> QuerySet[Department]:
        return visible_departments(self.person).select_related("region", "parent").prefetch_related("years")
