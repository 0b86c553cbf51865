"""The sheet of indicators, of project forms and department-wide forms alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.db import models

from disclosures import editing
from disclosures.editing.places import INDICATOR_FIELDS
from disclosures.exchange.columns import Column, Kind
from disclosures.exchange.parts import PartResource, PartRow
from disclosures.models import Disclosure
from disclosures.plain.data import Horizon
from disclosures.plain.data import Indicator as PlainIndicator
from performance.models import HORIZONS, Indicator, PerformanceTarget, Scope

from .targets import parts_of, target_rows

_FIXED = "用来核对，请勿改动。"
_FORMS = {Scope.PROJECT: "project_targets", Scope.OVERALL: "overall_targets"}


class IndicatorResource(PartResource):
    title = "绩效指标"
    model = Indicator
    disclosure_path = "target__disclosure"
    row_column = Column("row", "序号", Kind.INTEGER, "第几个指标，请勿改动。", width=7)
    own_columns = (
        Column("scope", "范围", note=_FIXED, width=10, read_only=True),
        Column("form", "项目（部门）", note=_FIXED, width=34, read_only=True),
        Column("horizon", "期间", note=_FIXED, width=8, read_only=True),
        Column("level1", "一级指标", width=14),
        Column("level2", "二级指标", width=18),
        Column("level3", "三级指标", width=34),
        Column("value", "指标值", width=20),
    )

    def load(self, disclosures: models.QuerySet[Disclosure]) -> Mapping[int, Sequence[PartRow]]:
        indicators: dict[int, list[Indicator]] = defaultdict(list)
        chosen = Indicator.objects.filter(target__disclosure__in=disclosures.order_by().values("pk"))
        for item in chosen.order_by("target", "position").iterator():
            indicators[item.target_id].append(item)
        numbers: dict[int, int] = defaultdict(int)
        rows: dict[int, list[PartRow]] = defaultdict(list)
        for scope in (Scope.PROJECT, Scope.OVERALL):
            for pk, targets in target_rows(disclosures, scope).items():
                for target, part in zip(targets, parts_of(targets, scope), strict=True):
                    for row in _rows(target, part, indicators[target.pk], numbers[pk]):
                        rows[pk].append(row)
                        numbers[pk] = row.number
        return rows


def _rows(target: PerformanceTarget, part: str, indicators: Sequence[Indicator], before: int) -> Iterator[PartRow]:
    plain = tuple(
        PlainIndicator(Horizon(item.horizon), item.level1, item.level2, item.level3, item.value) for item in indicators
    )
    scope = Scope(target.scope)
    paths: dict[str, editing.Path] = {name: (_FORMS[scope], 0, "indicators", 0, name) for name in INDICATOR_FIELDS}
    for number, (item, place) in enumerate(
        zip(indicators, editing.indicator_places(part, plain), strict=True), start=before + 1
    ):
        texts = {
            "scope": scope.label,
            "form": str(target),
            "horizon": HORIZONS[item.horizon],
            **{name: getattr(item, name) for name in INDICATOR_FIELDS},
        }
        label = f"“{target}”指标“{item.level3}”"
        yield PartRow(item.pk, number, label, texts, {name: f"{place}/{name}" for name in INDICATOR_FIELDS}, paths)
