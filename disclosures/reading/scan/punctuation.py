"""Marks that the model confuses, as they are printed: by their pairs, by what stands beside them, by their width."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[float, float]

_WIDE = frozenset("（）《》“”‘’【】，。、；：！？")
_OPENING, _CLOSING = "(（", ")）"
_HALF_BLANK = 0.42  # of the font size: a full-width bracket leaves more than this free on its outer side
_NUMERALS = frozenset("一二三四五六七八九十第")


def is_wide(char: str) -> bool:
    """Whether a mark is as wide as a Chinese character, half of it blank."""
    return char in _WIDE


def as_printed(text: str, spans: Sequence[Span], size: float) -> str:
    """A line with its dashes and brackets as their places show them; `spans` are left and right end of each character.

    `size` is that of the font, in the unit of `spans`.
    """
    chars = list(dashed(text))
    for first, last in _pairs(text):
        free = [*_free(text, spans, first - 1, first), *_free(text, spans, last, last + 1)]
        if free:
            wide = sum(free) / len(free) > _HALF_BLANK * size
            chars[first], chars[last] = ("（", "）") if wide else ("(", ")")
    return paired("".join(chars))


def _free(text: str, spans: Sequence[Span], left: int, right: int) -> list[float]:
    """What is free between two characters for each bracket that opens or closes there; nothing where others tell."""
    if left < 0 or right >= len(text):
        return []
    brackets = (text[left] in _CLOSING) + (text[right] in _OPENING)
    others = sum(not (char.isalnum() or char in _OPENING + _CLOSING) for char in (text[left], text[right]))
    return [] if others else [(spans[right][0] - spans[left][1]) / brackets]


def _pairs(text: str) -> list[tuple[int, int]]:
    """The places of brackets that open and close."""
    found, open_at = list[tuple[int, int]](), list[int]()
    for at, char in enumerate(text):
        if char in _OPENING:
            open_at.append(at)
        elif char in _CLOSING and open_at:
            found.append((open_at.pop(), at))
    return found


def paired(text: str) -> str:
    """Brackets of two widths that the model saw in one pair, made the same: the wide ones of Chinese print."""
    chars = list(text)
    for first, last in _pairs(text):
        if (chars[first] == "（") != (chars[last] == "）"):
            chars[first], chars[last] = "（", "）"
    return "".join(chars)


def alike(text: str) -> str:
    """The brackets of one cell in one width: the wide ones where it has both."""
    chars = list(paired(text))
    pairs = _pairs(text)
    if any(chars[first] == "（" for first, _ in pairs):
        for first, last in pairs:
            chars[first], chars[last] = "（", "）"
    return "".join(chars)


def dashed(text: str) -> str:
    """A dash of two characters whose half was taken for the numeral one."""
    chars = list(text)
    for at in range(len(chars) - 1):
        before, after = chars[at - 1] if at else "", chars[at + 2] if at + 2 < len(chars) else ""
        if before in ("—", "") or after in ("—", ""):
            continue
        if chars[at] == "—" and chars[at + 1] == "一":
            chars[at + 1] = "—"
        elif chars[at] == "一" and chars[at + 1] == "—" and before not in _NUMERALS and after not in _NUMERALS:
            chars[at] = "—"
    return "".join(chars)
