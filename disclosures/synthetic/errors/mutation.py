"""One planted error, and small edits that leave the rest of a disclosure alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from disclosures.plain.data import Cell, Disclosure, Paragraph, ProjectTarget, Row, Section, Table

_SUB_HEADING = re.compile(r"（(?P<chinese>[一二三四五六七八九十])）|(?P<digit>\d)、")


class UnspoilableError(ValueError):
    """The disclosure has no place for the kinds of error that were asked for."""


@dataclass(frozen=True, slots=True)
class Label:
    """What was planted: kind, the contract's family and severity, the place, and both values."""

    kind: str
    family: str
    severity: str
    where: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Mutation:
    """An error that could be planted; `apply` gives the spoilt disclosure."""

    label: Label
    apply: Callable[[], Disclosure]


Planter = Callable[[Disclosure, Random], Iterator[Mutation]]


def with_table(disclosure: Disclosure, table: Table) -> Disclosure:
    """The disclosure with one table exchanged."""
    return replace(disclosure, tables=tuple(table if old.id == table.id else old for old in disclosure.tables))


def with_row(disclosure: Disclosure, table: Table, position: int, row: Row) -> Disclosure:
    """The disclosure with one row of a table exchanged."""
    rows = (*table.rows[:position], row, *table.rows[position + 1 :])
    return with_table(disclosure, replace(table, rows=rows))


def with_value(row: Row, column: str, value: str | None) -> Row:
    """The row with one amount exchanged."""
    cells = tuple((key, replace(cell, value=value) if key == column else cell) for key, cell in row.cells)
    return replace(row, cells=cells)


def filled(row: Row) -> Iterator[tuple[str, Cell]]:
    """The cells of a row that print something."""
    return ((key, cell) for key, cell in row.cells if cell.value is not None)


def with_paragraph(disclosure: Disclosure, section: Section, position: int, text: str) -> Disclosure:
    """The disclosure with the text of one paragraph exchanged."""
    paragraphs = list(section.paragraphs)
    paragraphs[position] = Paragraph(text)
    changed = replace(section, paragraphs=tuple(paragraphs))
    return replace(
        disclosure,
        sections=tuple(changed if old.numeral == section.numeral else old for old in disclosure.sections),
    )


def place_of(section: Section, position: int) -> str:
    """The place of a paragraph: by its own number, or that of the sub-heading it stands under."""
    numbers = [_heading_number(paragraph.text) for paragraph in section.paragraphs]
    if any(numbers):
        above = [number for number in numbers[: position + 1] if number]
        return f"N/{section.numeral}/{above[-1]}" if above else f"N/{section.numeral}"
    return f"N/{section.numeral}/{position + 1}" if len(numbers) > 1 else f"N/{section.numeral}"


def _heading_number(text: str) -> int:
    """2 of "（二）…" and of "2、…", 0 where there is no such heading."""
    match = _SUB_HEADING.match(text)
    if match is None:
        return 0
    return int(match["digit"]) if match["digit"] else "一二三四五六七八九十".index(match["chinese"]) + 1


def with_target(disclosure: Disclosure, position: int, target: ProjectTarget) -> Disclosure:
    """The disclosure with one target form exchanged."""
    targets = list(disclosure.project_targets)
    targets[position] = target
    return replace(disclosure, project_targets=tuple(targets))


def change_digit(text: str, rng: Random, places: range) -> str:
    """The text with another digit at one of the given positions among its digits (0 is the first).

    A leading digit never becomes nought, so that the number keeps its length.
    """
    digits = [i for i, char in enumerate(text) if char.isdigit()]
    at = digits[rng.choice([place for place in places if place < len(digits)] or [0])]
    choices = [digit for digit in "0123456789" if digit != text[at] and not (digit == "0" and at == digits[0])]
    return text[:at] + rng.choice(choices) + text[at + 1 :]


def misspell(text: str, rng: Random) -> str:
    """The text with two neighbouring, different characters swapped; the first doubled where none differ."""
    places = [i for i in range(len(text) - 1) if text[i] != text[i + 1]]
    if not places:
        return text[:1] + text
    at = rng.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
