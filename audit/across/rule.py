"""A rule over a set of disclosures, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Finding

from .context import Member, SetContext


class Reach(StrEnum):
    """Which set a rule looks at."""

    FAMILY = "family"  # a department and its units
    REGION = "region"  # the departments and units of a region


@dataclass(frozen=True, slots=True)
class SetFinding:
    """A finding with the member it belongs to: to its disclosure, or to the department that has none."""

    member: Member
    finding: Finding


SetCheck = Callable[[SetContext, "SetRule"], Iterable[SetFinding]]


def _nothing(_context: CheckContext, _rule: Rule) -> Iterable[Outcome]:
    """A rule over sets has nothing to say about one disclosure."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRule(Rule):
    """One entry of the catalogue that needs several disclosures. Its id begins with `S-`."""

    reach: Reach
    check_set: SetCheck
    check: Callable[[CheckContext, Rule], Iterable[Outcome]] = _nothing
