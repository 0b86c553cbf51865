"""The columns that the rows of a grid table really have, where they and the header disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from disclosures.plain.data import Note
from disclosures.profiles import SideDecl, TableDecl

from .grid_cells import Kind, Token, TokenRow
from .grid_header import Columns, printed_columns, slots
from .grid_labels import Draft, drafts_of
from .placement import NumberRow, Place, RowEquation, failures

_SAMPLE = 80


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """The columns of a table; `rivals` are others that its sums allow as well, `printed` what the header says."""

    columns: Columns
    printed: Columns
    rivals: tuple[Columns, ...] = ()


def choose_columns(decl: TableDecl, header: Sequence[TokenRow], data: Sequence[TokenRow]) -> ColumnChoice:
    """The header's own order, unless the rows fit the declared one better or have lost or gained a cell."""
    width = max((row.width for row in data), default=0)
    printed = printed_columns(decl, header, width)
    if not data:
        return ColumnChoice(printed, printed)
    declared = printed_columns(decl, (), width)
    if printed != declared:
        sample = data[:_SAMPLE]
        printed = max((printed, declared), key=lambda columns: sum(_fits(row, columns) for row in sample))
    header_width = max((row.width for row in header), default=0)
    usual = usual_width(data, header_width)
    if usual and header_width and abs(usual - header_width) == 1:
        return _shifted(decl, data, printed, usual - header_width)
    return ColumnChoice(printed, printed)


def usual_width(rows: Sequence[TokenRow], header_width: int = 0) -> int:
    """How many cells the rows of a table have; 0 where their blank last cells are cut off, so that none is usual."""
    widths = Counter(row.width for row in rows)
    if header_width and widths[header_width] * 2 == len(rows):
        widths[header_width] += 1  # where rows are divided, the header has the casting vote
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    keeps_blanks = any(row.width == width and row.tokens and row.tokens[-1].column < width - 1 for row in rows)
    return width if count * 2 > len(rows) and keeps_blanks else 0


def _fits(row: TokenRow, columns: Columns) -> bool:
    places = {position: slot for slot, position in columns.items()}
    for token in row.tokens:
        slot = places.get(token.column)
        if slot is None or slot.label is not (token.kind is Kind.TEXT):
            return False
    return True


def _shifted(decl: TableDecl, data: Sequence[TokenRow], printed: Columns, gained: int) -> ColumnChoice:
    """Every row has lost (or gained) the same cell: which one, the sums of the rows must say."""
    places = sorted(position for slot, position in printed.items() if not slot.label)
    # Between equals, general public money, which hardly any table lacks, is the last to be thought lost.
    places = [*places[2:], *places[:2]]
    options = [_without(printed, place) if gained < 0 else _with_gap(printed, place) for place in places]
    scored = [(_failing(decl, data, columns), columns) for columns in options]
    best = min(score for score, _ in scored)
    if best >= _failing(decl, data, printed):
        return ColumnChoice(printed, printed)
    equal = [columns for score, columns in scored if score == best]
    return ColumnChoice(equal[0], printed, tuple(equal[1:]))


def _without(columns: Columns, place: int) -> Columns:
    return {slot: n - (n > place) for slot, n in columns.items() if n != place}


def _with_gap(columns: Columns, place: int) -> Columns:
    return {slot: n + (n >= place) for slot, n in columns.items()}


def _failing(decl: TableDecl, data: Sequence[TokenRow], columns: Columns) -> int:
    """How many rows do not add up, or have numbers outside every column, when columns stand like this."""
    failing = 0
    drafts = [draft for row in data for draft in drafts_of(decl, row, columns, [])]
    for side in decl.sides:
        positions = amount_positions(side, columns)
        for draft in drafts:
            if draft.side is side.side and draft.numbers:
                row = number_row(draft, positions)
                failing += row.place is None or failures(row, row_equations(side)) > 0
    return failing


def missing_columns(decl: TableDecl, columns: Columns, header: Sequence[TokenRow]) -> list[Note]:
    """A note for each declared amount column that the header does not print."""
    if not header:
        return []
    labels = {column.key: column.label for side in decl.sides for column in side.columns}
    return [
        Note(f"表{decl.ordinal}的表头缺少“{labels[slot.key]}”一列", decl.id, header[0].source)
        for slot in slots(decl)
        if slot not in columns and not slot.label
    ]


# ---------------------------------------------------------------- numbers of a row by printed position


def row_equations(side: SideDecl) -> list[RowEquation]:
    """What the declaration says of the columns of one row."""
    keys = side.column_keys
    return [RowEquation(keys.index(total), tuple(map(keys.index, parts))) for total, parts in side.column_sums]


def amount_positions(side: SideDecl, columns: Columns) -> dict[int, int]:
    """Printed position -> index of the amount column."""
    keys = side.column_keys
    return {n: keys.index(slot.key) for slot, n in columns.items() if slot.side is side.side and not slot.label}


def number_row(draft: Draft, positions: dict[int, int]) -> NumberRow:
    """The numbers of a row in the columns that their printed positions lead to."""
    values = tuple(token.text if token.kind is Kind.AMOUNT else None for token in draft.numbers)
    damaged = draft.damaged or draft.offset != 0
    for offset in dict.fromkeys((draft.offset, 0)):
        place = _place(draft.numbers, positions, offset)
        if place is not None:
            return NumberRow(values, place, damaged)
    return NumberRow(values, None, True)


def _place(tokens: Sequence[Token], positions: dict[int, int], offset: int) -> Place | None:
    """The columns of printed positions; None where one leads nowhere or two lead to one."""
    found = [positions.get(token.column - offset, -1) for token in tokens]
    if -1 in found or any(after <= before for before, after in pairwise(found)):
        return None
    return tuple(found)
