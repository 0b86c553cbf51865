"""Sections 九 and 十一: government purchases, vehicles, valuable equipment."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import AT_MOST, Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext
from audit.findings import Family, Severity
from audit.narrative.narrative import Narrative, narrative_of
from audit.narrative.statements import Count

_PURCHASES = ("procurement_goods", "procurement_works", "procurement_services")


def _check_purchases(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative = narrative_of(context)
    reading = narrative.topic("procurement")
    if reading is None:
        return
    by_concept = {amount.concept: amount for amount in reversed(reading.amounts)}
    total = by_concept.get("procurement_total")
    parts = [by_concept[key] for key in _PURCHASES if key in by_concept]
    if total is not None and parts:
        yield Linear(rule, (narrative.amount(total),), tuple(narrative.amount(part) for part in parts))
    elif reading.amounts:
        yield rule.not_checked("政府采购只写了一部分金额，无法核对合计", f"N/{reading.numeral}")


def _vehicles(context: CheckContext) -> tuple[Narrative, Count | None, Count | None, list[Count]]:
    """Establishment, holding, and the counts by type."""
    narrative = narrative_of(context)
    reading = narrative.topic("assets")
    counts = [count for count in reading.counts if count.unit == "辆"] if reading else []
    establishment = next((count for count in counts if "编制" in count.label), None)
    held = next((count for count in counts if "实有" in count.label or "共有" in count.label), None)
    if held is establishment:
        held = next((count for count in counts if "实有" in count.label), None)
    types = [count for count in counts if count is not establishment and count is not held]
    return narrative, establishment, held, types


def _check_vehicle_types(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative, _, held, types = _vehicles(context)
    if held is not None and len(types) > 1:
        yield Linear(rule, (narrative.count(held),), tuple(narrative.count(count) for count in types))


def _check_establishment(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative, establishment, held, _ = _vehicles(context)
    if held is not None and establishment is not None:
        yield Linear(rule, (narrative.count(held),), (narrative.count(establishment),), at_most=True)


def _check_equipment(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """What is worth more than the higher value is among what is worth more than the lower."""
    narrative = narrative_of(context)
    reading = narrative.topic("assets")
    if reading is None:
        return
    sets = [count for count in reading.counts if count.unit.startswith("台")]
    limits = [amount for amount in reading.amounts if amount.order < max((c.order for c in sets), default=0)]
    if len(sets) == 2 and len(limits) == 2:
        low, high = sorted(zip(limits, sets, strict=True), key=lambda pair: narrative.amount(pair[0]).middle)
        yield Linear(rule, (narrative.count(high[1]),), (narrative.count(low[1]),), at_most=True)


RULES = (
    Rule(
        id="N-PURCHASE",
        title="政府采购总额等于货物、工程、服务之和",
        statement="采购预算总额 = 货物 + 工程 + 服务",
        tables=(),
        family=Family.NARRATIVE_AMOUNT,
        example="情况说明第九部分“政府采购预算总额” 61.50，与货物、工程、服务之和 60.50不一致，相差 +1.00。",
        check=_check_purchases,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-VEHICLES",
        title="车辆总数等于各类车辆之和",
        statement="实有车辆 = 各类用途车辆之和",
        tables=(),
        family=Family.NARRATIVE_AMOUNT,
        example="情况说明第十一部分“实有9辆” 9，与各类车辆之和 8不一致，相差 +1。",
        check=_check_vehicle_types,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-VEHICLE-QUOTA",
        title="实有车辆不超过编制",
        statement="实有车辆 ≤ 公务用车编制",
        tables=(),
        family=Family.NARRATIVE_AMOUNT,
        example="情况说明第十一部分“实有11辆” 11，大于“公务用车编制10辆” 10，相差 +1。",
        check=_check_establishment,
        severity=Severity.WARNING,
        message="{left} {left_value}{unit}，大于{right} {right_value}{unit}，相差 {difference}{unit}，请核实{hint}。",
    ),
    Rule(
        id="N-EQUIPMENT",
        title="高值设备台数不多于低值设备台数",
        statement="单价 100 万元以上的设备台数 ≤ 单价 50 万元以上的设备台数",
        tables=(),
        family=Family.NARRATIVE_AMOUNT,
        severity=Severity.ERROR,
        example="情况说明第十一部分“以上的3台（套）” 3，大于“以上的通用设备2台（套）” 2，相差 +1。",
        check=_check_equipment,
        message=AT_MOST,
    ),
)
