"""The classification and the rules: the same for everybody who works here."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.base import ApiMixin, ListedAndShown, M
from audit.api.serializers.catalogues import (
    DepartmentEconomicClassSerializer,
    FunctionalClassSerializer,
    GovernmentEconomicClassSerializer,
    PairingSerializer,
)
from audit.api.serializers.findings import RuleSerializer
from disclosures.filters import ClassFilter, PairingFilter
from disclosures.models import DepartmentEconomicClass, EconomicPairing, FunctionalClass, GovernmentEconomicClass


class _ClassViewSet(ListedAndShown[M]):
    """Classes of one classification, by their codes."""

    filterset_class = ClassFilter
    ordering = ("code", "pk")
    ordering_fields = ("id", "code")


@extend_schema_view(list=extend_schema(summary="支出功能分类科目"), retrieve=extend_schema(summary="一个功能分类科目"))
@extend_schema(tags=["科目和规则"])
class FunctionalClassViewSet(_ClassViewSet[FunctionalClass]):
    queryset = FunctionalClass.objects.all()
    serializer_class = FunctionalClassSerializer


@extend_schema_view(
    list=extend_schema(summary="部门预算支出经济分类科目"), retrieve=extend_schema(summary="一个部门经济科目")
)
@extend_schema(tags=["科目和规则"])
class DepartmentEconomicClassViewSet(_ClassViewSet[DepartmentEconomicClass]):
    queryset = DepartmentEconomicClass.objects.all()
    serializer_class = DepartmentEconomicClassSerializer


@extend_schema_view(
    list=extend_schema(summary="政府预算支出经济分类科目"), retrieve=extend_schema(summary="一个政府经济科目")
)
@extend_schema(tags=["科目和规则"])
class GovernmentEconomicClassViewSet(_ClassViewSet[GovernmentEconomicClass]):
    queryset = GovernmentEconomicClass.objects.all()
    serializer_class = GovernmentEconomicClassSerializer


@extend_schema_view(
    list=extend_schema(summary="部门与政府经济分类的对应"), retrieve=extend_schema(summary="一条对应关系")
)
@extend_schema(tags=["科目和规则"])
class PairingViewSet(ListedAndShown[EconomicPairing]):
    queryset = EconomicPairing.objects.all()
    serializer_class = PairingSerializer
    filterset_class = PairingFilter
    ordering = ("department_code", "government_code", "pk")
    ordering_fields = ("id", "department_code", "government_code")


class RulesView(ApiMixin):
    """The catalogue of rules; a few hundred, so that they come at once."""

    @extend_schema(
        operation_id="rules_list", summary="全部规则", responses=RuleSerializer(many=True), tags=["科目和规则"]
    )
    def get(self, request: Request) -> Response:
        from audit.catalogue import rules  # the rules cost start-up time

        shapes = [
            {
                "id": rule.id,
                "title": rule.title,
                "statement": rule.statement,
                "family": rule.family.value,
                "severity": rule.severity.value,
                "basis": rule.basis,
                "tables": list(rule.tables),
                "first_year": rule.years[0],
                "last_year": rule.years[1],
            }
            for rule in rules().values()
        ]
        return Response(RuleSerializer(shapes, many=True).data)
