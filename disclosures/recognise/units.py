"""Amounts printed in another unit than 万元 are brought to 万元, digit for digit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from disclosures.plain.data import Cell, Note, Row, Table

UNIT = "万元"
# How many places the decimal point moves. Not 亿元: the printed digits would seem finer than they are.
_SHIFTS = {"元": -4, "千元": -1}


def shifted(value: str, places: int) -> str:
    """A printed amount with its decimal point moved; no digit is lost: "12345678.90" by −4 is "1234.567890"."""
    return f"{Decimal(value).scaleb(places):f}"


def _converted(row: Row, places: int) -> Row:
    def cell(old: Cell) -> Cell:
        return old if old.value is None else replace(old, value=shifted(old.value, places))

    return replace(row, cells=tuple((key, cell(old)) for key, old in row.cells))


def _words(table: Table) -> str:
    return f"《{table.title}》"


def in_ten_thousands(tables: Sequence[Table]) -> tuple[tuple[Table, ...], tuple[Note, ...]]:
    """Tables in 万元, with a note for each table that prints another unit.

    A document that prints one other unit on most of its tables means it: these are converted. One table that
    differs from the others has a wrong caption more often than other amounts: it is kept as printed.
    """
    counts = Counter(table.printed_unit for table in tables if table.printed_unit)
    usual = counts.most_common(1)[0][0] if counts else UNIT
    out: list[Table] = []
    notes: list[Note] = []
    for table in tables:
        unit = table.printed_unit
        if unit in _SHIFTS and unit == usual:
            out.append(replace(table, rows=tuple(_converted(row, _SHIFTS[unit]) for row in table.rows)))
            notes.append(Note(f"{_words(table)}以{unit}为单位，金额已换算为万元，请核对", table.id, table.source))
        else:
            out.append(table)
            if unit not in (None, UNIT):
                notes.append(
                    Note(
                        f"{_words(table)}印的金额单位是“{unit}”，数字照印录入，没有换算，请核对", table.id, table.source
                    )
                )
    return tuple(out), tuple(notes)
