"""Corrections as the memory keeps them, sorted by what they concern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from disclosures.plain.data import Disclosure

from .lists import Items, ListKind
from .places import Path, UnknownPlaceError, find

INNER = {"tables": "rows", "sections": "paragraphs", "project_targets": "indicators", "overall_targets": "indicators"}
ADDING, REMOVING = frozenset({"add", "add_row"}), frozenset({"remove", "remove_row"})


class Remembered(Protocol):
    """A correction as it is remembered."""

    place: str
    action: str
    read_value: str | None
    old_value: str | None
    new_value: str | None
    read_surety: str
    content: dict[str, Any] | None


@dataclass
class Sorted:
    """Corrections by the paths, in the corrected state, of what they concern."""

    values: dict[Path, Remembered] = field(default_factory=dict)
    added: dict[Path, Remembered] = field(default_factory=dict)
    moved: dict[Path, Remembered] = field(default_factory=dict)
    removed: dict[Path, list[Remembered]] = field(default_factory=lambda: defaultdict(list))  # by the list's path
    earlier: list[Remembered] = field(default_factory=list)  # what a later correction of the same thing covers

    def lists(self) -> set[Path]:
        """The lists in which anything was changed, and those above them."""
        found = {list_of(path) for path in (*self.values, *self.added, *self.moved)} | set(self.removed)
        return found | {path[:1] for path in found}


def sorted_by_path(disclosure: Disclosure, corrections: Iterable[Remembered]) -> Sorted:
    """Corrections whose place the disclosure has; the others are not among them."""
    result = Sorted()
    for item in corrections:
        try:
            _sort(disclosure, item, result)
        except UnknownPlaceError:
            continue
    return result


def _sort(disclosure: Disclosure, item: Remembered, result: Sorted) -> None:
    if item.content is None:
        _put(result.values, find(disclosure, item.place)[1], item, result)
        return
    items = Items(ListKind(item.content["list"]), item.content["of"])
    path = items.path(disclosure)
    if item.action in REMOVING:
        result.removed[path].append(item)
        return
    position = items.position(disclosure, item.place)
    if position is not None:
        _put(result.added if item.action in ADDING else result.moved, (*path, position), item, result)


def _put(group: dict[Path, Remembered], path: Path, item: Remembered, result: Sorted) -> None:
    if path in group:
        result.earlier.append(group[path])
    group[path] = item


def item_of(path: Path) -> Path:
    """The item of a list, to which what a path leads to belongs; nothing for what belongs to the whole."""
    if path[0] not in INNER and path[0] != "other_tables":
        return ()
    is_inner = len(path) > 3 and path[2] == INNER.get(str(path[0])) and isinstance(path[3], int)
    return path[:4] if is_inner else path[:2]


def list_of(path: Path) -> Path:
    """The list that holds the item of a path."""
    return item_of(path)[:-1]
