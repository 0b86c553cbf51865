"""The adapter to the service of corrections: what a sheet changes of one disclosure, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosures import editing
from disclosures.models import BudgetTable, Correction, Disclosure, User
from disclosures.plain.data import Side, Table
from disclosures.services import correcting
from disclosures.storage.disclosures import profile_of
from disclosures.storage.tables import load_tables


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to add: its side, its labels by field, its other values by column."""

    side: Side
    labels: Mapping[str, str]
    values: Mapping[str, str]


@dataclass
class PartChanges:
    """What changes of one disclosure: cells by place, removed rows by number, new rows after a number."""

    cells: list[tuple[str, str]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    added: list[tuple[int | None, NewRow]] = field(default_factory=list)


@dataclass
class _Session:
    """A disclosure being changed; its revision moves with every call."""

    user: User | None
    pk: int
    revision: int
    kind: str
    reason: str
    gone: dict[str, str] = field(default_factory=dict)  # findings by fingerprint
    new: dict[str, str] = field(default_factory=dict)

    def correct(self, cells: list[tuple[str, str]]) -> None:
        changes = [correcting.CellChange(place, value) for place, value in cells]
        self._took(
            correcting.correct_cells(self.user, self.pk, self.revision, changes, kind=self.kind, reason=self.reason)
        )

    def remove(self, place: str) -> None:
        self._took(correcting.remove_row(self.user, self.pk, self.revision, place, kind=self.kind, reason=self.reason))

    def add(self, table_id: str, before: int, row: NewRow) -> None:
        self._took(
            correcting.add_row(
                self.user,
                self.pk,
                self.revision,
                table_id,
                before,
                row.labels,
                kind=self.kind,
                side=row.side.value,
                reason=self.reason,
            )
        )

    def _took(self, outcome: correcting.CorrectionResult) -> None:
        self.revision = outcome.revision
        # What one call opens and a later one closes again never was there for the person.
        for finding in outcome.gone:
            if self.new.pop(finding.fingerprint, None) is None:
                self.gone[finding.fingerprint] = finding.message
        for finding in outcome.new:
            if self.gone.pop(finding.fingerprint, None) is None:
                self.new[finding.fingerprint] = finding.message


def apply_changes(
    user: User | None,
    pk: int,
    revision: int,
    table_id: str,
    changes: PartChanges,
    kind: str = "",
    reason: str = "",
) -> tuple[list[str], list[str]]:
    """Change one disclosure, inside the caller's transaction; returns which findings went and which came.

    Cells first, by the places they were exported with; then rows from the bottom up, so that the numbers of
    those above still hold.
    """
    session = _Session(user, pk, revision, kind or Correction._meta.get_field("kind").get_default(), reason)
    if changes.cells:
        session.correct(changes.cells)
    if changes.removed:
        keys = editing.row_keys(_table(pk, table_id))
        for number in sorted(changes.removed, reverse=True):
            session.remove(f"{table_id}/{keys[number - 1]}")
    if changes.added:
        _add_rows(session, table_id, changes)
    return list(session.gone.values()), list(session.new.values())


def _add_rows(session: _Session, table_id: str, changes: PartChanges) -> None:
    count = len(_table(session.pk, table_id).rows)
    ends = [(count if above is None else _after(above, changes), row) for above, row in changes.added]
    ends.sort(key=lambda pair: pair[0])
    for before, row in ends[::-1]:  # those with the same place as well: each new one goes in front
        session.add(table_id, before, row)
    table = _table(session.pk, table_id)
    keys = editing.row_keys(table)
    cells = []
    for shift, (before, row) in enumerate(ends):
        cells += [(f"{table_id}/{keys[before + shift]}/{key}", value) for key, value in row.values.items()]
    if cells:
        session.correct(cells)


def _after(above: int, changes: PartChanges) -> int:
    """How many rows stand up to a number once the removed ones are gone."""
    return above - sum(number <= above for number in changes.removed)


def _table(pk: int, table_id: str) -> Table:
    record = Disclosure.objects.get(pk=pk)
    found = load_tables(record, profile_of(record.profile), only=table_id)
    if not found:
        raise BudgetTable.DoesNotExist(table_id)
    return found[0]
