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
_NAMELESS = -100.0
_UNBALANCED = 2.0  # a bracket without its other half
_NOT_FULL = 3.0  # a line that was not full needed no wrap
_NEARLY_FULL = 0.75
_INDENTED_INSIDE = 6.0  # indentation begins a name, it does not carry one on
_NOT_INDENTED = 4.0
_NO_GAP = 3.0  # rows that no blank line parts, where blank lines part rows
_LEAN = 1.0  # where nothing else tells, lines go where most lines of the table go
_UNTOLD = -0.25  # … and mostly with what follows, if the table does not say
_COMPLETE = 3.5  # names do not go on behind their amounts, where those of wrapped names stand alone at the end
_BRACKETS = {"（": "）", "(": ")", "【": "】", "〔": "〕", "《": "》", "“": "”"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What this table's lines can tell about where a row ends."""

    widest: int  # 0 where the width of a line says nothing
    indented: bool  # names are indented
    gaps: bool  # blank lines part rows
    lean: float  # above 0 where names go on behind their amounts, below where they begin in front of them
    alone: bool  # the amounts of wrapped names stand in lines of their own, behind all of the name
    label_score: LabelScore

    @classmethod
    def of(cls, pieces: Sequence[Piece], label_score: LabelScore, *, one_label: bool = True) -> Evidence:
        """Learn from the lines of a table. With two labels on a line its width says nothing of either."""
        indented = sum(1 for piece in pieces if piece.indent and piece.words) >= 2
        widths = [piece.width + (2 * piece.indent if indented else 0) for piece in pieces]
        widest = max(widths, default=0) if one_label else 0
        below = sum(1 for piece in pieces[1:] if piece.below)
        gaps = len(pieces) > 2 and below * 5 < len(pieces) * 3
        return cls(widest, indented, gaps, _lean(pieces, widths, widest), _end_alone(pieces), label_score)


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


def _lean(pieces: Sequence[Piece], widths: Sequence[int], widest: int) -> float:
    """Whether lines of text belong to the amounts above them, going by those that can only belong to one side."""
    behind = ahead = 0
    for (piece, width), (after, after_width) in pairwise(zip(pieces, widths, strict=True)):
        if piece.run is None and after.run is not None and after.words:
            behind += width < widest - _SLACK  # a short line ends a name; the amounts below have their own
        elif piece.run is not None and piece.words and after.run is None:
            ahead += width < widest - _SLACK and after_width > 0
    return _UNTOLD if behind == ahead else _LEAN if behind > ahead else -_LEAN


def _end_alone(pieces: Sequence[Piece]) -> bool:
    """Whether wrapped names are followed by amounts in a line of their own, and those at once by the next row."""
    wrapped = [after for piece, after in pairwise(pieces) if piece.run is None and after.run is not None]
    alone = sum(1 for after in wrapped if not after.words)
    done = (after for piece, after in pairwise(pieces) if piece.run is not None and not piece.words)
    ends = sum(1 for after in done if after.run is not None and after.words)
    return ends >= 2 and alone > len(wrapped) - alone


def no_label_score(_: Sequence[Piece]) -> float:
    return 0.0


def _unbalanced(lines: Sequence[Piece]) -> int:
    text = "".join("".join(line.words) for line in lines)
    return sum(abs(text.count(left) - text.count(right)) for left, right in _BRACKETS.items())


def _row_score(lines: Sequence[Piece], evidence: Evidence) -> float:
    """How well these lines (the one of amounts among them) make one row."""
    named = [line for line in lines if line.words]
    if not named:
        return _NAMELESS
    score = evidence.label_score(named) - _UNBALANCED * _unbalanced(named)
    for line in named[:-1]:
        short = evidence.widest - line.width - (2 * line.indent if evidence.indented else 0)
        score -= _NOT_FULL if short > _SLACK else _NEARLY_FULL if short > 1 else 0.0
    if evidence.indented:
        score -= sum(_INDENTED_INSIDE for line in named[1:] if line.indent)
        score -= _NOT_INDENTED if not named[0].indent else 0.0
    if evidence.gaps:
        for line, after in pairwise(lines):
            if line.words and after.words:
                score += 1.0 if after.below else -2.0
    return score


def _cuts(count: int) -> Sequence[int]:
    """Places worth dividing at; among many lines (something that is no name) only those near the rows."""
    return range(count + 1) if count <= _LONGEST_NAME else [*range(3), *range(count - 3, count + 1)]


def divide(above: Sequence[Piece], between: Sequence[Piece], right: Piece, evidence: Evidence) -> int:
    """How many of the lines between two rows belong to the one above; `right` is a line of the row below."""
    if not between:
        return 0
    best, best_score = 0, float("-inf")
    for cut in _cuts(len(between)):
        mine, others = between[:cut], between[cut:]
        score = _row_score([*above, *mine], evidence) + _row_score([*others, right], evidence)
        if evidence.gaps:
            first = others[0] if others else right
            score -= _NO_GAP if first.below else 0.0
        score += evidence.lean * cut
        score -= _COMPLETE if mine and evidence.alone else 0.0
        if score > best_score:
            best, best_score = cut, score
    return best


def _closes(piece: Piece, columns: int) -> bool:
    """A line of text that is a whole row with blank cells: the spaces of the cells trail behind it."""
    return piece.run is None and piece.trail >= max(2, columns)


def group_lines(
    pieces: Sequence[Piece], columns: int, label_score: LabelScore = no_label_score, *, one_label: bool = True
) -> list[Group]:
    """The lines of each row, in order. `columns` is the number of amount columns."""
    evidence = Evidence.of(pieces, label_score, one_label=one_label)
    groups: list[Group] = []
    between: list[Piece] = []
    for piece in pieces:
        if piece.run is None and not _closes(piece, columns):
            between.append(piece)
            continue
        cut = divide(groups[-1].lines, between, piece, evidence) if groups else 0
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
