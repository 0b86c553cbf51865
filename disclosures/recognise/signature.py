"""What the columns and items of a table say about which one it is, where its title is lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from disclosures.plain.text import fold
from disclosures.profiles import TableDecl, TemplateProfile
from disclosures.reading.blocks import Line

from . import headings
from .grid_header import slots

_HEAD_LINES = 14
_ITEM_WEIGHT = 0.5
FEWEST_SIGNS = 3


@lru_cache(maxsize=64)
def _own_signs(decl: TableDecl) -> frozenset[str]:
    return frozenset(_sign(slot.key, header) for slot in slots(decl) for header in slot.headers[:1] if len(header) > 1)


def _sign(key: str, header: str) -> str:
    return key if key not in ("amount", "code", "name") else header


@lru_cache(maxsize=8)
def _words(profile: TemplateProfile) -> tuple[tuple[str, str], ...]:
    words = {
        header: _sign(slot.key, slot.headers[0])
        for decl in profile.tables
        for slot in slots(decl)
        for header in slot.headers
        if len(header) > 1
    }
    return tuple(sorted(words.items(), key=lambda pair: -len(pair[0])))


def signs(lines: Sequence[Line], profile: TemplateProfile) -> frozenset[str]:
    """The declared columns whose headers stand in the first lines of a table."""
    head = [line.text for line in lines[:_HEAD_LINES] if not headings.is_unit_line(line.text)]
    text = fold("\t".join(head)) if head else ""
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
        own = _own_signs(decl)
        fit = len(own & found) / max(1, len(own | found))
        items = [item for side in decl.sides for item in side.items]
        if items:
            share = sum(1 for item in items if fold(item.item) in text) / len(items)
            fit += _ITEM_WEIGHT if share > 0.5 else -_ITEM_WEIGHT
        fits.append((fit, decl))
    return sorted(fits, key=lambda pair: -pair[0])
