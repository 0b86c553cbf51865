"""Rows that begin with a code (T02, T03, T05, T07, T08): code, name over one or more lines, amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from disclosures.catalogue import ClassKind, load_catalogue
from disclosures.plain.text import fold, squeeze

from .names import Evidence, LabelScore, divide
from .pieces import Piece, Run, Words, display_width, is_code, split_code
from .rawrow import RawRow

_KNOWN = 3.0


@dataclass(frozen=True, slots=True)
class _Start:
    """How a row begins on a line: its code, and what else the line holds."""

    code: str
    words: tuple[str, ...]
    run: Run | None


def _after(run: Run) -> Run | None:
    """The rest of a run whose first number is the code of the row."""
    rest = run.without_first(1)
    return replace(rest, alone=False) if rest.values else None


def _start(piece: Piece, current: _Open | None, totals: Sequence[str]) -> _Start | None:
    """The row that begins on this line, if one does."""
    first = piece.parts[0]
    if isinstance(first, Words):
        if is_code(first.text):
            return _Start(first.text, piece.words[1:], piece.run)
        glued = split_code(first.text)
        if glued:
            return _Start(glued[0], (glued[1], *piece.words[1:]), piece.run)
        if squeeze("".join(piece.words)) in totals:
            return _Start("", piece.words, piece.run)
        return None
    code = first.values[0] or ""
    if not is_code(code) or not _may_be_code(code, first, current):
        return None
    return _Start(code, (), _after(first))


def _may_be_code(code: str, run: Run, current: _Open | None) -> bool:
    """Whether a whole number at the beginning of a line that has no name is a code, not an amount."""
    waiting = current is not None and current.run is None and any(line.words for line in current.lines)
    if waiting and len(code) == 3:
        return False
    decimals = [value for value in run.values[1:] if value and "." in value]
    return not waiting or len(run.values) == 1 or len(decimals) == len(run.values) - 1


def _label_line(piece: Piece, words: Sequence[str], run: Run | None) -> Piece:
    """The line without the code that begins it."""
    parts = [Words(word, 1) for word in words]
    width = display_width("".join(words))
    return replace(piece, parts=(*parts, run) if run else tuple(parts), width=width)


@dataclass(slots=True)
class _Open:
    """A row being put together."""

    source: str
    code: str
    lines: list[Piece]
    run: Run | None = None
    doubt: str | None = None

    def take(self, piece: Piece) -> None:
        self.lines.append(piece)
        self.run = self.run or piece.run

    def row(self) -> RawRow:
        names = [word for line in self.lines for word in line.words]
        return RawRow(self.source, self.code, names, run=self.run, doubt=self.doubt)


def _named_as_known(rows: dict[int, str]) -> LabelScore:
    """Names that the catalogue gives to the code on the line read best."""
    names = _function_names()

    def score(lines: Sequence[Piece]) -> float:
        code = next((rows[id(line)] for line in lines if id(line) in rows), "")
        return _KNOWN if fold("".join(word for line in lines for word in line.words)) in names.get(code, ()) else 0.0

    return score


@cache
def _function_names() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for entry in load_catalogue().classes[ClassKind.FUNCTIONAL]:
        names.setdefault(entry.code, set()).add(fold(entry.name))
    return {code: frozenset(found) for code, found in names.items()}


def coded_rows(pieces: Sequence[Piece], totals: Sequence[str]) -> list[RawRow]:
    """Put the rows of a table with codes together. Lines that fit no row become rows marked doubtful."""
    codes: dict[int, str] = {}  # of the lines that begin a row
    evidence = Evidence.of([_without_code(piece) for piece in pieces], _named_as_known(codes))
    rows: list[_Open] = []
    pending: list[Piece] = []
    for piece in pieces:
        current = rows[-1] if rows else None
        start = _start(piece, current, totals)
        if start is not None:
            line = _label_line(piece, start.words, start.run)
            codes[id(line)] = start.code
            cut = _cut(current, pending, line, evidence)
            if current is not None:
                current.lines.extend(pending[:cut])
            rows.append(_Open(piece.source, start.code, [*pending[cut:], line], start.run))
            pending = []
        elif current is None or (piece.run is None and current.run is not None):
            pending.append(piece)
        elif piece.run is None or current.run is None:
            current.take(piece)
        else:
            rows.append(_Open(piece.source, "", [*pending, piece], piece.run, "这一行没有科目编码"))
            pending = []
    if rows:
        rows[-1].lines.extend(pending)
    elif pending:
        rows = [_Open(line.source, "", [line], line.run, "这一行没有科目编码") for line in pending]
    return [row.row() for row in rows]


def _cut(current: _Open | None, pending: Sequence[Piece], line: Piece, evidence: Evidence) -> int:
    """How many of the lines of text between two rows still belong to the row above."""
    if current is None:
        return 0
    if not line.parts:
        return len(pending)  # a code alone: its name follows
    return divide(current.lines, pending, line, evidence)


def _without_code(piece: Piece) -> Piece:
    first = piece.parts[0]
    if isinstance(first, Words) and (is_code(first.text) or split_code(first.text)):
        return replace(piece, width=max(0, piece.width - len(first.text)))
    return piece
