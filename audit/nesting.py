"""How the rows of T12 and T13 nest: department, units, projects.

The reader's levels are believed; where it gave none, names of units decide, and where those are not known
either, the sums themselves. A reading under which everything adds up always wins, because no true
error makes a wrong reading add up. Where no reading is sure, the nesting is unknown (None).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from disclosures.plain.data import Level
from disclosures.plain.text import fold

from .context import CheckContext
from .equations import adds_up
from .intervals import ZERO
from .tables import IndexedRow, IndexedTable

_RANKS = {
    Level.TOTAL: 0,
    Level.DEPARTMENT: 1,
    Level.UNIT: 2,
    Level.GROUP: 2,
    Level.PROJECT: 3,
    Level.ITEM: 3,
}


@dataclass(frozen=True, slots=True)
class Nesting:
    """Rows that stand on top (together they are the whole table), and each parent with the rows below it."""

    top: tuple[IndexedRow, ...]
    below: tuple[tuple[IndexedRow, tuple[IndexedRow, ...]], ...]

    @property
    def leaves(self) -> tuple[IndexedRow, ...]:
        """Rows with nothing below them: the projects. A department or unit printed without projects is among them."""
        parents = {id(parent) for parent, _ in self.below}
        rows = (*self.top, *(child for _, children in self.below for child in children))
        return tuple(row for row in rows if id(row) not in parents)

    @property
    def holds(self) -> bool:
        """Whether every parent's total is the sum of the rows below it."""
        return all(_adds_up(parent, children) for parent, children in self.below)


def _adds_up(parent: IndexedRow, children: Sequence[IndexedRow]) -> bool:
    return adds_up(parent["total"], (row["total"] for row in children))


def _tree(rows: Sequence[IndexedRow], ranks: Sequence[int]) -> Nesting:
    """Nest rows by rank: the parent of a row is the nearest row above it of a smaller rank."""
    below: dict[int, list[IndexedRow]] = {}
    stack: list[tuple[int, IndexedRow]] = []
    top: list[IndexedRow] = []
    for row, rank in zip(rows, ranks, strict=True):
        while stack and stack[-1][0] >= rank:
            stack.pop()
        if stack:
            below.setdefault(id(stack[-1][1]), []).append(row)
        else:
            top.append(row)
        stack.append((rank, row))
    by_id = {id(row): row for row in rows}
    return Nesting(tuple(top), tuple((by_id[key], tuple(children)) for key, children in below.items()))


def _unit_names(context: CheckContext) -> set[str]:
    """Names of the department and its units, as the document itself uses them."""
    names = {fold(context.disclosure.department)}
    for table_id in ("T11", "T12", "T13"):
        table = context.tables.get(table_id)
        for row in table.rows if table else ():
            if row.row is None:
                continue
            if table_id == "T11" or row.row.level in (Level.UNIT, Level.DEPARTMENT):
                names.add(fold(row.name))
            if row.row.unit_name:
                names.add(fold(row.row.unit_name))
    return names


def _known_ranks(rows: Sequence[IndexedRow]) -> list[int] | None:
    levels = [row.row.level if row.row else None for row in rows]
    ranks = [_RANKS[level] for level in levels if level is not None]
    return ranks if len(ranks) == len(rows) else None


def _ranks_by_name(rows: Sequence[IndexedRow], names: set[str]) -> list[int] | None:
    """First row the department, rows that bear a unit's name units, the rest projects."""
    if rows[0] is rows[0].table.total():
        below = _ranks_by_name(rows[1:], names)
        return [0, *below] if below else [0, *(3 for _ in rows[1:])]
    if fold(rows[0].name) not in names:
        return None
    ranks = [1, *(2 if fold(row.name) in names else 3 for row in rows[1:])]
    if 2 in ranks and ranks[1] == 3:
        return None
    return ranks


def _ranks_by_sums(rows: Sequence[IndexedRow]) -> list[int] | None:
    """Units found by their sums: a row, then the rows after it that add up to it, and so on to the end."""
    ranks = [1]
    at = 1
    while at < len(rows):
        end = at + 1
        while end < len(rows) and not _adds_up(rows[at], rows[at + 1 : end]):
            end += 1
        if not _adds_up(rows[at], rows[at + 1 : end]):
            return None
        ranks += [2] + [3] * (end - at - 1)
        at = end
    return ranks


def _flat_ranks(rows: Sequence[IndexedRow]) -> list[int]:
    return [1] + [3] * (len(rows) - 1)


def _candidates(rows: Sequence[IndexedRow], names: set[str]) -> Iterator[list[int]]:
    """Readings from the surest to the boldest."""
    if rows[0] is rows[0].table.total() and len(rows) > 2:
        # A 合计 line above the department's own.
        yield from ([0, *ranks] for ranks in _candidates(rows[1:], names))
    for ranks in (_known_ranks(rows), _ranks_by_name(rows, names)):
        if ranks:
            yield ranks
    yield _flat_ranks(rows)
    by_sums = _ranks_by_sums(rows)
    if by_sums:
        yield by_sums


def _likely_flat(rows: Sequence[IndexedRow]) -> bool:
    """Whether the rows after the first come to about the first; with units between they come to twice it."""
    whole = rows[0]["total"].middle
    return whole > 0 and sum((row["total"].middle for row in rows[1:]), ZERO) < whole * 3 / 2


def nesting(context: CheckContext, table: IndexedTable) -> Nesting | None:
    """How a table nests, or None when nobody can tell. Worked out once for each table of a context."""
    return context.once(f"nesting {table.id}", lambda: _nesting(context, context.table(table.id)))


def _nesting(context: CheckContext, table: IndexedTable) -> Nesting | None:
    total = table.total()
    rows = [row for row in table.rows if row.row is not None and row is not total]
    # 合计 may stand at the foot of the table; it is the top all the same.
    rows = [total, *rows] if total is not None else rows
    if len(rows) < 2:
        return Nesting(tuple(rows), ())
    names = _unit_names(context)
    readings = [_tree(rows, ranks) for ranks in _candidates(rows, names)]
    for reading in readings:
        if reading.holds:
            return reading
    known = _known_ranks(rows)
    if known:
        return _tree(rows, known)
    by_name = _ranks_by_name(rows, names)
    if by_name is not None and (2 in by_name or _likely_flat(rows)):
        return _tree(rows, by_name)
    return None
