"""Numbers as a disclosure prints them in its tables and its prose."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENTS_PER_WAN = 1_000_000
_HUNDREDTH = Decimal("0.01")


def wan(cents: int) -> Decimal:
    """An exact amount in 分 as 万元 rounded to two decimals."""
    return (Decimal(cents) / CENTS_PER_WAN).quantize(_HUNDREDTH, ROUND_HALF_UP)


def cell_text(cents: int) -> str | None:
    """What a table prints for an exact amount: nothing for nil."""
    return str(wan(cents)) if cents else None


def wan_text(yuan: int) -> str:
    """元 as 万元 without rounding and without idle zeros: 46616 -> 4.6616."""
    text = f"{Decimal(yuan) / 10_000:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: int, whole: int) -> Decimal:
    """A share or rate in percent, rounded to two decimals."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_HUNDREDTH, ROUND_HALF_UP)
