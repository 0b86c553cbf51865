"""The numbers that Word generates in front of paragraphs: 一、 （二） 1. 第三部分.

Counters run per list definition, through all tables and text boxes in document order, as Word counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..package import attribute, child, local
from .counting import rendered
from .styles import is_on

_PLACEHOLDER = re.compile(r"%([1-9])")
_CLOSED = re.compile(r"[^\w]$")  # a label that ends in punctuation needs no space behind it


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: what its labels look like."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False  # every number of the label in Arabic digits
    restart: int | None = None  # the level (from 1) that sets it back; 0 never; None any higher one
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class _List:
    definition: str
    levels: dict[int, Level]
    overrides: dict[int, int]


class Numbering:
    """Gives each numbered paragraph its label; to be asked in document order."""

    def __init__(self, root: etree._Element | None) -> None:
        children = list(root) if root is not None else []
        self._definitions = {
            attribute(item, "abstractNumId") or "": item for item in children if local(item) == "abstractNum"
        }
        self._numbers = {attribute(item, "numId") or "": item for item in children if local(item) == "num"}
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()

    def label(self, number_id: str | None, level: int | None) -> str:
        """The label of the next paragraph of a list; empty where it has none (bullets say nothing)."""
        found = self._list(number_id or "0")
        if found is None:
            return ""
        at = min(level or 0, 8)
        counters = self._counters[found.definition]
        if number_id not in self._begun:
            self._begun.add(number_id or "")
            for deep, start in found.overrides.items():
                counters[deep] = start - 1
        own = found.levels.get(at, Level())
        counters[at] = counters.get(at, own.start - 1) + 1
        for deep in [deep for deep in counters if deep > at]:
            restart = found.levels.get(deep, Level()).restart
            if restart is None or at < restart:
                del counters[deep]
        return self._printed(found, own, counters)

    def _printed(self, found: _List, own: Level, counters: dict[int, int]) -> str:
        if own.form == "bullet" or not own.text:
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = found.levels.get(at, Level())
            return rendered(counters.get(at, level.start), "decimal" if own.legal else level.form)

        label = _PLACEHOLDER.sub(number, own.text)
        return label + (" " if own.spaced and label and not _CLOSED.search(label) else "")

    def level_of_style(self, number_id: str | None, style_id: str | None) -> int | None:
        """The level that a list keeps for a paragraph style."""
        for at, element in self._level_elements(number_id or "0"):
            if style_id and attribute(child(element, "pStyle"), "val") == style_id:
                return at
        return None

    def _list(self, number_id: str) -> _List | None:
        if number_id not in self._lists:
            self._lists[number_id] = self._read(number_id)
        return self._lists[number_id]

    def _read(self, number_id: str) -> _List | None:
        element = self._numbers.get(number_id)
        if number_id == "0" or element is None:
            return None
        definition = self._definition(number_id)
        overrides = {
            int(attribute(item, "ilvl") or 0): int(start)
            for item in element
            if local(item) == "lvlOverride"
            and (start := attribute(child(item, "startOverride"), "val"))
            and start.isdigit()
        }
        return _List(definition, {at: _level(item) for at, item in self._level_elements(number_id)}, overrides)

    def _definition(self, number_id: str) -> str:
        return attribute(child(self._numbers.get(number_id), "abstractNumId"), "val") or ""

    def _level_elements(self, number_id: str) -> Iterator[tuple[int, etree._Element]]:
        """The levels of a list, those that it changes for itself last."""
        definition = self._definitions.get(self._definition(number_id))
        link = attribute(child(definition, "numStyleLink"), "val")
        if link:
            linked = (d for d in self._definitions.values() if attribute(child(d, "styleLink"), "val") == link)
            definition = next(linked, definition)
        overrides = (child(item, "lvl") for item in self._numbers.get(number_id, ()) if local(item) == "lvlOverride")
        for item in (*(definition if definition is not None else ()), *overrides):
            if item is not None and local(item) == "lvl" and (attribute(item, "ilvl") or "").isdigit():
                yield int(attribute(item, "ilvl") or 0), item


def _level(element: etree._Element) -> Level:
    start = attribute(child(element, "start"), "val") or ""
    restart = attribute(child(element, "lvlRestart"), "val") or ""
    legal = child(element, "isLgl")
    return Level(
        form=attribute(child(element, "numFmt"), "val") or "decimal",
        text=attribute(child(element, "lvlText"), "val") or "",
        start=int(start) if start.isdigit() else 1,
        legal=legal is not None and is_on(attribute(legal, "val"), absent=True),
        restart=int(restart) if restart.isdigit() else None,
        spaced=attribute(child(element, "suff"), "val") != "nothing",
    )
