"""The four cases of every rule over sets of disclosures.

`unit` and `head` make the members of a family (a department and its units), `member` those of a region.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from audit.across.context import CodeName, Member, SetContext
from audit.class_names import ClassCatalogue
from disclosures.plain.data import Disclosure
from disclosures.plain.data import Kind as DisclosureKind
from tests.rules.builders import of_tables
from tests.rules.cases import Kind

TODAY = date(2026, 3, 1)
HEAD, UNIT = "某市水务局", "某市河道站"
_numbers = iter(range(1, 10_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCase:
    """One set and what one rule must say of it: `owner` is the name of the member the finding belongs to."""

    rule: str
    kind: Kind
    context: SetContext
    owner: str | None = None
    where: str = ""
    says: str = ""


def member(name: str, content: Disclosure | None = None, **fields) -> Member:
    """A member of a region: with a disclosure unless told otherwise."""
    number = next(_numbers)
    fields = dict[str, Any](disclosure=number, kind=DisclosureKind.DEPARTMENT) | fields
    return Member(department=number, name=name, content=content, **fields)


def names(name: str, *printed: tuple[str, str]) -> Member:
    return member(name, names=tuple(CodeName(code, text, f"T02/{code}") for code, text in printed))


def context(*members: Member, catalogue: ClassCatalogue | None = None) -> SetContext:
    return SetContext(2026, TODAY, members, catalogue)


def family(head: dict[str, str | None], *units: tuple[str, dict[str, str | None]]) -> SetContext:
    """A department of some tables, and units of some tables."""
    top = member(HEAD, replace(of_tables(head), department=HEAD))
    below = [
        member(
            name,
            replace(of_tables(tables), department=name, kind=DisclosureKind.UNIT),
            kind=DisclosureKind.UNIT,
            parent=top.department,
        )
        for name, tables in units
    ]
    return context(top, *below)


def passes(rule: str, found: SetContext) -> SetCase:
    return SetCase(rule=rule, kind=Kind.PASS, context=found)


def fails(rule: str, found: SetContext, owner: str, where: str, says: str = "") -> SetCase:
    return SetCase(rule=rule, kind=Kind.FAIL, context=found, owner=owner, where=where, says=says)


def edge(rule: str, found: SetContext, owner: str | None = None, where: str = "") -> SetCase:
    return SetCase(rule=rule, kind=Kind.EDGE, context=found, owner=owner, where=where)


def blank(rule: str, found: SetContext, owner: str | None = None, where: str = "") -> SetCase:
    return SetCase(rule=rule, kind=Kind.BLANK, context=found, owner=owner, where=where)
