"""Budget tables to records and back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from disclosures import models
from disclosures.plain.data import Cell, Level, Row, Side, Surety, Table
from disclosures.profiles import SideDecl, TableDecl, TemplateProfile

from .errors import StorageError, check_storable
from .parents import parent_positions
from .printed import TABLE_PLACES, join, split

TABLE_TEXTS = ("title", "no_data", "printed_year", "printed_unit", "printed_department", "caption", "source")


def store_tables(record: models.Disclosure, tables: Sequence[Table], profile: TemplateProfile) -> None:
    """Write all tables of a disclosure: one statement for the tables, one for each depth of lines."""
    twice = [table_id for table_id, count in Counter(table.id for table in tables).items() if count > 1]
    if twice:
        raise StorageError(f"同一张表不能有两份：{'、'.join(twice)}")
    records = [
        models.BudgetTable(
            disclosure=record,
            code=table.id,
            position=position,
            **{name: getattr(table, name) for name in TABLE_TEXTS},
        )
        for position, table in enumerate(tables)
    ]
    check_storable(records)
    models.BudgetTable.objects.bulk_create(records)
    waves: dict[int, list[models.BudgetLine]] = defaultdict(list)
    for table_record, table in zip(records, tables, strict=True):
        for depth, line in _lines(table_record, profile.table(table.id), table):
            waves[depth].append(line)
    for depth in sorted(waves):
        # bulk_create takes a parent's key from the wave inserted before.
        check_storable(waves[depth])
        models.BudgetLine.objects.bulk_create(waves[depth])


def _lines(record: models.BudgetTable, decl: TableDecl, table: Table) -> Iterable[tuple[int, models.BudgetLine]]:
    """Unsaved lines with their depth; every line refers to its parent line."""
    lines: list[models.BudgetLine] = []
    depths: list[int] = []
    for position, (row, parent) in enumerate(zip(table.rows, parent_positions(decl, table.rows), strict=True)):
        line = line_of(record, decl, row, position)
        if parent is not None:
            line.parent = lines[parent]
        lines.append(line)
        depths.append(0 if parent is None else depths[parent] + 1)
    return zip(depths, lines, strict=True)


def line_of(record: models.BudgetTable, decl: TableDecl, row: Row, position: int) -> models.BudgetLine:
    """The unsaved record of a row. Raises StorageError when its columns are not those of the declaration."""
    side = decl.side(row.side)
    if tuple(key for key, _ in row.cells) != side.column_keys:
        raise StorageError(f"表{decl.ordinal}第 {position + 1} 行的金额列与报表样式不符")
    columns, printed = split(((key, cell.value) for key, cell in row.cells), TABLE_PLACES)
    return models.BudgetLine(
        table=record,
        position=position,
        side=row.side.value,
        level=row.level.value if row.level else "",
        code=row.code,
        name=row.name,
        second_name=row.second_name,
        unit_name=row.unit_name,
        label_surety=row.label_surety.value,
        source=row.source,
        printed=printed,
        sureties={key: cell.surety.value for key, cell in row.cells if cell.surety is not Surety.SURE},
        cell_sources={key: cell.source for key, cell in row.cells if cell.source is not None},
        **columns,
    )


def load_tables(record: models.Disclosure, profile: TemplateProfile, only: str | None = None) -> tuple[Table, ...]:
    """All tables of a disclosure, or only the one of that id, in two queries."""
    chosen = {"code": only} if only else {}
    tables = list(record.budget_tables.filter(**chosen).order_by("position"))
    decls = {table.pk: profile.table(table.code) for table in tables}
    rows: dict[int, list[Row]] = defaultdict(list)
    for line in models.BudgetLine.objects.filter(table__in=decls).order_by("position").iterator():
        rows[line.table_id].append(row_of(line, decls[line.table_id]))
    return tuple(
        Table(
            id=table.code,
            rows=tuple(rows[table.pk]),
            **{name: getattr(table, name) for name in TABLE_TEXTS},
        )
        for table in tables
    )


def row_of(line: models.BudgetLine, decl: TableDecl) -> Row:
    """The plain row of a stored line."""
    side = decl.side(Side(line.side))
    return Row(
        side=side.side,
        code=line.code,
        name=line.name,
        second_name=line.second_name,
        cells=_cells(line, side),
        level=Level(line.level) if line.level else None,
        unit_name=line.unit_name,
        source=line.source,
        label_surety=Surety(line.label_surety),
    )


def _cells(line: models.BudgetLine, side: SideDecl) -> tuple[tuple[str, Cell], ...]:
    return tuple(
        (
            key,
            Cell(
                join(getattr(line, key), key, line.printed, TABLE_PLACES),
                line.cell_sources.get(key),
                Surety(line.sureties.get(key, Surety.SURE)),
            ),
        )
        for key in side.column_keys
    )
