"""Rows known by fixed items (T01, T04, T10): labels recognised by their wording, wrapped ones put together.

T01 and T04 print an income item and an expenditure item on one row, so a label is told by its words, its
ordinal and the side it can stand on; amounts belong to the label they follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosures.plain.data import Side
from disclosures.plain.text import fold, squeeze
from disclosures.profiles import TableDecl

from .pieces import Piece, Run
from .rawrow import RawRow

_MARKER = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．,，]|[①-⑳]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d))"
)
_LEAST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class _Known:
    """A wording of a declared item."""

    side: Side
    name: str  # folded, without its marker
    marker: str | None


@dataclass(slots=True)
class _Label:
    """A label being put together from its parts."""

    row: RawRow
    text: str  # folded, without its marker
    known: list[_Known]  # wordings it may still become
    line: str

    @property
    def complete(self) -> bool:
        return any(known.name == self.text for known in self.known)


@dataclass(slots=True)
class _Reading:
    """The labels of a table in printed order, and the one on each side that is still open."""

    vocabulary: tuple[_Known, ...]
    sides: tuple[Side, ...]
    labels: list[_Label] = field(default_factory=list)
    current: _Label | None = None  # the label whose word was read last


def _vocabulary(decl: TableDecl) -> tuple[_Known, ...]:
    return tuple(
        _Known(side.side, fold(_MARKER.sub("", name)), item.marker)
        for side in decl.sides
        for item in side.items
        for name in (item.item, *item.variants)
    )


def _split_marker(text: str) -> tuple[str | None, str]:
    match = _MARKER.match(text)
    return (match.group(), text[match.end() :]) if match else (None, text)


def _starts(marker: str | None, text: str, reading: _Reading) -> list[_Known]:
    """The wordings that a word may be the beginning of, those with the same ordinal first."""
    whole = [known for known in reading.vocabulary if known.name == text]
    longer = [known for known in reading.vocabulary if known.name.startswith(text) and len(text) >= _LEAST_PREFIX]
    if marker is None:
        return whole or longer
    same = [known for known in longer or whole if known.marker == marker]
    return same or whole or longer


def _continues(label: _Label, text: str) -> list[_Known]:
    joined = label.text + text
    return [known for known in label.known if known.name.startswith(joined)]


def _open_label(reading: _Reading, text: str) -> tuple[_Label, list[_Known]] | None:
    """The recent label that this word carries on, with the wordings it can then still become."""
    for label in reversed(reading.labels[-4:]):
        if not label.complete or any(len(known.name) > len(label.text) for known in label.known):
            wordings = _continues(label, text)
            if wordings:
                return label, wordings
    return None


def _side(reading: _Reading, known: Sequence[_Known], piece: Piece, position: int, text: str) -> Side:
    """The side a label stands on, by its wording; by its place on the line when that leaves both."""
    sides = {wording.side for wording in known}
    if len(sides) == 1:
        return sides.pop()
    if len(reading.sides) == 1:
        return reading.sides[0]
    same_line = [label for label in reading.labels if label.line == piece.source]
    if same_line or "支出" in text or (position == 0 and piece.lead >= 2):
        return Side.EXPENDITURE
    return Side.INCOME


def _carry_on(label: _Label, printed: str, text: str, wordings: list[_Known]) -> None:
    label.row.names.append(printed)
    label.text += text
    label.known = wordings
    if len({wording.side for wording in wordings}) == 1:
        label.row.side = wordings[0].side


def _word(reading: _Reading, piece: Piece, printed: str, position: int) -> None:
    marker, rest = _split_marker(printed)
    text = fold(rest)
    if marker is None:
        carried = _open_label(reading, text)
        exact = any(known.name == text for known in reading.vocabulary)
        if carried and not exact:
            reading.current = carried[0]
            _carry_on(carried[0], printed, text, carried[1])
            return
    known = _starts(marker, text, reading)
    last = reading.labels[-1] if reading.labels else None
    if not known and marker is None and last is not None and position == 0 and _may_grow(last):
        last.row.names.append(printed)  # an item that the declaration does not know, wrapped
        last.text += text
        return
    row = RawRow(piece.source, names=[rest], side=_side(reading, known, piece, position, text))
    reading.current = _Label(row, text, known, piece.source)
    reading.labels.append(reading.current)


def _may_grow(label: _Label) -> bool:
    return not label.complete and label.row.run is None


def _amounts(reading: _Reading, run: Run) -> None:
    """Give a run to the label it follows."""
    last = reading.labels[-1] if reading.labels else None
    for label in (reading.current, last):
        if label is not None and label.row.run is None:
            label.row.run = run
            return
    row = RawRow(run.source, side=reading.sides[-1], run=run, doubt="这些数字前面没有读到项目名称")
    reading.labels.append(_Label(row, "", [], run.source))


def item_rows(decl: TableDecl, pieces: Sequence[Piece]) -> list[RawRow]:
    """Put the rows of a table of fixed items together, the sides one after the other."""
    reading = _Reading(_vocabulary(decl), tuple(side.side for side in decl.sides))
    for piece in pieces:
        for position, part in enumerate(piece.parts):
            if isinstance(part, Run):
                _amounts(reading, part)
            else:
                _word(reading, piece, part.text, position)
    order = {side: n for n, side in enumerate(reading.sides)}
    rows = [label.row for label in reading.labels]
    for row in rows:
        row.names = [squeeze("".join(row.names))]
    return sorted(rows, key=lambda row: order[row.side])
