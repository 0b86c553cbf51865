"""Target forms to records and back; handed to `disclosures` in `PerformanceConfig.ready`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from disclosures.models import Disclosure
from disclosures.plain import data as plain
from disclosures.plain.alignment import align
from disclosures.storage.errors import check_storable
from disclosures.storage.positions import shift
from disclosures.storage.printed import FUND_PLACES, join, split

from .models import HORIZONS, SOURCES, Indicator, PerformanceTarget, Scope
from .recognise.vocabulary import LEVEL1_OF, LEVEL2_ORDER

F = TypeVar("F", plain.ProjectTarget, plain.OverallTarget)

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
        """Write the forms that were added, removed, moved or changed."""
        if old.project_targets != new.project_targets:
            _write_scope(record, Scope.PROJECT, old.project_targets, new.project_targets, _project_record)
        if old.overall_targets != new.overall_targets:
            _write_scope(record, Scope.OVERALL, old.overall_targets, new.overall_targets, _overall_record)

    def count(self, record: Disclosure) -> int:
        return PerformanceTarget.objects.filter(disclosure=record).count()

    def classes(self) -> list[tuple[str, str]]:
        return [(LEVEL1_OF[level2], level2) for level2 in LEVEL2_ORDER]


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


def _write_scope(
    record: Disclosure,
    scope: Scope,
    before: Sequence[F],
    after: Sequence[F],
    make: Callable[[Disclosure, int, F], PerformanceTarget],
) -> None:
    """All forms of one scope from one state to another; records keep their keys."""
    stored = PerformanceTarget.objects.filter(disclosure=record, scope=scope)
    pairs = align(before, after)
    if len(pairs) != len(before):
        kept = {old for old, _ in pairs}
        stored.filter(position__in=[n for n in range(len(before)) if n not in kept]).delete()
    shift(stored, pairs)
    partner = {new: before[old] for old, new in pairs}
    for position, form in enumerate(after):
        known = partner.get(position)
        if known is None:
            target = make(record, position, form)
            check_storable([target])
            target.save()
            _insert_indicators(target, form.indicators)
        elif known is not form and known != form:
            _write_form(make(record, position, form), known.indicators, form.indicators)


def _write_form(target: PerformanceTarget, before: Sequence[plain.Indicator], after: Sequence[plain.Indicator]) -> None:
    """One form over its stored record; of its indicators only those that changed."""
    check_storable([target])
    stored = PerformanceTarget.objects.filter(
        disclosure=target.disclosure_id, scope=target.scope, position=target.position
    )
    target.pk = stored.values_list("pk", flat=True).get()
    target.save(force_update=True)
    if before == after:
        return
    pairs = align(before, after)
    kept = {new: old for old, new in pairs}
    if len(pairs) != len(before):
        gone = set(range(len(before))) - set(kept.values())
        target.indicators.filter(position__in=gone).delete()
    shift(target.indicators.all(), pairs)
    changed = [n for n, item in enumerate(after) if n not in kept or item != before[kept[n]]]
    records = [item for item in _indicator_records(target, after) if item.position in set(changed)]
    check_storable(records)
    keys = dict(target.indicators.filter(position__in=changed).values_list("position", "pk"))
    for item in records:
        item.pk = keys.get(item.position)
    Indicator.objects.bulk_update([item for item in records if item.pk is not None], _INDICATOR_FIELDS)
    Indicator.objects.bulk_create([item for item in records if item.pk is None])


def _insert_indicators(target: PerformanceTarget, indicators: Sequence[plain.Indicator]) -> None:
    records = list(_indicator_records(target, indicators))
    check_storable(records)
    Indicator.objects.bulk_create(records)


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
