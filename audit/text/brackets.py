"""Brackets, quotation marks and 书名号 that lack their partner."""

from __future__ import annotations

import re

_PAIRS = {
    ")": "(",
    "]": "[",
    "】": "【",
    "〕": "〔",
    "》": "《",
    "〉": "〈",
    "”": "“",
    "’": "‘",
    "」": "「",
    "』": "『",
}
_OPENERS = frozenset(_PAIRS.values())
_MARKS = re.compile(r"[()\[\]【】〔〕《》〈〉“”‘’「」『』（）［］]")
_WIDTH = str.maketrans("（）［］", "()[]")
# "1）", "一)" at the start of an item need no opening bracket.
_ORDINAL = re.compile(r"(?:^|[。；;，,：:\s])\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[①-⑳])[)）]")


def unpaired(text: str) -> str | None:
    """The first mark of a text that has no partner, None when all are paired.

    Marks of different width and kind (〔…], （…)) count as partners: that is a matter of taste.
    """
    if not _MARKS.search(text):
        return None
    kept = _ORDINAL.sub("", text)
    open_marks: list[tuple[str, str]] = []
    for match in _MARKS.finditer(kept):
        printed = match.group()
        mark = printed.translate(_WIDTH)
        if mark in _OPENERS:
            open_marks.append((mark, printed))
        elif open_marks and _fits(open_marks[-1][0], mark):
            open_marks.pop()
        else:
            return printed
    return open_marks[0][1] if open_marks else None


_ROUND = frozenset("([【〔")


def _fits(opener: str, closer: str) -> bool:
    wanted = _PAIRS[closer]
    return opener == wanted or (opener in _ROUND and wanted in _ROUND)


def context(text: str, mark: str, width: int = 8) -> str:
    """A few characters around the mark, for a message."""
    at = text.rfind(mark) if mark in _OPENERS or mark in "（［" else text.find(mark)
    return text[max(0, at - width) : at + width + 1]
