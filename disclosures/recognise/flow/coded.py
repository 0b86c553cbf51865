"""Rows that begin with a code (T02, T03, T05, T07, T08): code, name over one or more lines, amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from disclosures.plain.text import squeeze

from .pieces import Piece, Run, Words, is_code, split_code
from .rawrow import RawRow


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


def _start(piece: Piece, current: RawRow | None, totals: Sequence[str]) -> _Start | None:
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


def _may_be_code(code: str, run: Run, current: RawRow | None) -> bool:
    """Whether a whole number at the beginning of a line that has no name is a code, not an amount."""
    waiting = current is not None and current.run is None and bool(current.names)
    if waiting and len(code) == 3:
        return False
    decimals = [value for value in run.values[1:] if value and "." in value]
    return not waiting or len(run.values) == 1 or len(decimals) == len(run.values) - 1


def _name_goes_back(pending: Sequence[Piece], start: _Start, piece: Piece) -> int:
    """How many of the lines of text between two rows still belong to the row above."""
    if start.words or (start.run is None and not piece.below):
        return len(pending)  # the new row brings its own name, or its name follows
    return 0 if start.run is not None else len(pending)


def coded_rows(pieces: Sequence[Piece], totals: Sequence[str]) -> list[RawRow]:
    """Put the rows of a table with codes together. Lines that fit no row become rows marked doubtful."""
    rows: list[RawRow] = []
    pending: list[Piece] = []
    for piece in pieces:
        current = rows[-1] if rows else None
        start = _start(piece, current, totals)
        if start is not None:
            back = _name_goes_back(pending, start, piece) if current else 0
            if current is not None:
                current.names.extend(word for line in pending[:back] for word in line.words)
            names = [word for line in pending[back:] for word in line.words]
            rows.append(RawRow(piece.source, start.code, [*names, *start.words], run=start.run))
            pending = []
        elif current is None:
            pending.append(piece)
        else:
            _continue_row(rows, current, piece, pending)
    if rows:
        rows[-1].names.extend(word for line in pending for word in line.words)
    else:
        rows = [RawRow(line.source, names=list(line.words), run=line.run, doubt="没有科目编码") for line in pending]
    return rows


def _continue_row(rows: list[RawRow], current: RawRow, piece: Piece, pending: list[Piece]) -> None:
    if piece.run is None:
        if current.run is None:
            current.names.extend(piece.words)
        else:
            pending.append(piece)
        return
    if current.run is None:
        current.names.extend(piece.words)
        current.run = piece.run
        return
    names = [word for line in pending for word in line.words]
    pending.clear()
    rows.append(RawRow(piece.source, names=[*names, *piece.words], run=piece.run, doubt="这一行没有科目编码"))
