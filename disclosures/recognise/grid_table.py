"""A budget table whose rows carry cells, read by its declaration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosures.plain.data import BLANK, Cell, Note, Row, Side, Surety, Table
from disclosures.profiles import SideDecl, TableDecl
from disclosures.reading.blocks import Line

from .grid_cells import Kind, Token, TokenRow, is_column_numbers, table_body
from .grid_header import Columns, Slot, is_header_row, printed_columns, slots
from .grid_labels import Draft, drafts_of
from .grid_wraps import join_wrapped
from .levels import with_levels
from .placement import NumberRow, RowEquation, settle
from .sums import declared_sums


@dataclass(slots=True)
class _Reading:
    """A table on its way: rows by side, and what could not be read."""

    decl: TableDecl
    columns: Columns
    notes: list[Note] = field(default_factory=list)


def read_grid_table(decl: TableDecl, lines: Sequence[Line], department: str | None) -> tuple[Table, tuple[Note, ...]]:
    """Read the lines behind a table's title. What could not be read becomes a note with its line."""
    coded = decl.sides[0].labels[0] == "code"
    body = table_body(lines, coded)
    header, data = _split_header(decl, body.rows)
    columns = _columns(decl, header, data)
    reading = _Reading(decl, columns)
    reading.notes += _missing_columns(decl, columns, header)
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
        reading.notes.append(Note(f"{decl.id} 写有“本表无数据”，但表中有数", decl.id, body.last_line))
        no_data = False
    return Table(decl.id, decl.title, no_data, levelled), (*reading.notes, *notes)


def _split_header(decl: TableDecl, rows: Sequence[TokenRow]) -> tuple[list[TokenRow], list[TokenRow]]:
    """Header rows in front, data rows behind; headers repeated at page breaks and rows 1 2 3 are left out."""
    header: list[TokenRow] = []
    data: list[TokenRow] = []
    for row in rows:
        if is_column_numbers(row):
            continue
        if not data and is_header_row(decl, row, strict=False):
            header.append(row)
        elif not (data and is_header_row(decl, row, strict=True)):
            data.append(row)
    return header, data


def _columns(decl: TableDecl, header: Sequence[TokenRow], data: Sequence[TokenRow]) -> Columns:
    """The header's own order, unless the rows fit the declared one better."""
    width = max((row.width for row in data), default=0)
    printed = printed_columns(decl, header, width)
    declared = printed_columns(decl, (), width)
    if printed == declared or not data:
        return printed
    sample = data[:80]
    return max((printed, declared), key=lambda columns: sum(_fits(row, columns) for row in sample))


def _fits(row: TokenRow, columns: Columns) -> bool:
    places = {position: slot for slot, position in columns.items()}
    for token in row.tokens:
        slot = places.get(token.column)
        if slot is None or slot.label is not (token.kind is Kind.TEXT):
            return False
    return True


def _missing_columns(decl: TableDecl, columns: Columns, header: Sequence[TokenRow]) -> list[Note]:
    if not header:
        return []
    absent = [slot for slot in slots(decl) if slot not in columns and not slot.label]
    labels = {column.key: column.label for side in decl.sides for column in side.columns}
    return [Note(f"{decl.id} 的表头缺少“{labels[slot.key]}”一列", decl.id, header[0].source) for slot in absent]


# ---------------------------------------------------------------- numbers into columns


def _rows(reading: _Reading, side: SideDecl, drafts: Sequence[Draft]) -> list[Row]:
    keys = side.column_keys
    positions = {reading.columns[slot]: keys.index(slot.key) for slot in _amount_slots(reading, side.side)}
    number_rows = [_number_row(draft, positions) for draft in drafts]
    equations = [
        RowEquation(keys.index(total), tuple(keys.index(part) for part in parts)) for total, parts in side.column_sums
    ]
    settle(number_rows, len(keys), equations, declared_sums(reading.decl, side, drafts))
    return [_row(reading, side, draft, numbers) for draft, numbers in zip(drafts, number_rows, strict=True)]


def _amount_slots(reading: _Reading, side: Side) -> list[Slot]:
    return [slot for slot in reading.columns if slot.side is side and not slot.label]


def _number_row(draft: Draft, positions: dict[int, int]) -> NumberRow:
    values = tuple(token.text if token.kind is Kind.AMOUNT else None for token in draft.numbers)
    damaged = draft.damaged or draft.offset != 0
    for offset in dict.fromkeys((draft.offset, 0)):
        place = _place(draft.numbers, positions, offset)
        if place is not None:
            return NumberRow(values, place, damaged)
    return NumberRow(values, None, True)


def _place(tokens: Sequence[Token], positions: dict[int, int], offset: int) -> tuple[int, ...] | None:
    """The columns that the numbers' printed positions lead to; None where one leads nowhere or two to one."""
    found = [positions.get(token.column - offset, -1) for token in tokens]
    if -1 in found or any(after <= before for before, after in zip(found, found[1:], strict=False)):
        return None
    return tuple(found)


def _row(reading: _Reading, side: SideDecl, draft: Draft, numbers: NumberRow) -> Row:
    cells = dict.fromkeys(side.column_keys, BLANK)
    label = draft.code or draft.name or "（无名）"
    where = f"{reading.decl.id} “{label}”"
    if numbers.place is None:
        printed = "、".join(token.text for token in draft.numbers)
        if printed:
            reading.notes.append(
                Note(
                    f"{where}一行有 {len(draft.numbers)} 个数（{printed}），多于或对不上表中的列，未能归列",
                    reading.decl.id,
                    draft.source,
                )
            )
            cells = {key: Cell(None, None, Surety.DOUBTFUL) for key in side.column_keys}
    else:
        for token, value, column in zip(draft.numbers, numbers.values, numbers.place, strict=True):
            key = side.column_keys[column]
            source = draft.sources.get(token.column)
            surety = numbers.surety if value is not None else Surety.DOUBTFUL
            cells[key] = Cell(value, source if source != draft.source else None, surety)
            if value is None:
                message = f"{where}一行“{side.columns[column].label}”一格印的是“{token.text}”，不是数字，留作空白"
                reading.notes.append(Note(message, reading.decl.id, source or draft.source))
        if numbers.surety is Surety.DOUBTFUL:
            message = f"{where}一行的数字移了位，无法确定各在哪一列，请核对"
            reading.notes.append(Note(message, reading.decl.id, draft.source))
    return Row(
        name=draft.name,
        cells=tuple(cells.items()),
        side=side.side,
        code=draft.code,
        second_name=draft.second_name,
        source=draft.source,
        label_surety=draft.label_surety,
    )
