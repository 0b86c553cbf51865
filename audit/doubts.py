"""Doubtful readings that the identities settle: what a badly printed amount can only be.

A scan leaves digits that the reader is not sure of. Where every other figure of a statement was read
surely, the statement says what the doubtful one has to be; where all such statements leave one printable
value, that is confirmed (it is what was read) or proposed (it differs in a digit or two). A proposal is
shown to the clerk, never applied: the document may really be wrong there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING

from disclosures.plain.data import Disclosure, Surety, Table

from .catalogue import Constraint, document_rules
from .class_names import ClassCatalogue
from .constraints import Linear
from .context import CheckContext
from .figures import Figure
from .intervals import EVERYTHING, Interval

_MOST_DIGITS = 2  # that may differ between what was read and what it can only be
_MOST_VALUES = 20  # that rounding may leave room for


@dataclass(frozen=True, slots=True)
class OnlyReading:
    """A doubtful amount (`place` in the contract's grammar) and the one value that `statements` statements leave."""

    place: str
    read: str
    value: str
    statements: int

    @property
    def is_confirmed(self) -> bool:
        """Whether it was read right."""
        return self.read == self.value


def only_readings(
    disclosure: Disclosure, previous: Disclosure | None = None, catalogue: ClassCatalogue | None = None
) -> tuple[OnlyReading, ...]:
    """What the identities say of the doubtful amounts of the tables; nothing where they leave a choice."""
    if not any(_has_doubts(table) for table in disclosure.tables):
        return ()
    context = CheckContext(disclosure, previous, catalogue)
    rules = [rule for rule in document_rules() if rule.in_force(disclosure.fiscal_year)]
    statements = [found for rule in rules for found in rule.check(context, rule) if isinstance(found, Linear)]
    borne_out: dict[str, OnlyReading] = {}
    while True:  # what is borne out helps to settle what stands in statements with it
        settling = _settling(statements, borne_out.keys())
        found = [settled for figure, held in settling if (settled := _settled(figure, held)) is not None]
        confirmed = {reading.place: reading for reading in found if reading.is_confirmed}
        if not confirmed:
            return (*borne_out.values(), *found)
        borne_out |= confirmed


def _has_doubts(table: Table) -> bool:
    return any(cell.surety is Surety.DOUBTFUL for row in table.rows for _, cell in row.cells)


def _is_open(figure: Figure) -> bool:
    """Whether the reader was not sure of this number of a table."""
    row = figure.row.row if figure.row is not None else None
    return row is not None and figure.column is not None and row.cell(figure.column.key).surety is Surety.DOUBTFUL


def _settling(statements: Iterable[Linear], known: Collection[str]) -> Iterator[tuple[Figure, list[Constraint]]]:
    """Each doubtful printed figure with the equalities in which nothing else is doubtful, `known` places aside."""
    figures: dict[str, Figure] = {}
    found: dict[str, list[Constraint]] = defaultdict(list)
    for statement in statements:
        if statement.at_most:
            continue
        doubtful = [figure for figure in statement.figures if _is_open(figure) and figure.place not in known]
        if len(doubtful) == 1 and doubtful[0].text:
            figure = figures.setdefault(doubtful[0].place, doubtful[0])
            if figure in statement.figures:
                found[figure.place].append(statement)
    return ((figures[place], held) for place, held in found.items())


def _settled(figure: Figure, statements: list[Constraint]) -> OnlyReading | None:
    room = EVERYTHING
    for statement in statements:
        common = room.common(statement.solve(figure).widened(figure.half))
        if common is None:
            return None  # they contradict one another: something else is wrong
        room = common
    read = figure.text or ""
    value = _likeliest(figure, room)
    return OnlyReading(figure.place, read, value, len(statements)) if value is not None else None


def _likeliest(figure: Figure, room: Interval) -> str | None:
    """What was read where the room holds it, else the value in the room that differs from it least.

    Rounding leaves room for a cent or two beside what the other figures add up to exactly; such a value has to
    be more like what was read.
    """
    if figure.middle in room:
        return figure.text
    step = figure.step * figure.scale
    if not room.is_bounded or room.high - room.low > _MOST_VALUES * step:
        return None
    middle = (room.low + room.high) / 2
    lowest = (room.low / step).to_integral_value(ROUND_CEILING) * step
    values = [lowest + n * step for n in range(_MOST_VALUES + 1) if lowest + n * step in room]
    printed = [(f"{(value / figure.scale).quantize(figure.step):f}", abs(value - middle)) for value in values]
    ranked = sorted((_slips(figure.text or "", text), away, text) for text, away in printed)
    likely = [text for slips, away, text in ranked if slips <= (1 if away else _MOST_DIGITS)]
    return likely[0] if likely else None


def _slips(read: str, value: str) -> int:
    """How many digits were misread, lost or doubled; more than allowed where it is something else altogether."""
    if len(read) == len(value):
        return sum(a != b for a, b in zip(read, value, strict=True))
    longer, shorter = sorted((read, value), key=len, reverse=True)
    lost = len(longer) - len(shorter) == 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
    return 1 if lost else _MOST_DIGITS + 1
