"""Text shared between forms, by hashes of runs of characters: linear in the text, never pairwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .names import loose

_RUN = 20  # characters: shorter runs are common phrases of budget prose


@dataclass(frozen=True, slots=True)
class Shared:
    """Two texts that have a large part in common; `part` is that of the shorter one."""

    first: int
    second: int
    part: float


def shared(texts: Mapping[int, str], least: float = 0.8) -> list[Shared]:
    """Pairs of texts of which the shorter is found, run by run, in the longer.

    Each text is paired with the first one it shares with, so that a boilerplate of n texts gives n - 1 pairs.
    """
    owners: dict[str, int] = {}
    found = []
    for key, text in texts.items():
        plain = loose(text)
        runs = [plain[i : i + _RUN] for i in range(max(len(plain) - _RUN + 1, 0))]
        common: defaultdict[int, int] = defaultdict(int)
        for run in runs:
            owner = owners.setdefault(run, key)
            if owner != key:
                common[owner] += 1
        if common:
            other, count = max(common.items(), key=lambda item: item[1])
            if count >= least * len(runs):
                found.append(Shared(other, key, count / len(runs)))
    return found
