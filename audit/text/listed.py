"""Lists with their number in prose: 设7个科室：甲科、乙科 … and 下设甲科、乙科等9个科室."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_NUMBER = r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_THING = r"(?:科室|处室|股室|部门|机构|单位|中心|科|处|股|室|办事处|事业单位)"
_COUNT_FIRST = re.compile(
    rf"(?:设|辖|共|有|包括)\s*{_NUMBER}\s*个(?P<what>[^：:，。；、\d]{{0,12}}{_THING})"
    r"\s*(?:[：:]|[。，,]?(?:分别是|分别为|即|具体为|包括|是|为)[：:]?)(?P<items>[^。；;：:]+)"
)
_LIST_FIRST = re.compile(
    r"(?:下设|内设|下辖|所属单位为|包括)(?P<items>[^。；;：:，,\d]{4,}?)[，,]?(?P<open>等)?(?:共计|共|总计|合计)?\s*"
    rf"{_NUMBER}\s*个(?P<what>[^：:，。；、\d]{{0,12}}{_THING})"
)
_UNITS = re.compile(r"(?:单位|机构)(?:分别)?(?:有|为|是|包括|如下)?[：:](?P<items>[^。；;：:]+、[^。；;：:]+)")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ORDINAL = re.compile(r"^\s*(?:\d{1,2}\s*[.．、]|[（(]\d{1,2}[）)])\s*")
_JOINED = re.compile(r"[和与及]")


@dataclass(frozen=True, slots=True)
class Listed:
    """A number and the names listed for it."""

    quote: str  # 设7个内设机构
    number: int
    items: tuple[str, ...]
    is_open: bool  # 等: more than are named

    @property
    def agrees(self) -> bool:
        """Whether the number may be that of the names; 和 may stand between two names or within one."""
        least = len(self.items)
        most = least + sum(len(_JOINED.findall(item)) for item in self.items)
        return self.number >= least if self.is_open else least <= self.number <= most


def number_of(text: str) -> int:
    """Digits, or Chinese numerals up to 99."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _items(text: str) -> tuple[str, ...]:
    bare = _BRACKETS.sub("", text)
    parts = bare.split("、") if "、" in _ORDINAL.sub("", bare) else re.split("[，,]", bare)
    return tuple(name for part in parts if (name := _ORDINAL.sub("", part).strip()))


def listed(text: str) -> Iterator[Listed]:
    """Every list of offices or units that states their number."""
    if "个" not in text:
        return
    for match in _COUNT_FIRST.finditer(text):
        names = match["items"]
        yield _listed(match, names.removesuffix("等"), is_open=names.rstrip().endswith("等"))
    for match in _LIST_FIRST.finditer(_BRACKETS.sub("", text)):
        if "、" in match["items"]:
            yield _listed(match, match["items"], is_open=bool(match["open"]))


def units(text: str) -> list[str]:
    """Names in lists of units, with or without their number."""
    found = [name for match in _UNITS.finditer(text) for name in _items(match["items"])]
    return list(dict.fromkeys([*found, *(name for each in listed(text) for name in each.items)]))


def _listed(match: re.Match[str], names: str, *, is_open: bool) -> Listed:
    quote = f"{match['number']}个{match['what']}"
    return Listed(quote, number_of(match["number"]), _items(names), is_open)
