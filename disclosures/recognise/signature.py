"""What the columns and items of a table say about which one it is, where its title is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from disclosures.plain.text import fold
from disclosures.profiles import TableDecl, TemplateProfile
from disclosures.reading.blocks import Line

from . import headings
from .grid_header import Slot, slots

_HEAD_LINES = 14
_FIRST_ROW = re.compile(r"\d\.\d\d|^\s*合\s*计[\s\d.,]*$|^\s*\d{3}(?:\d\d){0,2}\s|^\s*一、")
_TELLS_NOTHING = frozenset({"", "金额", "预算数", "年", "年预算", "单位", "名称", "编码", "支出项目", "收入项目"})
_ITEM_WEIGHT = 0.5
FEWEST_SIGNS = 3


@lru_cache(maxsize=64)
def own_signs(decl: TableDecl) -> frozenset[str]:
    """What the columns of a declared table are known by."""
    return frozenset(sign for slot in slots(decl) if (sign := _sign(slot)))


def _sign(slot: Slot) -> str:
    """What a column is known by: its key, or its wording where the key says nothing."""
    words = _telling(slot)
    if slot.key in ("amount", "code", "name"):
        return words[0] if words else ""
    return slot.key


def _telling(slot: Slot) -> list[str]:
    return [header for header in slot.headers if header not in _TELLS_NOTHING]


@lru_cache(maxsize=8)
def _words(profile: TemplateProfile) -> tuple[tuple[str, str], ...]:
    words = {header: _sign(slot) for decl in profile.tables for slot in slots(decl) for header in _telling(slot)}
    return tuple(sorted(words.items(), key=lambda pair: -len(pair[0])))


def signs(lines: Sequence[Line], profile: TemplateProfile) -> frozenset[str]:
    """The declared columns whose headers stand in the head of a table."""
    head = []
    for line in lines[:_HEAD_LINES]:
        if _FIRST_ROW.search(line.text):
            break
        if not headings.is_unit_line(line.text):
            head.append("|".join(line.cells) if line.cells else line.text)
    text = fold("".join(head))
    found = set()
    for word, sign in _words(profile):
        if word in text:
            found.add(sign)
            text = text.replace(word, "|")
    return frozenset(found)


def best_fits(
    found: frozenset[str], lines: Sequence[Line], candidates: Sequence[TableDecl]
) -> list[tuple[float, TableDecl]]:
    """Candidates with how well they fit, best first."""
    text = fold("".join(line.text for line in lines))
    fits = []
    for decl in candidates:
        own = own_signs(decl)
        fit = len(own & found) / max(1, len(own | found))
        items = [item for side in decl.sides for item in side.items]
        if items:
            share = sum(1 for item in items if fold(item.item) in text) / len(items)
            fit += _ITEM_WEIGHT if share > 0.5 else -_ITEM_WEIGHT
        fits.append((fit, decl))
    return sorted(fits, key=lambda pair: -pair[0])
