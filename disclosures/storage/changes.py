"""Writing what differs between two states of a stored disclosure, and nothing else.

Records keep their keys: a row that moves down because another was put before it is the same record.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from disclosures import models
from disclosures.plain.data import Disclosure, Row, Table
from disclosures.profiles import TableDecl

from .disclosures import paragraphs_to_json, profile_of
from .errors import StorageError, check_storable
from .parents import parent_positions
from .registry import target_storage
from .tables import TABLE_TEXTS, line_of

# Out of the way of every position: a unique constraint is checked row by row while positions shift.
_ASIDE = 1_000_000
_NOT_OF_THE_ROW = frozenset({"id", "table", "position", "parent"})
_LINE_FIELDS = tuple(
    field.name for field in models.BudgetLine._meta.concrete_fields if field.name not in _NOT_OF_THE_ROW
)


def write_changes(record: models.Disclosure, old: Disclosure, new: Disclosure) -> None:
    """Bring the records from one state to another; the caller holds the lock and the transaction.

    Raises StorageError, before anything of that part is written, when the new state cannot be stored.
    """
    if [table.id for table in old.tables] != [table.id for table in new.tables] or len(old.sections) != len(
        new.sections
    ):
        raise StorageError("一份公开文本的报表和章节不能增减")
    profile = profile_of(record.profile)
    for before, after in zip(old.tables, new.tables, strict=True):
        if before is not after and before != after:
            _write_table(record, profile.table(after.id), before, after)
    for position, (section, changed) in enumerate(zip(old.sections, new.sections, strict=True)):
        if section is not changed and section != changed:
            item = models.NarrativeSection(
                disclosure=record,
                position=position,
                numeral=changed.numeral,
                heading=changed.heading,
                paragraphs=paragraphs_to_json(changed.paragraphs),
            )
            check_storable([item])
            record.narrativesections.filter(position=position).update(heading=item.heading, paragraphs=item.paragraphs)
    if old.project_targets != new.project_targets or old.overall_targets != new.overall_targets:
        target_storage().write_changes(record, old, new)
    record.printed_department = new.department
    check_storable([record])


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
    if len(before) != len(after):
        changed = list(_shift(table, before, after))
    else:
        changed = [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a is not b and a != b]
    keys = dict(table.lines.filter(position__in=changed).values_list("position", "pk"))
    lines = [line_of(table, decl, after[position], position) for position in changed]
    check_storable(lines)
    for line in lines:
        line.pk = keys.get(line.position)
    models.BudgetLine.objects.bulk_update([line for line in lines if line.pk is not None], _LINE_FIELDS)
    models.BudgetLine.objects.bulk_create([line for line in lines if line.pk is None])
    _write_parents(table, decl, before, after)


def _shift(table: models.BudgetTable, before: Sequence[Row], after: Sequence[Row]) -> range:
    """Delete the lines of removed rows and move those below; returns the free positions of inserted rows."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    removed = table.lines.filter(position__gte=start, position__lt=len(before) - end)
    # Their children find their new parents afterwards; deleting them must not take the children along.
    models.BudgetLine.objects.filter(parent__in=removed.values("pk")).update(parent=None)
    removed.delete()
    by = len(after) - len(before)
    table.lines.filter(position__gte=start).update(position=F("position") + _ASIDE)
    table.lines.filter(position__gte=_ASIDE).update(position=F("position") - (_ASIDE - by))
    return range(start, len(after) - end)


def _write_parents(table: models.BudgetTable, decl: TableDecl, before: Sequence[Row], after: Sequence[Row]) -> None:
    """Renamed codes, added and removed rows change what stands under what."""
    parents = parent_positions(decl, after)
    if len(before) == len(after) and parents == parent_positions(decl, before):
        return
    lines = {line.position: line for line in table.lines.only("pk", "position", "parent_id")}
    moved = []
    for position, parent in enumerate(parents):
        key = None if parent is None else lines[parent].pk
        if lines[position].parent_id != key:
            lines[position].parent_id = key
            moved.append(lines[position])
    models.BudgetLine.objects.bulk_update(moved, ["parent"])
