"""Texts of cells: what readers of tables share."""

from __future__ import annotations

from collections.abc import Iterable

SPACE = "\u3000 \t\u00a0"  # full-width spaces in front of the first cell of a row are indentation


def joined(texts: Iterable[str]) -> str:
    """Lines of one cell as one text: a space where two words would run into one, none between Chinese characters."""
    whole = ""
    for text in texts:
        part = text.rstrip(SPACE) if not whole else text.strip(SPACE)
        if not part:
            continue
        apart = whole and whole[-1].isascii() and part[0].isascii()
        whole += (" " if apart else "") + part
    return whole
