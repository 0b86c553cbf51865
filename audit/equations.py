"""What the rules on tables are written with: statements over cells, left out where cells are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from disclosures.plain.data import Side

from .catalogue import BUDGET_LAW, CLASSIFICATION, EQUAL, Check, Outcome, Rule
from .constraints import Linear
from .figures import Figure
from .findings import Family, Severity
from .tables import IndexedRow, IndexedTable


def ready(rule: Rule, *tables: IndexedTable) -> Iterator[Outcome]:
    """A not-checked statement for each table that is missing.

    An empty table says nil; that it must not be empty is the business of X-TABLE-EMPTY.
    """
    for table in tables:
        if table.table is None:
            yield rule.not_checked(f"{table.words}缺失", table.id)


def _empty(figure: Figure) -> bool:
    """Whether the figure's whole table is empty: that is one finding (X-TABLE-EMPTY), not one for each cell."""
    return figure.row is not None and figure.row.in_empty_table


def equal(rule: Rule, left: Figure | None, right: Figure | None) -> Iterator[Outcome]:
    """left = right, where both cells are there and not both blank."""
    if left is None or right is None or (left.is_blank and right.is_blank) or _empty(left) or _empty(right):
        return
    yield Linear(rule, (left,), (right,))


def within(rule: Rule, left: tuple[Figure | None, ...], right: tuple[Figure | None, ...]) -> Iterator[Outcome]:
    """Sum of left ≤ sum of right, where every cell is there."""
    less, more = tuple(f for f in left if f is not None), tuple(f for f in right if f is not None)
    if len(less) < len(left) or len(more) < len(right) or any(map(_empty, more)):
        return
    if any(not figure.is_blank for figure in less):
        yield Linear(rule, less, more, at_most=True)


def pairs(
    left: IndexedTable, right: IndexedTable, left_side: Side = Side.ONE, right_side: Side = Side.ONE
) -> Iterator[tuple[IndexedRow, IndexedRow]]:
    """合计 with 合计, and every code that is printed once in both tables."""
    totals = left.total(left_side), right.total(right_side)
    if totals[0] is not None and totals[1] is not None:
        yield totals[0], totals[1]
    for code in left.codes(left_side):
        one, other = left.row_of_code(code, left_side), right.row_of_code(code, right_side)
        if one is not None and other is not None and one.row is not None and other.row is not None:
            yield one, other


def adds_up(total: Figure, parts: Iterable[Figure]) -> bool:
    """Whether a figure can be the sum of others."""
    surplus, slack = total.middle, total.half
    for part in parts:
        surplus -= part.middle
        slack += part.half
    return abs(surplus) <= slack


def columns_sum(
    rule: Rule,
    total: IndexedRow,
    parts: Sequence[IndexedRow],
    words: str = "",
    columns: Iterable[str] | None = None,
) -> Iterator[Outcome]:
    """One statement for each column: the total row equals the sum of the rows; nothing where all is blank."""
    for key in columns if columns is not None else total.figures:
        figure, right = total.figures[key], tuple(row.figures[key] for row in parts)
        if figure.text is not None or any(part.text is not None for part in right):
            yield Linear(rule, (figure,), right, right_words=words)


def table_rule(
    rule_id: str,
    title: str,
    statement: str,
    tables: tuple[str, ...],
    example: str,
    check: Check,
    message: str = EQUAL,
    family: Family = Family.CROSS_TABLE,
) -> Rule:
    """A rule on tables whose breach is an error."""
    return Rule(
        id=rule_id,
        title=title,
        statement=statement,
        tables=tables,
        family=family,
        severity=Severity.ERROR,
        example=example,
        check=check,
        message=message,
        basis=CLASSIFICATION if family is Family.HIERARCHY else BUDGET_LAW,
    )
