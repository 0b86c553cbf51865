"""A set of disclosures of one year: a department with its units, or the departments of a region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from audit.class_names import ClassCatalogue
from audit.context import CheckContext
from disclosures.plain.data import Disclosure, Kind, Side


@dataclass(frozen=True, slots=True)
class CodeName:
    """A functional code with the name that a disclosure prints beside it."""

    code: str
    name: str
    place: str  # in the contract's grammar: T02/2080101
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A department or unit with one disclosure, or without any.

    `department` and `disclosure` are keys by which the caller knows them again. `content` holds what a
    family is compared by: the tables T02, T11, T12 and T13 suffice. `names` serves the sets of a region.
    """

    department: int
    name: str
    parent: int | None = None  # the department of a unit
    disclosure: int | None = None
    kind: Kind | None = None
    public: bool = False
    approved_on: date | None = None  # of its budget
    last_day: date | None = None  # by which it has to be public
    content: Disclosure | None = None
    names: tuple[CodeName, ...] = ()


@dataclass(frozen=True)
class SetContext:
    """What every rule over a set is given."""

    year: int
    today: date
    members: tuple[Member, ...]
    names: ClassCatalogue | None = None
    _contexts: dict[int, CheckContext] = field(default_factory=dict, init=False, compare=False)

    def content(self, member: Member) -> CheckContext | None:
        """The indexed disclosure of a member, None where it has none."""
        if member.content is None or member.disclosure is None:
            return None
        found = self._contexts.get(member.disclosure)
        if found is None:
            found = self._contexts[member.disclosure] = CheckContext(member.content, names=self.names)
        return found

    def families(self) -> Iterator[tuple[Member, tuple[Member, ...]]]:
        """Each department with a disclosure of its own, and its units with theirs.

        The department's own office may publish a 单位预算 too: then it is one of the units.
        """
        for head in self.members:
            if head.kind is Kind.DEPARTMENT:
                units = tuple(member for member in self._units if head.department in (member.parent, member.department))
                if units:
                    yield head, units

    @cached_property
    def _units(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.kind is Kind.UNIT)


def code_names(disclosure: Disclosure) -> tuple[CodeName, ...]:
    """The functional codes of T02 and T03 with their names, each code and name once."""
    found: dict[tuple[str, str], CodeName] = {}
    for table_id in ("T02", "T03"):
        table = disclosure.table(table_id)
        for row in table.side(Side.ONE) if table else ():
            if row.code and row.name:
                entry = CodeName(row.code, row.name, f"{table_id}/{row.code}", row.source)
                found.setdefault((row.code, row.name), entry)
    return tuple(found.values())
