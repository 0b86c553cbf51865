"""Cells between files and texts: numbers without float artefacts, texts that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from disclosures.plain.numbers import parse_amount

# What openpyxl and XML cannot carry; shown as the replacement character.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_NEWLINE = re.compile("\r\n?")
# A cell that begins like this can be taken for a formula by a spreadsheet that opens a CSV file.
_RISKY = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
# Two decimals (or none) and at most twelve digits before the point survive a spreadsheet's floats.
_WHOLE = r"-?(?:0|[1-9]\d{0,11})"
_LOSSLESS = {2: re.compile(rf"{_WHOLE}\.\d{{2}}", re.ASCII), 0: re.compile(_WHOLE, re.ASCII)}


class Formula(str):
    """The text of a cell that holds a formula: never evaluated, always refused."""

    __slots__ = ()


def canonical(text: str | None) -> str:
    """A text in the one form in which files and records are compared."""
    return _ILLEGAL.sub("\ufffd", _NEWLINE.sub("\n", text or ""))


def text_of(raw: object) -> str:
    """What a cell of a file says, as text: 2080101.0 is 2080101, 0.30000000000000004 is 0.3."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return _plain(Decimal(f"{raw:.15g}"))
    if isinstance(raw, Decimal):
        return _plain(raw)
    if isinstance(raw, datetime):
        return raw.strftime("%Y-%m-%d" if raw.time() == datetime.min.time() else "%Y-%m-%d %H:%M:%S")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def number_of(text: str) -> Decimal | None:
    """The number a text prints, whatever its separators; None where it prints none."""
    amount = parse_amount(text)
    return Decimal(amount) if amount is not None else None


def excel_number(text: str, places: int) -> Decimal | None:
    """The number to write for a printed amount; None where only its text says it all ("500", "007.50", "-0.00")."""
    if _LOSSLESS[places].fullmatch(text) is None or (text[0] == "-" and not text.strip("-0.")):
        return None
    return Decimal(text)


def guarded(text: str) -> str:
    """A text for CSV that no spreadsheet takes for a formula; `unguarded` takes the mark off again."""
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _RISKY.match(text[1:]) else text


def _plain(number: Decimal) -> str:
    if not number.is_finite():
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
