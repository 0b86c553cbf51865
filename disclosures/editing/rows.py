"""Adding and removing printed rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from disclosures.plain.data import Cell, Disclosure, Row, Side, Table

from .places import UnknownPlaceError, declaration, label_attributes


def add_row(
    disclosure: Disclosure, table_id: str, before: int, labels: Mapping[str, str], side: Side = Side.ONE
) -> Disclosure:
    """The disclosure with a blank row before position `before` (the number of rows: at the end).

    Raises UnknownPlaceError for a table, side, label or position that does not exist.
    """
    number, table = _table(disclosure, table_id)
    if not 0 <= before <= len(table.rows):
        raise UnknownPlaceError(f"{table_id} 没有第 {before + 1} 行")
    declared = {item.side: item for item in declaration(disclosure, table_id).sides}
    if side not in declared:
        raise UnknownPlaceError(f"{table_id} 不分“{side.value}”一边")
    attributes = label_attributes(declared[side])
    if unknown := set(labels) - set(attributes):
        raise UnknownPlaceError(f"{table_id} 没有“{'、'.join(sorted(unknown))}”一栏")
    neighbour = table.rows[before - 1] if before else None
    texts = {attributes[label]: text for label, text in labels.items()}
    row = Row(
        name=texts.get("name", ""),
        code=texts.get("code", ""),
        second_name=texts.get("second_name", ""),
        cells=tuple((key, Cell()) for key in declared[side].column_keys),
        side=side,
        level=neighbour.level if neighbour else None,
        unit_name=neighbour.unit_name if neighbour else None,
    )
    return _with_rows(disclosure, number, (*table.rows[:before], row, *table.rows[before:]))


def remove_row(disclosure: Disclosure, table_id: str, position: int) -> Disclosure:
    """The disclosure without a row. Raises UnknownPlaceError."""
    number, table = _table(disclosure, table_id)
    if not 0 <= position < len(table.rows):
        raise UnknownPlaceError(f"{table_id} 没有第 {position + 1} 行")
    return _with_rows(disclosure, number, table.rows[:position] + table.rows[position + 1 :])


def _table(disclosure: Disclosure, table_id: str) -> tuple[int, Table]:
    for number, table in enumerate(disclosure.tables):
        if table.id == table_id:
            return number, table
    raise UnknownPlaceError(f"没有“{table_id}”这张表")


def _with_rows(disclosure: Disclosure, number: int, rows: tuple[Row, ...]) -> Disclosure:
    tables = disclosure.tables
    return replace(disclosure, tables=(*tables[:number], replace(tables[number], rows=rows), *tables[number + 1 :]))
