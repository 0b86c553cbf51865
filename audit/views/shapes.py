"""Findings in the shape in which the programs of the pages take them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from audit import models
from audit.catalogue import rules
from audit.findings import Finding, Severity
from disclosures.plain.place_words import where_words
from disclosures.plain.sources import source_words

Shape = dict[str, Any]
Evidence = tuple[str, str | None, str | None]


def plain_finding(finding: Finding) -> Shape:
    """A finding that is not stored."""
    evidence = [(item.where, item.value, item.source) for item in finding.evidence]
    return {"id": finding.fingerprint, "status": "open"} | _shape(finding, finding.severity.value, evidence)


def stored_finding(finding: models.Finding) -> Shape:
    """A finding on file, with what was said about it (prefetched)."""
    evidence = [(where, value, source) for where, value, source in finding.evidence]
    explanation = next(iter(finding.explanations.all()), None)
    waiver = next((waiver for waiver in finding.waivers.all() if waiver.ended_at is None), None)
    return {
        "id": finding.pk,
        "fingerprint": finding.fingerprint,
        "status": finding.status,
        "statusWords": finding.get_status_display(),
        "explanation": _explanation(explanation) if explanation else None,
        "waiver": {"reason": waiver.reason, "by": str(waiver.granted_by)} if waiver else None,
    } | _shape(finding, finding.severity, evidence)


def _explanation(explanation: models.Explanation) -> Shape:
    return {
        "text": explanation.text,
        "by": str(explanation.user),
        "decision": explanation.decision,
        "decisionWords": explanation.get_decision_display(),
        "answer": explanation.answer,
    }


def _shape(finding: Finding | models.Finding, severity: str, evidence: Iterable[Evidence]) -> Shape:
    rule = rules().get(finding.rule)
    return {
        "rule": finding.rule,
        "ruleTitle": rule.title if rule else "",
        "ruleStatement": rule.statement if rule else "",
        "basis": rule.basis if rule else "",
        "severity": severity,
        "severityWords": Severity(severity).label,
        "where": finding.where,
        "place": where_words(finding.where),
        "part": part_key(finding.where),
        "message": finding.message,
        "actual": finding.actual,
        "expected": finding.expected,
        "difference": finding.difference,
        "source": finding.source,
        "sourceWords": source_words(finding.source),
        "evidence": [
            {"where": where, "place": where_words(where), "part": part_key(where), "value": value, "source": source}
            for where, value, source in evidence
        ],
    }


def part_key(where: str) -> str:
    """The tab in which a place is shown: T05, narrative, overview (概况), targets, or doc for the whole."""
    head, _, rest = where.partition("/")
    if head.startswith("T") and head[1:].isdecimal():
        return head
    if head == "N":
        return "overview" if rest.split("/")[0] in ("概况", "名词解释") else "narrative"
    return "targets" if head in ("P", "O") or head.startswith("O") else "doc"


def not_checked_items(items: Iterable[tuple[str, str]]) -> list[Shape]:
    """What could not be checked, from (rule, reason); the same said once."""
    return [
        {"reason": reason, "rule": rule, "title": rules()[rule].title if rule in rules() else ""}
        for rule, reason in dict.fromkeys(items)
    ]
