"""Adding and removing printed rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from disclosures.plain.data import Cell, Disclosure, Level, Row, Side, Table

from .lists import Items, ListKind, splice
from .places import UnknownPlaceError, declaration, label_attributes
from .values import checked


def add_row(
    disclosure: Disclosure,
    table_id: str,
    before: int,
    labels: Mapping[str, str],
    side: Side = Side.ONE,
    values: Mapping[str, str | None] | None = None,
) -> Disclosure:
    """The disclosure with a row before position `before` (the number of rows: at the end).

    Raises UnknownPlaceError for a table, side, label, column or position that does not exist,
    ValueProblemError for a value that cannot stand in its column.
    """
    row = new_row(disclosure, table_id, before, labels, side, values)
    return splice(disclosure, Items(ListKind.ROWS, table_id), before, 0, (row,))


def new_row(
    disclosure: Disclosure,
    table_id: str,
    before: int,
    labels: Mapping[str, str],
    side: Side = Side.ONE,
    values: Mapping[str, str | None] | None = None,
) -> Row:
    """A row that a person adds before a position: of the level and unit of the row above it."""
    table = _table(disclosure, table_id)
    declared = {item.side: item for item in declaration(disclosure, table_id).sides}
    if side not in declared:
        raise UnknownPlaceError(f"{table_id} 不分“{side.value}”一边")
    attributes, columns = label_attributes(declared[side]), declared[side].column_keys
    if unknown := (set(labels) - set(attributes)) | (set(values or ()) - set(columns)):
        raise UnknownPlaceError(f"{table_id} 没有“{'、'.join(sorted(unknown))}”一栏")
    above = table.rows[before - 1] if 0 < before <= len(table.rows) else None
    level = above.level if above else None
    if level in (Level.DEPARTMENT, Level.TOTAL):
        level = Level.UNIT
    texts = {
        attributes[label]: str(checked(("tables", 0, "rows", 0, attributes[label]), text) or "")
        for label, text in labels.items()
    }
    amounts = {key: checked(("tables", 0, "rows", 0, "cells", key), text) for key, text in (values or {}).items()}
    return Row(
        name=texts.get("name", ""),
        code=texts.get("code", ""),
        second_name=texts.get("second_name", ""),
        cells=tuple((key, Cell(cast("str | None", amounts.get(key)))) for key in columns),
        side=side,
        level=level,
        unit_name=above.unit_name if above else None,
    )


def remove_row(disclosure: Disclosure, table_id: str, position: int) -> Disclosure:
    """The disclosure without a row. Raises UnknownPlaceError."""
    return splice(disclosure, Items(ListKind.ROWS, table_id), position, 1)


def _table(disclosure: Disclosure, table_id: str) -> Table:
    found = disclosure.table(table_id)
    if found is None:
        raise UnknownPlaceError(f"没有“{table_id}”这张表")
    return found
