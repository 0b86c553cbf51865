"""Tokens of formulaic budget prose: amounts, percentages, counts, years, directions, comparisons."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    AMOUNT = "amount"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"  # a number without a unit that the reader knows
    DATE = "date"
    YEAR = "year"
    COMPARISON = "comparison"  # 比上年, 较2025年, 与上年相比
    DIRECTION = "direction"
    SAME = "same"  # 与上年相同, 持平
    REASON = "reason"
    STOP = "stop"  # 。；
    PAUSE = "pause"  # ，：、


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `number` is a decimal string without separators, `unit` as printed."""

    kind: Kind
    text: str
    start: int
    end: int
    number: str = ""
    unit: str = ""
    sign: int = 0  # of a DIRECTION: +1 or -1
    year: int | None = None  # of a YEAR, DATE or COMPARISON that names one


_NUM = r"[-−]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_COUNTERS = "个|家|辆|台（套）|台[(]套[)]|台|套|平方米|㎡|人|名|张|项|次|户|处|件|所"
_PATTERN = re.compile(
    "|".join(
        (
            r"(?P<date>(?P<date_year>20\d\d)年\d{1,2}月(?:\d{1,2}日)?)",
            r"(?P<same>(?:与|同|和|较|比)(?:上年|去年|上一年|(?P<same_year>20\d\d)年?)度?(?:年初)?(?:预算数?|决算数?)?"
            r"(?:保持)?(?:相比)?(?:预算数)?(?:相同|持平|一致|无增减|无变化|没有变化|未发生变化))",
            r"(?P<comparison>(?:比|较|与|同|和)(?:上年|去年|上一年|前一年|(?P<comparison_year>20\d\d)年)度?"
            r"(?:年初)?(?:预算数?|决算数?|执行数|同期)?(?:相比)?|同比)",
            rf"(?P<amount>(?P<amount_number>{_NUM})(?P<amount_unit>亿元|万元|千元|百元|元))",
            rf"(?P<percent>(?P<percent_number>{_NUM})(?P<percent_unit>%|个百分点|‰))",
            r"(?P<year>(?P<year_year>20\d\d)年度?)",
            rf"(?P<count>(?P<count_number>{_NUM})(?P<count_unit>{_COUNTERS}))",
            rf"(?P<number>{_NUM})",
            r"(?P<reason>(?:主要)?原因(?:是|为|系|在于|：|:)?|主要(?:是)?(?:因为|由于)|主要是由于|主要系|是由于|系因)",
            r"(?P<ignore>增减(?:变动|变化|情况)?)",
            r"(?P<up>增加|增长|上升|提高|上涨|增)",
            r"(?P<down>减少|下降|降低|压减|缩减|下调|减)",
            r"(?P<level>持平|相同|无增减变化|无变化|没有变化|未发生变化)",
            r"(?P<stop>[。；;！？!?])",
            r"(?P<pause>[，：、,:])",
        )
    )
)
_FULL_WIDTH = {
    **{ord(c): unicodedata.normalize("NFKC", c) for c in "０１２３４５６７８９．％－＋"},
    ord("﹪"): "%",
}
_SPACE = re.compile(r"\s+")


def compact(text: str) -> str:
    """The text without white space, with half-width digits, point and percent sign; Chinese punctuation stays."""
    return _SPACE.sub("", text).translate(_FULL_WIDTH)


def _token(match: re.Match[str]) -> Token | None:
    kind = match.lastgroup or ""
    text, start, end = match.group(), match.start(), match.end()
    for name in ("date", "same", "comparison", "amount", "percent", "year", "count"):
        if match.group(name) is not None:
            kind = name
            break
    if kind in ("amount", "percent", "count"):
        number = re.sub(r"[,，]", "", match.group(f"{kind}_number")).replace("−", "-")
        return Token(Kind(kind), text, start, end, number=number, unit=match.group(f"{kind}_unit"))
    if kind in ("date", "year", "comparison", "same"):
        year = match.group(f"{kind}_year")
        return Token(Kind(kind), text, start, end, year=int(year) if year else None)
    if kind == "number":
        return Token(Kind.NUMBER, text, start, end, number=re.sub(r"[,，]", "", text).replace("−", "-"))
    if kind in ("up", "down"):
        return Token(Kind.DIRECTION, text, start, end, sign=1 if kind == "up" else -1)
    if kind == "level":
        return Token(Kind.SAME, text, start, end)
    if kind in ("reason", "stop", "pause"):
        return Token(Kind(kind), text, start, end)
    return None


def tokenise(text: str) -> list[Token]:
    """Tokens of a compacted paragraph in order; characters between them are words."""
    return [token for match in _PATTERN.finditer(text) if (token := _token(match)) is not None]
