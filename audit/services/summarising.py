"""What an audit says as a whole, and how that differs from the one before of the same selection."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from audit.models import Audit, AuditState, Finding, ItemState, Status

from .sets import Absent, SetsOutcome
from .trends import moved

LISTED = 200  # departments of each list that are kept by name
SEVERITIES = {"error": "errors", "warning": "warnings", "info": "infos"}
_HOLDING = (Status.OPEN, Status.EXPLAINED)
_LOOKED_AT = (ItemState.CHECKED, ItemState.UNCHANGED)

Numbers = dict[str, int]


def summarise(audit: Audit, sets: SetsOutcome) -> dict[str, Any]:
    """The summary as it is kept with the audit (JSON); findings that hold are open or explained ones."""
    found = Finding.objects.filter(
        disclosure__audit_items__audit=audit, disclosure__audit_items__state__in=_LOOKED_AT
    ).order_by()
    disclosures = _by_disclosure(audit, found.filter(status__in=_HOLDING))
    settled = dict(found.exclude(status=Status.GONE).values_list("status").annotate(Count("pk")))
    rules, families = _by_rule(found.filter(status__in=_HOLDING))
    worst = sorted(disclosures, key=lambda row: (-row["errors"], -row["warnings"], row["name"]))
    return {
        **{name: sum(row[name] for row in disclosures) for name in SEVERITIES.values()},
        "waived": settled.get(Status.WAIVED, 0),
        "muted": settled.get(Status.MUTED, 0),
        "clean": sum(not row["errors"] and not row["warnings"] for row in disclosures),
        "families": families,
        "rules": rules,
        "regions": _by_region(disclosures),
        "departments": [row for row in worst[:LISTED] if row["errors"] or row["warnings"]],
        **_absent("missing", [item for item in sets.absent if item.rule == "S-MISSING"]),
        **_absent("late", [item for item in sets.absent if item.rule == "S-LATE"]),
        "trend": _trend(audit),
    }


def previous_audit(audit: Audit) -> Audit | None:
    """The last finished audit of the same selection before this one."""
    before = Audit.objects.filter(selection_key=audit.selection_key, state=AuditState.DONE, pk__lt=audit.pk)
    return before.order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Line:
    """A number now and before; `before` is None where there is nothing to compare with."""

    key: str
    now: int
    before: int | None = None

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Summary:
    """An audit's summary beside that of the audit before."""

    audit: Audit
    previous: Audit | None
    totals: tuple[Line, ...]  # errors, warnings, infos, clean, waived
    families: tuple[Line, ...]
    rules: tuple[Line, ...]
    regions: tuple[Line, ...]  # errors and warnings
    new: int | None  # findings that hold now and did not then, in disclosures that were in both
    gone: int | None


def summary(audit: Audit) -> Summary:
    """The summary of a finished audit with its trends; one query for the audit before."""
    previous = previous_audit(audit)
    now, before = audit.summary, previous.summary if previous else None
    trend = now.get("trend") or {}
    compared = trend.get("previous") is not None
    totals = ("errors", "warnings", "infos", "clean", "waived")
    return Summary(
        audit,
        previous,
        tuple(Line(name, now.get(name, 0), before.get(name, 0) if before else None) for name in totals),
        _lines(now, before, "families"),
        _lines(now, before, "rules"),
        _lines(now, before, "regions"),
        trend.get("new") if compared else None,
        trend.get("gone") if compared else None,
    )


def _lines(now: dict[str, Any], before: dict[str, Any] | None, part: str) -> tuple[Line, ...]:
    """The most findings first; what was there before and is no more comes with 0."""
    ours: dict[str, Numbers] = now.get(part, {})
    theirs: dict[str, Numbers] = before.get(part, {}) if before else {}
    keys = dict.fromkeys([*ours, *theirs])
    lines = [
        Line(key, _number(ours.get(key)), _number(theirs.get(key)) if before is not None else None) for key in keys
    ]
    return tuple(sorted(lines, key=lambda line: (-line.now, -(line.before or 0), line.key)))


def _number(numbers: Numbers | None) -> int:
    """Errors and warnings of a family or region; findings of a rule, which is of one severity."""
    numbers = numbers or {}
    return numbers["findings"] if "findings" in numbers else numbers.get("errors", 0) + numbers.get("warnings", 0)


def _by_disclosure(audit: Audit, holding: QuerySet[Finding]) -> list[dict[str, Any]]:
    """A line for each disclosure that was looked at, in two queries."""
    numbers: dict[int, Numbers] = defaultdict(lambda: dict.fromkeys(SEVERITIES.values(), 0))
    for pk, severity, number in holding.values_list("disclosure", "severity").annotate(Count("pk")):
        numbers[pk][SEVERITIES[severity]] += number
    items = audit.items.filter(state__in=_LOOKED_AT).order_by()
    names = items.values_list(
        "disclosure", "disclosure__department", "disclosure__department__name", "disclosure__department__region__name"
    )
    return [
        {"disclosure": pk, "department": department, "name": name, "region": region or "", **numbers[pk]}
        for pk, department, name, region in names
    ]


def _by_rule(holding: QuerySet[Finding]) -> tuple[dict[str, Any], dict[str, Numbers]]:
    """How often each rule is broken, and each family by severity; one query."""
    rules: dict[str, Any] = {}
    families: dict[str, Numbers] = defaultdict(lambda: dict.fromkeys(SEVERITIES.values(), 0))
    found = holding.values_list("rule", "family", "severity").annotate(
        Count("pk"), disclosures=Count("disclosure", distinct=True)
    )
    for rule, family, severity, number, disclosures in found:
        families[family][SEVERITIES[severity]] += number
        row = rules.setdefault(rule, {"findings": 0, "disclosures": 0, "severity": severity})
        row["findings"] += number
        row["disclosures"] = max(row["disclosures"], disclosures)
    return rules, dict(families)


def _by_region(disclosures: list[dict[str, Any]]) -> dict[str, Numbers]:
    regions: dict[str, Numbers] = {}
    for row in disclosures:
        numbers = regions.setdefault(
            row["region"] or "（未填地区）", {"disclosures": 0, "errors": 0, "warnings": 0, "clean": 0}
        )
        numbers["disclosures"] += 1
        numbers["errors"] += row["errors"]
        numbers["warnings"] += row["warnings"]
        numbers["clean"] += not row["errors"] and not row["warnings"]
    return regions


def _absent(name: str, found: list[Absent]) -> dict[str, Any]:
    rows = [
        {"department": item.department, "name": item.name, "region": item.region, "message": item.message}
        for item in found
    ]
    return {name: rows[:LISTED], f"{name}_number": len(rows)}


def _trend(audit: Audit) -> dict[str, Any]:
    previous = previous_audit(audit)
    if previous is None or previous.finished_at is None:
        return {"previous": None}
    movement = moved(previous, audit)
    return {
        "previous": previous.pk,
        "new": movement.new,
        "gone": movement.gone,
        "joined": movement.joined,
        "left": movement.left,
    }
