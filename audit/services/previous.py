"""Last year's disclosure of the same department: which one, and its tables.

Of the one that is on file only the tables are loaded, in two queries: changes are checked against amounts.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from disclosures.models import BudgetLine, BudgetTable, Disclosure, State
from disclosures.plain import data as plain
from disclosures.storage.disclosures import profile_of
from disclosures.storage.tables import TABLE_TEXTS, row_of

_RANK = Case(
    When(state=State.PUBLISHED, then=Value(0)),
    When(state=State.APPROVED, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
_MOST = 8
_kept: OrderedDict[tuple[int, int, datetime], plain.Disclosure] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Previous:
    """Last year's disclosure; `stamp` names it and its revision ("" where there is none)."""

    disclosure: plain.Disclosure | None = None
    stamp: str = ""


def previous_of(record: Disclosure) -> Previous:
    """The published version of the year before, else the approved one, else the latest on file."""
    before = _candidates(record.fiscal_year).filter(department=record.department_id, kind=record.kind)
    return _of(BudgetTable.objects.filter(disclosure=before.values("pk")[:1]))


def previous_at(pk: int) -> Previous:
    """The same where it is known which one it is."""
    return _of(BudgetTable.objects.filter(disclosure=pk))


def previous_keys(records: Sequence[Disclosure]) -> dict[int, tuple[int, int]]:
    """(key, revision) of the year before for disclosures of one year, by their own keys; one query."""
    if not records:
        return {}
    before = _candidates(records[0].fiscal_year).filter(department__in={item.department_id for item in records})
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for department, kind, pk, revision in before.values_list("department", "kind", "pk", "revision"):
        found.setdefault((department, kind), (pk, revision))
    keys = ((item.pk, found.get((item.department_id, item.kind))) for item in records)
    return {pk: key for pk, key in keys if key is not None}


def stamp(pk: int, revision: int) -> str:
    return f"{pk}:{revision}"


def tables_of(tables: Iterable[BudgetTable]) -> dict[int, plain.Disclosure]:
    """Disclosures of nothing but these tables (selected with their disclosures), by key; one query for all lines."""
    chosen = list(tables)
    decls = {table.pk: profile_of(table.disclosure.profile).table(table.code) for table in chosen}
    rows: dict[int, list[plain.Row]] = defaultdict(list)
    for line in BudgetLine.objects.filter(table__in=decls).order_by("table", "position").iterator():
        rows[line.table_id].append(row_of(line, decls[line.table_id]))
    found: dict[int, list[plain.Table]] = defaultdict(list)
    for table in chosen:
        texts = {name: getattr(table, name) for name in TABLE_TEXTS}
        found[table.disclosure_id].append(plain.Table(id=table.code, rows=tuple(rows[table.pk]), **texts))
    records = {table.disclosure_id: table.disclosure for table in chosen}
    return {pk: _shell(record, tuple(found[pk])) for pk, record in records.items()}


def _shell(record: Disclosure, tables: tuple[plain.Table, ...]) -> plain.Disclosure:
    return plain.Disclosure(
        department=record.printed_department,
        fiscal_year=record.fiscal_year,
        kind=plain.Kind(record.kind),
        tables=tables,
        profile=record.profile,
    )


def _candidates(year: int) -> QuerySet[Disclosure]:
    """The best first; one without any table is as good as none."""
    has_tables = Exists(BudgetTable.objects.filter(disclosure=OuterRef("pk")))
    on_file = Disclosure.objects.filter(has_tables, fiscal_year=year - 1).exclude(state=State.SUPERSEDED)
    return on_file.order_by(_RANK, "-version")


def _of(tables: QuerySet[BudgetTable]) -> Previous:
    found = list(tables.select_related("disclosure").order_by("position"))
    if not found:
        return Previous()
    record = found[0].disclosure
    key = (record.pk, record.revision, record.updated_at)
    with _lock:
        disclosure = _kept.get(key)
    if disclosure is None:
        disclosure = tables_of(found)[record.pk]
        with _lock:
            _kept[key] = disclosure
            while len(_kept) > _MOST:
                _kept.popitem(last=False)
    return Previous(disclosure, stamp(record.pk, record.revision))
