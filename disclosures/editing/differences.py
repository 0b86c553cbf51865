"""What two disclosures say differently: a final file against the approved data, one version against another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from disclosures.plain.data import Disclosure
from disclosures.plain.places import row_keys, target_keys
from disclosures.plain.text import fold

from .paths import read
from .places import Path, parts, places_of_part
from .values import same, shown
from .words import words_of

_TOLD_BY_LINE = ("staff", "funds")  # of a department-wide form: each line is a place of its own


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where they differ; None where it is blank or not there."""

    place: str
    words: str
    first: str | None
    second: str | None

    @property
    def sentence(self) -> str:
        """What a final file says otherwise than the approved data, for a person."""
        return f"{self.words}：通过审核的是“{self.first or '空白'}”，定稿中是“{self.second or '空白'}”"


def differences(first: Disclosure, second: Disclosure) -> tuple[Difference, ...]:
    """Every printed value that differs. Amounts compare as numbers, texts without regard to spaces and widths."""
    return (*_facts(first, second), *_in_parts(first, second), *_orders(first, second))


def _facts(first: Disclosure, second: Disclosure) -> Iterator[Difference]:
    if first.fiscal_year != second.fiscal_year:
        yield Difference("doc", "预算年度", str(first.fiscal_year), str(second.fiscal_year))
    if first.kind is not second.kind:
        yield Difference("doc", "类型", first.kind.value, second.kind.value)
    for a, b in zip_longest(first.other_tables, second.other_tables):
        if a is None or b is None or _rows(a.rows) != _rows(b.rows):
            yield Difference("doc", f"其他表格“{(a or b).title or ''}”", _size(a), _size(b))
    for old, new in zip_longest(first.attachments, second.attachments):
        if old is None or new is None or fold(old.title) != fold(new.title):
            yield Difference("doc", "附件", old.title if old else None, new.title if new else None)


def _rows(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    return [[fold(cell) for cell in row] for row in rows]


def _size(table: object) -> str | None:
    return None if table is None else f"{len(getattr(table, 'rows', ()))} 行"


def _in_parts(first: Disclosure, second: Disclosure) -> Iterator[Difference]:
    for part in dict.fromkeys((*parts(first), *parts(second))):
        old, new = places_of_part(first, part), places_of_part(second, part)
        for place in dict.fromkeys((*old, *new)):
            yield from _at(first, old.get(place), second, new.get(place), place)


def _at(first: Disclosure, old: Path | None, second: Disclosure, new: Path | None, place: str) -> Iterator[Difference]:
    path = old or new
    if path is None or path[-1] in _TOLD_BY_LINE:
        return
    a = shown(read(first, old)) if old else None
    b = shown(read(second, new)) if new else None
    if not same(path, a, b):
        yield Difference(place, words_of(first, old) if old else words_of(second, path), a, b)


def _orders(first: Disclosure, second: Disclosure) -> Iterator[Difference]:
    """The same rows, sections or forms in another order, or blank rows that the places do not show."""
    for part, old, new in _sequences(first, second):
        if old != new and sorted(old) == sorted(new):
            yield Difference(part, f"{part} 的顺序", None, None)
        elif len(old) != len(new):
            yield Difference(part, f"{part} 的条数", str(len(old)), str(len(new)))


def _sequences(first: Disclosure, second: Disclosure) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    for table in first.tables:
        other = second.table(table.id)
        if other is not None:
            yield table.id, row_keys(table), row_keys(other)
    yield "N", tuple(s.numeral for s in first.sections), tuple(s.numeral for s in second.sections)
    yield "P", target_keys(first.project_targets), target_keys(second.project_targets)
