"""Printed amounts as decimal columns, without losing how they were printed.

"500", "500.0" and "500.00" are three statements (their rounding intervals differ) and one number. The
column holds the number, for queries. The usual form (a fixed number of decimals) is restored from it;
any other form is kept beside it, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

TABLE_PLACES = 2  # 万元 with two decimals
FUND_PLACES = 0  # 元, mostly whole

# Twelve digits before the point: SQLite keeps decimals as floats, exact to fifteen digits.
_USUAL = {
    TABLE_PLACES: re.compile(r"-?(?:0|[1-9]\d{0,11})\.\d{2}", re.ASCII),
    FUND_PLACES: re.compile(r"-?(?:0|[1-9]\d{0,11})", re.ASCII),
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_COLUMN_PLACES = Decimal("0.000001")
_COLUMN_LIMIT = Decimal(10) ** 13


def split(values: Iterable[tuple[str, str | None]], places: int) -> tuple[dict[str, Decimal | None], dict[str, str]]:
    """Columns (number or null) and the printed forms that the columns alone would not give back."""
    columns: dict[str, Decimal | None] = {}
    printed: dict[str, str] = {}
    for key, value in values:
        columns[key] = _column(value)
        if value is not None and not _is_usual(value, places):
            printed[key] = value
    return columns, printed


def join(column: Decimal | None, key: str, printed: Mapping[str, str], places: int) -> str | None:
    """The amount as it was printed."""
    if key in printed:
        return printed[key]
    return None if column is None else f"{column:.{places}f}"


def _is_usual(value: str, places: int) -> bool:
    # "-0.00" is printed by some systems; a number has no negative nil.
    return _USUAL[places].fullmatch(value) is not None and not (value[0] == "-" and not value.strip("-0."))


def _column(value: str | None) -> Decimal | None:
    """The number of a printed amount; null where it is none, or too large for any budget (two cells glued)."""
    if value is None or not _NUMBER.fullmatch(value):
        return None
    number = Decimal(value)
    return number.quantize(_COLUMN_PLACES) if abs(number) < _COLUMN_LIMIT else None
