"""One pure call: a disclosure in, findings out. No Django, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from disclosures.plain.data import Disclosure

from . import grouping
from .catalogue import Constraint, Outcome, Rule, document_rules
from .class_names import ClassCatalogue
from .context import CheckContext
from .findings import CheckResult, Finding, NotChecked


def check(
    disclosure: Disclosure,
    previous: Disclosure | None = None,
    catalogue: ClassCatalogue | None = None,
    *,
    rules: Iterable[Rule] | None = None,
) -> CheckResult:
    """Check a disclosure by every rule in force in its year (or by the given rules).

    `previous` is last year's disclosure, `catalogue` the names of classification codes; without them
    the rules that need them say that they were not checked.
    """
    context = CheckContext(disclosure, previous, catalogue)
    chosen = [rule for rule in rules or document_rules() if rule.in_force(disclosure.fiscal_year)]
    return result_of(disclosure, [rule.check(context, rule) for rule in chosen])


def result_of(disclosure: Disclosure, said: Sequence[Iterable[Outcome]]) -> CheckResult:
    """Findings out of what each rule said, in the order of the rules."""
    findings: list[Finding] = []
    silent: list[NotChecked] = []
    failed: list[Constraint] = []
    held: list[Constraint] = []
    for outcomes in said:
        for outcome in outcomes:
            if isinstance(outcome, NotChecked):
                silent.append(outcome)
            elif isinstance(outcome, Finding):
                findings.append(outcome)
            else:
                (failed if outcome.fails() else held).append(outcome)
    findings += [grouping.finding(cause) for cause in grouping.causes(failed, held)]
    findings.sort(key=lambda finding: finding.severity.rank)
    return CheckResult(
        department=disclosure.department,
        fiscal_year=disclosure.fiscal_year,
        findings=tuple(findings),
        not_checked=tuple(silent),
        rules_run=len(said),
        checks_run=len(failed) + len(held) + len(findings),
    )
