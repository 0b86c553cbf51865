"""Unsure readings of stored disclosures: what sums leave of them, and confirming what they bear out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.class_names import ClassCatalogue
from audit.doubts import OnlyReading, only_readings
from disclosures import editing
from disclosures.errors import RefusedError
from disclosures.models import CorrectionKind, Disclosure, User
from disclosures.plain.data import Surety
from disclosures.services.catalogues import stamped_catalogue
from disclosures.services.correcting import CellChange, CorrectionResult, correct_cells
from disclosures.services.loaded import content
from disclosures.services.permissions import visible_disclosures
from disclosures.services.saving import Edit

from .previous import previous_of

DOUBTFUL = Surety.DOUBTFUL


@dataclass(frozen=True, slots=True)
class Doubt:
    """An unsure amount that sums settle, with its place in words."""

    only: OnlyReading
    words: str


@dataclass(frozen=True, slots=True)
class Doubts:
    """How many amounts and names of rows were not surely read, and those of the amounts that sums settle."""

    total: int
    names: int
    settled: tuple[Doubt, ...]


def doubts_of(record: Disclosure) -> Doubts:
    """The unsure amounts of a stored disclosure."""
    disclosure = content(record)
    rows = [row for table in disclosure.tables for row in table.rows]
    total = sum(cell.surety is DOUBTFUL for row in rows for _, cell in row.cells)
    names = sum(row.label_surety is DOUBTFUL for row in rows)
    if not total:
        return Doubts(0, names, ())
    index = editing.Index(disclosure)
    settled = (Doubt(only, editing.words_of(disclosure, index.find(only.place)[1])) for only in _only(record))
    return Doubts(total, names, tuple(settled))


def confirm_readings(user: User, disclosure_id: int, revision: int, places: Sequence[str]) -> CorrectionResult:
    """Clear the doubt of readings that sums bear out, in one save that can be taken back; the values stay.

    Raises RefusedError where a place is none of those, and what `correct_cells` raises.
    """
    record = visible_disclosures(user).filter(pk=disclosure_id).first()
    confirmed = {only.place: only for only in _only(record) if only.is_confirmed} if record else {}
    if record and not set(places) <= confirmed.keys():
        raise RefusedError("有的数字已经改过，或与合计关系不再一致，请刷新后再确认")
    changes = [CellChange(place, confirmed[place].read if record else None) for place in places]
    return correct_cells(Edit(user, disclosure_id, revision, CorrectionKind.READING, "按合计关系核实"), changes)


def _only(record: Disclosure) -> tuple[OnlyReading, ...]:
    catalogue: ClassCatalogue = stamped_catalogue()[0]
    return only_readings(content(record), previous_of(record).disclosure, catalogue)
