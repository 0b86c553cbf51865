"""The house rule that no sentence of a real disclosure stands in the project, as a function."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
LENGTH = 36
_RUN = re.compile(r"[一-鿿，、；：（）“”《》0-9.%]{36,}")


def windows(text: str) -> set[str]:
    """Every run of 36 characters of Chinese text."""
    return {
        run[i : i + LENGTH] for match in _RUN.finditer(text) for run in [match.group()] for i in range(len(run) - 35)
    }


@lru_cache(maxsize=1)
def seed_windows() -> frozenset[str]:
    """The windows of all real documents beside the repository."""
    found: set[str] = set()
    for path in SEEDS.glob("*.txt"):
        found |= windows(path.read_text(encoding="utf-8-sig", errors="replace"))
    return frozenset(found)
