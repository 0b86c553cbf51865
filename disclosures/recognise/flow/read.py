"""Reading one budget table of a FLOW document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from disclosures.plain.data import Cell, Note, Row, Surety, Table
from disclosures.plain.places import row_keys
from disclosures.profiles import Hierarchy, TableDecl
from disclosures.reading.blocks import Line

from ..levels import with_levels
from .choosing import Placing, place_amounts
from .coded import coded_rows
from .items import item_rows
from .names import named_rows
from .pairs import paired_rows
from .pieces import Piece, Run, label, read_pieces
from .preamble import look_around
from .rawrow import RawRow
from .sided import sided_rows


def _raw_rows(decl: TableDecl, pieces: Sequence[Piece]) -> list[RawRow]:
    """The rows of a table, by the kind of its labels."""
    width = len(decl.sides[-1].columns)
    if decl.sides[0].items:
        return item_rows(decl, pieces)
    if decl.two_sided:
        return sided_rows(pieces, decl.total_labels)
    if decl.hierarchy is Hierarchy.CODE:
        return coded_rows(pieces, decl.total_labels)
    if decl.hierarchy is Hierarchy.GROUP:
        return paired_rows(pieces, width)
    return named_rows(pieces, width)


def _fit(row: RawRow, width: int) -> RawRow:
    """Numbers that end a name ("… 2 20.00 20.00") go back into it."""
    run = row.run
    if run is None or run.alone or not row.names or len(run.values) < 2:
        return row
    values = [value or "" for value in run.values]
    named = "." not in values[0] and all("." in value for value in values[1:])
    if named or len(values) > width:
        row.names.append(values[0])
        row.run = run.without_first(1)
    return row


def _draft(decl: TableDecl, raw: RawRow) -> Row:
    """The row as far as it is known before its columns are: label, and the first amount as its total."""
    keys = decl.side(raw.side).column_keys
    first = raw.run.values[0] if raw.run and raw.run.values else None
    return Row(
        name=label(raw.names),
        cells=tuple((key, Cell(first if n == 0 else None)) for n, key in enumerate(keys)),
        side=raw.side,
        code=raw.code,
        second_name=raw.second,
        source=raw.place,
        label_surety=Surety.DOUBTFUL if raw.doubt else Surety.SURE,
    )


def _with_cells(draft: Row, run: Run | None, placing: Placing) -> Row:
    """The row with its amounts in their columns. Which cells are blank is as sure as which are not."""
    values: list[str | None] = [None] * len(draft.cells)
    if run is not None:
        columns = placing.columns if placing.columns is not None else range(len(values))
        for column, value in zip(columns, run.values, strict=False):
            values[column] = value
    cells = zip(draft.cells, values, strict=True)
    return replace(draft, cells=tuple((key, Cell(value, None, placing.surety)) for (key, _), value in cells))


def _notes(decl: TableDecl, table: Table, raws: Sequence[RawRow], placings: Sequence[Placing]) -> tuple[Note, ...]:
    """What a clerk should look at."""
    notes = []
    for key, row, raw, placing in zip(row_keys(table), table.rows, raws, placings, strict=True):
        where = f"{table.id}/{key}"
        name = row.code or row.name or "（无名称）"
        printed = "、".join(value for value in raw.run.values if value) if raw.run else ""
        if placing.columns is None and printed:
            problem = f"有 {printed}，数字比栏目多"
        elif raw.doubt:
            problem = raw.doubt
        elif placing.surety is Surety.DOUBTFUL:
            problem = f"数字 {printed} 属于哪几列不能确定"
        else:
            continue
        notes.append(Note(f"表{decl.ordinal}“{name}”一行：{problem}，请核对", where, row.source))
    return tuple(notes)


def read_flow_table(decl: TableDecl, lines: Sequence[Line], department: str | None) -> tuple[Table, tuple[Note, ...]]:
    """Read the lines behind the title of a table into its rows, with notes on what is doubtful.

    `lines` may hold caption, department and unit, headers (again on every page), notes and part headings.
    """
    around = look_around(decl, lines)
    pieces = read_pieces(around.body, two_sided=decl.two_sided)
    raws = [_fit(row, len(decl.side(row.side).columns)) for row in _raw_rows(decl, pieces)]
    raws = [row for row in raws if row.code or any(row.names) or (row.run and row.run.values)]
    drafts, level_notes = with_levels(
        decl, [_draft(decl, raw) for raw in raws], department or around.department, [raw.indent for raw in raws]
    )
    placings = place_amounts(
        decl,
        raws,
        drafts,
        between_words=max((piece.widest_gap for piece in pieces), default=0),
        in_header=around.least_gap,
    )
    rows = tuple(
        _with_cells(draft, raw.run, placing) for draft, raw, placing in zip(drafts, raws, placings, strict=True)
    )
    table = Table(
        id=decl.id,
        title=around.title,
        no_data=around.no_data,
        rows=rows,
        printed_year=around.year,
        printed_unit=around.unit,
        printed_department=around.department,
        caption=around.caption,
        source=around.source,
    )
    return table, (*level_notes, *_notes(decl, table, raws, placings))
