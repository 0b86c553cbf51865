"""Values of indicators: operator, number, unit and what it is per (≤3360元/人·年)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from disclosures.plain.text import fold

# Units of money in 元; a bare 万 is money only where the class of the indicator says so.
MONEY: dict[str, Decimal] = {
    "元": Decimal(1),
    "元整": Decimal(1),
    "圆": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "万元整": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
RATES = frozenset({"%", "‰", "个百分点", "百分点", "成"})
ABOUT = ("约", "大约", "大概", "左右", "余", "近", "预计")

_OPERATORS = {
    "≥": "≥", "≧": "≥", ">=": "≥", ">": ">", "不少于": "≥", "不低于": "≥", "不小于": "≥", "大于等于": "≥", "大于": ">",
    "≤": "≤", "≦": "≤", "<=": "≤", "<": "<", "不超过": "≤", "不高于": "≤", "不大于": "≤", "不多于": "≤",
    "小于等于": "≤", "小于": "<", "控制在": "≤", "=": "=", "达到": "=", "完成": "=",
}  # fmt: skip
_VALUE = re.compile(
    r"^(?P<op>" + "|".join(sorted(map(re.escape, _OPERATORS), key=len, reverse=True)) + r")?"
    r"(?P<about>大约|大概|约|近|预计)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<about2>余)?(?P<unit>[^\d]*)$"
)
_DIGIT = re.compile(
    r"[0-9〇一二两三四五六七八九十百千万]+(?:[个次人项份家批场期名户件套台本条篇部所辆年月季周天日处页]|%)|\d"
)
_TAIL = re.compile(r"(?:以上|以内|以下|左右|之内|以前|及以上)$")
_PER = re.compile(r"[/·．.、]|每")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measurable value: 500, "万元", per ("年",)."""

    operator: str
    number: str
    unit: str  # without what it is per: 万元, 人次, %
    per: tuple[str, ...] = ()
    about: bool = False

    @property
    def value(self) -> Decimal:
        return Decimal(self.number)

    @property
    def is_rate(self) -> bool:
        return self.unit in RATES

    @property
    def is_money(self) -> bool:
        return self.unit in MONEY

    @property
    def yuan(self) -> Decimal | None:
        """The amount in 元, None when it is no amount."""
        factor = MONEY.get(self.unit)
        return None if factor is None else self.value * factor

    @property
    def half_yuan(self) -> Decimal:
        """Half a unit of the last printed place in 元; a bound (≤, ≥) is exact."""
        factor = MONEY.get(self.unit)
        if factor is None or self.operator not in ("", "="):
            return Decimal(0)
        places = len(self.number.partition(".")[2])
        return factor * Decimal((0, (5,), -places - 1))

    @property
    def is_unit_price(self) -> bool:
        """Whether it is money per something other than time: 元/人, 元/平方米·月."""
        return self.is_money and any(item not in TIMES for item in self.per)


TIMES = frozenset({"年", "月", "季", "季度", "日", "天", "学年", "年度"})


@lru_cache(maxsize=16384)
def quantity(text: str | None, *, money: bool = False) -> Quantity | None:
    """The quantity a whole value states, or None for prose, dates and ranges.

    `money`: a bare 万 (≤11万/年) stands for 万元, as it does in a cost indicator.
    """
    if not text:
        return None
    match = _VALUE.match(fold(text).rstrip("。;,.、"))
    if match is None:
        return None
    unit = _TAIL.sub("", match["unit"])
    about = bool(match["about"] or match["about2"] or match["unit"].endswith("左右"))
    base, *per = (part for part in _PER.split(unit)) if unit else ("",)
    if money and base in ("万", "亿"):
        base += "元"
    elif base.startswith("万") and base not in MONEY and len(base) > 1 and not money:
        number = str(Decimal(match["number"].replace(",", "")) * 10_000)
        return Quantity(_OPERATORS.get(match["op"] or "", ""), number, base[1:], tuple(filter(None, per)), about)
    if len(base) > 8:
        return None
    return Quantity(
        _OPERATORS.get(match["op"] or "", ""),
        match["number"].replace(",", ""),
        base,
        tuple(filter(None, per)),
        about,
    )


@lru_cache(maxsize=16384)
def has_number(text: str) -> bool:
    """Whether a value states any number: digits, or Chinese numerals before a counter."""
    return bool(_DIGIT.search(fold(text)))


def yuan_words(amount: Decimal) -> str:
    """An amount of 元 as people write it: 49.2万元, 8800元."""
    if abs(amount) >= 10_000:
        return f"{(amount / 10_000).normalize():f}万元"
    return f"{amount.normalize():f}元"


def is_rounding(exact: Decimal, rounded: Decimal) -> bool:
    """Whether an amount is another one rounded to hundreds, thousands or ten thousands (746万元 for 7453605.82元)."""
    if exact == rounded or abs(exact - rounded) * 50 > rounded:
        return False
    return any(
        rounded % unit == 0 and exact % unit != 0 and abs(exact - rounded) < unit for unit in (100, 1000, 10_000)
    )
