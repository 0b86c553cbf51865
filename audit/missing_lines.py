"""Lines that one table prints and another must print too.

They are added to the index as rows with blank cells, so that sums of the table that lacks the line and
comparisons with the table that has it fail for one and the same reason and become one finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from disclosures.plain.data import Side

from .figures import Figure
from .tables import IndexedRow, IndexedTable

# (table that must have the line, its side, table that has it, its side, columns one of which is not nil)
_MUST_HAVE = (
    ("T05", Side.ONE, "T02", Side.ONE, ("general_public",)),
    ("T08", Side.ONE, "T02", Side.ONE, ("gov_fund",)),
    ("T09", Side.EXPENDITURE, "T02", Side.ONE, ("state_capital",)),
    ("T03", Side.ONE, "T02", Side.ONE, ("total", "carried_over")),
    ("T03", Side.ONE, "T05", Side.ONE, ("total",)),
    ("T03", Side.ONE, "T08", Side.ONE, ("total",)),
    ("T03", Side.ONE, "T09", Side.EXPENDITURE, ("total",)),
    ("T02", Side.ONE, "T03", Side.ONE, ("total",)),
    ("T02", Side.ONE, "T05", Side.ONE, ("total",)),
    ("T02", Side.ONE, "T08", Side.ONE, ("total",)),
    ("T02", Side.ONE, "T09", Side.EXPENDITURE, ("total",)),
)


# The same for the categories (类) of T01 and T04.
_MUST_HAVE_CATEGORY = (
    ("T01", "T03", ("total",)),
    ("T04", "T02", ("general_public", "gov_fund", "state_capital")),
)

# A line that is not there, and the figures of another table that say it must be.
MissingLine = tuple[IndexedRow, tuple[Figure, ...]]


def _witnesses(rows: Iterable[IndexedRow], columns: tuple[str, ...]) -> tuple[Figure, ...]:
    """The cells that surely hold something."""
    figures = (row[column] for row in rows if row.row is not None for column in columns)
    return tuple(figure for figure in figures if abs(figure.middle) > figure.half)


def _lacking(
    table: IndexedTable, side: Side, other: IndexedTable, other_side: Side, columns: tuple[str, ...]
) -> Iterator[MissingLine]:
    lengths = {len(code) for code in table.codes(side)}
    for code in other.codes(other_side):
        # A table that stops at 款 owes no 项: only levels that it prints are missed.
        if len(code) in lengths and not table.with_code(code, side):
            rows = other.with_code(code, other_side)
            witnesses = _witnesses(rows, columns)
            if witnesses:
                yield table.add_missing(code, rows[0].name, side), witnesses


def category_rows(table: IndexedTable, names: Mapping[str, str]) -> dict[str, IndexedRow]:
    """Expenditure rows of T01 or T04 by 类 code: by their declared code, or by the name T02/T03 give a code."""
    side = table.decl.side(Side.EXPENDITURE)
    found = {item.functional_code: table.item(item.id, Side.EXPENDITURE) for item in side.items if item.functional_code}
    rows = {code: row for code, row in found.items() if row is not None}
    for code, name in names.items():
        named = table.named(name, Side.EXPENDITURE)
        if code not in rows and named:
            rows[code] = named[0]
    return rows


def category_names(tables: Mapping[str, IndexedTable]) -> dict[str, str]:
    """Names of the 类 codes that T03 and T02 print."""
    present = [tables[table_id] for table_id in ("T03", "T02") if table_id in tables]
    rows = (row for table in present for row in table.rows if len(row.code) == 3)
    return {row.code: row.name for row in rows}


def _lacking_categories(tables: Mapping[str, IndexedTable]) -> Iterator[MissingLine]:
    names = category_names(tables)
    for table_id, other_id, columns in _MUST_HAVE_CATEGORY:
        table, other = tables.get(table_id), tables.get(other_id)
        if table is None or other is None or not table.has_data or not other.has_data:
            continue
        present = category_rows(table, names)
        for code in list(other.codes()):
            witnesses = _witnesses(other.with_code(code), columns) if len(code) == 3 and code not in present else ()
            if witnesses:
                yield table.add_missing("", names[code], Side.EXPENDITURE), witnesses


def add_missing_lines(tables: Mapping[str, IndexedTable]) -> list[MissingLine]:
    """Add the missing lines to the index of the tables that lack them, and say what each is owed to."""
    found: list[MissingLine] = []
    for table_id, side, other_id, other_side, columns in _MUST_HAVE:
        table, other = tables.get(table_id), tables.get(other_id)
        if table is not None and other is not None and table.has_data and other.has_data:
            found += _lacking(table, side, other, other_side, columns)
    return found + list(_lacking_categories(tables))
