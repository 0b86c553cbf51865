"""Rows known by a name only (T06, T11, T12, T13): which lines of text belong to which line of amounts.

Every row has one line of amounts; its name stands before it, around it or behind it. The lines of text
between two lines of amounts are divided where the evidence says: indentation, blank lines, and whether a
line was full, so that the name had to wrap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .pieces import Piece
from .rawrow import RawRow

# How well lines of text read as one label; higher is better, 0 knows nothing.
LabelScore = Callable[[Sequence[Piece]], float]

_SLACK = 3  # a wrapped line may fall this much short of the widest one: one character that did not fit
_LONGEST_NAME = 8  # lines
_BRACKETS = {"（": "）", "(": ")", "【": "】", "〔": "〕", "《": "》", "“": "”"}


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What this table's lines can tell: widest line, whether names are indented, whether blank lines part rows."""

    columns: int
    widest: int
    indented: bool
    gaps: bool
    label_score: LabelScore


@dataclass(slots=True)
class Group:
    """The lines of one row: text before, the line of amounts, text behind."""

    before: list[Piece]
    amounts: Piece | None
    behind: list[Piece]

    @property
    def lines(self) -> list[Piece]:
        middle = [self.amounts] if self.amounts is not None else []
        return [*self.before, *middle, *self.behind]

    def row(self) -> RawRow:
        """The row these lines make, its words in printed order as its name."""
        named = [line for line in self.lines if line.words]
        run = self.amounts.run if self.amounts is not None else None
        first = named[0] if named else self.lines[0]
        row = RawRow(first.source, indent=first.indent, run=run)
        row.names = [word for line in named for word in line.words]
        if not named:
            row.doubt = "这一行的名称没有读到"
        return row


def no_label_score(_: Sequence[Piece]) -> float:
    return 0.0


def _unbalanced(lines: Sequence[Piece]) -> int:
    text = "".join("".join(line.words) for line in lines)
    return sum(abs(text.count(left) - text.count(right)) for left, right in _BRACKETS.items())


def _indent(piece: Piece, evidence: _Evidence) -> int:
    return piece.indent if evidence.indented else 0


def _row_score(lines: Sequence[Piece], evidence: _Evidence) -> float:
    """How well these lines (the one of amounts among them) make one row."""
    named = [line for line in lines if line.words]
    if not named:
        return -100.0
    score = evidence.label_score(named) - 2.0 * _unbalanced(named)
    for line in named[:-1]:
        if line.width + 2 * _indent(line, evidence) < evidence.widest - _SLACK:
            score -= 3.0  # a line that was not full needed no wrap
    if evidence.indented:
        score -= sum(6.0 for line in named[1:] if line.indent)
        score -= 4.0 if not named[0].indent else 0.0
    if evidence.gaps:
        for line, after in pairwise(lines):
            if line.words and after.words:
                score += 1.0 if after.below else -2.0
    return score


def _cuts(count: int) -> Sequence[int]:
    """Places worth dividing at; among many lines (something that is no name) only those near the rows."""
    return range(count + 1) if count <= _LONGEST_NAME else [*range(3), *range(count - 3, count + 1)]


def _divide(left: Group, between: Sequence[Piece], right: Piece, evidence: _Evidence) -> int:
    """How many of the lines between two lines of amounts belong to the row above."""
    if not between:
        return 0
    best, best_score = 0, float("-inf")
    for cut in _cuts(len(between)):
        above, below = between[:cut], between[cut:]
        score = _row_score([*left.lines, *above], evidence) + _row_score([*below, right], evidence)
        if evidence.gaps:
            first_below = below[0] if below else right
            score -= 3.0 if first_below.below else 0.0
        score -= 0.25 * cut
        if score > best_score:
            best, best_score = cut, score
    return best


def _evidence(pieces: Sequence[Piece], columns: int, label_score: LabelScore) -> _Evidence:
    indented = sum(1 for piece in pieces if piece.indent and piece.words) >= 2
    widest = max((piece.width + (2 * piece.indent if indented else 0) for piece in pieces), default=0)
    below = sum(1 for piece in pieces[1:] if piece.below)
    return _Evidence(columns, widest, indented, below * 5 < len(pieces) * 3 and len(pieces) > 2, label_score)


def _closes(piece: Piece, evidence: _Evidence) -> bool:
    """A line of text that is a whole row with blank cells: the spaces of the cells trail behind it."""
    return piece.run is None and piece.trail >= max(2, evidence.columns)


def group_lines(pieces: Sequence[Piece], columns: int, label_score: LabelScore = no_label_score) -> list[Group]:
    """The lines of each row, in order. `columns` is the number of amount columns."""
    evidence = _evidence(pieces, columns, label_score)
    groups: list[Group] = []
    between: list[Piece] = []
    for piece in pieces:
        if piece.run is None and not _closes(piece, evidence):
            between.append(piece)
            continue
        cut = _divide(groups[-1], between, piece, evidence) if groups else 0
        if groups:
            groups[-1].behind.extend(between[:cut])
        groups.append(Group(between[cut:], piece, []))
        between = []
    if groups:
        groups[-1].behind.extend(between)
    elif between:
        groups.append(Group(between, None, []))
    return groups


def named_rows(pieces: Sequence[Piece], columns: int) -> list[RawRow]:
    """Put the rows of a table that knows them by name together."""
    return [group.row() for group in group_lines(pieces, columns)]
