"""Errors in the budget tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from random import Random

from disclosures.plain.data import Disclosure, Level, Table
from disclosures.plain.places import row_keys, safe

from .mutation import Label, Mutation, change_digit, filled, misspell, with_row, with_table, with_value

# No equation a cell stands in lets it move by this much and still be explained by rounding: the
# shortest of them (a row, or the same amount in another table) has at most seven terms.
_BEYOND_ROUNDING = Decimal("0.10")


def digits(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """One printed digit of any amount, by more than rounding explains."""
    for table in disclosure.tables:
        keys = row_keys(table)
        for position, row in enumerate(table.rows):
            for column, cell in filled(row):
                before = cell.value or ""
                if (after := _other_amount(before, rng)) is None:
                    continue
                where = f"{table.id}/{keys[position]}/{column}"
                label = Label("table_digit", "arithmetic", "error", where, before, after)
                changed = with_value(row, column, after)
                yield Mutation(label, partial(with_row, disclosure, table, position, changed))


def _other_amount(before: str, rng: Random) -> str | None:
    whole = sum(char.isdigit() for char in before.split(".")[0])
    after = change_digit(before, rng, range(whole + 1))
    return after if abs(Decimal(after) - Decimal(before)) >= _BEYOND_ROUNDING else None


def code_names(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """A functional code's name misspelt in one of the tables that print it."""
    for table_id in ("T02", "T03", "T05"):
        table = disclosure.table(table_id)
        for position, row in enumerate(table.rows if table else ()):
            if table is None or not row.code:
                continue
            after = misspell(row.name, rng)
            label = Label("code_name", "code_name", "error", f"{table_id}/{row.code}", row.name, after)
            yield Mutation(label, partial(with_row, disclosure, table, position, replace(row, name=after)))


def titles(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """A table's year or unit as another document has it."""
    for table in disclosure.tables:
        year = (table.printed_year or disclosure.fiscal_year) - rng.choice((1, 1, 2))
        label = Label("table_year", "narrative_year", "error", table.id, str(table.printed_year), str(year))
        yield Mutation(label, partial(with_table, disclosure, replace(table, printed_year=year)))
        label = Label("table_unit", "format", "error", table.id, table.printed_unit, "元")
        yield Mutation(label, partial(with_table, disclosure, replace(table, printed_unit="元")))


def emptied(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """本表无数据 where the carry-over of other tables is not nil; a table left out altogether."""
    carried = disclosure.table("T13")
    if carried and not carried.no_data:
        label = Label("t13_emptied", "cross_table", "error", "T13", None, "本表无数据")
        yield Mutation(label, partial(with_table, disclosure, replace(carried, rows=(), no_data=True)))
    for table in disclosure.tables:
        label = Label("table_missing", "completeness", "error", table.id, table.title, None)
        yield Mutation(label, partial(_without, disclosure, table))


def _without(disclosure: Disclosure, table: Table) -> Disclosure:
    return replace(disclosure, tables=tuple(kept for kept in disclosure.tables if kept.id != table.id))


def project_names(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """A project called otherwise in T12 than in its target form."""
    table = disclosure.table("T12")
    if table is None:
        return
    for position, row in enumerate(table.rows):
        if row.level is not Level.PROJECT:
            continue
        after = row.name[:2] + rng.choice(("其他", "专项", "配套")) + row.name[2:]
        label = Label("project_renamed", "performance_match", "error", f"T12/{safe(after)}", row.name, after)
        changed = replace(row, name=after)
        yield Mutation(label, partial(with_row, disclosure, table, position, changed))
