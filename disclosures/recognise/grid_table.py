"""A budget table whose rows carry cells, read by its declaration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from disclosures.plain.data import BLANK, Cell, Note, Row, Surety, Table
from disclosures.profiles import SideDecl, TableDecl
from disclosures.reading.blocks import Line

from .families import settle_slides
from .grid_cells import TokenRow, is_column_numbers, table_body
from .grid_columns import (
    ColumnChoice,
    amount_positions,
    choose_columns,
    missing_columns,
    number_row,
    row_equations,
    usual_width,
)
from .grid_header import is_header_row, joined_header
from .grid_labels import Draft, drafts_of
from .grid_wraps import join_wrapped
from .levels import with_levels
from .placement import NumberRow, settle
from .sums import declared_sums

_DOUBT = (Surety.SURE, Surety.INFERRED, Surety.DOUBTFUL)


@dataclass(slots=True)
class _Reading:
    """A table on its way: rows by side, and what could not be read."""

    decl: TableDecl
    choice: ColumnChoice
    department: str | None
    notes: list[Note] = field(default_factory=list)


def read_grid_table(decl: TableDecl, lines: Sequence[Line], department: str | None) -> tuple[Table, tuple[Note, ...]]:
    """Read the lines behind a table's title. What could not be read becomes a note with its line."""
    coded = decl.sides[0].labels[0] == "code"
    body = table_body(lines, coded)
    header, data = _split_header(decl, body.rows)
    _mark_odd_widths(data, max((row.width for row in header), default=0))
    choice = choose_columns(decl, header, data)
    columns = choice.columns
    reading = _Reading(decl, choice, department)
    reading.notes += missing_columns(decl, choice.printed, header)
    if choice.columns != choice.printed:
        message = f"表{decl.ordinal}各行的列数与表头不同，按合计关系推定各数所在的列，请核对"
        reading.notes.append(Note(message, decl.id, data[0].source))
    reading.notes += [
        Note(f"表{decl.ordinal}的表格中夹有文字“{line.text.strip()}”，未归入任何一行", decl.id, line.source)
        for line in body.strays
    ]
    drafts = [
        draft for row in join_wrapped(decl, data, columns) for draft in drafts_of(decl, row, columns, reading.notes)
    ]
    rows: list[Row] = []
    indents: list[int] = []
    for side in decl.sides:
        of_side = [draft for draft in drafts if draft.side is side.side]
        rows += _rows(reading, side, of_side)
        indents += [draft.indent for draft in of_side]
    levelled, notes = with_levels(decl, rows, department, indents)
    no_data = body.no_data
    if no_data and any(not row.is_blank for row in levelled):
        reading.notes.append(Note(f"表{decl.ordinal}写有“本表无数据”，但表中有数", decl.id, body.last_line))
        no_data = False
    return Table(decl.id, decl.title, no_data, levelled), (*reading.notes, *notes)


def _split_header(decl: TableDecl, rows: Sequence[TokenRow]) -> tuple[list[TokenRow], list[TokenRow]]:
    """Header rows in front, data rows behind; headers repeated at page breaks and rows 1 2 3 are left out."""
    header: list[TokenRow] = []
    data: list[TokenRow] = []
    for row in joined_header(decl, rows):
        if is_column_numbers(row):
            continue
        if not data and is_header_row(decl, row, strict=False):
            header.append(row)
        elif not (data and is_header_row(decl, row, strict=True)):
            data.append(row)
    return header, data


def _mark_odd_widths(rows: Sequence[TokenRow], header_width: int) -> None:
    """A row with a cell more or less than its table has lost or gained one; where its places lead is open."""
    usual = usual_width(rows, header_width)
    for row in rows:
        row.damaged = row.damaged or (usual > 0 and row.width != usual)


# ---------------------------------------------------------------- numbers into columns


def _rows(reading: _Reading, side: SideDecl, drafts: Sequence[Draft]) -> list[Row]:
    positions = amount_positions(side, reading.choice.columns)
    number_rows = [number_row(draft, positions) for draft in drafts]
    sums = declared_sums(reading.decl, side, drafts, reading.department)
    equations = row_equations(side)
    settle(number_rows, len(side.columns), equations, sums)
    settle_slides(number_rows, len(side.columns), equations, sums)
    _doubt_choice(reading.choice, side, drafts, number_rows)
    return [_row(reading, side, draft, numbers) for draft, numbers in zip(drafts, number_rows, strict=True)]


def _doubt_choice(
    choice: ColumnChoice, side: SideDecl, drafts: Sequence[Draft], number_rows: Sequence[NumberRow]
) -> None:
    """Where the columns themselves were inferred, say so of every number that they moved."""
    if choice.columns == choice.printed:
        return
    printed = amount_positions(side, choice.printed)
    rivals = [amount_positions(side, columns) for columns in choice.rivals]
    for draft, numbers in zip(drafts, number_rows, strict=True):
        if any(number_row(draft, rival).place != numbers.place for rival in rivals):
            numbers.surety = Surety.DOUBTFUL
        elif numbers.surety is Surety.SURE and number_row(draft, printed).place != numbers.place:
            numbers.surety = Surety.INFERRED


def _row(reading: _Reading, side: SideDecl, draft: Draft, numbers: NumberRow) -> Row:
    reading.notes += _row_notes(reading.decl, side, draft, numbers)
    return Row(
        name=draft.name,
        cells=_cells(side, draft, numbers, amount_positions(side, reading.choice.columns)),
        side=side.side,
        code=draft.code,
        second_name=draft.second_name,
        source=draft.source,
        label_surety=Surety.DOUBTFUL if draft.label_doubtful else draft.label_surety,
    )


def _cells(side: SideDecl, draft: Draft, numbers: NumberRow, positions: dict[int, int]) -> tuple[tuple[str, Cell], ...]:
    """The cells of a row; a blank is no surer than the numbers that might stand in it."""
    blanks = _blanks(draft, positions)
    if numbers.place is None:
        return tuple(
            (key, replace(blank, surety=Surety.DOUBTFUL) if draft.numbers else blank)
            for key, blank in zip(
                side.column_keys, (blanks.get(n, BLANK) for n in range(len(side.columns))), strict=True
            )
        )
    held = dict(zip(numbers.place, zip(draft.numbers, numbers.values, strict=True), strict=True))
    cells = []
    for column, key in enumerate(side.column_keys):
        blank = blanks.get(column, BLANK)
        if column in held:
            token, value = held[column]
            surety = Surety.DOUBTFUL if value is None or token.doubtful else numbers.surety
            cells.append((key, Cell(value, token.source if token.source not in ("", draft.source) else None, surety)))
        elif numbers.surety is Surety.DOUBTFUL or column in (numbers.printed or ()):
            cells.append((key, replace(blank, surety=max(blank.surety, numbers.surety, key=_DOUBT.index))))
        else:
            cells.append((key, blank))
    return tuple(cells)


def _blanks(draft: Draft, positions: dict[int, int]) -> dict[int, Cell]:
    """What the columns of a row are where they hold no number: blank, each in its place."""
    found = {}
    for printed, column in positions.items():
        at = printed + draft.offset
        place = draft.places[at] if 0 <= at < len(draft.places) else None
        surety = Surety.DOUBTFUL if at in draft.unsure else Surety.SURE
        found[column] = Cell(None, place, surety) if place or surety is Surety.DOUBTFUL else BLANK
    return found


def _row_notes(decl: TableDecl, side: SideDecl, draft: Draft, numbers: NumberRow) -> list[Note]:
    """What a clerk has to look at in a row, each with its line."""
    where = f"表{decl.ordinal}“{draft.code or draft.name}”一行"
    told: list[tuple[str, str]] = []
    if numbers.place is None and draft.numbers:
        printed = "、".join(token.text for token in draft.numbers)
        count = len(draft.numbers)
        told.append((f"{where}有 {count} 个数（{printed}），多于或对不上表中的列，未能归列", draft.source))
    for token, value, column in zip(draft.numbers, numbers.values, numbers.place or (), strict=False):
        if value is None:
            message = f"{where}“{side.columns[column].label}”一格印的是“{token.text}”，不是数字，留作空白"
            told.append((message, token.source or draft.source))
    if numbers.place is not None and numbers.surety is Surety.DOUBTFUL:
        told.append((f"{where}的数字移了位，无法确定各在哪一列，请核对", draft.source))
    if draft.label_surety is Surety.DOUBTFUL:
        told.append((f"{where}的名称跨行，无法确定与上一行还是下一行相连，请核对", draft.source))
    return [Note(message, decl.id, source) for message, source in told]
