"""What an audit says: findings, statements it could not check, and the whole result."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SCHEMA = "budget-findings/1"


class Severity(StrEnum):
    """错误, 提醒, 参考."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "提醒", "info": "参考"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the most serious."""
        return ("error", "warning", "info").index(self.value)


class Family(StrEnum):
    """The closed list of the contract."""

    ARITHMETIC = "arithmetic"
    HIERARCHY = "hierarchy"
    CROSS_TABLE = "cross_table"
    NARRATIVE_AMOUNT = "narrative_amount"
    NARRATIVE_PERCENT = "narrative_percent"
    NARRATIVE_CHANGE = "narrative_change"
    NARRATIVE_YEAR = "narrative_year"
    NARRATIVE_TEXT = "narrative_text"
    CODE_NAME = "code_name"
    PERFORMANCE_AMOUNT = "performance_amount"
    PERFORMANCE_MATCH = "performance_match"
    PERFORMANCE_COUNT = "performance_count"
    INDICATOR_QUALITY = "indicator_quality"
    COMPLETENESS = "completeness"
    FORMAT = "format"
    PRIVACY = "privacy"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _FAMILY_LABELS[self.value]


_FAMILY_LABELS = {
    "arithmetic": "表内合计",
    "hierarchy": "科目层级",
    "cross_table": "表间关系",
    "narrative_amount": "说明中的金额",
    "narrative_percent": "说明中的百分比",
    "narrative_change": "比上年的变动",
    "narrative_year": "说明中的年度",
    "narrative_text": "说明的文字",
    "code_name": "科目编码与名称",
    "performance_amount": "绩效目标的金额",
    "performance_match": "项目与绩效目标对应",
    "performance_count": "绩效目标的数量",
    "indicator_quality": "绩效指标",
    "completeness": "内容完整",
    "format": "格式",
    "privacy": "个人信息",
    "other": "其他",
}


def sentence(template: str, params: Mapping[str, str]) -> str:
    """A template filled in; the hint and the unit may be left out."""
    return template.format_map({"hint": "", "unit": "", **params})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cell or sentence that the finding rests on."""

    where: str
    value: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. The sentence is rendered late from the rule's template and `params`.

    `key` holds the parameters that tell two findings of one rule at one place apart; values are not
    among them, so that a finding keeps its identity when its numbers change.
    """

    rule: str
    family: Family
    severity: Severity
    where: str
    params: Mapping[str, str] = field(default_factory=dict)
    actual: str | None = None
    expected: str | None = None
    difference: str | None = None
    evidence: tuple[Evidence, ...] = ()
    source: str | None = None
    key: tuple[str, ...] = ()
    template: str = ""  # the rule's message template

    @property
    def fingerprint(self) -> str:
        """Stable identity: rule, place, and the parameters that matter."""
        return hashlib.sha256("\n".join((self.rule, self.where, *self.key)).encode()).hexdigest()[:20]

    @property
    def message(self) -> str:
        """One Chinese sentence."""
        return sentence(self.template, self.params)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule or statement that could not be evaluated, and why: distinct from passing."""

    rule: str
    reason: str  # plain Chinese
    where: str | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything one check of one disclosure says."""

    department: str
    fiscal_year: int
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    rules_run: int
    checks_run: int

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


def _finding_to_contract(finding: Finding) -> dict[str, Any]:
    out: dict[str, Any] = {
        "rule": finding.rule,
        "family": finding.family.value,
        "severity": finding.severity.value,
        "where": finding.where,
        "message": finding.message,
        "actual": finding.actual,
        "expected": finding.expected,
        "difference": finding.difference,
        "fingerprint": finding.fingerprint,
        "evidence": [
            {"where": item.where, "value": item.value, **({"source": item.source} if item.source else {})}
            for item in finding.evidence
        ],
    }
    if finding.source:
        out["source"] = finding.source
    return out


def to_contract(result: CheckResult) -> dict[str, Any]:
    """The result as a budget-findings/1 object."""
    counts = Counter(finding.severity.value for finding in result.findings)
    return {
        "schema": SCHEMA,
        "department": result.department,
        "fiscal_year": result.fiscal_year,
        "summary": {
            **{severity.value: counts[severity.value] for severity in Severity},
            "rules_run": result.rules_run,
            "checks_run": result.checks_run,
        },
        "not_checked": [
            {"rule": item.rule, **({"where": item.where} if item.where else {}), "reason": item.reason}
            for item in result.not_checked
        ],
        "findings": [_finding_to_contract(finding) for finding in result.findings],
    }
