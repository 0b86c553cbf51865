"""One list in a new reading: what people added comes in, what they removed goes, what they moved moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .lists import Item
from .pairing import Line, pair
from .remembered import Remembered


@dataclass
class Merged:
    """The list in the new reading, and what became of the corrections of it."""

    items: list[Item]
    positions: dict[int, int] = field(default_factory=dict)  # of items of the old list in this one
    whole: set[int] = field(default_factory=set)  # positions of the old list: items brought in as they are
    gaps: list[tuple[Remembered, int, Item]] = field(default_factory=list)  # what is taken out, and from where
    backs: list[tuple[Remembered, int]] = field(default_factory=list)  # what is moved, and where it stood
    brought: list[Remembered] = field(default_factory=list)
    settled: list[Remembered] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Removed:
    """Something taken out: by which correction, as it was read, and behind how many items of the corrected list."""

    by: Remembered
    item: Item
    gap: int
    rearranged: bool  # it had been changed otherwise than in its values before


@dataclass(frozen=True, slots=True)
class ListCorrections:
    """What people did to one list: by the position of the item in the corrected list; what they took out."""

    added: Mapping[int, Remembered]
    moved: Mapping[int, Remembered]
    removed: Sequence[Removed]


Entry = tuple[Line | None, Item]
Entries = list[Entry]


def matched(
    mine: Sequence[Item], base: Sequence[Item], corrections: ListCorrections, now: Sequence[Item]
) -> list[Line]:
    """The corrected list with what was taken out of it, in order; with where that is in the new one."""
    lines: list[Line] = []
    for number in range(len(mine) + 1):
        gone = sorted((item for item in corrections.removed if min(item.gap, len(mine)) == number), key=_rank)
        lines += [Line(None, item.item, item.by) for item in gone]
        if number < len(mine):
            lines.append(Line(mine[number], None if number in corrections.added else base[number]))
    pair(lines, now)
    return lines


def _rank(removed: Removed) -> float:
    return float((removed.by.content or {}).get("rank", 0))


def merged(lines: Sequence[Line], now: Sequence[Item], corrections: ListCorrections) -> Merged:
    """The new list as people would have it."""
    kept = [line for line in lines if line.mine is not None]
    result = Merged([])
    entries = _without_removed(lines, now, corrections, result)
    # What was added may stand behind something that was moved there, so that is put in its place first.
    moves = _move(kept, entries, corrections, result)
    behind = _bring_in(kept, entries, corrections, result)
    result.backs = [(move.by, _back(move, behind)) for move in moves]
    numbers = {id(line): number for number, line in enumerate(kept)}
    result.items = [item for _, item in entries]
    result.positions = {numbers[id(line)]: n for n, (line, _) in enumerate(entries) if line is not None}
    return result


def _without_removed(
    lines: Sequence[Line], now: Sequence[Item], corrections: ListCorrections, result: Merged
) -> Entries:
    rearranged = {id(item.by) for item in corrections.removed if item.rearranged}
    partner = {line.found: line for line in lines if line.found is not None}
    entries: Entries = []
    for position, item in enumerate(now):
        line = partner.get(position)
        if line is None or line.removal is None:
            entries.append((line, item))
        elif line.tier == 0 or (line.tier == 1 and id(line.removal) in rearranged):
            result.gaps.append((line.removal, len(entries), item))
        else:
            entries.append((None, item))  # it says something else now: a person should look
    result.settled += [line.removal for line in lines if line.removal is not None and line.found is None]
    return entries


@dataclass(frozen=True, slots=True)
class _Move:
    """One item moved: by which correction, what it stood behind before, and the list after it."""

    by: Remembered
    entry: Entry
    stood_behind: Entry | None
    after: Entries


def _bring_in(
    kept: Sequence[Line], entries: Entries, corrections: ListCorrections, result: Merged
) -> list[tuple[Entry, Entry | None]]:
    """What was added comes behind what it stood behind; each with that."""
    found: list[tuple[Entry, Entry | None]] = []
    for number, addition in sorted(corrections.added.items()):
        line = kept[number]
        if line.mine is None or line.found is not None:
            result.settled.append(addition)
            continue
        at = _behind(kept[:number], entries)
        entry: Entry = (line, line.mine)
        found.append((entry, entries[at - 1] if at else None))
        entries.insert(at, entry)
        result.gaps = [(item, gap + (gap > at), gone) for item, gap, gone in result.gaps]
        result.whole.add(number)
        result.brought.append(addition)
    return found


def _move(kept: Sequence[Line], entries: Entries, corrections: ListCorrections, result: Merged) -> list[_Move]:
    """What was moved comes behind what it stands behind now, unless it is there."""
    moves = []
    for number, movement in sorted(corrections.moved.items()):
        line = kept[number]
        back = next((n for n, (known, _) in enumerate(entries) if known is line), None)
        if back is None:
            continue
        before = [known for known, _ in entries[:back] if known is not None]
        present = {id(known) for known, _ in entries}
        wanted = [known for known in kept[:number] if id(known) in present]
        if before[-1:] == wanted[-1:]:
            result.settled.append(movement)
            continue
        stood_behind = entries[back - 1] if back else None
        entry = entries.pop(back)
        at = _behind(kept[:number], entries)
        entries.insert(at, entry)
        gaps = [(item, gap - (gap > back), gone) for item, gap, gone in result.gaps]
        result.gaps = [(item, gap + (gap > at), gone) for item, gap, gone in gaps]
        moves.append(_Move(movement, entry, stood_behind, list(entries)))
    return moves


def _back(move: _Move, added: Sequence[tuple[Entry, Entry | None]]) -> int:
    """Where a moved item goes when its move is taken back, with what was added in the list."""
    there = list(move.after)
    for entry, behind in added:
        there.insert(0 if behind is None else _index(there, behind) + 1, entry)
    del there[_index(there, move.entry)]
    return 0 if move.stood_behind is None else _index(there, move.stood_behind) + 1


def _index(entries: Entries, wanted: Entry) -> int:
    return next(n for n, entry in enumerate(entries) if entry is wanted)


def _behind(before: Sequence[Line], entries: Entries) -> int:
    """The position behind the nearest of these lines that is in the list."""
    positions = {id(line): n for n, (line, _) in enumerate(entries) if line is not None}
    return next((positions[id(line)] + 1 for line in reversed(before) if id(line) in positions), 0)
