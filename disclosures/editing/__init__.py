"""Changing a disclosure by hand: which places can be changed, what may stand there, what two versions differ in.

Lives here: places to paths and back, checked values, edits and differences of plain data. No Django.
Must not enter: who may change what and where it is kept (`disclosures.services`, `disclosures.storage`).
"""

from disclosures.plain.places import row_keys

from .differences import Difference, differences
from .lists import Item, Items, ListKind, restored, said, splice, stored
from .moves import Moves, moved, moves
from .nesting import units_from
from .paths import read, source_of, surety_of, with_surety, write
from .places import (
    NESTS,
    Index,
    Path,
    UnknownPlaceError,
    find,
    indicator_places,
    part_of,
    path_or_none,
    places_of_part,
)
from .remembered import Remembered
from .rows import add_row, new_row, remove_row
from .transfer import Applied, Transfer, transfer
from .values import LEVELS, ValueKind, ValueProblemError, checked, held, is_amount, kind_of, same, shown
from .words import words_of

__all__ = [
    "LEVELS",
    "NESTS",
    "Applied",
    "Difference",
    "Index",
    "Item",
    "Items",
    "ListKind",
    "Moves",
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
    "held",
    "indicator_places",
    "is_amount",
    "kind_of",
    "moved",
    "moves",
    "new_row",
    "part_of",
    "path_or_none",
    "places_of_part",
    "read",
    "remove_row",
    "restored",
    "row_keys",
    "said",
    "same",
    "shown",
    "source_of",
    "splice",
    "stored",
    "surety_of",
    "transfer",
    "units_from",
    "with_surety",
    "words_of",
    "write",
]
