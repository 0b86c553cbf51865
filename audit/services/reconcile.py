"""One check of one disclosure written down: the run, and what it changes of the stored findings.

Findings of rules over sets (`S-`) are none of its business: they are kept by `sets`.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit import models
from audit.catalogue import SET_PREFIX
from disclosures.models import Department, Disclosure, User
from disclosures.services.findings import CheckOutcome, Counts

from .basis import basis
from .carrying import carry_over
from .comparing import Changes, compare, decisions_on, muted_rules, write
from .following import Moves, following, keep_decisions, rename
from .prepared import Checked
from .records import records_of, views

Status = models.Status


def reconcile(
    record: Disclosure,
    prepared: Checked,
    trigger: str,
    user: User | None,
    muted: frozenset[str] | None = None,
    moves: Moves = (),
) -> CheckOutcome:
    """Write one run and what it changes, in a number of statements that does not grow.

    The caller holds the lock on the disclosure and the transaction; `muted` where the caller knows already;
    `moves`: beginnings of places that an edit changed, step by step.
    """
    stored = list(models.Finding.objects.filter(disclosure=record))
    known = {item.fingerprint: item for item in stored if not item.rule.startswith(SET_PREFIX)}
    of_sets = [item for item in stored if item.rule.startswith(SET_PREFIX) and item.status != Status.GONE]
    silent = _muted(record) if muted is None else muted
    changes = Changes()
    found = list(records_of(prepared.result, record.pk))
    decisions = decisions_on(known.values())
    if moves:
        followed = following(list(zip(found, prepared.result.findings, strict=True)), moves)
        known = rename(known, followed.names)
        keep_decisions(known, decisions, followed.digests)
    compare(changes, known, found, decisions, silent)
    is_first = not known and not models.AuditRun.objects.filter(disclosure=record).exists()
    run = _run(record, prepared, trigger, user, changes, silent)
    write(changes, {record.pk: run}, seen=True)
    if is_first and record.based_on_id:
        carry_over(record.based_on_id, changes.new)
    return CheckOutcome(
        run.pk,
        views(item for item in changes.opened if item.status != Status.MUTED),
        views(changes.closed),
        views(changes.lapsed),
        count((*changes.new, *changes.held, *of_sets), run.unchecked),
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


def _muted(record: Disclosure) -> frozenset[str]:
    department = Department.objects.select_related("region__parent__parent__parent").get(pk=record.department_id)
    return muted_rules(department.region)


def _run(
    record: Disclosure,
    prepared: Checked,
    trigger: str,
    user: User | None,
    changes: Changes,
    muted: frozenset[str],
) -> models.AuditRun:
    result = prepared.result
    severities = [item.severity for item in (*changes.new, *changes.held)]
    return models.AuditRun.objects.create(
        disclosure=record,
        trigger=trigger,
        revision=record.revision,
        basis=basis(record.revision, prepared.previous, prepared.catalogue, muted),
        user=user,
        milliseconds=prepared.milliseconds,
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
