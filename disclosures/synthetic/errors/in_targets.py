"""Errors in the target forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from random import Random

from disclosures.plain.data import Disclosure, Horizon, Indicator, ProjectTarget
from disclosures.plain.places import target_keys

from .mutation import Label, Mutation, change_digit, misspell, with_target

# 效益 is asked for as a whole, 产出 by its classes.
_REQUIRED = ("数量指标", "质量指标", "时效指标", "成本指标", "效益指标", "服务对象满意度")
_YEAR = re.compile(r"20\d\d(?=年)")
_MONTH_END = re.compile(r"\d+月底前")
_MEASURE = re.compile(r"\d+")
_TOTAL = re.compile(r"(?:(?<=需)|(?<=资金)|(?<=合计))\d[\d.]*(?=元|万元)")


def _keyed(disclosure: Disclosure) -> Iterator[tuple[int, str, ProjectTarget]]:
    keys = target_keys(disclosure.project_targets)
    return (
        (n, f"P/{key}", target) for n, (key, target) in enumerate(zip(keys, disclosure.project_targets, strict=True))
    )


def _exchange(disclosure: Disclosure, position: int, label: Label, target: ProjectTarget) -> Mutation:
    return Mutation(label, partial(with_target, disclosure, position, target))


def forms(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """A form dropped, printed twice, or under a name that T12 does not know."""
    targets = disclosure.project_targets
    for position, key, target in _keyed(disclosure):
        kept = targets[:position] + targets[position + 1 :]
        label = Label("form_dropped", "performance_match", "error", key, target.project, None)
        yield Mutation(label, partial(replace, disclosure, project_targets=kept))
        doubled = (*targets[: position + 1], *targets[position:])
        label = Label("form_doubled", "performance_match", "error", key, target.project, target.project)
        yield Mutation(label, partial(replace, disclosure, project_targets=doubled))
        name = misspell(target.project or "", rng)
        label = Label("form_renamed", "performance_match", "error", f"P/{name}", target.project, name)
        yield _exchange(disclosure, position, label, replace(target, project=name))


def funds(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """Whole-period unlike annual funds in a one-year project; sources unlike their total; annual unlike T12."""
    for position, key, target in _keyed(disclosure):
        total, local = target.whole.total or "0", target.annual.local or "0"
        if target.term == "1年":
            after = change_digit(total, rng, range(2))
            difference = int(after) - int(total)
            # The sources follow, so that the form's own sum still holds.
            sources = replace(target.whole, total=after, local=str(int(target.whole.local or 0) + difference))
            label = Label("whole_annual", "performance_amount", "error", f"{key}/funds.whole.total", total, after)
            yield _exchange(disclosure, position, label, replace(target, whole=sources))
        if int(local):
            after = change_digit(local, rng, range(2))
            label = Label("fund_sum", "performance_amount", "error", f"{key}/funds.annual.local", local, after)
            yield _exchange(disclosure, position, label, replace(target, annual=replace(target.annual, local=after)))
        annual = target.annual.total or "0"
        after = change_digit(annual, rng, range(2))
        difference = int(after) - int(annual)
        both = {"total": after, "local": str(int(local) + difference)}
        label = Label("annual_t12", "performance_amount", "error", f"{key}/funds.annual.total", annual, after)
        yield _exchange(disclosure, position, label, replace(target, annual=replace(target.annual, **both)))


def indicators(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """Required classes missing, values that measure nothing, cost above the funds, a rate in 元."""
    for position, key, target in _keyed(disclosure):
        for name in _REQUIRED:
            kept = tuple(item for item in target.indicators if name not in (item.level1, item.level2))
            label = Label("class_missing", "indicator_quality", "warning", f"{key}/indicators/whole/{name}", name, None)
            yield _exchange(disclosure, position, label, replace(target, indicators=kept))
        for at, item in enumerate(target.indicators):
            for kind, severity, after in _bad_values(item, target):
                where = f"{key}/indicators/{item.horizon.value}/{item.level2}"
                label = Label(kind, "indicator_quality", severity, where, item.value, after)
                changed = (*target.indicators[:at], replace(item, value=after), *target.indicators[at + 1 :])
                yield _exchange(disclosure, position, label, replace(target, indicators=changed))


def _bad_values(item: Indicator, target: ProjectTarget) -> Iterator[tuple[str, str, str]]:
    """(kind, severity, value) of what could stand in an indicator and should not."""
    if item.level2 == "数量指标":
        yield "unmeasurable", "warning", "按实际情况"
        yield "quantity_as_money", "warning", f"{target.annual.total}元"
        if target.term == "1年" and item.horizon is Horizon.ANNUAL:
            yield "horizons_contradict", "warning", _MEASURE.sub("9\\g<0>", item.value or "", count=1)
    if item.level2 == "质量指标":
        yield "rate_in_yuan", "error", "100元"
    if item.level2 in ("质量指标", "社会效益"):
        yield "name_as_value", "warning", item.level3
    if item.level2 == "成本指标" and item.level3 == "项目总成本":
        yield "cost_prose", "warning", "据实测算"
        funds = target.whole if item.horizon is Horizon.WHOLE else target.annual
        yield "cost_above_funds", "error", f"≤{int(funds.total or 0) * 2}元"
    if item.level2 == "服务对象满意度":
        yield "satisfaction_prose", "warning", "满意度高"


def texts(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """Another year's plan, a day that does not exist, a description whose arithmetic fails."""
    for position, key, target in _keyed(disclosure):
        plan, overview = target.plan or "", target.overview or ""
        if match := _YEAR.search(plan):
            after = str(int(match.group()) - 1)
            label = Label("plan_year", "narrative_year", "error", f"{key}/plan", match.group(), after)
            yield _exchange(disclosure, position, label, replace(target, plan=plan.replace(match.group(), after)))
        if match := _MONTH_END.search(plan):
            changed = plan[: match.start()] + "11月31日前" + plan[match.end() :]
            label = Label("impossible_date", "other", "error", f"{key}/plan", match.group(), "11月31日前")
            yield _exchange(disclosure, position, label, replace(target, plan=changed))
        if match := _TOTAL.search(overview):
            after = change_digit(match.group(), rng, range(1))
            changed = overview[: match.start()] + after + overview[match.end() :]
            label = Label("description_sum", "performance_amount", "error", f"{key}/overview", match.group(), after)
            yield _exchange(disclosure, position, label, replace(target, overview=changed))
