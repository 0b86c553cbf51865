"""Marks that the model confuses, as they are printed: by their pairs, by what stands beside them, by their width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[float, float]

_WIDE = frozenset("（）《》“”‘’【】，。、；：！？")
_OPENING, _CLOSING = "(（", ")）"
_HALF_BLANK = 0.42  # of the font size: a full-width bracket leaves more than this free on its outer side
_NUMERALS = frozenset("一二三四五六七八九十第")


def is_wide(char: str) -> bool:
    """Whether a mark is as wide as a Chinese character, half of it blank."""
    return char in _WIDE


def as_printed(text: str, spans: Sequence[Span], size: float, usual: bool | None = None) -> str:
    """A line with its dashes and brackets as their places show them; `spans` are left and right end of each character.

    `size` is that of the font, in the unit of `spans`. `usual` says whether brackets around Chinese text are wide on
    this page: those that end a line on both sides have nothing beside them that would tell.
    """
    chars = list(dashed(text))
    for first, last in _pairs(text):
        wide = _is_wide_pair(text, spans, size, first, last)
        if wide is None and _holds_chinese(text, first, last):
            wide = usual
        if wide is not None:
            chars[first], chars[last] = ("（", "）") if wide else ("(", ")")
    for at in _unpaired(text) if usual else ():  # its other half stands on another line
        chars[at] = "（" if text[at] in _OPENING else "）"
    return paired("".join(chars))


def wide_usual(lines: Iterable[tuple[str, Sequence[Span], float]]) -> bool | None:
    """Whether most brackets around Chinese text are wide in some lines (text, spans, size); None where none tells."""
    told = [
        wide
        for text, spans, size in lines
        for first, last in _pairs(text)
        if _holds_chinese(text, first, last) and (wide := _is_wide_pair(text, spans, size, first, last)) is not None
    ]
    return sum(told) * 2 >= len(told) if told else None


def may_be_wide(char: str) -> bool:
    """Whether a mark may leave half of a Chinese character's width free, however the model read it."""
    return char in _WIDE or char in _OPENING or char in _CLOSING


def _is_wide_pair(text: str, spans: Sequence[Span], size: float, first: int, last: int) -> bool | None:
    """Whether a pair of brackets is wide by what is free around it; None where nothing tells."""
    free = [*_free(text, spans, first - 1, first), *_free(text, spans, last, last + 1)]
    return sum(free) / len(free) > _HALF_BLANK * size if free else None


def _holds_chinese(text: str, first: int, last: int) -> bool:
    return any(map(_is_chinese, text[first + 1 : last]))


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


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


def _unpaired(text: str) -> list[int]:
    """The places of brackets without another half, beside Chinese text."""
    with_half = {at for pair in _pairs(text) for at in pair}
    alone = [at for at, char in enumerate(text) if char in _OPENING + _CLOSING and at not in with_half]
    inner = {at: text[at + 1 : at + 2] if text[at] in _OPENING else text[max(0, at - 1) : at] for at in alone}
    return [at for at in alone if _is_chinese(inner[at])]


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
