"""The catalogue of rules: one entry per rule, collected from the modules of `audit.rules`.

A module of `audit.rules` states its rules in a tuple `RULES`; nothing else registers a rule.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from .constraints import Constraint
from .context import CheckContext
from .findings import Evidence, Family, Finding, NotChecked, Severity

# What a rule yields: a statement for the engine to evaluate, a finding, or what it could not check.
Outcome = Constraint | Finding | NotChecked
Check = Callable[[CheckContext, "Rule"], Iterable[Outcome]]

EQUAL = "{left} {left_value}{unit}，与{right} {right_value}{unit}不一致，相差 {difference}{unit}{hint}。"
AT_MOST = "{left} {left_value}{unit}，大于{right} {right_value}{unit}，多出 {difference}{unit}{hint}。"
# For rules that use statements of both kinds.
DIFFERS = "{left} {left_value}{unit}，{relation}{right} {right_value}{unit}，相差 {difference}{unit}{hint}。"

CLASSIFICATION = "政府收支分类科目"
BUDGET_LAW = "预算法第十四条；地方预决算公开操作规程（财预〔2016〕143号）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of the catalogue. `id` is stable and never reused."""

    id: str
    title: str
    statement: str  # the rule in plain words or a formula
    tables: tuple[str, ...]  # tables it reads; () for none
    family: Family
    severity: Severity
    example: str  # what it would say of a wrong document
    check: Check
    message: str = EQUAL  # template over the finding's params
    basis: str = BUDGET_LAW
    years: tuple[int | None, int | None] = (None, None)  # fiscal years in force, both included

    def in_force(self, year: int) -> bool:
        first, last = self.years
        return (first is None or year >= first) and (last is None or year <= last)

    def finding(
        self,
        where: str,
        params: Mapping[str, str],
        *,
        actual: str | None = None,
        expected: str | None = None,
        difference: str | None = None,
        evidence: Iterable[Evidence] = (),
        source: str | None = None,
        key: tuple[str, ...] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule; `params` fill the message template."""
        return Finding(
            rule=self.id,
            family=self.family,
            severity=severity or self.severity,
            where=where,
            params=params,
            actual=actual,
            expected=expected,
            difference=difference,
            evidence=tuple(evidence),
            source=source,
            key=key,
        )

    def not_checked(self, reason: str, where: str | None = None) -> NotChecked:
        return NotChecked(self.id, reason, where)


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of their modules' names and their statement in them.

    Raises ValueError when two rules share an id.
    """
    from audit import rules as package

    found: dict[str, Rule] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda item: item.name):
        for rule in getattr(importlib.import_module(f"{package.__name__}.{module.name}"), "RULES", ()):
            if rule.id in found:
                raise ValueError(f"rule id {rule.id} is used twice")
            found[rule.id] = rule
    return found


def render(rule_id: str, params: Mapping[str, str]) -> str:
    """The sentence of a finding from its rule's template and its parameters."""
    return rules()[rule_id].message.format_map({"hint": "", "unit": "", **params})
