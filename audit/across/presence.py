"""Departments without a disclosure, and disclosures that are not public in time."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import BUDGET_LAW
from audit.findings import Family, Severity

from .context import SetContext
from .rule import Reach, SetFinding, SetRule


def missing(context: SetContext, rule: SetRule) -> Iterator[SetFinding]:
    """A department of the region has nothing on file for the year."""
    for member in context.members:
        if member.disclosure is None:
            yield SetFinding(member, rule.finding("doc", {"name": member.name, "year": str(context.year)}))


def late(context: SetContext, rule: SetRule) -> Iterator[SetFinding]:
    """The last day has passed and nothing of the department is public."""
    public = {member.department for member in context.members if member.public}
    for member in context.members:
        if member.last_day is None or member.last_day >= context.today or member.department in public:
            continue
        approved = f"{member.approved_on:%Y-%m-%d}" if member.approved_on else ""
        last_day = f"{member.last_day:%Y-%m-%d}"
        params = {"name": member.name, "approved_on": approved, "last_day": last_day}
        yield SetFinding(member, rule.finding("doc", params, expected=last_day))


RULES = (
    SetRule(
        id="S-MISSING",
        title="部门没有公开文本",
        statement="名单中的每个部门（单位）当年都有公开文本",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.WARNING,
        basis=BUDGET_LAW,
        message="{name}还没有 {year} 年的公开文本。",
        example="示例市水务局还没有 2026 年的公开文本。",
        reach=Reach.REGION,
        check_set=missing,
    ),
    SetRule(
        id="S-LATE",
        title="超过公开期限",
        statement="预算批复后 20 日内公开；填了批复日期、期限已过而没有公开的逐个列出",
        tables=(),
        family=Family.COMPLETENESS,
        # Nothing that can be mended in the document: it must not stand in the way of publishing it.
        severity=Severity.INFO,
        basis=BUDGET_LAW,
        message="{name}的预算于 {approved_on} 批复，最迟应于 {last_day} 公开，至今没有公开。",
        example="示例市水务局的预算于 2026-01-20 批复，最迟应于 2026-02-09 公开，至今没有公开。",
        reach=Reach.REGION,
        check_set=late,
    ),
)
