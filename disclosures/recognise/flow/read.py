"""Reading one budget table of a FLOW document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from disclosures.plain.data import Cell, Note, Row, Surety, Table
from disclosures.plain.places import row_keys
from disclosures.profiles import Hierarchy, TableDecl
from disclosures.reading.blocks import Line

from ..levels import with_levels
from .coded import coded_rows
from .columns import RowSums, row_options
from .families import families
from .items import item_rows
from .names import named_rows
from .pairs import paired_rows
from .pieces import Piece, Run, label, read_pieces
from .preamble import look_around
from .rawrow import RawRow
from .sided import sided_rows
from .spacing import Spacing, learn_spacing
from .sums import NEAR, Choice, choose_by_sums, with_rarity

_EXACT = 0.5  # a reading that costs no more explains every space of its row
_CONTRADICTION = 4.0  # evidence of spaces that a choice by sums went against


def _raw_rows(decl: TableDecl, lines: Sequence[Line]) -> list[RawRow]:
    """The rows of a table, by the kind of its labels."""
    pieces: list[Piece] = read_pieces(lines, two_sided=decl.two_sided)
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


def _choices(decl: TableDecl, rows: Sequence[RawRow]) -> tuple[list[Choice | None], bool]:
    """Options for the columns of every row, and whether this table loses spaces."""
    sums = {side.side: RowSums.of(side) for side in decl.sides}
    spacing = learn_spacing(row.run for row in rows if row.run and row.run.values)
    choices: list[Choice | None] = []
    for row in rows:
        options = []
        if row.run is not None and row.run.values:
            short = not row.code or len(decl.sides[0].labels) == 2
            options = row_options(row.run, sums[row.side], spacing, label_blank=short)
        choices.append(Choice(row.run, options, sums[row.side].width) if row.run and options else None)
    return choices, _loses_spaces(choices, spacing)


def _loses_spaces(choices: Sequence[Choice | None], spacing: Spacing) -> bool:
    """Whether some row has spaces that no reading of it explains."""
    return not spacing.inner or any(
        min(option.spacing for option in choice.options) > _EXACT for choice in choices if choice is not None
    )


def _surety(choice: Choice, *, lossy: bool) -> Surety:
    """How the chosen columns of a row came about."""
    if len(choice.options) == 1:
        return Surety.SURE
    own = choice.option
    others = [option.spacing for n, option in enumerate(choice.options) if n != choice.chosen]
    by_spaces = own.spacing <= _EXACT and min(others) >= own.spacing + NEAR
    if by_spaces and (choice.confirmed or not lossy):
        return Surety.SURE
    if own.spacing >= min(others) + _CONTRADICTION:
        return Surety.DOUBTFUL
    if choice.tied or not (choice.clear or choice.by_sums):
        return Surety.DOUBTFUL
    return Surety.INFERRED


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


def _with_cells(draft: Row, run: Run | None, choice: Choice | None, surety: Surety) -> Row:
    """The row with its amounts in their columns. Which cells are blank is as sure as which are not."""
    values: list[str | None] = [None] * len(draft.cells)
    if run is not None:
        columns = choice.option.columns if choice is not None else range(len(values))
        for column, value in zip(columns, run.values, strict=False):
            values[column] = value
    cells = zip(draft.cells, values, strict=True)
    return replace(draft, cells=tuple((key, Cell(value, None, surety)) for (key, _), value in cells))


def _notes(table: Table, rows: Sequence[RawRow], sureties: Sequence[Surety]) -> tuple[Note, ...]:
    """What a clerk should look at."""
    notes = []
    for key, row, raw, surety in zip(row_keys(table), table.rows, rows, sureties, strict=True):
        where = f"{table.id}/{key}"
        name = row.code or row.name or "（无名称）"
        if surety is Surety.DOUBTFUL and raw.run is not None and len(raw.run.values) > len(row.cells):
            printed = "、".join(value for value in raw.run.values if value)
            notes.append(Note(f"表{table.id[1:]}“{name}”一行的数字 {printed} 比栏目多，请核对", where, row.source))
        elif raw.doubt:
            notes.append(Note(f"表{table.id[1:]}“{name}”：{raw.doubt}，请核对", where, row.source))
        elif surety is Surety.DOUBTFUL:
            printed = "、".join(value for value in raw.run.values if value) if raw.run else ""
            notes.append(
                Note(f"表{table.id[1:]}“{name}”一行的数字 {printed} 属于哪几列不能确定，请核对", where, row.source)
            )
    return tuple(notes)


def _row_surety(raw: RawRow, choice: Choice | None, *, lossy: bool) -> Surety:
    if choice is not None:
        return _surety(choice, lossy=lossy)
    return Surety.DOUBTFUL if raw.run and raw.run.values else Surety.SURE


def _choose(decl: TableDecl, drafts: Sequence[Row], choices: Sequence[Choice | None]) -> None:
    """Choose columns side by side, since each side has its own."""
    found = families(decl, drafts)
    for side in decl.sides:
        mine = [choice if row.side is side.side else None for row, choice in zip(drafts, choices, strict=True)]
        with_rarity(mine, len(side.columns))
        choose_by_sums(mine, [family for family in found if drafts[family.parent].side is side.side])


def read_flow_table(decl: TableDecl, lines: Sequence[Line], department: str | None) -> tuple[Table, tuple[Note, ...]]:
    """Read the lines behind the title of a table into its rows, with notes on what is doubtful.

    `lines` may hold caption, department and unit, headers (again on every page), notes and part headings.
    """
    around = look_around(decl, lines)
    raws = [_fit(row, len(decl.side(row.side).columns)) for row in _raw_rows(decl, around.body)]
    raws = [row for row in raws if row.code or any(row.names) or (row.run and row.run.values)]
    choices, lossy = _choices(decl, raws)
    drafts, level_notes = with_levels(
        decl, [_draft(decl, raw) for raw in raws], department or around.department, [raw.indent for raw in raws]
    )
    _choose(decl, drafts, choices)
    sureties = [_row_surety(raw, choice, lossy=lossy) for raw, choice in zip(raws, choices, strict=True)]
    rows = tuple(
        _with_cells(draft, raw.run, choice, surety)
        for draft, raw, choice, surety in zip(drafts, raws, choices, sureties, strict=True)
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
    return table, (*level_notes, *_notes(table, raws, sureties))
