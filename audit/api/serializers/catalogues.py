"""The classification (政府收支分类科目)."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from disclosures.models import (
    CatalogueEntry,
    DepartmentEconomicClass,
    EconomicPairing,
    FunctionalClass,
    GovernmentEconomicClass,
)

from .common import LabelField

_FIELDS = ("id", "code", "name", "valid_from", "valid_to", "source", "verified", "shipped")


class FunctionalClassSerializer(serializers.ModelSerializer[FunctionalClass]):
    class Meta:
        model = FunctionalClass
        fields = _FIELDS


class DepartmentEconomicClassSerializer(serializers.ModelSerializer[DepartmentEconomicClass]):
    class Meta:
        model = DepartmentEconomicClass
        fields = _FIELDS


class GovernmentEconomicClassSerializer(serializers.ModelSerializer[GovernmentEconomicClass]):
    class Meta:
        model = GovernmentEconomicClass
        fields = _FIELDS


class PairingSerializer(serializers.ModelSerializer[EconomicPairing]):
    applies_label = LabelField("applies")

    class Meta:
        model = EconomicPairing
        fields = (
            "id",
            "department_code",
            "government_code",
            "applies",
            "applies_label",
            "source",
            "verified",
            "shipped",
        )


CLASSES: dict[type[CatalogueEntry], type[serializers.ModelSerializer[Any]]] = {
    FunctionalClass: FunctionalClassSerializer,
    DepartmentEconomicClass: DepartmentEconomicClassSerializer,
    GovernmentEconomicClass: GovernmentEconomicClassSerializer,
}
