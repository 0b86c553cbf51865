"""Findings of the engine as records, and records as what screens show."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from audit import models
from audit.findings import CheckResult, Finding
from disclosures.services.findings import FindingView

# What a re-run brings up to date on a finding that is known.
CONTENT = ("severity", "where", "params", "actual", "expected", "difference", "evidence", "source", "values_digest")


def digest(finding: Finding) -> str:
    """The values a finding rests on: an explanation or waiver is good for these only."""
    values = [finding.actual, finding.expected, finding.difference]
    values += sorted(f"{item.where}={item.value}" for item in finding.evidence)
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()[:20]


def records_of(result: CheckResult, disclosure_id: int) -> Iterator[models.Finding]:
    """Unsaved records in the order of the result; a fingerprint that occurs twice is numbered."""
    seen: Counter[str] = Counter()
    for position, finding in enumerate(result.findings):
        fingerprint = finding.fingerprint
        seen[fingerprint] += 1
        if seen[fingerprint] > 1:
            fingerprint = f"{fingerprint}-{seen[fingerprint]}"
        yield models.Finding(
            disclosure_id=disclosure_id,
            fingerprint=fingerprint,
            rule=finding.rule,
            family=finding.family.value,
            severity=finding.severity.value,
            where=finding.where,
            params=dict(finding.params),
            actual=finding.actual,
            expected=finding.expected,
            difference=finding.difference,
            evidence=[[item.where, item.value, item.source] for item in finding.evidence],
            source=finding.source,
            position=position,
            values_digest=digest(finding),
        )


def view(record: models.Finding) -> FindingView:
    """A record as screens and messages show it."""
    return FindingView(
        id=record.pk,
        fingerprint=record.fingerprint,
        rule=record.rule,
        severity=record.severity,
        status=record.status,
        where=record.where,
        message=record.message,
        actual=record.actual,
        expected=record.expected,
        difference=record.difference,
        evidence=tuple((place, value, source) for place, value, source in record.evidence),
        source=record.source,
    )


def views(records: Iterable[models.Finding]) -> tuple[FindingView, ...]:
    return tuple(map(view, records))
