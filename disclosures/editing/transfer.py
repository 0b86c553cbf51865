"""Taking corrections over to another reading of the same document: a newer file, or the final one.

Each correction applies where the new reading says what the old one said, is settled where it says already
what was corrected, and is left where it says a third thing. First the lists are brought into order, then the
values are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from disclosures.plain.data import Disclosure, Surety

from .lists import Item, Items, ListKind, restored, splice, stored
from .merging import ListCorrections, Merged, Removed, matched, merged
from .pairing import Line
from .paths import read, surety_of, with_surety, write
from .places import Path, path_or_none
from .remembered import INNER, Remembered, item_of, sorted_by_path
from .values import held, same, shown

_KINDS = {
    "tables": ListKind.TABLES,
    "sections": ListKind.SECTIONS,
    "project_targets": ListKind.FORMS,
    "overall_targets": ListKind.OVERALL,
    "other_tables": ListKind.OTHERS,
    "rows": ListKind.ROWS,
    "paragraphs": ListKind.PARAGRAPHS,
    "indicators": ListKind.INDICATORS,
}
Within = Callable[[Remembered], Sequence[Remembered]]


@dataclass(frozen=True, slots=True)
class Applied:
    """A correction as it stands in the new reading."""

    item: Remembered
    place: str
    read_value: str | None
    surety: Surety
    content: dict[str, Any] | None = None


@dataclass
class Transfer:
    """The new reading with what still applies; which corrections those are, which are settled, which fit no more."""

    disclosure: Disclosure
    applied: list[Applied] = field(default_factory=list)
    settled: list[Remembered] = field(default_factory=list)
    left: list[Remembered] = field(default_factory=list)


def transfer(
    old: Disclosure, new: Disclosure, corrections: Iterable[Remembered], within: Within = lambda _: ()
) -> Transfer:
    """Apply the corrections of `old` (its corrected state) to `new`.

    `within` tells the corrections that had been made in something before it was removed.
    """
    return _Work(old, new, list(corrections), within).run()


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is to be remembered of a change of a list, but for its place."""

    path: Path  # of the item in the old state; of something taken out: of its list
    content: dict[str, Any]


class _Work:
    def __init__(self, old: Disclosure, new: Disclosure, corrections: Sequence[Remembered], within: Within) -> None:
        self._old, self._new, self._corrections, self._within = old, new, corrections, within
        self._sorted = sorted_by_path(old, corrections)
        self._lists = self._sorted.lists()
        self._base = old
        for path, item in self._sorted.values.items():
            self._base = write(self._base, path, held(path, item.read_value))
        self._now: dict[Path, Path] = {(): ()}  # items of the old state in the new one
        self._whole: set[Path] = set()  # items brought in with all that was corrected in them
        self._listed: dict[int, _Listed] = {}
        self._values: dict[int, tuple[Path, str | None, Surety]] = {}
        self._settled: set[int] = set()

    def run(self) -> Transfer:
        """What is applied, settled and left, each in the order in which the corrections were made."""
        result = Transfer(self._new)
        for name in (path[0] for path in self._lists if len(path) == 1):
            items = self._top(str(name))
            result.disclosure = replace(result.disclosure, **{str(name): items})
        self._list_corrections_within_whole()
        for path, item in self._sorted.values.items():
            result.disclosure = self._value(result.disclosure, path, item)
        covered = {id(item) for item in self._sorted.earlier}
        for item in self._corrections:
            if id(item) in self._listed or id(item) in self._values:
                result.applied.append(self._applied(result.disclosure, item))
            elif id(item) in self._settled:
                result.settled.append(item)
            elif id(item) not in covered:
                result.left.append(item)
        return result

    # -- lists

    def _top(self, name: str) -> Any:  # a tuple of what that field of a disclosure holds
        path: Path = (name,)
        now = list(getattr(self._new, name))
        lines = self._matched(path, now)
        inner = INNER.get(name, "")
        for number, line in enumerate(line for line in lines if line.mine is not None):
            if line.found is not None and (name, number, inner) in self._lists:
                there = getattr(now[line.found], inner)
                after = self._merge((name, number, inner), self._matched((name, number, inner), there), there)
                now[line.found] = replace(now[line.found], **{inner: tuple(after.items)})
        return tuple(self._merge(path, lines, now).items)

    def _matched(self, path: Path, now: Sequence[Item]) -> list[Line]:
        return matched(_at(self._old, path), _at(self._base, path), self._of_list(path), now)

    def _of_list(self, path: Path) -> ListCorrections:
        removed = [
            Removed(item, self._as_read(item), (item.content or {})["at"], self._is_rearranged(item))
            for item in self._sorted.removed.get(path, ())
        ]
        return ListCorrections(_inside(self._sorted.added, path), _inside(self._sorted.moved, path), removed)

    def _merge(self, path: Path, lines: Sequence[Line], now: Sequence[Item]) -> Merged:
        corrections = self._of_list(path)
        added, moved = corrections.added, corrections.moved
        result = merged(lines, now, corrections)
        self._now |= {(*path, number): (path[-1], position) for number, position in result.positions.items()}
        self._whole |= {(*path, number) for number in result.whole}
        self._settled |= {id(item) for item in result.settled}
        paths = {id(item): (*path, number) for number, item in (*added.items(), *moved.items())}
        for item in result.brought:
            self._listed[id(item)] = _Listed(paths[id(item)], dict(item.content or {}))
        for item, back in result.backs:
            self._listed[id(item)] = _Listed(paths[id(item)], {**(item.content or {}), "back": back})
        for rank, (item, gap, gone) in enumerate(result.gaps):
            content = {**(item.content or {}), "at": gap, "rank": rank, "item": stored(gone), "place": item.place}
            content["active"] = []
            self._listed[id(item)] = _Listed(path, content)
        return result

    def _is_rearranged(self, removal: Remembered) -> bool:
        return any(inner.content is not None for inner in self._within(removal))

    def _as_read(self, removal: Remembered) -> Item:
        """What was taken out, without the values that had been corrected in it before."""
        content = removal.content or {}
        items = Items(ListKind(content["list"]), content["of"])
        item = restored(items.kind, content["item"])
        values = [inner for inner in self._within(removal) if inner.content is None]
        if not values:
            return item
        at = len(items.items(self._old))
        there = splice(self._old, items, at, 0, (item,))
        place = items.place(there, at)
        paths = [(path_or_none(there, place + inner.place[len(content["place"]) :]), inner) for inner in values]
        for path, inner in paths:
            if path is not None:
                there = write(there, path, held(path, inner.read_value))
        return items.items(there)[at]

    def _list_corrections_within_whole(self) -> None:
        """What was added to, removed from and moved in something that was brought in whole is there with it."""
        changed = [*self._sorted.added.items(), *self._sorted.moved.items()]
        changed += [(path, item) for path, items in self._sorted.removed.items() for item in items]
        for path, item in changed:
            if len(path) > 2 and path[:2] in self._whole:
                self._listed[id(item)] = _Listed(path, {**(item.content or {}), "active": []})

    # -- values

    def _value(self, disclosure: Disclosure, path: Path, item: Remembered) -> Disclosure:
        """Write one value if it applies."""
        owner, now = item_of(path), self._path_now(path)
        if now is None:
            return disclosure
        if owner[:2] in self._whole or owner in self._whole:
            self._values[id(item)] = (path, item.read_value, Surety(item.read_surety or Surety.SURE))
            return disclosure
        try:
            value = shown(read(disclosure, now))
        except (KeyError, IndexError, AttributeError):
            return disclosure  # a line of a form that is not there
        if same(now, value, item.new_value) and not same(now, item.new_value, item.read_value):
            self._settled.add(id(item))
            return disclosure
        if not same(now, value, item.read_value):
            return disclosure
        self._values[id(item)] = (path, value, surety_of(disclosure, now))
        return with_surety(write(disclosure, now, held(now, item.new_value)), now, Surety.SURE)

    def _path_now(self, path: Path) -> Path | None:
        """A path of the old state in the new one; None where its item is not there."""
        owner = item_of(path)
        if not owner:
            return path
        top = self._now.get(owner[:2])
        if top is None:
            return None
        if len(owner) == 2 or owner[:2] in self._whole:
            return (*top, *path[2:])
        inner = self._now.get(owner)
        return None if inner is None else (*top, *inner, *path[4:])

    # -- what to remember

    def _applied(self, disclosure: Disclosure, item: Remembered) -> Applied:
        if id(item) in self._values:
            path, value, surety = self._values[id(item)]
            owner = item_of(path)
            suffix = item.place[len(_place(self._old, owner)) :] if owner else item.place
            return Applied(item, self._place_now(disclosure, owner) + suffix, value, surety)
        listed = self._listed[id(item)]
        is_list = isinstance(listed.path[-1], str)
        of = listed.path if is_list else listed.path[:-1]
        content = {**listed.content, "of": self._place_now(disclosure, of[:2]) if len(of) > 1 else ""}
        place = item.place if is_list else self._place_now(disclosure, listed.path)
        return Applied(item, place, item.read_value, Surety(item.read_surety or Surety.SURE), content)

    def _place_now(self, disclosure: Disclosure, path: Path) -> str:
        now = self._path_now(path)
        return _place(disclosure, now) if now else ""


def _inside(group: dict[Path, Remembered], path: Path) -> dict[int, Remembered]:
    return {int(known[-1]): item for known, item in group.items() if known[:-1] == path}


def _at(disclosure: Disclosure, path: Path) -> Sequence[Item]:
    node: Any = disclosure
    for step in path:
        node = node[step] if isinstance(step, int) else getattr(node, step)
    return node  # type: ignore[no-any-return]


def _place(disclosure: Disclosure, path: Path) -> str:
    """The place of an item."""
    if not path:
        return ""
    of = _place(disclosure, path[:-2])
    return Items(_KINDS[str(path[-2])], of).place(disclosure, int(path[-1]))
