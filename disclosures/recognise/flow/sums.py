"""Choosing the columns of all rows of a table together, by its column sums.

A family is a row and the rows it is the sum of. Where the likeliest columns of every row already make a
family add up and nothing else is as likely, nothing is chosen here. Otherwise the rows of the family whose
spacing leaves a choice are tried, from the top of the table down. No number is ever changed: a family that
does not add up whatever the columns stays as its spacing says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .columns import NIL, Amount, Option, spread
from .pieces import Run

NEAR = 1.0  # differences in evidence below this do not tell two readings apart
_WORTH = 5.0  # evidence against single rows that a family outweighs by adding up
_RARE = 0.3  # most that the rarity of a column may cost
_MOST_STATES = 1500
_MOST_STEPS = 40_000  # states tried for one child, so that a family of thousands stays quick

Cells = tuple[Amount | None, ...]


@dataclass(slots=True)
class Choice:
    """The options of one row, the likeliest first, and the one chosen."""

    run: Run
    options: list[Option]
    width: int
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

    def cells(self, option: int | None = None) -> Cells:
        columns = self.options[self.chosen if option is None else option].columns
        return spread(self.run, columns, self.width)


@dataclass(frozen=True, slots=True)
class Family:
    """A row and the rows it is the sum of, by position among the rows of the table."""

    parent: int
    children: tuple[int, ...]


_Sums = tuple[int, ...]
_Path = tuple["_Path | None", int]  # the choice made last, behind those made before it


@dataclass(frozen=True, slots=True)
class _State:
    """Some children decided: cost, the evidence in it, the number of ways that are as good, the choices."""

    cost: float
    evidence: float
    ways: int
    path: _Path | None


@dataclass(frozen=True, slots=True)
class _Solution:
    """A choice of columns for a whole family: the parent's option and those of its children."""

    parent: int
    children: tuple[int, ...]
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


def _vector(cells: Cells) -> _Sums:
    return tuple(cell.value if cell else 0 for cell in cells)


def _option_cells(choice: Choice) -> list[Cells]:
    return [choice.cells(n) for n in range(len(choice.options))]


def _merge(old: _State | None, new: _State) -> _State:
    if old is None:
        return new
    better, other = (new, old) if new.cost < old.cost else (old, new)
    if other.evidence < better.evidence + NEAR:
        return replace(better, ways=better.ways + other.ways)
    return better


def _allowed(choice: Choice, *, everything: bool) -> list[int]:
    """The options to try for a row: all likely ones while its own evidence leaves it open."""
    if choice.settled or (choice.clear and not everything):
        return [choice.chosen]
    limit = choice.options[0].evidence + _WORTH
    return [n for n, option in enumerate(choice.options) if option.evidence <= limit]


def _reachable(children: Sequence[Choice], ceiling: Sequence[int] | None, *, everything: bool) -> dict[_Sums, _State]:
    """All sums the children can have, each with its best choices. `ceiling` bounds sums of amounts ≥ 0."""
    states: dict[_Sums, _State] = {(0,) * children[0].width: _State(0.0, 0.0, 1, None)}
    for choice in children:
        cells = _option_cells(choice)
        tried = [(n, choice.options[n], _vector(cells[n])) for n in _allowed(choice, everything=everything)]
        states = _best_states(states, _MOST_STEPS // len(tried))
        following: dict[_Sums, _State] = {}
        for sums, state in states.items():
            for n, option, vector in tried:
                total = tuple(map(int.__add__, sums, vector))
                if ceiling is not None and any(map(int.__gt__, total, ceiling)):
                    continue
                new = _State(state.cost + option.cost, state.evidence + option.evidence, state.ways, (state.path, n))
                following[total] = _merge(following.get(total), new)
        states = _best_states(following, _MOST_STATES)
    return states


def _best_states(states: dict[_Sums, _State], most: int) -> dict[_Sums, _State]:
    if len(states) <= most:
        return states
    return dict(sorted(states.items(), key=lambda item: item[1].cost)[:most])


def _choices(path: _Path | None) -> list[int]:
    chosen = []
    while path is not None:
        path, n = path
        chosen.append(n)
    return chosen[::-1]


def _ceiling(parents: Sequence[Cells], children: Sequence[Choice], slack: int) -> list[int] | None:
    """The most each column of the children may sum to; None where amounts below nil leave it open."""
    if any(cell.value < 0 for child in children for cell in child.cells() if cell):
        return None
    tops = [[cells[column] or NIL for cells in parents] for column in range(len(parents[0]))]
    return [max(top.value + top.half for top in column) + slack for column in tops]


def _solve(parent: Choice, children: Sequence[Choice], *, everything: bool) -> _Solution | None:
    """The likeliest choice of columns with which the family adds up; None when there is none."""
    cells = _option_cells(parent)
    parents = _allowed(parent, everything=everything)
    # The most that rounding can move a column sum of the children.
    slack = sum(max((cell.half for cell in child.cells() if cell), default=0) for child in children)
    states = _reachable(children, _ceiling([cells[n] for n in parents], children, slack), everything=everything)
    found = [
        _Solution(
            parent=n,
            children=tuple(_choices(state.path)),
            cost=parent.options[n].cost + state.cost,
            evidence=parent.options[n].evidence + state.evidence,
            ways=state.ways,
        )
        for n in parents
        for sums, state in states.items()
        if _near(cells[n], sums, slack)
    ]
    for solution in sorted(found, key=lambda solution: solution.cost):
        chosen = [child.cells(n) for child, n in zip(children, solution.children, strict=True)]
        if _adds_up(cells[solution.parent], chosen):
            ways = sum(other.ways for other in found if other.evidence < solution.evidence + NEAR)
            return replace(solution, ways=ways)
    return None


def _near(whole: Cells, sums: _Sums, slack: int) -> bool:
    for cell, total in zip(whole, sums, strict=True):
        top = cell or NIL
        if abs(top.value - total) > top.half + slack:
            return False
    return True


def _settle(parent: Choice, children: Sequence[Choice]) -> bool:
    """Choose the columns of one family; whether the likeliest columns of its rows added up without that."""
    members = [parent, *children]
    fine = _adds_up(parent.cells(), [child.cells() for child in children])
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
    return fine


def _take(solution: _Solution, parent: Choice, children: Sequence[Choice], open_members: Sequence[Choice]) -> None:
    tied = solution.ways > 1 or parent.tied
    parent.chosen = solution.parent
    for child, n in zip(children, solution.children, strict=True):
        child.chosen = n
    for member in open_members:
        member.tied = tied
        member.settled = not tied
        member.by_sums = True


def choose_by_sums(choices: Sequence[Choice | None], families: Sequence[Family]) -> bool:
    """Choose columns in all families, those nearest the top of the table first.

    Returns whether every family added up with the likeliest columns of its rows.
    """
    fine = True
    for family in families:
        parent = choices[family.parent]
        children = [choice for child in family.children if (choice := choices[child]) is not None]
        if parent is not None and children:
            fine = _settle(parent, children) and fine
    return fine
