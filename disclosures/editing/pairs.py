"""The lines of a department-wide form (staff, funds, tasks) as one value: a text of lines, two columns by a tab.

A single count or amount is a place of its own; that a line is there, or is not, is a change of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from disclosures.plain.form_fields import OVERALL_FUNDS

Pairs = tuple[tuple[str, str | None], ...]

PAIRS = ("staff", "funds", "tasks")
_KEYS = {words: key for key, words in OVERALL_FUNDS.items()}


def told(pairs: Sequence[tuple[str, str | None]]) -> str | None:
    """The lines as history and screens write them; funds by what people call them. None: no line."""
    return "\n".join(f"{OVERALL_FUNDS.get(name, name)}\t{value or ''}" for name, value in pairs) or None


def taken(name: str, text: str | None, value: Callable[[str], str | None] = lambda text: text) -> Pairs:
    """The lines of a text; `value` takes the second column of each. Raises ValueError for two lines of one name."""
    found = []
    for line in (text or "").splitlines():
        first, _, second = (part.strip() for part in line.partition("\t"))
        if first or second:
            found.append((_KEYS.get(first, first) if name == "funds" else first, value(second)))
    names = [first for first, _ in found]
    if name != "tasks" and (len(set(names)) < len(names) or not all(names)):
        raise ValueError("每一行都要有名目，名目不能重复")
    return tuple(found)
