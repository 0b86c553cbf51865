"""Brackets as they are printed in pairs."""

from __future__ import annotations


def paired(text: str) -> str:
    """Brackets of two widths that the model saw in one pair, made the same: the wide ones of Chinese print."""
    chars, open_at = list(text), list[int]()
    for at, char in enumerate(text):
        if char in "(（":
            open_at.append(at)
        elif char in ")）" and open_at:
            begin = open_at.pop()
            if (chars[begin] == "（") != (char == "）"):
                chars[begin], chars[at] = "（", "）"
    return "".join(chars)
