"""Choosing the columns of all rows of a table together, by its column sums.

A family is a row and the rows it is the sum of. Where the likeliest columns of every row already make a
family add up and nothing else is as likely, nothing is chosen here. Otherwise the rows of the family whose
spacing leaves a choice are tried, from the top of the table down. No number is ever changed: a family that
does not add up whatever the columns stays as its spacing says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .columns import NIL, Amount, Cells, Option

NEAR = 1.0  # differences in evidence below this do not tell two readings apart
_WORTH = 5.0  # evidence against single rows that a family outweighs by adding up
_RARE = 0.3  # most that the rarity of a column may cost
_MOST_STATES = 2500  # kept in all for the open rows of a family, so that one of thousands stays quick
_FEWEST_STATES = 24


@dataclass(slots=True)
class Choice:
    """The options of one row, the likeliest first, and the one chosen."""

    options: list[Option]
    chosen: int = 0
    tied: bool = False  # another choice would do as well
    settled: bool = False  # decided together with the rows above it
    by_sums: bool = False  # a family had to decide
    confirmed: bool = False  # a family with this row in it adds up

    @property
    def option(self) -> Option:
        return self.options[self.chosen]

    @property
    def clear(self) -> bool:
        """Whether the row's own evidence leaves one reading only."""
        return len(self.options) == 1 or self.options[1].evidence - self.options[0].evidence >= NEAR

    @property
    def cells(self) -> Cells:
        return self.option.cells


@dataclass(frozen=True, slots=True)
class Family:
    """A row and the rows it is the sum of, by position among the rows of the table."""

    parent: int
    children: tuple[int, ...]


_Sums = tuple[int, ...]


class _State(NamedTuple):
    """Some rows decided: cost, the evidence in it, the number of ways that are as good, the choices."""

    cost: float
    evidence: float
    ways: int
    path: _Path | None


_Path = tuple["_Path | None", int, int]  # the choices before, the row chosen for last, its option


@dataclass(frozen=True, slots=True)
class _Solution:
    """A choice of columns for a whole family: the parent's option and those of its children."""

    parent: int
    path: _Path | None
    cost: float
    evidence: float
    ways: int


def with_rarity(choices: Iterable[Choice | None], width: int) -> None:
    """Let columns that clear rows of this table seldom use cost a little; sorts the options anew."""
    present = [choice for choice in choices if choice is not None]
    used = [0] * width
    clear = [choice for choice in present if choice.clear]
    for choice in clear:
        for column in choice.option.columns:
            used[column] += 1
    for choice in present:
        if len(choice.options) > 1:
            options = [
                replace(option, rarity=sum(_rarity(column, used, len(clear), width) for column in option.columns))
                for option in choice.options
            ]
            choice.options = sorted(options, key=lambda option: option.cost)


def _rarity(column: int, used: Sequence[int], rows: int, width: int) -> float:
    """Columns further right are rarer where the table itself cannot tell."""
    share = used[column] / rows if rows else 0.0
    return _RARE / width * (1.0 - share) + 0.001 * column


def _close(whole: int, half: int, parts: Iterable[Amount]) -> bool:
    value = 0
    for part in parts:
        value += part.value
        half += part.half
    return abs(whole - value) <= half


def _adds_up(parent: Cells, children: Sequence[Cells]) -> bool:
    for column, whole in enumerate(parent):
        top = whole or NIL
        if not _close(top.value, top.half, [cell for cells in children if (cell := cells[column]) is not None]):
            return False
    return True


def _merge(old: _State | None, new: _State) -> _State:
    if old is None:
        return new
    better, other = (new, old) if new.cost < old.cost else (old, new)
    if other.evidence < better.evidence + NEAR:
        return better._replace(ways=better.ways + other.ways)
    return better


def _allowed(choice: Choice, *, everything: bool) -> list[int]:
    """The options to try for a row: all likely ones while its own evidence leaves it open."""
    if choice.settled or (choice.clear and not everything):
        return [choice.chosen]
    limit = choice.options[0].evidence + _WORTH
    return [n for n, option in enumerate(choice.options) if option.evidence <= limit]


def _vector(cells: Cells) -> _Sums:
    return tuple(cell.value if cell else 0 for cell in cells)


@dataclass(slots=True)
class _Search:
    """Looks for choices of the rows under one reading of their sum, cheapest first, keeping only so many."""

    children: Sequence[Choice]
    whole: Cells
    everything: bool
    slack: int = 0
    signed: bool = False  # amounts below nil: sums may fall again, nothing can be ruled out early

    def __post_init__(self) -> None:
        amounts = [[cell for cell in child.option.cells if cell] for child in self.children]
        # The most that rounding can move a column sum of these rows.
        self.slack = sum(max((cell.half for cell in cells), default=0) for cells in amounts)
        self.signed = any(cell.value < 0 for cells in amounts for cell in cells)

    def run(self) -> dict[_Sums, _State]:
        """The sums near the whole that the rows can have, each with its best choices."""
        tops = [cell or NIL for cell in self.whole]
        high = [top.value + top.half + self.slack for top in tops]
        low = [top.value - top.half - self.slack for top in tops]
        tried = [self._tried(child, high) for child in self.children]
        start = _State(0.0, 0.0, 1, None)
        states: dict[_Sums, _State] = {(0,) * len(high): start}
        order = sorted(range(len(tried)), key=lambda n: len(tried[n]))
        rest = self._still_to_come(tried, order)
        most = max(_FEWEST_STATES, _MOST_STATES // max(1, sum(1 for options in tried if len(options) > 1)))
        for n, coming in zip(order, rest, strict=True):
            states = self._step(
                states, n, tried[n], high, [bound - more for bound, more in zip(low, coming, strict=True)]
            )
            if len(states) > most:
                states = dict(sorted(states.items(), key=lambda item: item[1].cost)[:most])
        return states

    def _tried(self, child: Choice, high: Sequence[int]) -> list[tuple[int, Option, _Sums]]:
        vectors = [
            (n, child.options[n], _vector(child.options[n].cells)) for n in _allowed(child, everything=self.everything)
        ]
        if self.signed:
            return vectors
        return [item for item in vectors if all(map(int.__le__, item[2], high))]

    def _still_to_come(self, tried: Sequence[list[tuple[int, Option, _Sums]]], order: Sequence[int]) -> list[list[int]]:
        """Behind each row in order, the most that the rows after it can add to every column."""
        width = len(self.whole)
        coming = [0] * width
        found = []
        for n in reversed(order):
            found.append(coming)
            most = [max((vector[column] for _, _, vector in tried[n]), default=0) for column in range(width)]
            coming = [old + new for old, new in zip(coming, most, strict=True)]
        return found[::-1]

    def _step(
        self,
        states: dict[_Sums, _State],
        child: int,
        tried: Sequence[tuple[int, Option, _Sums]],
        high: Sequence[int],
        low: Sequence[int],
    ) -> dict[_Sums, _State]:
        following: dict[_Sums, _State] = {}
        for sums, state in states.items():
            for n, option, vector in tried:
                total = tuple(map(int.__add__, sums, vector))
                if not self.signed and not (all(map(int.__le__, total, high)) and all(map(int.__ge__, total, low))):
                    continue
                path = (state.path, child, n)
                new = _State(state.cost + option.cost, state.evidence + option.evidence, state.ways, path)
                following[total] = _merge(following.get(total), new)
        return following

    def near(self, states: dict[_Sums, _State]) -> list[_State]:
        """Those that come to the whole, as far as rounding lets one tell."""
        tops = [cell or NIL for cell in self.whole]
        return [
            state
            for sums, state in states.items()
            if all(abs(top.value - total) <= top.half + self.slack for top, total in zip(tops, sums, strict=True))
        ]


def _choices(path: _Path | None, count: int) -> tuple[int, ...]:
    chosen = [0] * count
    while path is not None:
        path, child, n = path
        chosen[child] = n
    return tuple(chosen)


def _solve(parent: Choice, children: Sequence[Choice], *, everything: bool) -> _Solution | None:
    """The likeliest choice of columns with which the family adds up; None when there is none."""
    found = []
    for n in _allowed(parent, everything=everything):
        option = parent.options[n]
        search = _Search(children, option.cells, everything)
        found += [
            _Solution(n, state.path, option.cost + state.cost, option.evidence + state.evidence, state.ways)
            for state in search.near(search.run())
        ]
    for solution in sorted(found, key=lambda solution: solution.cost):
        chosen = _choices(solution.path, len(children))
        cells = [child.options[n].cells for child, n in zip(children, chosen, strict=True)]
        if _adds_up(parent.options[solution.parent].cells, cells):
            ways = sum(other.ways for other in found if other.evidence < solution.evidence + NEAR)
            return replace(solution, ways=ways)
    return None


def _is_fine(parent: Choice, children: Sequence[Choice]) -> bool:
    """Whether a family adds up with the columns chosen so far."""
    return _adds_up(parent.cells, [child.cells for child in children])


def _settle(parent: Choice, children: Sequence[Choice]) -> None:
    """Choose the columns of one family."""
    members = [parent, *children]
    fine = _is_fine(parent, children)
    open_members = [member for member in members if not member.clear and not member.settled]
    solution = None
    if open_members or not fine:
        now = sum(member.option.evidence for member in members)
        solution = _solve(parent, children, everything=False) if open_members else None
        if solution is None and not fine:
            solution = _solve(parent, children, everything=True)
            open_members = [member for member in members if not member.settled]
        if solution is not None and not fine and solution.evidence > now + _WORTH:
            solution = None
    if solution is not None:
        _take(solution, parent, children, open_members)
    if solution is not None or fine:
        for member in members:
            member.confirmed = True


def _take(solution: _Solution, parent: Choice, children: Sequence[Choice], open_members: Sequence[Choice]) -> None:
    tied = solution.ways > 1 or parent.tied
    parent.chosen = solution.parent
    for child, n in zip(children, _choices(solution.path, len(children)), strict=True):
        child.chosen = n
    for member in open_members:
        member.tied = tied
        member.settled = not tied
        member.by_sums = True


def _hear_children(parent: Choice, children: Sequence[Choice]) -> None:
    """Let the rows of a family say which columns of their sum they can add up to, at what cost."""
    members = [parent, *children]
    if len(parent.options) == 1 or (all(member.clear for member in members) and _is_fine(parent, children)):
        return
    costs: list[float | None] = []
    for option in parent.options:
        search = _Search(children, option.cells, everything=True)
        costs.append(min((state.evidence for state in search.near(search.run())), default=None))
    least = min((cost for cost in costs if cost is not None), default=None)
    if least is None:
        return
    below = [_WORTH if cost is None else min(_WORTH, cost - least) for cost in costs]
    heard = [replace(option, below=cost) for option, cost in zip(parent.options, below, strict=True)]
    parent.options = sorted(heard, key=lambda option: option.cost)


def choose_by_sums(choices: Sequence[Choice | None], families: Sequence[Family]) -> bool:
    """Choose columns in all families, those nearest the top of the table first.

    Returns whether every family added up with the likeliest columns of its rows.
    """
    present = []
    for family in families:
        parent = choices[family.parent]
        children = [choice for child in family.children if (choice := choices[child]) is not None]
        if parent is not None and children:
            present.append((parent, children))
    fine = all(_is_fine(parent, children) for parent, children in present)
    for parent, children in reversed(present):
        _hear_children(parent, children)
    for parent, children in present:
        _settle(parent, children)
    return fine
