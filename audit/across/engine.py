"""One pure call: a set of disclosures in, findings with their owners out."""

from __future__ import annotations

from collections.abc import Iterable

from audit.catalogue import rules as all_rules

from .context import SetContext
from .rule import Reach, SetFinding, SetRule


def set_rules(year: int, reach: Reach) -> tuple[SetRule, ...]:
    """The rules over sets of one kind that are in force in a year."""
    found = (rule for rule in all_rules().values() if isinstance(rule, SetRule))
    return tuple(rule for rule in found if rule.reach is reach and rule.in_force(year))


def check_set(context: SetContext, reach: Reach, *, rules: Iterable[SetRule] | None = None) -> tuple[SetFinding, ...]:
    """Check a set by every rule of its kind (or by the given rules)."""
    chosen = set_rules(context.year, reach) if rules is None else rules
    return tuple(found for rule in chosen for found in rule.check_set(context, rule))
