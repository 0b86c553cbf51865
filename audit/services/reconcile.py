"""Holding the stored findings of a disclosure against a new result, in a number of statements that does not grow.

A finding that holds keeps its explanation, waiver and remarks; one that does not is closed; one that comes
back is opened again. Explanations and waivers are good for the values they were given for and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from audit import models
from audit.findings import CheckResult
from disclosures.models import Department, Disclosure, User
from disclosures.services.findings import CheckOutcome, Counts

from .carrying import carry_over
from .records import CONTENT, records_of, views

Status = models.Status
LAPSED = "核对的数字已变，原豁免不再适用"


@dataclass
class _Changes:
    """What the reconciliation found out; filled in one pass, written in another."""

    new: list[models.Finding] = field(default_factory=list)
    updated: list[models.Finding] = field(default_factory=list)
    held: list[models.Finding] = field(default_factory=list)
    opened: list[models.Finding] = field(default_factory=list)
    closed: list[models.Finding] = field(default_factory=list)
    lapsed: list[models.Finding] = field(default_factory=list)
    ended_waivers: list[int] = field(default_factory=list)
    ended_explanations: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Decisions:
    """What people decided about the findings so far."""

    muted: frozenset[str]
    waivers: dict[int, models.Waiver]
    explanations: dict[int, models.Explanation]


def reconcile(
    record: Disclosure, result: CheckResult, trigger: str, user: User | None, milliseconds: int
) -> CheckOutcome:
    """Write one run and what it changes. The caller holds the lock on the disclosure and the transaction."""
    known = {item.fingerprint: item for item in models.Finding.objects.filter(disclosure=record)}
    changes = _compare(known, list(records_of(result, record.pk)), _decisions(record))
    is_first = not models.AuditRun.objects.filter(disclosure=record).exists()
    run = _run(record, result, trigger, user, milliseconds, changes)
    _write(run, changes)
    if is_first and record.based_on_id:
        carry_over(record.based_on_id, changes.new)
    holding = (*changes.new, *changes.held)
    return CheckOutcome(
        run.pk,
        views(item for item in changes.opened if item.status != Status.MUTED),
        views(changes.closed),
        views(changes.lapsed),
        count(holding, run.unchecked),
    )


def count(findings: Sequence[models.Finding], unchecked: int) -> Counts:
    """The counts of findings at hand."""

    def number(status: Status, severity: str = "") -> int:
        return sum(item.status == status and severity in ("", item.severity) for item in findings)

    return Counts(
        errors=number(Status.OPEN, "error"),
        warnings=number(Status.OPEN, "warning"),
        infos=number(Status.OPEN, "info"),
        explained=number(Status.EXPLAINED),
        waived=number(Status.WAIVED),
        muted=number(Status.MUTED),
        not_checked=unchecked,
    )


def muted_rules(department: Department) -> frozenset[str]:
    """Rules silenced for the department's region, a region above it, or everywhere."""
    regions = []
    region = department.region
    while region is not None and region.pk not in regions:
        regions.append(region.pk)
        region = region.parent
    reach = Q(region=None) | Q(region__in=regions)
    return frozenset(models.RuleMute.objects.filter(reach, ended_at=None).values_list("rule", flat=True))


def _decisions(record: Disclosure) -> _Decisions:
    department = Department.objects.select_related("region__parent__parent__parent").get(pk=record.department_id)
    waivers = models.Waiver.objects.filter(finding__disclosure=record, ended_at=None)
    explanations = models.Explanation.objects.filter(finding__disclosure=record, decision=models.Decision.PENDING)
    return _Decisions(
        muted_rules(department),
        {item.finding_id: item for item in waivers},
        {item.finding_id: item for item in explanations},
    )


def _compare(known: dict[str, models.Finding], found: Sequence[models.Finding], decisions: _Decisions) -> _Changes:
    changes = _Changes()
    seen = set()
    for item in found:
        seen.add(item.fingerprint)
        stored = known.get(item.fingerprint)
        if stored is None:
            item.status = Status.MUTED if item.rule in decisions.muted else Status.OPEN
            changes.new.append(item)
            changes.opened.append(item)
        else:
            _compare_known(stored, item, decisions, changes)
    for fingerprint, stored in known.items():
        if fingerprint not in seen and stored.status != Status.GONE:
            stored.status = Status.GONE
            changes.closed.append(stored)
    return changes


def _compare_known(stored: models.Finding, found: models.Finding, decisions: _Decisions, changes: _Changes) -> None:
    before = stored.status
    differs = any(getattr(stored, name) != getattr(found, name) for name in (*CONTENT, "position"))
    for name in (*CONTENT, "position"):
        setattr(stored, name, getattr(found, name))
    stored.status = _status(stored, decisions, changes)
    changes.held.append(stored)
    if differs or stored.status != before:
        changes.updated.append(stored)
    if before == Status.GONE:
        changes.opened.append(stored)


def _status(finding: models.Finding, decisions: _Decisions, changes: _Changes) -> models.Status:
    """Where a finding that holds stands; decisions given for other values come to their end."""
    waiver = decisions.waivers.get(finding.pk)
    explanation = decisions.explanations.get(finding.pk)
    stale = [item for item in (waiver, explanation) if item and item.values_digest != finding.values_digest]
    if stale:
        changes.lapsed.append(finding)
    if waiver is not None and waiver in stale:
        changes.ended_waivers.append(waiver.pk)
    if explanation is not None and explanation in stale:
        changes.ended_explanations.append(explanation.pk)
    if finding.rule in decisions.muted:
        return Status.MUTED
    if waiver is not None and waiver not in stale:
        return Status.WAIVED
    return Status.EXPLAINED if explanation is not None and explanation not in stale else Status.OPEN


def _run(
    record: Disclosure, result: CheckResult, trigger: str, user: User | None, milliseconds: int, changes: _Changes
) -> models.AuditRun:
    severities = [item.severity for item in (*changes.new, *changes.held)]
    return models.AuditRun.objects.create(
        disclosure=record,
        trigger=trigger,
        revision=record.revision,
        user=user,
        milliseconds=milliseconds,
        rules_run=result.rules_run,
        checks_run=result.checks_run,
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        infos=severities.count("info"),
        opened=len(changes.opened),
        closed=len(changes.closed),
        lapsed=[item.fingerprint for item in changes.lapsed],
        unchecked=len(result.not_checked),
        not_checked=[[item.rule, item.reason, item.where] for item in result.not_checked],
    )


def _write(run: models.AuditRun, changes: _Changes) -> None:
    findings = models.Finding.objects
    for item in changes.new:
        item.first_run = item.last_run = run
    findings.bulk_create(changes.new)
    findings.bulk_update(changes.updated, (*CONTENT, "position", "status"))
    if changes.held:
        findings.filter(pk__in=[item.pk for item in changes.held]).update(last_run=run)
    if changes.closed:
        findings.filter(pk__in=[item.pk for item in changes.closed]).update(status=Status.GONE)
    if changes.ended_waivers:
        models.Waiver.objects.filter(pk__in=changes.ended_waivers).update(ended_at=timezone.now(), end_reason=LAPSED)
    if changes.ended_explanations:
        models.Explanation.objects.filter(pk__in=changes.ended_explanations).update(decision=models.Decision.LAPSED)
