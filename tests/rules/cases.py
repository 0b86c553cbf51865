"""The four cases every rule must have, and how a case is judged.

A module `cases_<family>.py` holds a list `CASES`; `test_cases.py` runs them all, `test_catalogue.py` fails
when a rule of the catalogue lacks one of the four kinds.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from audit.class_names import ClassCatalogue
from disclosures.plain.data import Disclosure


class Kind(StrEnum):
    """Passing, failing, at the very edge of what is tolerated, and with a blank where a value could stand."""

    PASS = "pass"
    FAIL = "fail"
    EDGE = "edge"
    BLANK = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One disclosure and what one rule must say of it.

    `where` is the place that a finding must name in `where` or `evidence`; None: the rule finds nothing.
    `says` is a part of the message. `silent`: the rule must say that it could not check.
    """

    rule: str
    kind: Kind
    disclosure: Disclosure
    where: str | None = None
    says: str = ""
    silent: bool = False
    previous: Disclosure | None = None
    names: ClassCatalogue | None = None


def passes(rule: str, disclosure: Disclosure, **more) -> Case:
    """The rule finds nothing."""
    return Case(rule=rule, kind=Kind.PASS, disclosure=disclosure, **more)


def fails(rule: str, disclosure: Disclosure, where: str, **more) -> Case:
    """The rule finds the place."""
    return Case(rule=rule, kind=Kind.FAIL, disclosure=disclosure, where=where, **more)


def edge(rule: str, disclosure: Disclosure, where: str | None = None, **more) -> Case:
    """At the edge: just tolerated, or (with `where`) just not."""
    return Case(rule=rule, kind=Kind.EDGE, disclosure=disclosure, where=where, **more)


def blank(rule: str, disclosure: Disclosure, where: str | None = None, **more) -> Case:
    """A blank cell, text or table where the rule looks."""
    return Case(rule=rule, kind=Kind.BLANK, disclosure=disclosure, where=where, **more)


def all_cases() -> Iterator[Case]:
    """The cases of every module `cases_*.py` in this folder."""
    for path in sorted(Path(__file__).parent.glob("cases_*.py")):
        yield from importlib.import_module(f"tests.rules.{path.stem}").CASES
