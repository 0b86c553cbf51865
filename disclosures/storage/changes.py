"""Writing what differs between two states of a stored disclosure, and nothing else.

Records keep their keys: a row that moves down because another was put before it is the same record.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosures import models
from disclosures.plain.alignment import align
from disclosures.plain.data import Disclosure, Row, Section, Table
from disclosures.profiles import TableDecl, TemplateProfile

from .disclosures import insert_other_tables, insert_sections, profile_of, section_records
from .errors import check_storable
from .parents import parent_positions
from .positions import shift
from .registry import target_storage
from .tables import TABLE_TEXTS, line_of, store_tables

_NOT_OF_THE_ROW = frozenset({"id", "table", "position", "parent"})
_BATCH = 100  # rows of one UPDATE: its CASE grows with rows times columns
_LINE_FIELDS = tuple(
    field.name for field in models.BudgetLine._meta.concrete_fields if field.name not in _NOT_OF_THE_ROW
)


def write_changes(record: models.Disclosure, old: Disclosure, new: Disclosure) -> None:
    """Bring the records from one state to another; the caller holds the lock and the transaction.

    Raises StorageError, before anything of that part is written, when the new state cannot be stored.
    """
    profile = profile_of(record.profile)
    _write_tables(record, profile, old.tables, new.tables)
    if old.sections != new.sections:
        _write_sections(record, old.sections, new.sections)
    if old.other_tables != new.other_tables:
        record.othertables.all().delete()
        insert_other_tables(record, new.other_tables)
    if old.project_targets != new.project_targets or old.overall_targets != new.overall_targets:
        target_storage().write_changes(record, old, new)
    record.printed_department = new.department
    check_storable([record])


def _write_tables(
    record: models.Disclosure, profile: TemplateProfile, old: Sequence[Table], new: Sequence[Table]
) -> None:
    before = {table.id: table for table in old}
    now = {table.id for table in new}
    if gone := [table_id for table_id in before if table_id not in now]:
        record.budget_tables.filter(code__in=gone).delete()
    store_tables(record, [table for table in new if table.id not in before], profile)
    for table in new:
        known = before.get(table.id)
        if known is not None and known is not table and known != table:
            _write_table(record, profile.table(table.id), known, table)
    if list(before) != [table.id for table in new]:
        for position, table in enumerate(new):
            record.budget_tables.filter(code=table.id).update(position=position)


def _write_sections(record: models.Disclosure, old: Sequence[Section], new: Sequence[Section]) -> None:
    """The same sections in the same order are updated, others written anew: there are fifteen at most."""
    if [section.numeral for section in old] != [section.numeral for section in new]:
        record.narrativesections.all().delete()
        insert_sections(record, new)
        return
    for position, (before, after) in enumerate(zip(old, new, strict=True)):
        if before is not after and before != after:
            (item,) = section_records(record, [after])
            check_storable([item])
            record.narrativesections.filter(position=position).update(
                heading=item.heading, paragraphs=item.paragraphs, source=item.source
            )


def _write_table(record: models.Disclosure, decl: TableDecl, before: Table, after: Table) -> None:
    table = record.budget_tables.get(code=after.id)
    texts = {name: getattr(after, name) for name in TABLE_TEXTS if getattr(after, name) != getattr(before, name)}
    if texts:
        for name, value in texts.items():
            setattr(table, name, value)
        check_storable([table])
        table.save(update_fields=list(texts))
    if before.rows != after.rows:
        _write_rows(table, decl, before.rows, after.rows)


def _write_rows(table: models.BudgetTable, decl: TableDecl, before: Sequence[Row], after: Sequence[Row]) -> None:
    pairs = align(before, after)
    kept = {new: old for old, new in pairs}
    changed = [
        n for n, row in enumerate(after) if n not in kept or (row is not before[kept[n]] and row != before[kept[n]])
    ]
    lines = [line_of(table, decl, after[position], position) for position in changed]
    check_storable(lines)
    if len(pairs) != len(before):
        _delete(table, set(range(len(before))) - {old for old, _ in pairs})
    shift(table.lines.all(), pairs)
    keys = dict(table.lines.filter(position__in=changed).values_list("position", "pk")) if kept else {}
    for line in lines:
        line.pk = keys.get(line.position)
    models.BudgetLine.objects.bulk_update(
        [line for line in lines if line.pk is not None], _LINE_FIELDS, batch_size=_BATCH
    )
    models.BudgetLine.objects.bulk_create([line for line in lines if line.pk is None])
    _write_parents(table, decl, before, after)


def _delete(table: models.BudgetTable, positions: set[int]) -> None:
    removed = table.lines.filter(position__in=positions)
    # Their children find their new parents afterwards; deleting them must not take the children along.
    models.BudgetLine.objects.filter(parent__in=removed.values("pk")).update(parent=None)
    removed.delete()


def _write_parents(table: models.BudgetTable, decl: TableDecl, before: Sequence[Row], after: Sequence[Row]) -> None:
    """Renamed codes, added and removed rows change what stands under what."""
    parents = parent_positions(decl, after)
    if len(before) == len(after) and parents == parent_positions(decl, before):
        return
    lines = {line.position: line for line in table.lines.only("pk", "position", "parent", "table")}
    moved = []
    for position, parent in enumerate(parents):
        key = None if parent is None else lines[parent].pk
        if lines[position].parent_id != key:
            lines[position].parent_id = key
            moved.append(lines[position])
    models.BudgetLine.objects.bulk_update(moved, ["parent"], batch_size=_BATCH)
