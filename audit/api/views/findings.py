"""Findings, explanations, waivers and mutes, and what is decided about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.mixins import CreateModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from audit import models, services
from audit.api.base import ListedAndShown
from audit.api.filters import ExplanationFilter, FindingFilter, MuteFilter, WaiverFilter
from audit.api.problems import ApiError
from audit.api.serializers import requests as bodies
from audit.api.serializers.findings import (
    ExplanationSerializer,
    FindingSerializer,
    MuteSerializer,
    WaiverSerializer,
)
from audit.api.versions import check_finding, finding_tag, required_tags
from disclosures.models import Disclosure, Region, User
from disclosures.services.permissions import visible_to

_SAID = ("finding", "user", "decided_by")
_GRANTED = ("finding", "granted_by", "ended_by")


def with_decisions(findings: QuerySet[models.Finding]) -> QuerySet[models.Finding]:
    """Findings with what their serializer shows."""
    return findings.prefetch_related(
        Prefetch("explanations", models.Explanation.objects.select_related(*_SAID)),
        Prefetch("waivers", models.Waiver.objects.select_related(*_GRANTED)),
    )


def validated(serializer: type[bodies.RequestSerializer], request: Request) -> dict[str, Any]:
    """The body of a request. Raises ValidationError."""
    checked = serializer(data=request.data or {})
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def _settled(summary: str, body: type[bodies.RequestSerializer]) -> Callable[[Any], Any]:
    """A decision about one finding: its tag is required, the finding as it is now is answered."""
    return extend_schema(summary=summary, request=body, responses=FindingSerializer, extensions={"x-if-match": True})


@extend_schema_view(list=extend_schema(summary="问题"), retrieve=extend_schema(summary="一个问题"))
@extend_schema(tags=["问题"])
class FindingViewSet(ListedAndShown[models.Finding]):
    queryset = models.Finding.objects.none()
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
    ordering = ("disclosure_id", "position", "pk")
    ordering_fields = ("id", "rule", "severity", "status")

    def get_queryset(self) -> QuerySet[models.Finding]:
        return with_decisions(visible_to(self.person, models.Finding.objects.all()))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._answered(self.get_object())

    @_settled("说明原因", bodies.TextSerializer)
    @action(detail=True, methods=["post"])
    def explain(self, request: Request, pk: str) -> Response:
        body = self._body(bodies.TextSerializer)
        return self._decide(services.explain_finding, body["text"])

    @_settled("收回说明", bodies.EmptySerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-explanation")
    def withdraw_explanation(self, request: Request, pk: str) -> Response:
        self._body(bodies.EmptySerializer)
        return self._decide(services.withdraw_explanation)

    @_settled("采纳说明（成为豁免）", bodies.OptionalReasonSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        body = self._body(bodies.OptionalReasonSerializer)
        return self._decide(services.accept_explanation, body["reason"])

    @_settled("不采纳说明", bodies.TextSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        body = self._body(bodies.TextSerializer)
        return self._decide(services.refuse_explanation, body["text"])

    @_settled("豁免", bodies.ReasonSerializer)
    @action(detail=True, methods=["post"])
    def waive(self, request: Request, pk: str) -> Response:
        body = self._body(bodies.ReasonSerializer)
        return self._decide(services.waive_finding, body["reason"])

    @_settled("撤销豁免", bodies.ReasonSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        body = self._body(bodies.ReasonSerializer)
        return self._decide(services.revoke_waiver, body["reason"])

    @extend_schema(
        operation_id="findings_waive_many",
        summary="成批豁免",
        description="全部成功或全部不变；每个问题带上读到的 etag，其中一个变了就回答 412。",
        request=bodies.WaiveManySerializer,
        responses=WaiverSerializer(many=True),
    )
    @action(detail=False, methods=["post"], url_path="waive", url_name="waive-many", filterset_class=None)
    def waive_many(self, request: Request) -> Response:
        body = validated(bodies.WaiveManySerializer, request)
        wanted = {item["id"]: item["etag"] for item in body["findings"]}
        with transaction.atomic():
            for finding in self._locked(wanted):
                check_finding(finding, frozenset({wanted[finding.pk]}))
            made = services.waive_findings(self.person, wanted, body["reason"])
        return Response(WaiverSerializer(made, many=True).data)

    def _body(self, serializer: type[bodies.RequestSerializer]) -> dict[str, Any]:
        """The body of a request about a finding that is visible: of others, not even a mistake is told."""
        self.get_object()
        return validated(serializer, self.request)

    def _decide(self, service: Callable[..., object], *arguments: str) -> Response:
        pk = int(self.kwargs["pk"])
        tags = required_tags(self.request)
        with transaction.atomic():
            for finding in self._locked([pk]):
                check_finding(finding, tags)
            service(self.person, pk, *arguments)
        return self._answered(self.get_object())

    def _locked(self, pks: Any) -> list[models.Finding]:
        """Findings that nobody else can decide until the commit: services lock their disclosure first."""
        found = visible_to(self.person, models.Finding.objects.filter(pk__in=list(pks)))
        disclosures = Disclosure.objects.filter(pk__in=found.values("disclosure")).order_by("pk")
        list(disclosures.select_for_update(of=("self",)))
        return list(found.order_by("pk"))

    def _answered(self, finding: models.Finding) -> Response:
        return Response(self.shaped(finding).data, headers={"ETag": finding_tag(finding)})


@extend_schema_view(list=extend_schema(summary="说明"), retrieve=extend_schema(summary="一条说明"))
@extend_schema(tags=["问题"])
class ExplanationViewSet(ListedAndShown[models.Explanation]):
    queryset = models.Explanation.objects.none()
    serializer_class = ExplanationSerializer
    filterset_class = ExplanationFilter
    ordering = ("-pk",)
    ordering_fields = ("id", "at")

    def get_queryset(self) -> QuerySet[models.Explanation]:
        found = visible_to(self.person, models.Explanation.objects.all(), "finding__disclosure__")
        return found.select_related(*_SAID)


@extend_schema_view(list=extend_schema(summary="豁免"), retrieve=extend_schema(summary="一条豁免"))
@extend_schema(tags=["问题"])
class WaiverViewSet(ListedAndShown[models.Waiver]):
    queryset = models.Waiver.objects.none()
    serializer_class = WaiverSerializer
    filterset_class = WaiverFilter
    ordering = ("-pk",)
    ordering_fields = ("id", "granted_at")

    def get_queryset(self) -> QuerySet[models.Waiver]:
        found = visible_to(self.person, models.Waiver.objects.all(), "finding__disclosure__")
        return found.select_related(*_GRANTED)


@extend_schema_view(list=extend_schema(summary="停用的规则"), retrieve=extend_schema(summary="一条停用"))
@extend_schema(tags=["科目和规则"])
class MuteViewSet(ListedAndShown[models.RuleMute], CreateModelMixin):
    """Muted rules are known to everybody whose findings they may silence; only administrators mute."""

    queryset = models.RuleMute.objects.select_related("region", "muted_by", "ended_by")
    serializer_class = MuteSerializer
    filterset_class = MuteFilter
    ordering = ("-pk",)
    ordering_fields = ("id", "rule", "muted_at")

    def get_serializer_class(self) -> type[BaseSerializer[models.RuleMute]]:
        return MuteSerializer

    @extend_schema(summary="停用规则", request=bodies.MuteCreateSerializer, responses={201: MuteSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        body = validated(bodies.MuteCreateSerializer, request)
        region = _found(Region.objects.all(), body["region"], "region", "没有这个地区")
        made = services.mute_rule(self.person, body["rule"], region, body["reason"], body["ends_on"])
        return Response(self.shaped(made).data, status=201)

    @extend_schema(summary="恢复规则", request=bodies.EmptySerializer, responses=MuteSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        self.get_object()
        validated(bodies.EmptySerializer, request)
        return Response(self.shaped(services.unmute_rule(self.person, int(pk))).data)


def _found(records: QuerySet[Any], pk: int | None, field: str, words: str) -> Any:
    """The record that a body names; None for none. Raises ApiError."""
    if pk is None:
        return None
    found: Model | None = records.filter(pk=pk).first()
    if found is None:
        raise ApiError("invalid", words, errors=[{"field": field, "message": words}])
    return found


def person_named(pk: int | None) -> User | None:
    found: User | None = _found(User.objects.filter(is_active=True), pk, "assignee", "没有这个账号，或者已经停用")
    return found
