"""The catalogue of rules: one entry per rule, collected from the modules of `audit.rules` and `audit.across`.

A module of these states its rules in a tuple `RULES`; nothing else registers a rule.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import ModuleType
from typing import Protocol

from .context import CheckContext
from .figures import ONE, Figure
from .findings import Evidence, Family, Finding, NotChecked, Severity, sentence
from .intervals import Interval
from .text.identity import masked

EQUAL = "{left} {left_value}{unit}，与{right} {right_value}{unit}不一致，相差 {difference}{unit}{hint}。"
AT_MOST = "{left} {left_value}{unit}，大于{right} {right_value}{unit}，相差 {difference}{unit}{hint}。"
# For rules that use statements of both kinds.
DIFFERS = "{left} {left_value}{unit}，{relation}{right} {right_value}{unit}，相差 {difference}{unit}{hint}。"

# Rules over sets of disclosures (`audit.across`) bear ids that begin so; their findings are kept apart.
SET_PREFIX = "S-"
CLASSIFICATION = "政府收支分类科目"
BUDGET_LAW = "预算法第十四条；地方预决算公开操作规程（财预〔2016〕143号）"


@dataclass(frozen=True, slots=True)
class Gap:
    """Both sides of a statement that fails."""

    left: str  # words
    left_value: str
    right: str
    right_value: str
    difference: Decimal  # in 万元, percentage points, or a count
    relation: str = "不等于"  # what the left side is to the right
    unit: str = ""  # that people read after the values
    scale: Decimal = ONE  # one such unit in the unit of the difference

    @property
    def signed_difference(self) -> str:
        """The difference in the unit of the values."""
        places = int(self.difference.as_tuple().exponent) - int(self.scale.as_tuple().exponent)
        return f"{(self.difference / self.scale).quantize(Decimal((0, (1,), min(places, 0)))):+f}"


class Constraint(Protocol):
    """What the engine and the grouping ask of a statement."""

    rule: Rule

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that takes part."""

    def fails(self) -> bool:
        """Whether no choice of true values within the printed intervals satisfies it."""

    def solve(self, figure: Figure) -> Interval:
        """What the true value of one figure would have to be, the others being right."""

    def gap(self) -> Gap:
        """The two sides in words and values."""


# What a rule yields: a statement for the engine to evaluate, a finding, or what it could not check.
Outcome = Constraint | Finding | NotChecked
Check = Callable[[CheckContext, "Rule"], Iterable[Outcome]]


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
        """A finding of this rule; `params` fill the message template.

        It may quote anything and be passed on: numbers of persons are masked in all of it but the key, which is hashed.
        """
        return Finding(
            rule=self.id,
            family=self.family,
            severity=severity or self.severity,
            where=where,
            params={name: masked(text) for name, text in params.items()},
            actual=_masked(actual),
            expected=_masked(expected),
            difference=difference,
            evidence=tuple(Evidence(item.where, _masked(item.value), item.source) for item in evidence),
            source=source,
            key=key,
            template=self.message,
        )

    def not_checked(self, reason: str, where: str | None = None) -> NotChecked:
        return NotChecked(self.id, masked(reason), where)


def _masked(text: str | None) -> str | None:
    return None if text is None else masked(text)


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of their modules' names and their statement in them.

    Raises ValueError when two rules share an id.
    """
    from audit import across
    from audit import rules as package

    found: dict[str, Rule] = {}
    for name in (*_modules(package), *_modules(across)):
        for rule in getattr(importlib.import_module(name), "RULES", ()):
            if rule.id in found:
                raise ValueError(f"rule id {rule.id} is used twice")
            found[rule.id] = rule
    return found


def _modules(package: ModuleType) -> list[str]:
    return sorted(f"{package.__name__}.{module.name}" for module in pkgutil.iter_modules(package.__path__))


def document_rules() -> tuple[Rule, ...]:
    """The rules that look at one disclosure."""
    return tuple(rule for rule in rules().values() if not rule.id.startswith(SET_PREFIX))


def render(rule_id: str, params: Mapping[str, str]) -> str:
    """The sentence of a finding from its rule's template and its parameters."""
    return sentence(rules()[rule_id].message, params)
