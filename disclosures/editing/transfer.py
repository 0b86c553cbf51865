"""Taking corrections over to another reading of the same document: a newer file, or the final one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from disclosures.plain.data import Disclosure, Row, Surety
from disclosures.plain.places import row_keys

from .paths import read, surety_of, with_surety, write
from .places import declaration, label_attributes, path_or_none
from .rows import add_row, remove_row
from .values import ValueKind, checked, kind_of, same, shown


class Remembered(Protocol):
    """A correction as it is remembered."""

    place: str
    action: str
    read_value: str | None
    old_value: str | None
    new_value: str | None


@dataclass
class Transfer:
    """The new reading with what still applies; which corrections those are, which are settled, which fit no more."""

    disclosure: Disclosure
    applied: list[tuple[Remembered, Surety]] = field(default_factory=list)  # with the surety of the new reading
    settled: list[Remembered] = field(default_factory=list)
    left: list[Remembered] = field(default_factory=list)

    @property
    def applied_items(self) -> list[Remembered]:
        return [item for item, _ in self.applied]


def transfer(old: Disclosure, new: Disclosure, corrections: Iterable[Remembered]) -> Transfer:
    """Apply the corrections of `old` (its corrected state) to `new`, in the order in which they were made.

    One applies where the new reading says what the old one said; it is settled where the new reading
    already says what it was corrected to.
    """
    result = Transfer(new)
    steps = {"set": _set, "add_row": _add, "remove_row": _remove}
    for item in corrections:
        steps[item.action](old, result, item)
    return result


def printed_row(row: Row) -> str:
    """A row as the memory of its removal keeps it."""
    return "；".join(filter(None, (row.code, row.name, row.second_name, *(cell.value for _, cell in row.cells))))


def _set(_old: Disclosure, result: Transfer, item: Remembered) -> None:
    path = path_or_none(result.disclosure, item.place)
    if path is None:
        result.left.append(item)
        return
    value = shown(read(result.disclosure, path))
    if same(path, value, item.new_value):
        result.settled.append(item)
    elif same(path, value, item.read_value):
        result.applied.append((item, surety_of(result.disclosure, path)))
        is_typed = kind_of(path) in (ValueKind.YEAR, ValueKind.FLAG)
        held = checked(path, item.new_value) if is_typed else item.new_value
        result.disclosure = with_surety(write(result.disclosure, path, held), path, Surety.SURE)
    else:
        result.left.append(item)


def _add(old: Disclosure, result: Transfer, item: Remembered) -> None:
    table_id, _, key = item.place.partition("/")
    before, now = old.table(table_id), result.disclosure.table(table_id)
    if before is None or now is None or key not in row_keys(before):
        result.left.append(item)
        return
    keys, keys_now = row_keys(before), row_keys(now)
    if key in keys_now:
        result.settled.append(item)
        return
    position = keys.index(key)
    above = next((keys_now.index(k) for k in reversed(keys[:position]) if k in keys_now), -1)
    row = before.rows[position]
    attributes = label_attributes(declaration(old, table_id).side(row.side))
    labels = {label: getattr(row, attribute) for label, attribute in attributes.items()}
    result.disclosure = add_row(result.disclosure, table_id, above + 1, labels, row.side)
    result.applied.append((item, Surety.SURE))


def _remove(_old: Disclosure, result: Transfer, item: Remembered) -> None:
    table_id, _, key = item.place.partition("/")
    table = result.disclosure.table(table_id)
    keys = row_keys(table) if table else ()
    if table is None or key not in keys:
        result.settled.append(item)
    elif printed_row(table.rows[keys.index(key)]) == item.old_value:
        result.disclosure = remove_row(result.disclosure, table_id, keys.index(key))
        result.applied.append((item, Surety.SURE))
    else:
        result.left.append(item)
