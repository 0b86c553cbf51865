"""One edit on its way from what was read to what is saved: the new plain data and what to remember of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from disclosures import editing, models
from disclosures.editing import Item, Items, ListKind
from disclosures.errors import InvalidValueError
from disclosures.plain.data import Disclosure, Surety

Action = models.CorrectionAction


@dataclass(frozen=True, slots=True)
class Entry:
    """One change to remember: of a value, or of an item of a list (then `content` says which)."""

    place: str
    words: str
    before: str | None
    after: str | None
    surety: str = ""
    action: Action = Action.SET
    content: dict[str, Any] | None = None
    undoes: models.Correction | None = None
    position: int = 0  # of something removed: where it stood in its list


@dataclass(frozen=True, slots=True)
class Rearranged:
    """What happened to one list: the gap before every position of the old list (and at its end) in the new one."""

    items: Items
    gaps: tuple[int, ...]
    restored: tuple[tuple[int, float], ...] = ()  # (gap in the old list, rank) of what came back

    def gap(self, at: int, rank: float) -> int:
        """Where something removed earlier belongs now: behind what stood before it and is there again."""
        at = min(at, len(self.gaps) - 1)
        return self.gaps[at] + sum(gap == at and known < rank for gap, known in self.restored)


@dataclass
class Draft:
    """The disclosure with the changes made so far."""

    old: Disclosure
    new: Disclosure
    entries: list[Entry] = field(default_factory=list)
    moves: list[editing.Moves] = field(default_factory=list)
    rearranged: list[Rearranged] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, disclosure: Disclosure) -> Draft:
        return cls(disclosure, disclosure)

    def moved(self, place: str) -> str:
        """A place of the old state as it is called now."""
        for changed in self.moves:
            place = editing.moved(place, changed)
        return place

    # -- values

    def set_all(self, changes: Sequence[tuple[str, str | None]]) -> None:
        """Set places of the present state; setting what stands there confirms a doubtful reading."""
        before, index, made = self.new, editing.Index(self.new), []
        for place, typed in changes:
            try:
                made.append(self._set(before, index, place, typed))
            except (editing.UnknownPlaceError, editing.ValueProblemError) as error:
                self.problems.append((place, named(before, place, error)))
        self._step(before, [entry for entry in made if entry is not None])

    def put_back(self, place: str, value: str | None, surety: str, undoes: models.Correction | None = None) -> None:
        """Give a place a remembered value, letter for letter and as sure as it was. Raises UnknownPlaceError."""
        before = self.new
        place, path = editing.find(before, place)
        now = editing.shown(editing.read(before, path))
        self.new = editing.write(before, path, editing.held(path, value))
        self.new = editing.with_surety(self.new, path, Surety(surety or Surety.SURE))
        words = editing.words_of(before, path)
        self._step(before, [Entry(place, words, now, value, surety, Action.REVERT, None, undoes)])

    def _set(self, before: Disclosure, index: editing.Index, place: str, typed: str | None) -> Entry | None:
        place, path = index.find(place)
        held = editing.read(before, path)
        value = editing.checked(path, typed)
        surety = editing.surety_of(before, path)
        if _equal(path, held, value):
            if surety is Surety.SURE:
                return None
            value = held
        self.new = editing.with_surety(editing.write(self.new, path, value), path, Surety.SURE)
        words = editing.words_of(before, path)
        return Entry(place, words, editing.shown(held), editing.shown(value), surety.value)

    # -- lists

    def items(self, items: Items) -> tuple[Item, ...]:
        """What a list holds at present. Raises InvalidValueError where there is no such list."""
        try:
            return items.items(self.new)
        except editing.UnknownPlaceError as error:
            raise InvalidValueError([(items.of, str(error))]) from error

    def rearrange(
        self,
        items: Items,
        after: Sequence[Item],
        undoes: dict[int, models.Correction] | None = None,
        restored: Sequence[tuple[int, float]] = (),
        mover: Item | None = None,
    ) -> None:
        """Let a list hold these items: those it held already (the same objects) and new ones.

        `undoes` tells, by the identity of an item that comes or goes, which correction is taken back by that;
        `mover` is the item that a person put elsewhere.
        """
        before, held = self.new, items.items(self.new)
        known, now = {id(item): n for n, item in enumerate(held)}, {id(item): n for n, item in enumerate(after)}
        gaps = _gaps(held, now)
        self.new = editing.splice(before, items, 0, len(held), tuple(after))
        entries = []
        undoes = undoes or {}
        places, places_now = items.places(held), items.places(after)
        for n, item in enumerate(held):
            if id(item) not in now:
                entries.append(_gone(before, items, n, places[n], gaps[n], undoes.get(id(item))))
        for n, item in enumerate(after):
            if id(item) not in known:
                entries.append(_come(self.new, items, n, places_now[n], undoes.get(id(item))))
        if mover is not None:
            back, at = known[id(mover)], now[id(mover)]
            content = {"list": items.kind.value, "of": items.of, "back": back}
            said = (items.words(before, back), f"第 {back + 1}", f"第 {at + 1}")
            entries.append(Entry(places_now[at], *said, "", Action.MOVE, content, undoes.get(id(mover))))
        self.rearranged.append(Rearranged(items, gaps, tuple(restored)))
        self._step(before, entries, settled=True)

    def _step(self, before: Disclosure, entries: Sequence[Entry], *, settled: bool = False) -> None:
        """Take over the entries of a step; `settled`: their places are those after it (or of what is gone)."""
        changed = editing.moves(before, self.new) if entries else {}
        if changed:
            self.moves.append(changed)
            self.entries = [_following(entry, changed) for entry in self.entries]
        self.entries += entries if settled else [_following(entry, changed) for entry in entries]


def _following(entry: Entry, changed: editing.Moves) -> Entry:
    is_gone = entry.action in (Action.REMOVE, Action.REMOVE_ROW)
    return entry if is_gone or not changed else replace(entry, place=editing.moved(entry.place, changed))


def _gaps(held: Sequence[Item], now: dict[int, int]) -> tuple[int, ...]:
    """For every position of the old list, and its end: behind which kept item it lies in the new one."""
    gaps = [0]
    for item in held:
        gaps.append(now[id(item)] + 1 if id(item) in now else gaps[-1])
    return tuple(gaps)


def _gone(
    disclosure: Disclosure, items: Items, at: int, place: str, gap: int, undoes: models.Correction | None
) -> Entry:
    item = items.items(disclosure)[at]
    content = {
        "list": items.kind.value,
        "of": items.of,
        "at": gap,
        "place": place,
        "item": editing.stored(item),
    }
    action = Action.REMOVE_ROW if items.kind is ListKind.ROWS else Action.REMOVE
    return Entry(place, items.words(disclosure, at), editing.said(item), None, "", action, content, undoes, at)


def _come(disclosure: Disclosure, items: Items, at: int, place: str, undoes: models.Correction | None) -> Entry:
    item = items.items(disclosure)[at]
    content = {"list": items.kind.value, "of": items.of, "item": editing.stored(item)}
    action = Action.ADD_ROW if items.kind is ListKind.ROWS else Action.ADD
    return Entry(place, items.words(disclosure, at), None, editing.said(item), "", action, content, undoes)


def _equal(path: editing.Path, before: object, value: object) -> bool:
    """Whether a value says the same; "500" typed over a printed "500.00" keeps what was printed."""
    if before == value:
        return True
    is_amount = editing.kind_of(path) in (editing.ValueKind.AMOUNT, editing.ValueKind.FUNDS)
    return is_amount and isinstance(before, str) and isinstance(value, str) and editing.same(path, before, value)


def named(disclosure: Disclosure, place: str, error: Exception) -> str:
    """A complaint about a value with the place it was meant for."""
    try:
        _, path = editing.find(disclosure, place)
    except editing.UnknownPlaceError:
        return str(error)
    return f"{editing.words_of(disclosure, path)}{error}"
