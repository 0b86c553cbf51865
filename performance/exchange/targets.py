"""Sheets of target forms: one row for each project's form, one row for each entry of a department-wide form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models

from disclosures import editing
from disclosures.editing.places import OVERALL_FIELDS, TARGET_TEXTS
from disclosures.exchange.columns import Column, Kind
from disclosures.exchange.parts import PartResource, PartRow
from disclosures.models import Disclosure
from disclosures.plain.data import ProjectTarget
from disclosures.plain.places import safe, target_keys
from performance.models import HORIZONS, SOURCES, PerformanceTarget, Scope
from performance.storage import funds_of

_LONG = frozenset({"overview", "basis", "necessity", "safeguards", "plan", "objective_whole", "objective_annual"})


def _label(name: str) -> str:
    return str(PerformanceTarget._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def target_rows(disclosures: models.QuerySet[Disclosure], scope: Scope) -> dict[int, list[PerformanceTarget]]:
    """The target forms of some disclosures in printed order; one query."""
    found: dict[int, list[PerformanceTarget]] = defaultdict(list)
    chosen = PerformanceTarget.objects.filter(disclosure__in=disclosures.order_by().values("pk"), scope=scope)
    for target in chosen.order_by("disclosure", "position").iterator():
        found[target.disclosure_id].append(target)
    return found


def parts_of(targets: Iterable[PerformanceTarget], scope: Scope) -> tuple[str, ...]:
    """The part of the contract's places that each form of a disclosure is."""
    forms = list(targets)
    if scope is Scope.PROJECT:
        return tuple(f"P/{key}" for key in target_keys(ProjectTarget(form.project) for form in forms))
    return tuple("O" if number == 0 else f"O#{number + 1}" for number in range(len(forms)))


class _TargetResource(PartResource):
    """Forms of one scope."""

    model = PerformanceTarget
    disclosure_path = "disclosure"
    scope: Scope

    def records(self) -> models.QuerySet[Any]:
        return super().records().filter(scope=self.scope)


class ProjectTargetResource(_TargetResource):
    title = "项目支出绩效目标表"
    scope = Scope.PROJECT
    row_column = Column("row", "序号", Kind.INTEGER, "第几张项目绩效目标表，请勿改动。", width=7)
    own_columns = (
        *(Column(name, _label(name), width=40 if name in _LONG else 20) for name in TARGET_TEXTS),
        *(
            Column(f"{horizon}_{source}", f"{horizon_label}资金：{source_label}", Kind.FUNDS, "元。", width=18)
            for horizon, horizon_label in HORIZONS.items()
            for source, source_label in SOURCES.items()
        ),
    )

    def load(self, disclosures: models.QuerySet[Disclosure]) -> Mapping[int, Sequence[PartRow]]:
        forms = target_rows(disclosures, self.scope)
        return {pk: list(_project_rows(found)) for pk, found in forms.items()}


def _project_rows(targets: Sequence[PerformanceTarget]) -> Iterator[PartRow]:
    for target, part in zip(targets, parts_of(targets, Scope.PROJECT), strict=True):
        texts: dict[str, str | None] = {name: getattr(target, name) for name in TARGET_TEXTS}
        places = {name: f"{part}/{name}" for name in TARGET_TEXTS}
        paths: dict[str, editing.Path] = {name: ("project_targets", 0, name) for name in TARGET_TEXTS}
        for horizon in HORIZONS:
            funds = funds_of(target, horizon)
            for source in SOURCES:
                key = f"{horizon}_{source}"
                texts[key] = getattr(funds, source)
                places[key] = f"{part}/funds.{horizon}.{source}"
                paths[key] = ("project_targets", 0, horizon, source)
        number = target.position + 1
        label = f"绩效目标表“{target.project or f'第 {number} 张'}”"
        yield PartRow(target.pk, number, label, texts, places, paths)


class OverallTargetResource(_TargetResource):
    title = "部门整体支出绩效目标表"
    scope = Scope.OVERALL
    row_column = Column("row", "序号", Kind.INTEGER, "第几项内容，请勿改动。", width=7)
    own_columns = (
        Column("form", "填报部门（单位）", note="填报的部门（单位），请勿改动。", width=26, read_only=True),
        Column("entry", "项目", note="这一行是表中的哪一项，请勿改动。", width=30, read_only=True),
        Column("text", "内容", width=80),
    )

    def load(self, disclosures: models.QuerySet[Disclosure]) -> Mapping[int, Sequence[PartRow]]:
        forms = target_rows(disclosures, self.scope)
        return {pk: list(_overall_rows(found)) for pk, found in forms.items()}


def _overall_rows(targets: Sequence[PerformanceTarget]) -> Iterator[PartRow]:
    number = 0
    for target, part in zip(targets, parts_of(targets, Scope.OVERALL), strict=True):
        for entry, text, place, path in _entries(target, part):
            number += 1
            label = f"整体支出绩效目标表“{target.unit}”{entry}"
            texts = {"form": target.unit, "entry": entry, "text": text}
            yield PartRow(target.pk, number, label, texts, {"text": place}, {"text": path})


def _entries(target: PerformanceTarget, part: str) -> Iterator[tuple[str, str | None, str, editing.Path]]:
    """Entry in words, its text, its place and path."""
    for name in OVERALL_FIELDS:
        attribute = "overall_funds_unit" if name == "funds_unit" else name
        yield _label(attribute), getattr(target, attribute), f"{part}/{name}", ("overall_targets", 0, name)
    for group, word, pairs in (("funds", "资金", target.overall_funds), ("staff", "人员", target.staff)):
        for key in dict.fromkeys(key for key, _ in pairs):
            # A key printed twice has one place, which leads to the last: as in `editing`.
            text = dict(pairs)[key]
            yield f"{word}：{key}", text, f"{part}/{group}.{safe(key)}", ("overall_targets", 0, group, key)
