"""Counts in prose: 51台, 三人, 19295人, with the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMERALS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_UNITS = "人次|人|名|户|家|台套|台|套|辆|件|份|场次|场|次|个|箱|所|亩|平方米|平米|条|块|处|期|册|本|张|座"
_COUNT = re.compile(
    rf"(?<![\d.,，第*×])(?P<number>\d+(?:\.\d+)?|(?<![一二三四五六七八九十百千万两第])[一二两三四五六七八九十])"
    rf"(?P<wan>万)?(?P<about>余|多|左右)?(?P<unit>{_UNITS})(?![均每])"
)
_ABOUT = re.compile(r"(?:约|近|超|不少于|不低于|以上|至少|每|预计|大概|/)[^，,。；;\d]{0,3}$")
_SAME_UNIT = {"名": "人", "平米": "平方米", "台套": "台", "台(套)": "台", "场次": "场"}
_AROUND = 14


@dataclass(frozen=True, slots=True)
class Count:
    """A count and the words on both sides of it, up to the next comma."""

    text: str
    value: Decimal
    unit: str
    around: str


def unit_of(unit: str) -> str:
    """One word for units that mean the same (名 and 人)."""
    return _SAME_UNIT.get(unit, unit)


def counts(text: str) -> list[Count]:
    """Every exact count of a text; those said to be rough are left out."""
    found = []
    for match in _COUNT.finditer(text):
        before, after = text[max(0, match.start() - _AROUND) : match.start()], text[match.end() : match.end() + _AROUND]
        if match["about"] or _ABOUT.search(before):
            continue
        number = Decimal(_NUMERALS.get(match["number"], 0) or match["number"])
        around = re.split(r"[，,。；;、]", before)[-1] + "|" + re.split(r"[，,。；;、]", after)[0]
        value = number * (10_000 if match["wan"] else 1)
        found.append(Count(match.group(), value, unit_of(match["unit"]), around))
    return found
