"""Places that changed their name because a row, a project or an indicator was renamed, added or removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from disclosures.plain.alignment import align
from disclosures.plain.data import Disclosure

from .lists import Item, Items, ListKind

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
    tables = {table.id: table for table in new.tables}
    for table in old.tables:
        after = tables.get(table.id)
        if after is not None and table.rows is not after.rows:
            yield from _inner(ListKind.ROWS, table.id, table.id, table.rows, after.rows)
    if old.sections is not new.sections:
        for part, now_part, i, j in _parts(Items(ListKind.SECTIONS), old, new):
            yield part, now_part
            before, now = old.sections[i].paragraphs, new.sections[j].paragraphs
            yield from _inner(ListKind.PARAGRAPHS, part, now_part, before, now)
    for kind, name in ((ListKind.FORMS, "project_targets"), (ListKind.OVERALL, "overall_targets")):
        forms, now_forms = getattr(old, name), getattr(new, name)
        if forms is not now_forms:
            for part, now_part, i, j in _parts(Items(kind), old, new):
                yield part, now_part
                yield from _inner(ListKind.INDICATORS, part, now_part, forms[i].indicators, now_forms[j].indicators)
    if old.other_tables is not new.other_tables:
        yield from ((part, now_part) for part, now_part, _, _ in _parts(Items(ListKind.OTHERS), old, new))


def _parts(items: Items, old: Disclosure, new: Disclosure) -> Iterator[tuple[str, str, int, int]]:
    before, after = items.items(old), items.items(new)
    places, now = items.places(before), items.places(after)
    yield from ((places[i], now[j], i, j) for i, j in align(before, after, by_identity=True))


def _inner(
    kind: ListKind, part: str, now_part: str, before: Sequence[Item], after: Sequence[Item]
) -> Iterator[tuple[str, str]]:
    """Items of a part that may have another name now."""
    if before is after and part == now_part:
        return
    places, now = Items(kind, part).places(before), Items(kind, now_part).places(after)
    yield from ((places[i], now[j]) for i, j in align(before, after, by_identity=True))
