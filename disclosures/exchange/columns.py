"""A column of a sheet: its Chinese heading, what may stand in it, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from disclosures.plain.cells import canonical, number_of

MOST_DECIMALS = 6
_MOST_DIGITS = 12
_LONGEST_TEXT = 20_000
_LONGEST_CODE = 32
_UNIT = re.compile(r"\s*[-+]?[\d,，.]+\s*(?:万元|亿元|元|万|亿|%|％)\s*")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
TRUTHS = {"是": True, "true": True, "1": True, "yes": True, "否": False, "false": False, "0": False, "no": False}


class Kind(StrEnum):
    """What a column holds; decides its format in Excel as well."""

    TEXT = "文字"
    CODE = "编码（文本格式）"
    AMOUNT = "金额（万元）"
    FUNDS = "金额（元）"
    INTEGER = "整数"
    YEAR = "年度（四位）"
    DATE = "日期（年-月-日）"
    CHOICE = "从列表中选"
    TRUTH = "是或否"
    REFERENCE = "名称"


NUMBERS = frozenset({Kind.AMOUNT, Kind.FUNDS, Kind.INTEGER, Kind.YEAR})
Check = Callable[[str], "str | None"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `check` says what is wrong with a text beyond what its kind tells."""

    key: str
    header: str
    kind: Kind = Kind.TEXT
    note: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()  # (stored, shown)
    width: int = 14
    longest: int = _LONGEST_TEXT
    read_only: bool = False
    check: Check | None = None

    @property
    def shown(self) -> Mapping[str, str]:
        return dict(self.choices)

    def stored(self, text: str) -> str:
        """The stored form of a choice. Raises KeyError for one that is not in the list."""
        return {**{shown: stored for stored, shown in self.choices}, **{stored: stored for stored, _ in self.choices}}[
            text
        ]


def same(column: Column, current: str | None, typed: str) -> bool:
    """Whether a cell of a file says what stands there: what an export writes reads as no change."""
    a, b = canonical(current), canonical(typed)
    if a == b:
        return True
    if column.kind in NUMBERS:
        first, second = number_of(a), number_of(b)
        return first is not None and first == second
    if column.kind is Kind.CHOICE:
        return column.shown.get(a, a) == column.shown.get(b, b)
    return False


def displayed(column: Column, text: str) -> str:
    """A typed text as it will stand there: an amount has two decimals."""
    number = number_of(text) if column.kind is Kind.AMOUNT else None
    return text if number is None or number != round(number, 2) else f"{number:.2f}"


def problem(column: Column, text: str) -> str | None:
    """What is wrong with a typed text, as the second half of a sentence that names the cell; None if nothing is."""
    if not text.strip():
        return "必须填写" if column.required else None
    if len(text) > column.longest:
        return f"超过 {column.longest} 个字"
    found = _PROBLEMS[column.kind](column, text.strip())
    return found or (column.check(text.strip()) if column.check else None)


def _amount(_column: Column, text: str) -> str | None:
    quoted = f"‘{text[:30]}’"
    if _UNIT.fullmatch(text):
        return f"{quoted}带有单位，请只填数字"
    number = number_of(text)
    if number is None:
        return f"{quoted}不是金额"
    if "," in text.replace("，", ",") and not _GROUPED.fullmatch(text.replace("，", ",")):
        return f"{quoted}的千分位不对"
    if abs(number) >= Decimal(10) ** _MOST_DIGITS:
        return f"{quoted}太大，超过 {_MOST_DIGITS} 位整数"
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        return f"{quoted}小数超过 {MOST_DECIMALS} 位"
    return None


def _integer(_column: Column, text: str) -> str | None:
    number = number_of(text)
    if number is None or number != number.to_integral_value() or abs(number) > 2**31 - 1:
        return f"‘{text[:30]}’不是整数"
    return None


def _year(_column: Column, text: str) -> str | None:
    number = number_of(text)
    if number is None or number != number.to_integral_value() or not 1994 <= number <= 2100:
        return f"‘{text[:30]}’不是年度"
    return None


def _date(_column: Column, text: str) -> str | None:
    return None if date_of(text) else f"‘{text[:30]}’不是日期（应如 2026-02-14）"


def _choice(column: Column, text: str) -> str | None:
    try:
        column.stored(text)
    except KeyError:
        listed = "、".join(shown for _, shown in column.choices)
        return f"‘{text[:30]}’不在可选项中（{listed}）"
    return None


def _truth(_column: Column, text: str) -> str | None:
    return None if text.lower() in TRUTHS else f"‘{text[:30]}’应填“是”或“否”"


def _code(_column: Column, text: str) -> str | None:
    if not text.isascii() or len(text) > _LONGEST_CODE or any(character.isspace() for character in text):
        return f"‘{text[:40]}’不是编码"
    return None


def _anything(_column: Column, _text: str) -> str | None:
    return None


_PROBLEMS: Mapping[Kind, Callable[[Column, str], str | None]] = {
    Kind.TEXT: _anything,
    Kind.REFERENCE: _anything,
    Kind.CODE: _code,
    Kind.AMOUNT: _amount,
    Kind.FUNDS: _amount,
    Kind.INTEGER: _integer,
    Kind.YEAR: _year,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.TRUTH: _truth,
}


def date_of(text: str) -> date | None:
    """A date as people write it (2026-2-14, 2026年2月14日, 2026/02/14); None for one that does not exist."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def by_digits(*lengths: int) -> Check:
    """A check that a code has one of these numbers of digits."""
    listed = "、".join(map(str, lengths))

    def check(text: str) -> str | None:
        if text.isascii() and text.isdigit() and len(text) in lengths:
            return None
        return f"‘{text[:30]}’不是科目编码（应为 {listed} 位数字）"

    return check
