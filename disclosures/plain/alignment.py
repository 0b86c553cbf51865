"""Which item of a list is which after an edit."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Sequence

Pairs = list[tuple[int, int]]


def align(old: Sequence[object], new: Sequence[object], *, by_identity: bool = False) -> Pairs:
    """Positions of the same item before and after, in the order of the old list.

    Items that are equal are the same (`by_identity`: only the very same objects); of what lies between two
    such, the first changed is taken for the first new one, the second for the second.
    """
    same = operator.is_ if by_identity else _same
    start = 0
    while start < min(len(old), len(new)) and same(old[start], new[start]):
        start += 1
    rest_old, rest_new = list(range(start, len(old))), list(range(start, len(new)))
    while rest_old and rest_new and same(old[rest_old[-1]], new[rest_new[-1]]):
        rest_old.pop()
        rest_new.pop()
    pairs = [(n, n) for n in range(start)]
    pairs += zip(range(len(rest_old) + start, len(old)), range(len(rest_new) + start, len(new)), strict=True)
    return sorted(pairs + _between(old, new, rest_old, rest_new))


def _same(one: object, other: object) -> bool:
    return one is other or one == other


def _between(old: Sequence[object], new: Sequence[object], rest_old: list[int], rest_new: list[int]) -> Pairs:
    if not rest_old or not rest_new:
        return []
    places: dict[object, list[int]] = defaultdict(list)
    for n in reversed(rest_old):
        places[id(old[n])].append(n)
    partner: dict[int, int] = {}  # new -> old
    for n in rest_new:
        if places[id(new[n])]:
            partner[n] = places[id(new[n])].pop()
    taken = set(partner.values())
    # What is left stands in a slot behind the last item that has a partner.
    slots: dict[int, list[int]] = defaultdict(list)
    behind = -1
    for n in rest_old:
        if n in taken:
            behind = n
        else:
            slots[behind].append(n)
    pairs = [(before, after) for after, before in partner.items()]
    behind = -1
    for n in rest_new:
        if n in partner:
            behind = partner[n]
        elif slots[behind]:
            pairs.append((slots[behind].pop(0), n))
    return pairs
