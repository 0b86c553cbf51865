"""A budget table as a read-only grid: columns from its declaration, rows as stored. No HTML, no queries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosures.plain.data import SIDE_WORDS, Cell, Row, Surety, Table
from disclosures.plain.sources import source_words
from disclosures.profiles import LABEL_HEADS, SideDecl, TableDecl

_SURETY_WORDS = {Surety.INFERRED: "列位由系统推定", Surety.DOUBTFUL: "存疑，请核对原件"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class GridCell:
    text: str
    hint: str
    surety: str


@dataclass(frozen=True, slots=True)
class GridLabel:
    text: str
    indent: int = 0
    surety: str = Surety.SURE.value


@dataclass(frozen=True, slots=True)
class GridRow:
    labels: tuple[GridLabel, ...]
    cells: tuple[GridCell, ...]
    is_total: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class GridSide:
    title: str
    label_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    rows: tuple[GridRow, ...]


def grid_sides(decl: TableDecl, table: Table, depths: Sequence[int]) -> tuple[GridSide, ...]:
    """The sides of a table; `depths` says how deep each row of the table stands under others."""
    return tuple(
        GridSide(
            title=SIDE_WORDS[side.side],
            label_heads=tuple(LABEL_HEADS[label] for label in side.labels),
            column_heads=tuple(column.label for column in side.columns),
            rows=tuple(
                _row(decl, side, row, depth)
                for row, depth in zip(table.rows, depths, strict=True)
                if row.side is side.side
            ),
        )
        for side in decl.sides
    )


def display_amount(value: str | None) -> str:
    """An amount with thousands separators and at least two decimals; more only where more are printed."""
    if value is None or not _NUMBER.fullmatch(value):
        return value or ""
    places = max(2, len(value.partition(".")[2]))
    return f"{Decimal(value):,.{places}f}"


def _row(decl: TableDecl, side: SideDecl, row: Row, depth: int) -> GridRow:
    return GridRow(
        labels=_labels(side, row, depth),
        cells=tuple(_cell(cell, row.place_of(key)) for key, cell in row.cells),
        is_total=_is_total(decl, row),
        source=row.source,
    )


def _labels(side: SideDecl, row: Row, depth: int) -> tuple[GridLabel, ...]:
    """The labels of a row; its name is indented, the last of them carries how sure the reader was."""
    name = GridLabel(row.name, depth, row.label_surety.value)
    if side.labels[0] == "code":
        return (GridLabel(row.code), name)
    if len(side.labels) == 1:
        return (name,)
    return (GridLabel(row.name, depth), GridLabel(row.second_name, 0, row.label_surety.value))


def _is_total(decl: TableDecl, row: Row) -> bool:
    return row.name in decl.total_labels or row.name.endswith(("合计", "总计"))


def _cell(cell: Cell, place: str | None) -> GridCell:
    printed = f"原文：{cell.value}" if cell.value is not None else ""
    hints = (printed, source_words(place), _SURETY_WORDS.get(cell.surety, ""))
    return GridCell(display_amount(cell.value), "　".join(hint for hint in hints if hint), cell.surety.value)
