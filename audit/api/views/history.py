"""Runs, events, remarks and corrections across disclosures."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from audit.api.base import Listed, ListedAndShown
from audit.api.filters import RunFilter
from audit.api.serializers.findings import RunDetailSerializer, RunSerializer
from audit.api.serializers.history import CorrectionSerializer, EventSerializer, RemarkSerializer
from audit.models import AuditRun
from disclosures.filters import CorrectionFilter, EventFilter, RemarkFilter
from disclosures.models import Correction, Event, Remark
from disclosures.services.permissions import visible_to
from disclosures.services.remarks import resolve_remark


@extend_schema_view(list=extend_schema(summary="核对记录"), retrieve=extend_schema(summary="一次核对"))
@extend_schema(tags=["核对"])
class RunViewSet(ListedAndShown[AuditRun]):
    queryset = AuditRun.objects.none()
    filterset_class = RunFilter
    ordering = ("-pk",)
    ordering_fields = ("id", "at")

    def get_serializer_class(self) -> type[BaseSerializer[AuditRun]]:
        return RunDetailSerializer if self.action == "retrieve" else RunSerializer

    def get_queryset(self) -> QuerySet[AuditRun]:
        return visible_to(self.person, AuditRun.objects.all()).select_related("user")


@extend_schema_view(list=extend_schema(summary="历史记录：谁在什么时候做了什么"))
@extend_schema(tags=["历史"])
class EventViewSet(Listed[Event]):
    queryset = Event.objects.none()
    serializer_class = EventSerializer
    filterset_class = EventFilter
    ordering = ("-at", "-pk")
    ordering_fields = ("id", "at")

    def get_queryset(self) -> QuerySet[Event]:
        return visible_to(self.person, Event.objects.all()).select_related("user")


@extend_schema_view(list=extend_schema(summary="批注"), retrieve=extend_schema(summary="一条批注"))
@extend_schema(tags=["批注"])
class RemarkViewSet(ListedAndShown[Remark]):
    queryset = Remark.objects.none()
    serializer_class = RemarkSerializer
    filterset_class = RemarkFilter
    ordering = ("at", "pk")
    ordering_fields = ("id", "at")

    def get_queryset(self) -> QuerySet[Remark]:
        return visible_to(self.person, Remark.objects.all()).select_related("user")

    @extend_schema(summary="批注已处理", request=None, responses=RemarkSerializer)
    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, pk: str) -> Response:
        self.get_object()
        resolve_remark(self.person, int(pk))
        return Response(self.shaped(self.get_object()).data)


@extend_schema_view(list=extend_schema(summary="更正的历史"), retrieve=extend_schema(summary="一次更正"))
@extend_schema(tags=["更正"])
class CorrectionViewSet(ListedAndShown[Correction]):
    queryset = Correction.objects.none()
    serializer_class = CorrectionSerializer
    filterset_class = CorrectionFilter
    ordering = ("-pk",)
    ordering_fields = ("id", "at")

    def get_queryset(self) -> QuerySet[Correction]:
        return visible_to(self.person, Correction.objects.all()).select_related("user")
