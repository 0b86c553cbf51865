"""The columns of all rows of a table, and how sure they are: spaces first, then sums of rows, then of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from disclosures.plain.data import Row, Surety
from disclosures.profiles import SideDecl, TableDecl

from .aligned import Position, positions
from .columns import RowSums, row_options
from .families import families
from .rawrow import RawRow
from .spacing import Columns, Spacing, learn_spacing
from .sums import NEAR, Choice, choose_by_sums, with_rarity

_EXACT = 0.5  # a reading that costs no more explains every space of its row
_FEW = 0.1  # share of rows with odd spaces in a table whose other rows can still be trusted
_ELSEWHERE = 3.0  # columns other than those that the places on the page lead to
_PERHAPS = 0.8  # … where the rows on that page allow others too
_SPACES_TELL_NOTHING = Spacing(1, False, False)
_CONTRADICTION = 4.0  # evidence of spaces that a choice by sums went against


@dataclass(frozen=True, slots=True)
class Placing:
    """The columns of a row's amounts; None when it has none, or more than there are columns."""

    columns: Columns | None
    surety: Surety


@dataclass(frozen=True, slots=True)
class _Trust:
    """How far the spaces of one side of a table can be trusted."""

    alone: bool  # they explain every row to its end: nothing more is needed
    confirmed: bool  # where the sums of columns agree with them


def place_amounts(
    decl: TableDecl, raws: Sequence[RawRow], drafts: Sequence[Row], *, between_words: int, in_header: int
) -> list[Placing]:
    """Choose columns for the amounts of all rows; `drafts` are the same rows with their levels."""
    found = families(decl, drafts)
    spacing = learn_spacing(
        (raw.run for raw in raws if raw.run and raw.run.values), between_words=between_words, in_header=in_header
    )
    placings = [_unplaced(raw) for raw in raws]
    for side in decl.sides:
        of_side = [raw if raw.side is side.side else None for raw in raws]
        by_place = positions([raw.run if raw else None for raw in of_side], RowSums.of(side))
        choices = _choices(side, raws, spacing if by_place is None else _SPACES_TELL_NOTHING)
        if by_place is not None:
            _hear_places(choices, by_place)
        with_rarity(choices, len(side.columns))
        fine = choose_by_sums(choices, [family for family in found if drafts[family.parent].side is side.side])
        trust = _trust(choices, spacing, fine=fine)
        if by_place is not None:
            told = [place.certain and place.alone for place in by_place if place is not None]
            certain = bool(told) and all(told)
            trust = _Trust(alone=certain, confirmed=certain)
        for n, choice in enumerate(choices):
            if choice is not None:
                placings[n] = Placing(choice.option.columns, _surety(choice, trust))
    return placings


def _hear_places(choices: Sequence[Choice | None], by_place: Sequence[Position | None]) -> None:
    """Let the places of amounts on the page speak for the columns below which they stand."""
    for choice, place in zip(choices, by_place, strict=True):
        if choice is not None and place is not None:
            elsewhere = _ELSEWHERE if place.certain else _PERHAPS
            heard = [
                replace(option, spacing=0.0 if option.columns == place.columns else elsewhere)
                for option in choice.options
            ]
            choice.options = sorted(heard, key=lambda option: option.cost)


def _unplaced(raw: RawRow) -> Placing:
    return Placing(None, Surety.DOUBTFUL if raw.run and raw.run.values else Surety.SURE)


def _choices(side: SideDecl, raws: Sequence[RawRow], spacing: Spacing) -> list[Choice | None]:
    """The options of every row of a side; None for rows of the other side and rows without amounts."""
    sums = RowSums.of(side)
    choices: list[Choice | None] = []
    for raw in raws:
        options = []
        if raw.side is side.side and raw.run is not None and raw.run.values:
            # A total has no name behind its code, a group no second class: a blank cell in front of the amounts.
            label_blank = len(side.labels) == 2 and not (raw.code or raw.second)
            options = row_options(raw.run, sums, spacing, label_blank=label_blank)
        choices.append(Choice(options) if options else None)
    return choices


def _trust(choices: Sequence[Choice | None], spacing: Spacing, *, fine: bool) -> _Trust:
    """Spaces are trusted as far as they explain the rows, and the end of a line is the proof of its gaps."""
    unclear = [choice for choice in choices if choice is not None and len(choice.options) > 1]
    odd = sum(1 for choice in unclear if min(option.spacing for option in choice.options) > _EXACT)
    explained = spacing.inner and odd == 0
    mostly = spacing.inner and odd <= _FEW * len(unclear)
    return _Trust(alone=explained and spacing.trailing, confirmed=mostly if spacing.trailing else explained and fine)


def _surety(choice: Choice, trust: _Trust) -> Surety:
    """How the chosen columns of a row came about."""
    if len(choice.options) == 1:
        return Surety.SURE
    own = choice.option
    others = min(option.spacing for n, option in enumerate(choice.options) if n != choice.chosen)
    by_spaces = own.spacing <= _EXACT and others >= own.spacing + NEAR
    if by_spaces and (trust.alone or (trust.confirmed and choice.confirmed)):
        return Surety.SURE
    if own.spacing >= others + _CONTRADICTION:
        return Surety.DOUBTFUL
    if choice.tied or not (choice.clear or choice.by_sums):
        return Surety.DOUBTFUL
    return Surety.INFERRED
