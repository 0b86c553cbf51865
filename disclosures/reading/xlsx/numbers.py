"""A stored number as its cell prints it, by the cell's number format (ECMA-376, 18.8.31 numFmts).

Excel keeps binary floats and writes them with up to 17 digits; what is meant are the first 15.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

_PRECISION = Context(prec=15, rounding=ROUND_HALF_UP)
_GENERAL = Context(prec=10, rounding=ROUND_HALF_UP)
_TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|General|E[+-]|[0#?]+(?:,[0#?]+)*|[.,%]|.', re.I | re.S)
_DATE_TOKEN = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|AM/PM|上午/下午|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|.', re.I | re.S
)
_PLACEHOLDER = re.compile(r"[0#?]")
_SIGNS = frozenset("-()+¥￥$ ")  # printed around a number, and no part of what it says
_CHINESE_DATES = {27: 'yyyy"年"m"月"', 31: 'yyyy"年"m"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"'}
_WIDEST = 60  # digits; more are no amount


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format."""

    before: str = ""
    after: str = ""
    least: int = 0  # decimals that are always printed
    most: int = 0
    whole: int = 1  # digits in front of the point
    grouped: bool = False
    shift: int = 0  # power of ten
    has_number: bool = False
    general: bool = False


def format_code(number: int, declared: dict[int, str]) -> str:
    """The format of an id: declared in the workbook, else built in (Chinese editions have some of their own)."""
    return declared.get(number) or _CHINESE_DATES.get(number) or BUILTIN_FORMATS.get(number) or "General"


def printed(stored: str, code: str, mac_dates: bool = False) -> str:
    """What a cell shows for a stored number; what is stored where that is no number."""
    try:
        value = _PRECISION.create_decimal(stored.strip())
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value.adjusted()) > _WIDEST:
        return stored
    if is_date_format(code):
        return _date(value, code, mac_dates)
    return _number(value, code)


# ---------------------------------------------------------------- numbers


def _number(value: Decimal, code: str) -> str:
    sections = _sections(code)
    if value < 0 and len(sections) > 1:
        section = sections[1]
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    else:
        section = sections[0]
    if section.general:
        return section.before + general(value) + section.after
    if not section.has_number:
        return (section.before + section.after).strip()
    scaled = abs(value).scaleb(section.shift)
    digits = "" if value == 0 and not section.whole and not section.least else _rounded(scaled, section)
    sign = "-" if value < 0 and any(digit in "123456789" for digit in digits) else ""
    return (section.before + sign + digits + section.after).strip()


def general(value: Decimal) -> str:
    """A number without a format: whole numbers whole, others with ten digits as a cell has room for."""
    if value == value.to_integral_value():
        return f"{value:f}".partition(".")[0].replace("-0", "0") if value == 0 else f"{value.to_integral_value():f}"
    return f"{_GENERAL.plus(value).normalize():f}"


def _rounded(value: Decimal, section: _Section) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-section.most), ROUND_HALF_UP, Context(prec=_WIDEST * 2))
    whole, _, decimals = f"{rounded:f}".partition(".")
    while len(decimals) > section.least and decimals.endswith("0"):
        decimals = decimals[:-1]
    whole = whole.lstrip("0").rjust(section.whole, "0") if section.whole else whole.lstrip("0")
    if section.grouped and whole:
        whole = f"{int(whole):,}".rjust(section.whole, "0")
    return (whole or "0") + ("." + decimals if decimals else "")


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    parts, part = [], ""
    for token in _TOKEN.findall(code):
        if token == ";":
            parts.append(part)
            part = ""
        else:
            part += token
    return tuple(_section(text) for text in (*parts, part)) or (_Section(general=True),)


def _section(code: str) -> _Section:
    before, after, pattern, shift = "", "", "", 0
    exponent = general_ = False
    for token in _TOKEN.findall(code):
        if _PLACEHOLDER.match(token) or (token in (".", ",") and (pattern or token == ".")):
            pattern += token
        elif token.lower() in ("general", "@"):
            general_ = True
        elif token[:1].upper() == "E" and len(token) == 2:
            exponent = True
        else:
            shift += 2 if token == "%" else 0
            text = _literal(token)
            before, after = (before, after + text) if pattern or general_ else (before + text, after)
    if general_ or exponent or "/" in after:
        return _Section(general=True)
    body = pattern.rstrip(",")
    whole, _, decimals = body.partition(".")
    return _Section(
        before,
        after,
        least=decimals.count("0"),
        most=len(_PLACEHOLDER.findall(decimals)),
        whole=whole.count("0"),
        grouped="," in whole,
        shift=shift - 3 * (len(pattern) - len(body)),
        has_number=bool(_PLACEHOLDER.search(body)),
    )


def _literal(token: str) -> str:
    """What a token of a format prints; signs and currencies are left to the number itself."""
    if token[0] in "[_*":
        return ""
    text = _unquoted(token)
    return text if text == "-" or not set(text) <= _SIGNS else ""


def _unquoted(token: str) -> str:
    if token[0] == '"':
        return token.strip('"')
    return token[1:] if token[0] == "\\" else token


# ---------------------------------------------------------------- dates


def _date(value: Decimal, code: str, mac_dates: bool) -> str:
    try:
        moment = from_excel(float(value), CALENDAR_MAC_1904 if mac_dates else CALENDAR_WINDOWS_1900)
    except (ValueError, OverflowError):
        return general(value)
    if not isinstance(moment, datetime):
        return f"{moment}"
    return "".join(_date_part(token, moment, code) for token in _DATE_TOKEN.findall(code.partition(";")[0])).strip()


def _date_part(token: str, moment: datetime, code: str) -> str:
    first = token[0].lower()
    if first == "y":
        return f"{moment.year:04d}" if len(token) > 2 else f"{moment.year % 100:02d}"
    if first == "m" and not _is_minute(token, code):
        return f"{moment.month:02d}" if len(token) == 2 else f"{moment.month}"
    if first == "d":
        return f"{moment.day:02d}" if len(token) == 2 else f"{moment.day}"
    if first == "h":
        return f"{moment.hour:02d}" if len(token) == 2 else f"{moment.hour}"
    if first in "ms":
        return f"{moment.minute if first == 'm' else moment.second:02d}"
    if token.lower() in ("am/pm", "上午/下午", "aaa", "aaaa", "@"):
        return ""
    return "" if first in "[_*" else _unquoted(token)


def _is_minute(token: str, code: str) -> bool:
    """Whether `m` or `mm` stands between hours and seconds."""
    return len(token) < 3 and bool(re.search(rf"h[^ymds]*{token}(?!m)|(?<!m){token}[^ymdh]*s", code, re.I))
