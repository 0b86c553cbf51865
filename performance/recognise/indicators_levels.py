"""Which class each indicator of a horizon belongs to, when labels have drifted, repeated or gone.

The classes follow one another in the order every form prints them. Among all ways to cut the rows
into classes in that order the one is taken that agrees best with three kinds of evidence: the label
on the row, the wording of name and value, and labels that would be left without an indicator. A
label is worth more than wording on its own row, so what a clerk filed oddly stays where it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .indicators_words import CLASSES, class_fit
from .vocabulary import LEVEL1_OF, LEVEL2_ORDER

# What a piece of evidence is worth, in the units of `class_fit`.
_OWN_LABEL = 2.5  # the label stands on the row, in this horizon
_BOTH_LABELS = 0.5  # the other horizon's label agrees
_OTHER_LABEL = 2.0  # only the other horizon prints a label on the row
_HINT = 0.7  # a label drifted into the headings or in front of another label
_LEVEL1 = 0.4  # the level-1 label on the row
_TWIN = 2.0  # the class of the same indicator in the other horizon
_BLANK_LABEL = 2.5  # a class whose own row is printed blank has no rows behind it
_BLANK_AHEAD = 1.0  # nor, as a rule, in front of it: the row lost the label of the class between
_DRIFT = 1.5  # a class begins on a row without its label, for every row up or down to the label
_UNPRINTED_CLASS = 1.0  # a class that this form prints no label for
_LOST_LABEL = 4.0  # a label printed beside an indicator ends up without any


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The evidence one row gives for the class of a horizon's indicator; name is None on a blank row."""

    name: str | None
    value: str | None = None
    label: str | None = None
    other_label: str | None = None
    hints: tuple[str, ...] = ()
    level1: str | None = None
    twin: str | None = None  # the class found for the same indicator in the other horizon


@dataclass(frozen=True, slots=True)
class Level:
    """The class of a row and whether it was settled against or without its own label."""

    name: str
    doubtful: bool = False


def levels_of(rows: Sequence[LevelRow]) -> list[Level]:
    """The class of every row of one horizon, in order."""
    if not rows:
        return []
    path = _best_path(rows)
    return [Level(CLASSES[number], doubt) for number, doubt in zip(path, _doubts(rows, path), strict=True)]


def _doubts(rows: Sequence[LevelRow], path: Sequence[int]) -> list[bool]:
    """A class is doubtful where it is not the one that the labels, read downwards, would give."""
    carried: str | None = None
    doubts = []
    for row, number in zip(rows, path, strict=True):
        carried = row.label or row.other_label or carried
        doubts.append(row.name is not None and CLASSES[number] != carried)
    return doubts


def _best_path(rows: Sequence[LevelRow]) -> list[int]:
    """The class numbers, never falling, with the greatest sum of evidence."""
    beside = {row.label for row in rows if row.label and row.name is not None}
    held = [_LOST_LABEL if name in beside else 0.0 for name in CLASSES]
    labelled = [_rows_labelled(rows, name) for name in CLASSES]
    start = [_start_costs(len(rows), found) for found in labelled]
    count = len(CLASSES)
    skipped = [sum(held[:number]) for number in range(count + 1)]  # cost of passing over classes before
    blank_at = _blank_labels(rows, beside)
    scores = [
        score - skipped[number] - _first_cost(labelled, start, number)
        for number, score in enumerate(_evidence(rows[0], 0, blank_at))
    ]
    backs: list[list[int]] = []
    for index in range(1, len(rows)):
        row = rows[index]
        own = _evidence(row, index, blank_at)
        reach, source = _reach(scores, skipped)
        step, back = [0.0] * count, [0] * count
        for number in range(count):
            begin = reach[number] - skipped[number] - start[number][index]
            if scores[number] >= begin:
                step[number], back[number] = scores[number] + own[number], number
            else:
                step[number], back[number] = begin + own[number], source[number]
        scores = step
        backs.append(back)
    last = max(range(count), key=lambda number: scores[number] - (skipped[count] - skipped[number + 1]))
    path = [last]
    for back in reversed(backs):
        path.append(back[path[-1]])
    return path[::-1]


def _reach(scores: Sequence[float], skipped: Sequence[float]) -> tuple[list[float], list[int]]:
    """For each class the best earlier class to come from, counting the classes passed over."""
    reach, source = [float("-inf")] * len(scores), [0] * len(scores)
    best, best_from = float("-inf"), 0
    for number in range(len(scores)):
        reach[number], source[number] = best, best_from
        candidate = scores[number] + skipped[number + 1]
        if candidate > best:
            best, best_from = candidate, number
    return reach, source


def _rows_labelled(rows: Sequence[LevelRow], name: str) -> list[int]:
    return [index for index, row in enumerate(rows) if name in (row.label, row.other_label)]


def _start_costs(count: int, labelled: Sequence[int]) -> list[float]:
    """What it costs to begin a class on each row: nothing beside its label, more with every row of drift."""
    if not labelled:
        return [_UNPRINTED_CLASS] * count
    costs = []
    passed, ahead = labelled[0], iter(labelled)
    coming: int | None = next(ahead)
    for index in range(count):
        while coming is not None and coming <= index:
            passed, coming = coming, next(ahead, None)
        nearest = min(abs(index - passed), count if coming is None else coming - index)
        costs.append(_DRIFT * nearest)
    return costs


def _first_cost(labelled: Sequence[Sequence[int]], start: Sequence[Sequence[float]], number: int) -> float:
    """What it costs to begin the table with a class: a lost first half takes the early labels with it."""
    lost = not any(labelled[: number + 1])
    return 0.0 if lost else start[number][0]


def _blank_labels(rows: Sequence[LevelRow], beside: set[str]) -> dict[int, int]:
    """The row on which a class stands labelled and blank, unless it also stands beside an indicator."""
    found: dict[int, int] = {}
    for index, row in enumerate(rows):
        if row.label and row.name is None and row.label not in beside:
            found.setdefault(LEVEL2_ORDER[row.label], index)
    return found


def _evidence(row: LevelRow, index: int, blank_at: dict[int, int]) -> list[float]:
    """What a row says for each class."""
    scores = [0.0] * len(CLASSES) if row.name is None else list(class_fit(row.name, row.value))
    if row.label:
        scores[LEVEL2_ORDER[row.label]] += _OWN_LABEL + (_BOTH_LABELS if row.label == row.other_label else 0.0)
    elif row.other_label:
        scores[LEVEL2_ORDER[row.other_label]] += _OTHER_LABEL
    for hint in row.hints:
        scores[LEVEL2_ORDER[hint]] += _HINT
    if row.twin:
        scores[LEVEL2_ORDER[row.twin]] += _TWIN
    if row.level1:
        for name, level1 in LEVEL1_OF.items():
            scores[LEVEL2_ORDER[name]] += _LEVEL1 if level1 == row.level1 else 0.0
    if row.name is not None:
        for number, blank in blank_at.items():
            scores[number] -= _BLANK_LABEL if blank < index else _BLANK_AHEAD
    return scores
