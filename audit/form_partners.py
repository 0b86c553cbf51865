"""Which target form belongs to which project line of T12 and T13: by name, however it is mistyped, and by amount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from .figures import Figure
from .tables import IndexedRow
from .text import names

# How alike two differently worded names must be to be partners, and when their amounts agree besides.
_LIKE = 0.72
_LIKE_EQUAL = 0.5


class Likeness(IntEnum):
    """How the two names agree."""

    SAME = 0
    WIDTH = 1  # brackets, width, spaces, quotation marks
    MARKS = 2  # other punctuation
    CLIPPED = 3
    OTHER_WORDS = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A form (by position) and its line."""

    form: int
    row: IndexedRow
    likeness: Likeness


@dataclass(slots=True)
class Partners:
    """Matches of forms with T12 and with T13, and what was left alone on either side."""

    this_year: dict[int, Match] = field(default_factory=dict)
    carried: dict[int, Match] = field(default_factory=dict)
    lone_forms: list[int] = field(default_factory=list)
    lone_this_year: list[IndexedRow] = field(default_factory=list)
    lone_carried: list[IndexedRow] = field(default_factory=list)


NamedFunds = tuple[str, Figure]


def _agree(funds: Figure, row: IndexedRow) -> bool:
    total = row["total"]
    return abs(funds.middle - total.middle) <= funds.half + total.half


def _pick(forms: list[int], rows: list[IndexedRow], funds: Sequence[NamedFunds]) -> list[tuple[int, IndexedRow]]:
    """Pairs among forms and lines of one name: equal amounts first, the rest in printed order."""
    pairs, free = [], list(rows)
    waiting = []
    for form in forms:
        row = next((row for row in free if _agree(funds[form][1], row)), None)
        if row is None:
            waiting.append(form)
        else:
            free.remove(row)
            pairs.append((form, row))
    return pairs + list(zip(waiting, free, strict=False))


class _Pairing:
    """The forms and the lines of one table that have no partner yet."""

    def __init__(self, funds: Sequence[NamedFunds], forms: Sequence[int], rows: Sequence[IndexedRow]) -> None:
        self.funds = funds
        self.forms = list(forms)
        self.rows = list(rows)
        self.found: dict[int, Match] = {}

    def take(self, pairs: Sequence[tuple[int, IndexedRow]], likeness: Likeness) -> None:
        for form, row in pairs:
            self.found[form] = Match(form, row, likeness)
            self.forms.remove(form)
            self.rows.remove(row)

    def by_name(self, key: Callable[[str], str], likeness: Likeness) -> None:
        lines: dict[str, list[IndexedRow]] = defaultdict(list)
        for row in self.rows:
            lines[key(row.name)].append(row)
        forms: dict[str, list[int]] = defaultdict(list)
        for form in self.forms:
            if self.funds[form][0]:
                forms[key(self.funds[form][0])].append(form)
        for name, group in forms.items():
            if name in lines:
                self.take(_pick(group, lines[name], self.funds), likeness)

    def by_clip(self) -> None:
        for form in list(self.forms):
            name = self.funds[form][0]
            rows = [row for row in self.rows if names.is_clip(name, row.name) or names.is_clip(row.name, name)]
            agreeing = [row for row in rows if _agree(self.funds[form][1], row)]
            chosen = agreeing or rows
            if len(chosen) == 1:
                self.take([(form, chosen[0])], Likeness.CLIPPED)

    def by_likeness(self) -> None:
        lines = dict(enumerate(self.rows))
        waiting = {form: self.funds[form][0] for form in self.forms if self.funds[form][0]}
        equal = [(form, n) for form in waiting for n, row in lines.items() if _agree(self.funds[form][1], row)]
        pairs = names.pair_up(waiting, {n: row.name for n, row in lines.items()}, equal, _LIKE, _LIKE_EQUAL)
        self.take([(form, lines[n]) for form, n in pairs], Likeness.OTHER_WORDS)

    def by_amount_without_name(self) -> None:
        """A form that lost its head belongs to the one free line that has its amount."""
        for form in [form for form in self.forms if not self.funds[form][0]]:
            rows = [row for row in self.rows if _agree(self.funds[form][1], row)]
            if len(rows) == 1 and self.funds[form][1].middle:
                self.take([(form, rows[0])], Likeness.SAME)

    def run(self) -> None:
        self.by_name(names.printed, Likeness.SAME)
        self.by_name(names.folded, Likeness.WIDTH)
        self.by_name(names.loose, Likeness.MARKS)
        self.by_clip()
        self.by_likeness()
        self.by_amount_without_name()


def find_partners(
    funds: Sequence[NamedFunds], this_year: Sequence[IndexedRow], carried: Sequence[IndexedRow]
) -> Partners:
    """Pair forms with the lines of T12, then those left with the lines of T13.

    A line of T13 whose project has a form for this year's money needs no form of its own.
    """
    first = _Pairing(funds, range(len(funds)), this_year)
    first.run()
    second = _Pairing(funds, first.forms, carried)
    second.run()
    covered = {names.loose(funds[form][0]) for form in first.found}
    return Partners(
        this_year=first.found,
        carried=second.found,
        lone_forms=second.forms,
        lone_this_year=first.rows,
        lone_carried=[row for row in second.rows if names.loose(row.name) not in covered],
    )
