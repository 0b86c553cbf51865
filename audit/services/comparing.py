"""Holding stored findings against found ones: what is new, holds, is gone, and which decisions come to their end.

A finding that holds keeps its explanation, waiver and remarks; one that does not is closed; one that comes
back is opened again. Explanations and waivers are good for the values they were given for and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from audit import models
from disclosures.models import Region

from .history import step, write_steps
from .records import CONTENT

Status = models.Status
LAPSED = "核对的数字已变，原豁免不再适用"


@dataclass
class Changes:
    """What a comparison found out; filled in one pass, written in another."""

    new: list[models.Finding] = field(default_factory=list)
    updated: list[models.Finding] = field(default_factory=list)
    held: list[models.Finding] = field(default_factory=list)
    opened: list[models.Finding] = field(default_factory=list)
    closed: list[models.Finding] = field(default_factory=list)
    lapsed: list[models.Finding] = field(default_factory=list)
    ended_waivers: list[int] = field(default_factory=list)
    ended_explanations: list[int] = field(default_factory=list)
    steps: list[models.FindingEvent] = field(default_factory=list)


@dataclass(frozen=True)
class Decisions:
    """What people decided about the findings so far, by the key of the finding."""

    waivers: Mapping[int, models.Waiver]
    explanations: Mapping[int, models.Explanation]


def decisions_on(findings: Iterable[models.Finding]) -> Decisions:
    """The decisions in force, in two queries; in none where there is nothing to decide on."""
    pks = [item.pk for item in findings]
    if not pks:
        return Decisions({}, {})
    waivers = models.Waiver.objects.filter(finding__in=pks, ended_at=None)
    explanations = models.Explanation.objects.filter(finding__in=pks, decision=models.Decision.PENDING)
    return Decisions({item.finding_id: item for item in waivers}, {item.finding_id: item for item in explanations})


def muted_rules(region: Region | None) -> frozenset[str]:
    """Rules silenced for a region (its parents at hand), a region above it, or everywhere."""
    regions: list[int] = []
    while region is not None and region.pk not in regions:
        regions.append(region.pk)
        region = region.parent
    reach = Q(region=None) | Q(region__in=regions)
    lasting = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    return frozenset(models.RuleMute.objects.filter(reach, lasting, ended_at=None).values_list("rule", flat=True))


def compare(
    changes: Changes,
    known: Mapping[str, models.Finding],
    found: Sequence[models.Finding],
    decisions: Decisions,
    muted: frozenset[str],
) -> None:
    """Add what one disclosure's found findings change of its known ones (by fingerprint)."""
    seen = set()
    for item in found:
        seen.add(item.fingerprint)
        stored = known.get(item.fingerprint)
        if stored is None:
            item.status = Status.MUTED if item.rule in muted else Status.OPEN
            changes.new.append(item)
            changes.opened.append(item)
            changes.steps.append(step(item, ""))
        else:
            _compare_known(stored, item, decisions, muted, changes)
    for fingerprint, stored in known.items():
        if fingerprint not in seen and stored.status != Status.GONE:
            before, stored.status = stored.status, Status.GONE
            changes.closed.append(stored)
            changes.steps.append(step(stored, before))


def _compare_known(
    stored: models.Finding, found: models.Finding, decisions: Decisions, muted: frozenset[str], changes: Changes
) -> None:
    before = stored.status
    differs = any(getattr(stored, name) != getattr(found, name) for name in (*CONTENT, "position"))
    for name in (*CONTENT, "position"):
        setattr(stored, name, getattr(found, name))
    lapsed = _lapse(stored, decisions, changes)
    stored.status = _status(stored, decisions, muted)
    changes.held.append(stored)
    changes.steps.append(step(stored, before, lapsed=lapsed))
    if differs or stored.status != before:
        changes.updated.append(stored)
    if before == Status.GONE:
        changes.opened.append(stored)


def _lapse(finding: models.Finding, decisions: Decisions, changes: Changes) -> bool:
    """Whether decisions were given for other values than those of now; they come to their end."""
    waiver, explanation = decisions.waivers.get(finding.pk), decisions.explanations.get(finding.pk)
    if waiver is not None and not _good(waiver, finding):
        changes.ended_waivers.append(waiver.pk)
    if explanation is not None and not _good(explanation, finding):
        changes.ended_explanations.append(explanation.pk)
    lapsed = any(item is not None and not _good(item, finding) for item in (waiver, explanation))
    if lapsed:
        changes.lapsed.append(finding)
    return lapsed


def _status(finding: models.Finding, decisions: Decisions, muted: frozenset[str]) -> models.Status:
    """Where a finding that holds stands."""
    if finding.rule in muted:
        return Status.MUTED
    waiver, explanation = decisions.waivers.get(finding.pk), decisions.explanations.get(finding.pk)
    if waiver is not None and _good(waiver, finding):
        return Status.WAIVED
    return Status.EXPLAINED if explanation is not None and _good(explanation, finding) else Status.OPEN


def _good(decision: models.Waiver | models.Explanation, finding: models.Finding) -> bool:
    return decision.values_digest == finding.values_digest


def write(changes: Changes, runs: Mapping[int, models.AuditRun], *, seen: bool) -> None:
    """Write the changes of disclosures whose runs are given by their keys, in batches.

    `seen`: the runs saw every finding that holds, which is remembered of them.
    """
    findings = models.Finding.objects
    for item in changes.new:
        item.first_run = item.last_run = runs[item.disclosure_id]
    findings.bulk_create(changes.new)
    findings.bulk_update(changes.updated, (*CONTENT, "position", "status"))
    if seen and changes.held:
        (run,) = runs.values()
        findings.filter(pk__in=[item.pk for item in changes.held]).update(last_run=run)
    if changes.closed:
        findings.filter(pk__in=[item.pk for item in changes.closed]).update(status=Status.GONE)
    if changes.ended_waivers:
        models.Waiver.objects.filter(pk__in=changes.ended_waivers).update(ended_at=timezone.now(), end_reason=LAPSED)
    if changes.ended_explanations:
        models.Explanation.objects.filter(pk__in=changes.ended_explanations).update(decision=models.Decision.LAPSED)
    for event in changes.steps:
        event.run = runs[event.finding.disclosure_id]
    write_steps(changes.steps)
