"""Sums inside a description: an amount and the parts in the brackets behind it, a part and its own parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from .sums import Amount, SumGap, slack_of

_OPENING, _CLOSING = "(（", ")）"
# Words of a list that does not name everything, or of another time.
_INCOMPLETE = re.compile(r"其中|包括|包含|含|例如|比如|如[：:]|主要|等|约|上年|去年|标准|每|[*×xX/／]|\d\s*[%％]")
# Where a numbered part of a description begins.
_PART_STARTS = re.compile(r"[。；;]|(?<![\d.])\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[）)]|[一二三四五六七八九十]是")
_LEAST_PARTS = 2


def failed_parts(text: str, found: Sequence[Amount]) -> list[SumGap]:
    """Amounts that are not the sum of the parts which the text gives for them."""
    return [*_failed_brackets(text, found), *_failed_items(text, found)]


def _gap(whole: Amount, parts: Sequence[Amount]) -> SumGap | None:
    """The gap of a whole and its parts, None where they agree or are too far apart to be meant so."""
    vague = any(part.is_unit_price or part.is_approximate or part.is_elsewhere for part in parts)
    if vague or len(parts) < _LEAST_PARTS:
        return None
    together = sum((part.yuan for part in parts), Decimal(0))
    if abs(together - whole.yuan) <= slack_of([whole, *parts]):
        return None
    if not whole.yuan / 2 < together < whole.yuan * 2:
        return None
    return SumGap(whole.text, whole.yuan, together, "＋".join(part.text for part in parts))


def _inside(text: str, opening: int) -> int | None:
    """Where the bracket that opens at a place closes."""
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        if depth == 0:
            return at
    return None


def _failed_brackets(text: str, found: Sequence[Amount]) -> Iterator[SumGap]:
    """租赁费50万（库房4万，宿舍18万，车库18万）."""
    for position, whole in enumerate(found):
        if whole.end >= len(text) or text[whole.end] not in _OPENING or whole.is_unit_price or whole.is_approximate:
            continue
        closing = _inside(text, whole.end)
        if closing is None or _INCOMPLETE.search(text[whole.end : closing]):
            continue
        gap = _gap(whole, [part for part in found[position + 1 :] if part.end <= closing])
        if gap:
            yield gap


def _failed_items(text: str, found: Sequence[Amount]) -> Iterator[SumGap]:
    """宣传5万元，用于横幅1万元、短片2万元，共计5万元: a part, its own parts, and the part again."""
    for position, total in enumerate(found):
        if not total.is_total or total.is_approximate or total.is_unit_price:
            continue
        starts = [match.end() for match in _PART_STARTS.finditer(text, 0, total.start)]
        since = starts[-1] if starts else 0
        whole, *parts = [*(part for part in found[:position] if part.start >= since), total]
        if whole is not total and whole.yuan == total.yuan and not whole.is_total:
            gap = _gap(total, parts[:-1])
            if gap:
                yield gap
