"""Places that changed their name because a row, a project or an indicator was renamed, added or removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from disclosures.plain.data import Disclosure, Indicator
from disclosures.plain.places import row_keys, target_keys

from .places import indicator_places

Moves = dict[str, str]


def moves(old: Disclosure, new: Disclosure) -> Moves:
    """Beginnings of places with what they are now; only those that changed."""
    return {before: after for before, after in _pairs(old, new) if before != after}


def moved(place: str, changed: Mapping[str, str]) -> str:
    """A place after the moves; its longest beginning that moved decides."""
    steps = place.split("/")
    for length in range(len(steps), 0, -1):
        beginning = "/".join(steps[:length])
        if beginning in changed:
            # Fields of a form whose indicator moved as well are covered by the longer beginning.
            return "/".join((changed[beginning], *steps[length:]))
    return place


def _pairs(old: Disclosure, new: Disclosure) -> Iterator[tuple[str, str]]:
    for before, after in zip(old.tables, new.tables, strict=True):
        if before.rows is not after.rows:
            keys, now = row_keys(before), row_keys(after)
            for i, j in _partners(before.rows, after.rows):
                yield f"{before.id}/{keys[i]}", f"{before.id}/{now[j]}"
    if old.project_targets is not new.project_targets:
        forms = zip(old.project_targets, new.project_targets, strict=True)
        names = zip(target_keys(old.project_targets), target_keys(new.project_targets), strict=True)
        for (first, second), (key, now_key) in zip(forms, names, strict=True):
            yield f"P/{key}", f"P/{now_key}"
            if first is not second:
                yield from _indicators(f"P/{key}", first.indicators, f"P/{now_key}", second.indicators)
    if old.overall_targets is not new.overall_targets:
        for number, (one, other) in enumerate(zip(old.overall_targets, new.overall_targets, strict=True)):
            part = "O" if number == 0 else f"O#{number + 1}"
            yield from _indicators(part, one.indicators, part, other.indicators)


def _indicators(
    part: str, old: tuple[Indicator, ...], now_part: str, new: tuple[Indicator, ...]
) -> Iterator[tuple[str, str]]:
    yield from zip(indicator_places(part, old), indicator_places(now_part, new), strict=True)


def _partners(old: Sequence[object], new: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Positions of the same row before and after; rows were added or removed in one place at most."""
    if len(old) == len(new):
        yield from ((n, n) for n in range(len(old)))
        return
    start = 0
    while start < min(len(old), len(new)) and old[start] is new[start]:
        start += 1
    yield from ((n, n) for n in range(start))
    yield from ((len(old) - n, len(new) - n) for n in range(1, min(len(old), len(new)) - start + 1))
