"""Printed numbers: recognise them and keep them exactly as printed.

Values stay decimal strings, because the printed digits say how wide the rounding interval is
("500" and "500.00" are not the same statement).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_AMOUNT = re.compile(r"^[-+−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
_OWED = re.compile(r"^(?:\((?P<inside>[\d,]+\.\d{1,6})\)|[△▲](?P<after>[\d,]+(?:\.\d+)?))$")
_DASHES = {"-", "—", "——", "－", "–", "/", "—-"}


def parse_amount(text: str | None) -> str | None:
    """The amount printed in a cell as a contract decimal string, or None when it holds no number.

    Full-width digits, thousands separators, a minus sign and inner spaces ("1 234.50") are understood; so are the
    marks of accounting for less than nothing: "(1,234.50)", "△1,234.50". "(3)" numbers a column.
    """
    if text is None:
        return None
    folded = unicodedata.normalize("NFKC", text).replace(" ", "").replace("，", ",").replace("−", "-")
    owed = _OWED.match(folded)
    if owed:
        folded = f"-{owed['inside'] or owed['after']}"
    if not folded or not _AMOUNT.match(folded):
        return None
    return folded.replace(",", "").removeprefix("+")


def is_nil_mark(text: str) -> bool:
    """Whether a cell prints a dash that stands for nothing."""
    return text.strip() in _DASHES


def to_decimal(value: str | None) -> Decimal:
    """The Decimal of a contract amount; a blank is nil."""
    return Decimal(value) if value else Decimal(0)
