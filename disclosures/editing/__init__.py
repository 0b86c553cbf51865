"""Changing a disclosure by hand: which places can be changed, what may stand there, what two versions differ in.

Lives here: places to paths and back, checked values, edits and differences of plain data. No Django.
Must not enter: who may change what and where it is kept (`disclosures.services`, `disclosures.storage`).
"""

from disclosures.plain.places import row_keys

from .differences import Difference, differences
from .moves import moved, moves
from .paths import read, source_of, surety_of, with_surety, write
from .places import Index, Path, UnknownPlaceError, find, indicator_places, part_of, path_or_none, places_of_part
from .rows import add_row, remove_row
from .transfer import Remembered, Transfer, printed_row, transfer
from .values import ValueKind, ValueProblemError, checked, is_amount, kind_of, same, shown
from .words import words_of

__all__ = [
    "Difference",
    "Index",
    "Path",
    "Remembered",
    "Transfer",
    "UnknownPlaceError",
    "ValueKind",
    "ValueProblemError",
    "add_row",
    "checked",
    "differences",
    "find",
    "indicator_places",
    "is_amount",
    "kind_of",
    "moved",
    "moves",
    "part_of",
    "path_or_none",
    "places_of_part",
    "printed_row",
    "read",
    "remove_row",
    "row_keys",
    "same",
    "shown",
    "source_of",
    "surety_of",
    "transfer",
    "with_surety",
    "words_of",
    "write",
]
