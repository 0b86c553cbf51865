"""Sheets of the catalogue of classes: what comes from a person's file is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from disclosures.models import (
    DepartmentEconomicClass,
    EconomicPairing,
    FunctionalClass,
    GovernmentEconomicClass,
)

from .columns import Column, Kind, by_digits
from .records import RecordResource

_SOURCE = (
    Column("source", "来源", note="依据的文件。", width=24, longest=200),
    Column("verified", "已核实", Kind.TRUTH, "留空为“否”。", width=10),
)


class CatalogueResource(RecordResource):
    """An update of the shipped catalogue leaves alone what a person's file changed."""

    def records(self) -> models.QuerySet[Any]:
        return self.model._default_manager.order_by("pk")

    def before_save(self, instance: Any) -> None:
        instance.shipped = False

    def saved_with(self) -> tuple[str, ...]:
        return ("shipped",)

    def also_wrong(self, instance: Any) -> Iterator[tuple[str, str]]:
        first, last = getattr(instance, "valid_from", None), getattr(instance, "valid_to", None)
        if first is not None and last is not None and first > last:
            yield "valid_to", f"停用年度 {last} 早于启用年度 {first}"


def _columns(*digits: int) -> tuple[Column, ...]:
    listed = "、".join(map(str, digits))
    return (
        Column("code", "科目编码", Kind.CODE, f"{listed} 位数字。", required=True, check=by_digits(*digits)),
        Column("name", "科目名称", required=True, width=36, longest=200),
        Column("valid_from", "启用年度", Kind.YEAR, "一直有效的留空。", width=10),
        Column("valid_to", "停用年度", Kind.YEAR, "最后有效的年度。", width=10),
        *_SOURCE,
    )


class FunctionalClassResource(CatalogueResource):
    title = "支出功能分类科目"
    model = FunctionalClass
    own_columns = _columns(3, 5, 7)
    natural = ("code", "valid_from")


class DepartmentEconomicClassResource(CatalogueResource):
    title = "部门预算支出经济分类科目"
    model = DepartmentEconomicClass
    own_columns = _columns(3, 5)
    natural = ("code", "valid_from")


class GovernmentEconomicClassResource(CatalogueResource):
    title = "政府预算支出经济分类科目"
    model = GovernmentEconomicClass
    own_columns = _columns(3, 5)
    natural = ("code", "valid_from")


class EconomicPairingResource(CatalogueResource):
    title = "经济分类对应关系"
    model = EconomicPairing
    own_columns = (
        Column("department_code", "部门经济科目编码", Kind.CODE, required=True, width=20, check=by_digits(3, 5)),
        Column("government_code", "政府经济科目编码", Kind.CODE, required=True, width=20, check=by_digits(3, 5)),
        Column(
            "applies",
            "适用单位",
            Kind.CHOICE,
            "留空为“各类单位”。",
            choices=tuple((str(value), str(label)) for value, label in EconomicPairing.Applies.choices),
            width=20,
        ),
        *_SOURCE,
    )
    natural = ("department_code", "government_code")
