"""Names of projects, units and indicators as people mistype and forms clip them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from disclosures.plain.text import fold, squeeze

_NOT_WORDS = re.compile(r"[^0-9a-zA-Z\u4e00-\u9fff%.]+")
_BRACKETS = str.maketrans("[]{}〈〉《》<>", "()()()()()")
# A clipped name shorter than this says too little to be taken for the whole.
_SHORTEST_CLIP = 4


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """A name without the differences of width, spaces, brackets and quotation marks."""
    return fold(name).translate(_BRACKETS).replace("'", '"')


@lru_cache(maxsize=8192)
def loose(name: str) -> str:
    """A name reduced to its letters, digits and Chinese characters."""
    return _NOT_WORDS.sub("", fold(name))


def printed(name: str) -> str:
    """A name as printed, without the spaces that padding and wraps leave."""
    return squeeze(name)


def is_clip(part: str, whole: str) -> bool:
    """Whether the first name is the second, cut off at its end."""
    short, long = loose(part), loose(whole)
    return _SHORTEST_CLIP <= len(short) < len(long) and long.startswith(short)


@lru_cache(maxsize=8192)
def grams(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a name."""
    text = loose(name)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """How alike two names are by their pairs, 0 to 1 (Dice)."""
    return 2 * len(left & right) / (len(left) + len(right))


def have_in_common(left: str, right: str, length: int) -> bool:
    """Whether two names share a run of so many characters."""
    one, other = loose(left), loose(right)
    return any(one[i : i + length] in other for i in range(len(one) - length + 1))


def pair_up(
    first: Mapping[int, str],
    second: Mapping[int, str],
    equal: Iterable[tuple[int, int]],
    least: float,
    least_equal: float,
) -> list[tuple[int, int]]:
    """The likeliest one-to-one pairing of two sets of names, best first.

    `equal` holds the pairs whose amounts agree: for them `least_equal` suffices, others need `least`.
    """
    agreeing = set(equal)
    left = {key: grams(name) for key, name in first.items()}
    right = {key: grams(name) for key, name in second.items()}
    scored = []
    for a, ga in left.items():
        for b, gb in right.items():
            score = likeness(ga, gb)
            agree = (a, b) in agreeing
            if score >= (least_equal if agree else least):
                scored.append((score + 0.3 * agree, a, b))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    pairs = []
    for _, a, b in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            pairs.append((a, b))
    return pairs
