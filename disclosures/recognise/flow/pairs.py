"""Rows of T06: a department economic class and, mostly, a government economic class in front of the amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from disclosures.catalogue import ClassKind, load_catalogue
from disclosures.plain.text import fold, squeeze

from .names import group_lines
from .pieces import Piece
from .rawrow import RawRow

_MOST_DIVISIONS = 256


@dataclass(frozen=True, slots=True)
class _Known:
    """Names seen whole in this table or known from the catalogue, folded."""

    department: frozenset[str]
    government: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A reading of the words of a row as its two classes, and how well it reads."""

    department: str
    government: str
    score: float


@cache
def _catalogue() -> _Known:
    classes = load_catalogue().classes
    department = classes[ClassKind.DEPARTMENT_ECONOMIC]
    government = classes[ClassKind.GOVERNMENT_ECONOMIC]
    return _Known(
        frozenset(fold(entry.name) for entry in department if len(entry.code) > 3),
        frozenset(fold(entry.name) for entry in government if len(entry.code) > 3),
        frozenset((*(fold(entry.name) for entry in department if len(entry.code) == 3), "合计", "总计")),
    )


def _known(pieces: Sequence[Piece]) -> _Known:
    """Learn from rows on one line: two words and their amounts, nothing wrapped around them."""
    shipped = _catalogue()
    seen = [(fold(p.words[0]), fold(p.words[1])) for p in pieces if len(p.words) == 2 and p.run is not None]
    learned = frozenset(
        first
        for first, second in seen
        # The first part of a wrapped name looks the same.
        if second in shipped.government and not any(name.startswith(first) for name in shipped.department)
    )
    return _Known(shipped.department | learned, shipped.government, shipped.groups)


def _score(department: str, government: str, known: _Known) -> float:
    if not government:
        return 1.0 if fold(department) in known.groups else -2.0
    if not department:
        return -6.0
    score = 4.0 if fold(government) in known.government else -1.0
    return score + (3.0 if fold(department) in known.department else -1.0)


def _first(parts: Sequence[Sequence[str]]) -> int:
    """The line on which a class begins."""
    return next((n for n, words in enumerate(parts) if words), len(parts))


def read_pair(lines: Sequence[Sequence[str]], known: _Known) -> Pair:
    """Divide the words of a row, line by line, into its two classes: the left ones and the right ones."""
    choices = [range(len(words), -1, -1) for words in lines]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > _MOST_DIVISIONS:
        words = [word for line in lines for word in line]
        return Pair(squeeze("".join(words[:-1])), squeeze(words[-1]), -10.0)
    best = Pair("", "", float("-inf"))
    for cuts in product(*choices):
        left = [words[:cut] for words, cut in zip(lines, cuts, strict=True)]
        right = [words[cut:] for words, cut in zip(lines, cuts, strict=True)]
        # Words that a space parts on one line are seldom one name.
        split = sum(max(0, len(part) - 1) for part in (*left, *right))
        department = squeeze("".join(word for part in left for word in part))
        government = squeeze("".join(word for part in right for word in part))
        score = _score(department, government, known) - 2.0 * split
        if _first(right) < _first(left):
            score -= 4.0  # the left class begins no lower than the right one
        if score > best.score:
            best = Pair(department, government, score)
    return best


def paired_rows(pieces: Sequence[Piece], columns: int) -> list[RawRow]:
    """Put the rows of a table with two classes together."""
    known = _known(pieces)

    def label_score(lines: Sequence[Piece]) -> float:
        return read_pair([line.words for line in lines], known).score

    rows = []
    for group in group_lines(pieces, columns, label_score, one_label=False):
        row = group.row()
        pair = read_pair([line.words for line in group.lines if line.words], known)
        row.names, row.second = [pair.department], pair.government
        if row.doubt is None and (pair.score < 0 and pair.government == ""):
            row.doubt = "没有读到政府预算支出经济科目"
        rows.append(row)
    return rows
