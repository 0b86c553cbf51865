"""Which item of a list a person has worked on is which item of the same list in another reading.

An item may stand in the other reading as it was read (the file is the same there) or as it was corrected
(the file was mended). What is equal in full goes together first, then what has the same name, then what
lies alone between the same neighbours.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from disclosures.plain.data import (
    Indicator,
    OtherTable,
    OverallTarget,
    Paragraph,
    ProjectTarget,
    Row,
    Section,
    Table,
)
from disclosures.plain.text import fold

from .items import to_json
from .lists import Item
from .remembered import Remembered
from .values import is_amount

_OF_READING = frozenset({"source", "part_sources", "surety", "label_surety", "doubtful"})
_BEGINNING = 12  # characters by which a paragraph is known whose numbers were corrected


@dataclass(eq=False)
class Line:
    """An item of the corrected list, or one that was taken out of it; with where it stands in the other reading."""

    mine: Item | None  # as corrected; None: taken out
    base: Item | None  # as read; None: put in by a person
    removal: Remembered | None = None  # what took it out
    found: int | None = None
    tier: int = 0  # how it was recognised: 0 equal in full, greater by less


def pair(lines: Sequence[Line], now: Sequence[Item]) -> None:
    """Set `found` of every line that stands in the other reading."""
    left = dict(enumerate(now))
    mended = _is_mended(lines, now)
    tiers = max((len(names(item)) for item in now), default=0)
    for tier in range(tiers):
        for candidates in (_corrected, _as_read) if mended else (_as_read, _corrected):
            _pair_equal(candidates(lines), left, tier)
    _pair_alone(lines, left, len(now), tiers)


def _is_mended(lines: Sequence[Line], now: Sequence[Item]) -> bool:
    """Whether the other reading is more like what people made of the list than like what was read."""
    there = Counter(names(item)[0] for item in now)
    return _alike(_corrected(lines), there) > _alike(_as_read(lines), there)


def _alike(candidates: Sequence[tuple[Line, Item]], there: Counter[Hashable]) -> float:
    """How much of two lists is in both, 1 for the same items."""
    here = Counter(names(item)[0] for _, item in candidates)
    return 2 * (here & there).total() / max(here.total() + there.total(), 1)


def _corrected(lines: Sequence[Line]) -> list[tuple[Line, Item]]:
    return [(line, line.mine) for line in lines if line.mine is not None]


def _as_read(lines: Sequence[Line]) -> list[tuple[Line, Item]]:
    return [(line, line.base) for line in lines if line.base is not None]


def _pair_equal(candidates: Iterable[tuple[Line, Item]], left: dict[int, Item], tier: int) -> None:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for position, item in left.items():
        known = names(item)
        if tier < len(known):
            places[known[tier]].append(position)
    for line, item in candidates:
        known = names(item)
        if line.found is None and tier < len(known) and places[known[tier]]:
            line.found, line.tier = places[known[tier]].pop(0), tier
            del left[line.found]


def _pair_alone(lines: Sequence[Line], left: dict[int, Item], size: int, tier: int) -> None:
    """Lines and items without a partner, as many of the one as of the other between the same two neighbours."""
    gaps: dict[int, list[Line]] = defaultdict(list)
    behind = -1
    for line in lines:
        if line.found is not None:
            behind = line.found
        elif line.mine is not None and line.base is not None:
            gaps[behind].append(line)
    taken = {line.found for line in lines}
    for start, open_lines in gaps.items():
        end = next((n for n in range(start + 1, size) if n in taken), size)
        free = [n for n in range(start + 1, end) if n in left]
        if len(free) == len(open_lines):
            for line, position in zip(open_lines, free, strict=True):
                line.found, line.tier = position, tier


def names(item: Item) -> tuple[Hashable, ...]:
    """What an item is known by, the surest first."""
    if isinstance(item, Table):
        return (item.id,)
    full = json.dumps(_printed(to_json(item)), ensure_ascii=False, sort_keys=True)
    if isinstance(item, Row):
        label = (item.side, item.code, fold(item.name), fold(item.second_name))
        return (full, (*label, fold(item.unit_name)), (item.side, item.code or fold(item.name)))
    if isinstance(item, Paragraph):
        return (full, fold(item.text)[:_BEGINNING])
    if isinstance(item, Section):
        return (full, (item.numeral, fold(item.heading)), item.numeral, fold(item.heading))
    if isinstance(item, Indicator):
        return (full, (item.horizon, fold(item.level3)), fold(item.level3))
    if isinstance(item, ProjectTarget):
        return (full, fold(item.project)) if item.project else (full,)
    if isinstance(item, OverallTarget):
        return (full, fold(item.unit), "")
    return (full, *_other(item))


def _other(item: OtherTable) -> tuple[Hashable, ...]:
    return (tuple(tuple(fold(cell) for cell in row) for row in item.rows),)


def _printed(data: Any) -> Any:
    """What is printed of a record, without where and how surely it was read; numbers as numbers."""
    if isinstance(data, dict):
        return {key: _printed(value) for key, value in data.items() if key not in _OF_READING}
    if isinstance(data, list):
        return [_printed(each) for each in data]
    if isinstance(data, str):
        return str(Decimal(data).normalize()) if is_amount(data) else fold(data)
    return data
