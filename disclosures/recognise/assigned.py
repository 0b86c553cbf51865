"""A table that matched no declaration, read by the declaration that a person names."""

from __future__ import annotations

from dataclasses import replace

from disclosures.plain.data import OtherTable, Table
from disclosures.profiles import TableDecl
from disclosures.reading.blocks import Line

from .flow_table import read_flow_table
from .grid_table import read_grid_table
from .units import in_ten_thousands


def read_as(decl: TableDecl, other: OtherTable, department: str | None) -> Table:
    """The table's rows by that declaration; each keeps the place of the table, rows have none of their own."""
    source = other.source or ""
    in_grid = any(len(row) > 1 for row in other.rows)
    lines = [Line(source, "\t".join(row), row if in_grid else None) for row in other.rows]
    table, _ = (read_grid_table if in_grid else read_flow_table)(decl, lines, department)
    (converted,), _ = in_ten_thousands([table])
    return replace(converted, title=other.title or decl.title, source=other.source)
