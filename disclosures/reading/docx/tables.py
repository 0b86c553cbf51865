"""Rows of a Word table laid out in the columns that a person sees.

Word stores a grid finer than the printed one: every edge that any row has, often hairs apart. Columns
here are those at which some cell begins, edges closer than a hair taken as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from ..package import attribute, child, local
from .runs import inner_blocks
from .styles import is_on

_HAIR = 120  # twips (two millimetres): no column is narrower
_MERGES = ("vMerge", "hMerge")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a row: the grid column it begins at, its number in the row, None where another covers it."""

    start: int
    number: int  # from 1
    element: etree._Element | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A printed row."""

    number: int  # from 1
    cells: tuple[GridCell, ...]


def grid_rows(table: etree._Element) -> list[GridRow]:
    """The printed rows of a table; deleted and hidden ones are left out."""
    rows: list[GridRow] = []
    for row in inner_blocks(table):
        if local(row) == "tr" and not _is_gone(row):
            rows.append(GridRow(len(rows) + 1, tuple(_cells(row))))
    return rows


def _is_gone(row: etree._Element) -> bool:
    properties = child(row, "trPr")
    hidden = child(properties, "hidden")
    deleted = child(properties, "del") is not None
    return deleted or (hidden is not None and is_on(attribute(hidden, "val"), absent=True))


def _cells(row: etree._Element) -> Iterator[GridCell]:
    column = _count(attribute(child(row, "trPr", "gridBefore"), "val"), 0)
    number = 0
    for cell in inner_blocks(row):
        if local(cell) != "tc":
            continue
        properties = child(cell, "tcPr")
        if child(properties, "cellDel") is not None:
            continue
        number += 1
        covered = any(_continues(child(properties, merge)) for merge in _MERGES)
        yield GridCell(column, number, None if covered else cell)
        column += _count(attribute(child(properties, "gridSpan"), "val"), 1)


def _continues(merge: etree._Element | None) -> bool:
    return merge is not None and (attribute(merge, "val") or "continue") == "continue"


def _count(value: str | None, usual: int) -> int:
    return int(value) if value and value.isdigit() and len(value) < 6 else usual


def columns_of(table: etree._Element, rows: Sequence[GridRow]) -> dict[int, int]:
    """Grid column -> printed column (from 0), for every grid column at which a cell begins."""
    starts = sorted({cell.start for row in rows for cell in row.cells})
    edges = _edges(table)
    together = {frozenset(pair) for row in rows for pair in _neighbours(row)}
    columns: dict[int, int] = {}
    group: list[int] = []
    printed = -1
    for start in starts:
        near = bool(group) and max(start, group[0]) < len(edges) and edges[start] - edges[group[0]] < _HAIR
        if not near or any(frozenset((other, start)) in together for other in group):
            printed += 1
            group = []
        group.append(start)
        columns[start] = printed
    return columns


def _neighbours(row: GridRow) -> Iterator[tuple[int, int]]:
    starts = [cell.start for cell in row.cells]
    return pairwise(starts)


def _edges(table: etree._Element) -> list[int]:
    """Left edges of the grid columns in twips; none where the table does not say."""
    edges, left = [], 0
    grid = child(table, "tblGrid")
    for column in grid if grid is not None else ():
        if local(column) == "gridCol":
            edges.append(left)
            left += _count(attribute(column, "w"), _HAIR * 10)
    return edges
