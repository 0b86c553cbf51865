"""Target forms to records and back; handed to `disclosures` in `PerformanceConfig.ready`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from disclosures.models import Disclosure
from disclosures.plain import data as plain
from disclosures.storage.errors import StorageError, check_storable
from disclosures.storage.printed import FUND_PLACES, join, split

from .models import HORIZONS, SOURCES, Indicator, PerformanceTarget, Scope

# Fields of the same name on both sides; the rest is stored in a form of its own.
_OWN_FORM = {"whole", "annual", "indicators", "part_sources", "doubtful"}
_PROJECT_TEXTS = tuple(field.name for field in fields(plain.ProjectTarget) if field.name not in _OWN_FORM)
_INDICATOR_FIELDS = ("horizon", "level1", "level2", "level3", "value", "doubtful")
_OVERALL_TEXTS = ("unit", "form_title", "duties", "strategy", "objective", "source")


class ModelTargetStorage:
    """Targets as `PerformanceTarget` and `Indicator` records: two statements each way."""

    def store(
        self,
        record: Disclosure,
        project_targets: tuple[plain.ProjectTarget, ...],
        overall_targets: tuple[plain.OverallTarget, ...],
    ) -> None:
        targets = [_project_record(record, position, item) for position, item in enumerate(project_targets)]
        targets += [_overall_record(record, position, item) for position, item in enumerate(overall_targets)]
        check_storable(targets)
        PerformanceTarget.objects.bulk_create(targets)
        indicators = [
            indicator
            for target, items in zip(targets, _indicators_of(project_targets, overall_targets), strict=True)
            for indicator in _indicator_records(target, items)
        ]
        check_storable(indicators)
        Indicator.objects.bulk_create(indicators)

    def load(self, record: Disclosure) -> tuple[tuple[plain.ProjectTarget, ...], tuple[plain.OverallTarget, ...]]:
        indicators: dict[int, list[plain.Indicator]] = defaultdict(list)
        stored = Indicator.objects.filter(target__disclosure=record).order_by("target", "position")
        for item in stored.iterator():
            indicators[item.target_id].append(_indicator(item))
        targets = list(PerformanceTarget.objects.filter(disclosure=record).order_by("position"))
        return (
            tuple(_project(item, indicators[item.pk]) for item in targets if item.scope == Scope.PROJECT),
            tuple(_overall(item, indicators[item.pk]) for item in targets if item.scope == Scope.OVERALL),
        )

    def write_changes(self, record: Disclosure, old: plain.Disclosure, new: plain.Disclosure) -> None:
        """Write the forms that changed, each in a few statements."""
        if len(old.project_targets) != len(new.project_targets) or len(old.overall_targets) != len(new.overall_targets):
            raise StorageError("绩效目标表不能增减")
        for position, (before, after) in enumerate(zip(old.project_targets, new.project_targets, strict=True)):
            if before is not after and before != after:
                _write_form(_project_record(record, position, after), before.indicators, after.indicators)
        for position, (first, second) in enumerate(zip(old.overall_targets, new.overall_targets, strict=True)):
            if first is not second and first != second:
                _write_form(_overall_record(record, position, second), first.indicators, second.indicators)

    def count(self, record: Disclosure) -> int:
        return PerformanceTarget.objects.filter(disclosure=record).count()


def _project_record(record: Disclosure, position: int, target: plain.ProjectTarget) -> PerformanceTarget:
    columns, printed = split(
        (
            (f"{horizon}_{source}", getattr(getattr(target, horizon), source))
            for horizon in HORIZONS
            for source in SOURCES
        ),
        FUND_PLACES,
    )
    return PerformanceTarget(
        disclosure=record,
        scope=Scope.PROJECT,
        position=position,
        printed=printed,
        part_sources=[list(pair) for pair in target.part_sources],
        doubtful=list(target.doubtful),
        **{name: getattr(target, name) for name in _PROJECT_TEXTS},
        **columns,
    )


def _overall_record(record: Disclosure, position: int, target: plain.OverallTarget) -> PerformanceTarget:
    return PerformanceTarget(
        disclosure=record,
        scope=Scope.OVERALL,
        position=position,
        staff=[list(pair) for pair in target.staff],
        overall_funds_unit=target.funds_unit,
        overall_funds=[list(pair) for pair in target.funds],
        tasks=[list(pair) for pair in target.tasks],
        **{name: getattr(target, name) for name in _OVERALL_TEXTS},
    )


def _write_form(target: PerformanceTarget, before: Sequence[plain.Indicator], after: Sequence[plain.Indicator]) -> None:
    """One form over its stored record; of its indicators only those that changed."""
    if len(before) != len(after):
        raise StorageError("指标不能增减")
    check_storable([target])
    stored = PerformanceTarget.objects.filter(
        disclosure=target.disclosure_id, scope=target.scope, position=target.position
    )
    target.pk = stored.values_list("pk", flat=True).get()
    target.save(force_update=True)
    changed = [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    if not changed:
        return
    keys = dict(target.indicators.filter(position__in=changed).values_list("position", "pk"))
    indicators = [item for item in _indicator_records(target, after) if item.position in keys]
    check_storable(indicators)
    for item in indicators:
        item.pk = keys[item.position]
    Indicator.objects.bulk_update(indicators, _INDICATOR_FIELDS)


def _indicators_of(
    project_targets: Iterable[plain.ProjectTarget], overall_targets: Iterable[plain.OverallTarget]
) -> Iterator[tuple[plain.Indicator, ...]]:
    """The indicators of every form, in the order of the records."""
    yield from (target.indicators for target in project_targets)
    yield from (target.indicators for target in overall_targets)


def _indicator_records(target: PerformanceTarget, items: Sequence[plain.Indicator]) -> Iterable[Indicator]:
    return (
        Indicator(
            target=target,
            position=position,
            horizon=item.horizon.value,
            level1=item.level1,
            level2=item.level2,
            level3=item.level3,
            value=item.value,
            doubtful=item.doubtful,
            source=item.source,
        )
        for position, item in enumerate(items)
    )


def _indicator(item: Indicator) -> plain.Indicator:
    return plain.Indicator(
        horizon=plain.Horizon(item.horizon),
        level1=item.level1,
        level2=item.level2,
        level3=item.level3,
        value=item.value,
        doubtful=item.doubtful,
        source=item.source,
    )


def _project(item: PerformanceTarget, indicators: Iterable[plain.Indicator]) -> plain.ProjectTarget:
    return plain.ProjectTarget(
        whole=funds_of(item, "whole"),
        annual=funds_of(item, "annual"),
        indicators=tuple(indicators),
        part_sources=_pairs(item.part_sources),
        doubtful=tuple(item.doubtful),
        **{name: getattr(item, name) for name in _PROJECT_TEXTS},
    )


def funds_of(item: PerformanceTarget, horizon: str) -> plain.Funds:
    """The funds of one horizon as printed."""
    keys = {source: f"{horizon}_{source}" for source in SOURCES}
    return plain.Funds(
        **{source: join(getattr(item, key), key, item.printed, FUND_PLACES) for source, key in keys.items()}
    )


def _overall(item: PerformanceTarget, indicators: Iterable[plain.Indicator]) -> plain.OverallTarget:
    return plain.OverallTarget(
        staff=_pairs(item.staff),
        funds_unit=item.overall_funds_unit,
        funds=_pairs(item.overall_funds),
        tasks=_pairs(item.tasks),
        indicators=tuple(indicators),
        **{name: getattr(item, name) for name in _OVERALL_TEXTS},
    )


def _pairs(items: Iterable[Any]) -> tuple[tuple[Any, Any], ...]:
    return tuple((first, second) for first, second in items)
