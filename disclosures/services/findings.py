"""Findings as `disclosures` knows them; `audit` hands in the desk that keeps them (in `AppConfig.ready`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from disclosures import models
from disclosures.plain.data import Disclosure


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as screens and messages show it."""

    id: int
    fingerprint: str
    rule: str
    severity: str  # error, warning, info
    status: str  # open, explained, waived, muted, gone
    where: str
    message: str
    actual: str | None = None
    expected: str | None = None
    difference: str | None = None
    evidence: tuple[tuple[str, str | None, str | None], ...] = ()  # (place, value, place in the source)
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings that hold: open ones by severity, and those that were dealt with."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    explained: int = 0
    waived: int = 0
    muted: int = 0
    not_checked: int = 0


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What a check changed."""

    run_id: int
    opened: tuple[FindingView, ...]
    closed: tuple[FindingView, ...]
    lapsed: tuple[FindingView, ...]  # their explanation or waiver was given for other values
    counts: Counts


class PreparedCheck(Protocol):
    """A check that was computed and not yet written."""


class FindingDesk(Protocol):
    """Keeps the findings of stored disclosures."""

    def check(self, disclosure_id: int, trigger: str, user: models.User | None) -> CheckOutcome:
        """Load, check and reconcile."""

    def prepare(self, record: models.Disclosure, disclosure: Disclosure) -> PreparedCheck:
        """Check plain data, reading and writing nothing of the disclosure itself: done before the transaction."""

    def write(
        self,
        record: models.Disclosure,
        prepared: PreparedCheck,
        trigger: str,
        user: models.User | None,
        moves: Sequence[Mapping[str, str]] = (),
    ) -> CheckOutcome:
        """Reconcile the stored findings with a prepared check, inside the caller's transaction.

        `moves`: beginnings of places that the edit changed, with what they are now, step by step.
        """

    def unsettled(self, disclosure_id: int, statuses: Sequence[str]) -> tuple[FindingView, ...]:
        """Findings that hold and are in one of these states, most serious first."""

    def counts(self, disclosure_ids: Iterable[int]) -> dict[int, Counts]:
        """For each disclosure its counts, in a constant number of queries."""

    def counted(self, records: QuerySet[models.Disclosure]) -> QuerySet[models.Disclosure]:
        """The disclosures with `open_errors`, `open_warnings`, `to_decide` and `was_checked` to filter and sort by."""


_desk: FindingDesk | None = None


def register_desk(desk: FindingDesk) -> None:
    global _desk
    _desk = desk


def desk() -> FindingDesk:
    """The registered desk. Raises RuntimeError when none was handed in."""
    if _desk is None:
        raise RuntimeError("no finding desk registered: audit is not installed")
    return _desk
