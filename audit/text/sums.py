"""Arithmetic inside prose: parts against their total, persons × standard × months against an amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .quantities import MONEY

_AMOUNT = re.compile(
    r"(?<![\d.])(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<unit>亿元|万元|千元|百元|元|[万亿](?![元人名户亩次平吨份册余多公千个条件只株头块册]))"
)
_TOTAL = re.compile(
    r"(?:共计|合计|总计|总共|共需|小计|共为|共|总(?:额|预算|金额|费用|成本|经费|投资|资金)(?:为|是|约)?)[^，,。；;、\d元]{0,10}$"
)
_WANTED = re.compile(
    r"(?:需|经费|资金|费用|预算|投资|补助|安排|申请|每年|金额|支出|补贴|费)[^，,。；;\d元]{0,8}[:：]?$"
)
_UNIT_PRICE_BEFORE = re.compile(
    r"(?:每(?:人|名|户|月|天|日|次|家|亩|台|套|件|份|场|个|位|平方米|平米|度|吨|公里|辆|座|期|节|学时|课时|生)[^，,。；;]{0,12}"
    r"|人均[^，,。；;]{0,12}|标准[^，,。；;申预]{0,10}|单价[^，,。；;]{0,6}|均价[^，,。；;]{0,6}|[*×xX]\s*)$"
)
_UNIT_PRICE_AFTER = re.compile(r"^\s*(?:[/／](?!每?年)|[*×xX]|每|的?标准|左右的?标准|\(每|（每|起)")
_APPROXIMATE = re.compile(r"(?:约|超|近|不低于|不少于|不超过|以上|至少|最高|最低)[^，,。；;\d]{0,4}$")
_APPROXIMATE_AFTER = re.compile(r"^(?:左右|以上|余|多|以内)")
# Figures of another time or a base are not parts of a total.
_ELSEWHERE = re.compile(
    r"(?:上年|去年|往年|较|相比|比|已(?:支付|拨付|使用|完成)|原|结余|结转|累计|尾款|剩余|欠|缺口|收入|产值|合同价|中标"
    r"|概算|总投资)[^，,。；;]{0,20}$"
)
_YEAR = re.compile(r"(20\d\d)年度?[^，,。；;]{0,20}$")
_WINDOW = 26  # characters before an amount that say what it is
_MOST_PARTS = 14
_MOST_SUMS = 6000
_PLAIN = 8  # characters between a standard and the amount it gives
_SHIFTS = (Decimal(10), Decimal("0.1"), Decimal(10_000), Decimal("0.0001"))
_CLOSE, _FAR = 24, 60  # characters between a number of people and a standard; 人均 may stand further away
_PER_HEAD = re.compile(r"人均[^，,。；;\d]{0,2}$")
_REACH = 11  # how many times a product may be off and still be meant as the amount


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in prose, in 元, and what the words around it make of it."""

    text: str
    yuan: Decimal
    half: Decimal  # half of the last printed place
    is_round: bool  # one or two digits (4万元): beside finer amounts meant exactly
    start: int
    end: int
    is_total: bool
    is_wanted: bool  # 需经费…, 每年…, 预算…: what the project asks for
    is_unit_price: bool
    is_approximate: bool
    is_elsewhere: bool
    year: int | None  # the year that stands before it in its clause


@dataclass(frozen=True, slots=True)
class SumGap:
    """A statement of the text that does not add up."""

    stated: str  # as printed
    stated_yuan: Decimal
    computed: Decimal  # in 元
    how: str  # 36万元＋526万元, 10人×500元×12


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of money in a text, in order."""
    if "元" not in text and "万" not in text:
        return ()
    found = []
    for match in _AMOUNT.finditer(text):
        start = match.start()
        before, after = text[max(0, start - _WINDOW) : start], text[match.end() : match.end() + 8]
        near = before[-18:]
        unit = match["unit"]
        factor = MONEY[unit if unit.endswith("元") else unit + "元"]
        number = match["number"].replace(",", "").replace("，", "")
        places = len(number.partition(".")[2])
        found.append(
            Amount(
                text=match.group(),
                yuan=Decimal(number) * factor,
                half=factor * Decimal((0, (5,), -places - 1)),
                is_round=len(number.replace(".", "").strip("0")) <= 2,
                start=start,
                end=match.end(),
                is_total=bool(_TOTAL.search(near)),
                is_wanted=bool(_WANTED.search(near)),
                is_unit_price=bool(_UNIT_PRICE_BEFORE.search(before) or _UNIT_PRICE_AFTER.match(after)),
                is_approximate=bool(_APPROXIMATE.search(near) or _APPROXIMATE_AFTER.match(after)),
                is_elsewhere=bool(_ELSEWHERE.search(before)),
                year=int(year[1]) if (year := _YEAR.search(before)) else None,
            )
        )
    return tuple(found)


def reaches(parts: Sequence[Amount], goal: Decimal, slack: Decimal) -> bool | None:
    """Whether some of the parts add up to the goal; None when there are too many to say."""
    if len(parts) > _MOST_PARTS:
        whole = sum((part.yuan for part in parts), Decimal(0))
        return True if abs(whole - goal) <= slack else None
    sums = {Decimal(0)}
    for part in parts:
        sums |= {value + part.yuan for value in sums if value + part.yuan <= goal + slack}
        if len(sums) > _MOST_SUMS:
            return None
    return any(abs(value - goal) <= slack for value in sums if value)


def failed_totals(text: str, found: Sequence[Amount]) -> list[SumGap]:
    """Totals (共计, 合计 …) that no choice of the amounts before them adds up to."""
    gaps = []
    for position, total in enumerate(found):
        if not total.is_total or total.is_approximate or total.is_elsewhere or total.is_unit_price:
            continue
        parts = [part for part in found[:position] if not part.is_unit_price]
        plain = _top_level(text, parts, total)
        years = {part.year for part in (*parts, total)} - {None}
        if len(plain) < 2 or len(years) > 1 or any(part.is_approximate or part.is_elsewhere for part in parts):
            continue
        slack = slack_of([*parts, total])
        computed = sum((part.yuan for part in plain), Decimal(0))
        alike = total.yuan / 3 <= computed <= total.yuan * 3
        if alike and reaches(parts, total.yuan, slack) is False:
            how = "＋".join(part.text for part in plain)
            gaps.append(SumGap(total.text, total.yuan, computed, how))
    return gaps


def slack_of(found: Sequence[Amount]) -> Decimal:
    """How far a sum may be off by rounding: amounts of one or two digits are exact where finer ones stand beside,
    or where all are such."""
    finest = min(amount.half for amount in found)
    if all(amount.is_round for amount in found):
        return finest
    return sum((finest if amount.is_round else amount.half for amount in found), Decimal(0))


def _top_level(text: str, parts: Sequence[Amount], total: Amount) -> list[Amount]:
    """The parts that a reader would add: not inside brackets that close before the total, not a former total
    and what it was the total of."""
    last = max((n for n, part in enumerate(parts) if part.is_total), default=-1)
    following = parts[last + 1 :]
    chosen = list(following) if len(following) >= 2 else [part for part in parts if part.is_total]
    return [part for part in chosen if not _bracketed(text, part.start, total.start)]


def _bracketed(text: str, start: int, until: int) -> bool:
    opened = max(text.rfind("(", 0, start), text.rfind("（", 0, start))
    if opened < 0 or any(mark in text[opened:start] for mark in ")）"):
        return False
    closing = [at for mark in ")）" if (at := text.find(mark, start)) >= 0]
    return bool(closing) and min(closing) < until


_COUNT = re.compile(
    r"(?<![\d.年])(?P<number>\d+(?:\.\d+)?)(?P<wan>万)?(?P<unit>余?(?:人次|人|名|户|位|家|辆|套|台|平方米|亩|件|份|场|个|处|所|座"
    r"|间|项|册|本|张|条|块|期|班|吨|株|次(?!性)))(?![均/])"
)
# Money per day or month: how many of them is often left to the reader.
_OPEN_ENDED = re.compile(r"[每/／](?:天|日|月|周|次|期|学期|季)")
_TIMES = re.compile(r"(\d+)\s*(?:个月|月(?!\d*日)|次|天|年(?![度前后底初起\d])|期|场|学时|课时)")


_FACTOR = re.compile(r"[*×xX](\d{1,3})(?![\d.])")


def failed_products(text: str, found: Sequence[Amount]) -> list[SumGap]:
    """Amounts that are not number × standard (× months, × years) as the same sentence states them."""
    gaps = []
    counts = list(_COUNT.finditer(text))
    for position, price in enumerate(found[:-1]):
        result = found[position + 1]
        if not price.is_unit_price or result.is_unit_price or price.is_elsewhere or result.is_elsewhere:
            continue
        between = text[price.end : result.start]
        if len(between) > 30 or any(mark in between for mark in "。；;"):
            continue
        reach = _FAR if _PER_HEAD.search(text[max(0, price.start - 4) : price.start]) else _CLOSE
        earlier = [count for count in counts if count.end() <= price.start and price.start - count.end() <= reach]
        if not earlier or any(mark in text[earlier[-1].end() : price.start] for mark in "。；;"):
            continue
        gap = _product_gap(text, earlier[-1], price, result)
        is_near = price.start - earlier[-1].end() <= _CLOSE
        if gap and (is_near or _shifted(gap.computed, gap.stated_yuan)):
            gaps.append(gap)
    return gaps


def _product_gap(text: str, count: re.Match[str], price: Amount, result: Amount) -> SumGap | None:
    number = Decimal(count["number"]) * (10_000 if count["wan"] else 1)
    if not number:
        return None
    product = number * price.yuan
    span = text[max(0, count.start() - 20) : result.end + 12]
    written = [*_TIMES.findall(span), *_FACTOR.findall(text[price.end : result.start])]
    factors: set[Decimal] = {Decimal(1), Decimal(12), *(Decimal(value) for value in written if 0 < int(value) <= 400)}
    loose = result.is_approximate or price.is_approximate or count["unit"].startswith("余")
    for factor in factors:
        slack = result.half + factor * (number * price.half + (product / 20 if loose else 0))
        if abs(product * factor - result.yuan) <= slack:
            return None
    times, computed = _likeliest(product, factors, result.yuan)
    told = bool(_TIMES.search(text[price.end : result.start]))  # the months are there: nothing is left to the reader
    reach = _REACH if told or _is_plain(text, count, price, result) else 2
    if not result.yuan / reach < computed < result.yuan * reach and not _shifted(computed, result.yuan):
        return None
    months = "" if times == 1 else f"×{times}"
    return SumGap(result.text, result.yuan, computed, f"{count.group()}×{price.text}{months}")


def _is_plain(text: str, count: re.Match[str], price: Amount, result: Amount) -> bool:
    """Whether the sentence says number, standard and amount one after the other and nothing else."""
    between = text[price.end : result.start]
    return len(between) <= _PLAIN and "%" not in between and not _OPEN_ENDED.search(text[count.end() : price.end + 4])


def _shifted(computed: Decimal, stated: Decimal) -> bool:
    """Whether the stated amount is the computed one with its point moved, or 元 taken for 万元."""
    return any(abs(computed - stated * shift) <= stated * shift / 500 for shift in _SHIFTS)


def _likeliest(product: Decimal, factors: set[Decimal], stated: Decimal) -> tuple[Decimal, Decimal]:
    """The factor that was meant, with the product: one that explains a moved point, else the nearest."""

    def rank(factor: Decimal) -> tuple[bool, Decimal]:
        return not _shifted(product * factor, stated), abs(product * factor - stated)

    best: Decimal = min(factors, key=rank)
    return best, product * best
