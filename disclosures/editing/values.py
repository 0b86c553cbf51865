"""What may stand in a place: amounts, years, texts; what a person typed, brought into that form."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from disclosures.plain.data import Level
from disclosures.plain.numbers import is_nil_mark, parse_amount
from disclosures.plain.text import fold

from .pairs import PAIRS, Pairs, taken, told
from .places import Path

MOST_DECIMALS = 6
_LIMIT = Decimal(10) ** 12
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_LONGEST_TEXT = 20_000
_LONGEST_CODE = 32
_NO_DATA = {"是": True, "true": True, "1": True, "本表无数据": True, "否": False, "false": False, "0": False, "": False}


class ValueProblemError(ValueError):
    """The value cannot stand there; the message is the second half of a sentence that names the place."""


class ValueKind(StrEnum):
    AMOUNT = "amount"  # 万元, two decimals
    FUNDS = "funds"  # 元
    TEXT = "text"
    REQUIRED_TEXT = "required_text"
    CODE = "code"
    YEAR = "year"
    FLAG = "flag"
    LEVEL = "level"  # what kind of row it is
    PAIRS = "pairs"  # lines of a department-wide form, each of two columns


# What people call the kinds of rows of tables that nest.
LEVELS = {
    Level.DEPARTMENT: "部门",
    Level.TOTAL: "合计",
    Level.UNIT: "单位",
    Level.PROJECT: "项目",
    Level.GROUP: "类",
    Level.ITEM: "款",
}
# Texts that plain data hold as "", not as None, when nothing is printed.
_NEVER_NONE = frozenset({"name", "second_name", "level1", "level2", "level3", "unit", "funds_unit"})
_TYPED = frozenset({ValueKind.YEAR, ValueKind.FLAG, ValueKind.LEVEL})
Value = str | int | bool | Level | Pairs | None
_REQUIRED = frozenset({"heading", "text", "department", "title"})


def kind_of(path: Path) -> ValueKind:
    """What kind of value stands at a path."""
    last = path[-1]
    if "cells" in path:
        return ValueKind.AMOUNT
    if path[0] == "project_targets" and path[2] in ("whole", "annual"):
        return ValueKind.FUNDS
    if path[0] == "overall_targets" and path[2] in PAIRS and len(path) == 3:
        return ValueKind.PAIRS
    if path[0] == "overall_targets" and path[2] == "funds":
        return ValueKind.AMOUNT
    if last == "code":
        return ValueKind.CODE
    if last == "printed_year":
        return ValueKind.YEAR
    if last == "no_data":
        return ValueKind.FLAG
    if last == "level":
        return ValueKind.LEVEL
    return ValueKind.REQUIRED_TEXT if last in _REQUIRED else ValueKind.TEXT


def checked(path: Path, typed: str | None) -> Value:
    """What a person typed, as plain data hold it. Raises ValueProblemError."""
    kind = kind_of(path)
    text = (typed or "").strip()
    if _CONTROL.search(text):
        raise ValueProblemError("含有不能保存的控制字符")
    if len(text) > _LONGEST_TEXT:
        raise ValueProblemError(f"超过 {_LONGEST_TEXT} 个字")
    if kind in (ValueKind.AMOUNT, ValueKind.FUNDS):
        return _amount(text, kind)
    if kind is ValueKind.PAIRS:
        return _pairs(str(path[2]), typed or "")
    if kind is ValueKind.YEAR:
        return _year(text)
    if kind is ValueKind.FLAG:
        return _flag(text)
    if kind is ValueKind.LEVEL:
        return _level(text)
    if kind is ValueKind.CODE and (len(text) > _LONGEST_CODE or not (text == "" or text.isascii())):
        raise ValueProblemError(f"应是科目编码，不能是“{text[:20]}”")
    if kind is ValueKind.REQUIRED_TEXT and not text:
        raise ValueProblemError("不能为空")
    if kind is ValueKind.TEXT and not text:
        return "" if path[-1] in _NEVER_NONE or "staff" in path else None
    return text


def is_amount(text: str) -> bool:
    """Whether a text that plain data hold in an amount's place is a number (a reader keeps others too)."""
    return _PLAIN_NUMBER.fullmatch(text) is not None


def same(path: Path, a: str | None, b: str | None) -> bool:
    """Whether two texts say the same in a place: amounts as numbers, words without regard to spaces and widths."""
    if kind_of(path) in (ValueKind.AMOUNT, ValueKind.FUNDS):
        return _number(a) == _number(b)
    return fold(a) == fold(b)


def _number(text: str | None) -> Decimal | str | None:
    if text is None:
        return None
    return Decimal(text) if is_amount(text) else text


def held(path: Path, text: str | None) -> Value:
    """What history and screens write, letter for letter in the form in which plain data hold it."""
    if kind_of(path) is ValueKind.PAIRS:
        name = str(path[2])
        return taken(name, text, (lambda amount: amount or None) if name == "funds" else str)
    return checked(path, text) if kind_of(path) in _TYPED else text


def shown(value: Value) -> str | None:
    """A value of plain data as history and screens write it."""
    if isinstance(value, tuple):
        return told(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Level):
        return LEVELS[value]
    return None if value is None else str(value)


def _amount(text: str, kind: ValueKind) -> str | None:
    if not text or is_nil_mark(text):
        return None
    amount = parse_amount(text.removesuffix("万元").removesuffix("元").strip())
    if amount is None:
        raise ValueProblemError(f"应是金额，不能是“{text[:20]}”")
    if abs(Decimal(amount)) >= _LIMIT:
        raise ValueProblemError(f"金额过大：{text[:20]}")
    whole, _, decimals = amount.partition(".")
    if len(decimals) > MOST_DECIMALS:
        raise ValueProblemError(f"小数超过 {MOST_DECIMALS} 位：{text[:20]}")
    # Tables print two decimals: a person who types 500 means 500.00.
    return f"{whole}.{decimals:0<2}" if kind is ValueKind.AMOUNT else amount


def _pairs(name: str, text: str) -> Pairs:
    try:
        return taken(name, text, (lambda amount: _amount(amount, ValueKind.AMOUNT)) if name == "funds" else str)
    except ValueProblemError:
        raise
    except ValueError as error:
        raise ValueProblemError(str(error)) from error


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ValueProblemError(f"应是四位年份，不能是“{text[:20]}”")
    return int(text)


def _level(text: str) -> Level | None:
    if not text:
        return None
    for level, word in LEVELS.items():
        if text in (word, level.value):
            return level
    raise ValueProblemError(f"应是{'、'.join(LEVELS.values())}之一，不能是“{text[:20]}”")


def _flag(text: str) -> bool:
    try:
        return _NO_DATA[text.lower()]
    except KeyError:
        raise ValueProblemError("应填“是”或“否”") from None
