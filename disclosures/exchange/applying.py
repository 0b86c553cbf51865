"""The adapter to the service of corrections: what a sheet changes of one disclosure, in one save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosures import editing
from disclosures.models import BudgetTable, Correction, Disclosure, User
from disclosures.plain.data import Side
from disclosures.services import correcting, rows
from disclosures.services.saving import Edit
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


def apply_changes(
    user: User | None,
    pk: int,
    revision: int,
    table_id: str,
    changes: PartChanges,
    kind: str = "",
    reason: str = "",
) -> tuple[list[str], list[str]]:
    """Change one disclosure in one save, inside the caller's transaction: which findings went, which came."""
    edit = Edit(user, pk, revision, kind or Correction._meta.get_field("kind").get_default(), reason)
    cells = [correcting.CellChange(place, value) for place, value in changes.cells]
    if changes.removed or changes.added:
        outcome = rows.change_table(edit, table_id, _table_changes(pk, table_id, cells, changes))
    else:
        outcome = correcting.correct_cells(edit, cells)
    return [finding.message for finding in outcome.gone], [finding.message for finding in outcome.new]


def _table_changes(
    pk: int, table_id: str, cells: list[correcting.CellChange], changes: PartChanges
) -> rows.TableChanges:
    record = Disclosure.objects.get(pk=pk)
    found = load_tables(record, profile_of(record.profile), only=table_id)
    if not found:
        raise BudgetTable.DoesNotExist(table_id)
    keys = editing.row_keys(found[0])
    added = [
        rows.NewRow(len(keys) if above is None else above, row.labels, row.values, row.side.value)
        for above, row in changes.added
    ]
    removed = [f"{table_id}/{keys[number - 1]}" for number in changes.removed]
    return rows.TableChanges(cells, removed, added)
