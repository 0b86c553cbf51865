"""A check that keeps of the one before what cannot have changed.

Every rule is run with a record of what it reads of the disclosure: its tables, sections, target forms … When
the next state of the same disclosure differs in some of these only, rules that read none of them say the same
again, and readings made for several rules (`CheckContext.once`) are the same again. What is kept are the very
objects, so that the grouping sees one figure as one figure. Whoever reads something new is recorded anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar, cast

from disclosures.plain.data import Disclosure

from .catalogue import Outcome, Rule, document_rules
from .class_names import ClassCatalogue
from .context import CheckContext
from .engine import result_of
from .findings import CheckResult

T = TypeVar("T")
_TABLES = "tables"
_METHODS = {"table": _TABLES, "section": "sections"}
_FIELDS = tuple(field.name for field in fields(Disclosure))


class _Reads:
    """Which parts of a disclosure are being read, by whoever is being run."""

    def __init__(self) -> None:
        self._open: list[set[str]] = [set()]

    def note(self, parts: set[str]) -> None:
        self._open[-1] |= parts

    def of(self, make: Callable[[], T]) -> tuple[T, frozenset[str]]:
        """What `make` returns, and what it read; whoever is being run read that as well."""
        self._open.append(set())
        try:
            made = make()
        finally:
            parts = self._open.pop()
            self.note(parts)
        return made, frozenset(parts)


class _Watched:
    """A disclosure that tells which of its parts is asked for."""

    def __init__(self, disclosure: Disclosure, reads: _Reads) -> None:
        self._disclosure = disclosure
        self._reads = reads

    def __getattr__(self, name: str) -> Any:
        self._reads.note({_METHODS.get(name, name)})
        return getattr(self._disclosure, name)


class _Context(CheckContext):
    """A context that records what is read, and takes over readings of the one before."""

    def __init__(
        self,
        disclosure: Disclosure,
        previous: Disclosure | None,
        names: ClassCatalogue | None,
        before: _Context | None,
        changed: frozenset[str],
    ) -> None:
        self.reads = _Reads()
        self._readings: dict[str, tuple[object, frozenset[str]]] = {}
        super().__init__(disclosure, previous, names, None if _TABLES in changed else before)
        if before is not None:
            # What holds its context would go on reading from the old one.
            kept = (item for item in before._readings.items() if not hasattr(item[1][0], "context"))
            self._readings = {name: reading for name, reading in kept if not reading[1] & changed}
            if "previous" in vars(before):
                self.previous = before.previous
        self.disclosure = cast(Disclosure, _Watched(disclosure, self.reads))

    def reading(self, part: str) -> None:
        self.reads.note({part})

    def once(self, name: str, make: Callable[[], T]) -> T:
        if name not in self._readings:
            self._readings[name] = self.reads.of(make)
        made, parts = self._readings[name]
        self.reads.note(set(parts))
        return cast(T, made)


class IncrementalCheck:
    """Checks the states of one disclosure one after the other. Not for use by two threads at a time."""

    def __init__(self) -> None:
        self._disclosure: Disclosure | None = None
        self._rest: tuple[object, object] = (None, None)
        self._context: _Context | None = None
        self._said: dict[str, tuple[tuple[Outcome, ...], frozenset[str]]] = {}

    def check(
        self, disclosure: Disclosure, previous: Disclosure | None = None, catalogue: ClassCatalogue | None = None
    ) -> CheckResult:
        """The result that `audit.engine.check` gives, letter for letter."""
        changed = self._changed(disclosure, previous, catalogue)
        if changed is None:
            self._context, self._said, changed = None, {}, frozenset(_FIELDS)
        context = _Context(disclosure, previous, catalogue, self._context, changed)
        said = {
            rule.id: self._outcomes(context, rule, changed)
            for rule in document_rules()
            if rule.in_force(disclosure.fiscal_year)
        }
        self._disclosure, self._rest, self._context, self._said = disclosure, (previous, catalogue), context, said
        return result_of(disclosure, [outcomes for outcomes, _ in said.values()])

    def _changed(
        self, disclosure: Disclosure, previous: Disclosure | None, catalogue: ClassCatalogue | None
    ) -> frozenset[str] | None:
        """The parts that differ from the state before; None where that is no help."""
        before = self._disclosure
        if before is None or self._rest[0] is not previous or self._rest[1] is not catalogue:
            return None
        if (before.fiscal_year, before.profile) != (disclosure.fiscal_year, disclosure.profile):
            return None
        return frozenset(
            name
            for name in _FIELDS
            if (old := getattr(before, name)) is not (new := getattr(disclosure, name)) and old != new
        )

    def _outcomes(
        self, context: _Context, rule: Rule, changed: frozenset[str]
    ) -> tuple[tuple[Outcome, ...], frozenset[str]]:
        known = self._said.get(rule.id)
        if known is not None and not known[1] & changed:
            return known
        return context.reads.of(lambda: tuple(rule.check(context, rule)))
