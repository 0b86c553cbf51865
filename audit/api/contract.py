"""The contract's budget-findings/1 of what is stored and of what is only checked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from audit.findings import SCHEMA, Severity
from audit.models import AuditRun, Finding, Status
from disclosures.models import Disclosure

Json = dict[str, Any]


def findings_of(record: Disclosure) -> Json:
    """The findings that hold, with what was decided about them (`status`), as the latest check left them."""
    run = AuditRun.objects.filter(disclosure=record).order_by("-pk").first()
    holding = list(Finding.objects.filter(disclosure=record).exclude(status=Status.GONE).order_by("position", "pk"))
    counts = Counter(finding.severity for finding in holding)
    return {
        "schema": SCHEMA,
        "department": record.printed_department,
        "fiscal_year": record.fiscal_year,
        "summary": {
            **{severity.value: counts[severity.value] for severity in Severity},
            "rules_run": run.rules_run if run else 0,
            "checks_run": run.checks_run if run else 0,
        },
        "not_checked": [
            {"rule": rule, **({"where": where} if where else {}), "reason": reason}
            for rule, reason, where in (run.not_checked if run else ())
        ],
        "findings": [_finding(finding) for finding in holding],
    }


def _finding(finding: Finding) -> Json:
    return {
        "id": finding.pk,
        "status": finding.status,
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity,
        "where": finding.where,
        "message": finding.message,
        "actual": finding.actual,
        "expected": finding.expected,
        "difference": finding.difference,
        "fingerprint": finding.fingerprint,
        "evidence": [
            {"where": where, "value": value, **({"source": source} if source else {})}
            for where, value, source in finding.evidence
        ],
        **({"source": finding.source} if finding.source else {}),
    }
