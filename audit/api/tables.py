"""A table with the place of every cell, so that a program can correct what it reads."""

from __future__ import annotations

from typing import Any

from audit.api.versions import tag_of
from disclosures.editing import row_keys
from disclosures.models import Disclosure
from disclosures.plain.data import Row, Table

Json = dict[str, Any]


def table_shape(record: Disclosure, table: Table) -> Json:
    """As `TableContentSerializer` declares it."""
    return {
        "disclosure": record.pk,
        "etag": tag_of(record),
        "code": table.id,
        "title": table.title,
        "no_data": table.no_data,
        "rows": [_row(row, f"{table.id}/{key}") for row, key in zip(table.rows, row_keys(table), strict=True)],
    }


def _row(row: Row, place: str) -> Json:
    return {
        "place": place,
        "side": row.side.value,
        "level": row.level.value if row.level else None,
        "code": row.code,
        "name": row.name,
        "second_name": row.second_name,
        "unit_name": row.unit_name,
        "cells": [
            {
                "column": key,
                "place": f"{place}/{key}",
                "value": cell.value,
                "surety": cell.surety.value,
                "source": row.place_of(key),
            }
            for key, cell in row.cells
        ],
    }
