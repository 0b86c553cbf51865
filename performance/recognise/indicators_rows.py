"""One row of the indicator table: its cells become names and values of the two horizons.

OCR shifts cells left and right, drops and repeats them, so columns are evidence but no proof: a row
is read from the order of its filled cells, from what looks like a value, and from names that stand
in both horizons. Must not enter: which class an indicator belongs to (`indicators_levels`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from disclosures.plain.data import Horizon
from disclosures.plain.text import fold

from .indicators_words import unglue, unglue_plain, value_likeness
from .vocabulary import header_of, level1_of, level2_of

_NAMEABLE = ("服务对象满意度", "经济效益", "社会效益", "生态效益", "可持续影响")
_CLEAR_VALUE = 0.9
# Only labels that end in 指标 are never the beginning of a name.
_GLUED_LABEL = re.compile(
    r"^(?P<level1>(?:产出|效益|满意度)指标)?\s*"
    r"(?P<level2>(?:数量|质量|时效|成本|(?:经济|社会|生态)效益|可持续影响|服务对象满意度)指标)\s*(?P<name>\S.*)?$(?<!指标)"
)
_TWIN_AS_VALUE = 1.5  # against reading a name's second appearance as a value
_TWIN_FAR = 2.5  # the same where the second appearance stands in the other horizon's columns
_CLIPPED = 4  # a clipped name is at least this long


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and the value behind it; the value is None where none was printed."""

    column: int
    name: str
    value: str | None
    doubtful: bool = False
    label: str | None = None  # the level-2 label right before the name
    source: str | None = None  # where the name stands, if its row does not say it


@dataclass(slots=True)
class Slot:
    """A level-2 label and what stands behind it up to the next label."""

    column: int
    label: str | None
    outer: str | None = None  # a second label in front of the first, drifted from elsewhere
    texts: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the table's headings and rows say about its columns."""

    horizons: int = 2
    stride: int = 1  # columns from one heading to the next
    middle: float | None = None  # names left of it are whole-period names
    merged: frozenset[int] = frozenset()  # columns that only repeat the one before them, merged in the original


@dataclass(frozen=True, slots=True)
class RowReading:
    """What one row says: pairs and labels by horizon, pairs that fit neither, other labels seen."""

    pairs: dict[Horizon, tuple[Pair, ...]]
    labels: dict[Horizon, str | None]
    extras: tuple[Pair, ...] = ()
    hints: tuple[str, ...] = ()
    level1: str | None = None


# ---------------------------------------------------------------- headings


def header_columns(cells: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The columns of the headings 一级指标 … 指标值 in a row, by what they name."""
    columns: dict[str, list[int]] = {}
    for column, cell in enumerate(cells):
        name = header_of(cell) if cell else None
        if name is not None and name != "block" and not _repeats(cells, column):
            columns.setdefault(name, []).append(column)
    return {name: tuple(found) for name, found in columns.items()}


def _repeats(cells: Sequence[str], column: int) -> bool:
    return column > 0 and bool(cells[column]) and cells[column] == cells[column - 1]


def frame_of(cells: Sequence[str], horizons: int) -> Frame:
    """The frame that a row of headings draws."""
    columns = header_columns(cells)
    names, values = columns.get("level3", ()), columns.get("value", ())
    stride = max(1, values[0] - names[0]) if names and values else 1
    middle = (names[0] + names[1]) / 2 if len(names) > 1 else None
    merged = frozenset(c for c, cell in enumerate(cells) if header_of(cell) and _repeats(cells, c))
    return Frame(horizons, stride, middle, merged)


# ---------------------------------------------------------------- cells to slots


def slots_of(cells: Sequence[str], stride: int = 1) -> tuple[list[Slot], str | None]:
    """The slots of a row and its level-1 label; headings among the cells are left out."""
    tokens = [token for column, cell in enumerate(cells) if cell for token in _label_apart(column, cell)]
    tokens = [(column, cell) for column, cell in tokens if header_of(cell) is None]
    level1 = next((level1_of(cell) for _, cell in tokens if level1_of(cell)), None)
    tokens = [(column, cell) for column, cell in tokens if level1_of(cell) is None]
    slots: list[Slot] = []
    for position, (column, cell) in enumerate(tokens):
        label = level2_of(cell)
        if label is None or _is_name(tokens, position, label):
            if not slots:
                slots.append(Slot(column, None))
            slots[-1].texts.append((column, cell))
        elif slots and _stacked(slots[-1], column, label, stride):
            slots[-1] = Slot(column, label, outer=slots[-1].label)
        else:
            slots.append(Slot(column, label))
    return slots, level1


def _label_apart(column: int, cell: str) -> tuple[tuple[int, str], ...]:
    """A label and the name printed into the same cell, 数量指标 培训场次, as two cells."""
    match = _GLUED_LABEL.match(cell)
    if match is None:
        return ((column, cell),)
    parts = (match["level1"], match["level2"], match["name"])
    return tuple((column, part.strip()) for part in parts if part)


def _is_name(tokens: Sequence[tuple[int, str]], position: int, label: str) -> bool:
    """Whether a label's words stand where a name is due: before a value, with no other name for it."""
    if label not in _NAMEABLE or position + 1 == len(tokens):
        return False
    if value_likeness(tokens[position + 1][1]) < _CLEAR_VALUE:
        return False
    behind = takewhile(lambda token: level2_of(token[1]) is None, tokens[position + 1 :])
    return sum(1 for _ in behind) % 2 == 1


def _stacked(slot: Slot, column: int, label: str, stride: int) -> bool:
    return slot.label is not None and slot.label != label and not slot.texts and column - slot.column <= stride


# ---------------------------------------------------------------- texts to pairs


def pairs_of(texts: Sequence[tuple[int, str]], stride: int = 1) -> list[Pair]:
    """Names and values out of the texts behind one label, best reading first by wording and distance."""
    texts = _without_repeats(texts)
    twins = _second_names(texts) if len(texts) % 2 else frozenset()
    best: list[tuple[float, list[Pair]]] = [(0.0, [])]
    for end in range(1, len(texts) + 1):
        column, text = texts[end - 1]
        single = best[end - 1][0] + _lone_score(text)
        choice = (single, [*best[end - 1][1], _lone(column, text)])
        if end > 1:
            name_column, name = texts[end - 2]
            paired = best[end - 2][0] + _pair_score(name, text, column - name_column, stride)
            paired -= _TWIN_AS_VALUE if end - 1 in twins else 0.0
            if paired >= single:
                choice = (paired, [*best[end - 2][1], Pair(name_column, name, text)])
        best.append(choice)
    return best[-1][1]


def _second_names(texts: Sequence[tuple[int, str]]) -> frozenset[int]:
    """Positions where a name stands again, clipped or not: they begin the other horizon, they are no value."""
    return frozenset(
        later
        for later in range(2, len(texts))
        if value_likeness(texts[later][1]) < _CLEAR_VALUE
        and any(same_name(texts[later][1], texts[earlier][1]) for earlier in range(later - 1))
    )


def _without_repeats(texts: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """A name that a merged cell repeats in front of its value is kept once."""
    return [
        (column, text)
        for position, (column, text) in enumerate(texts)
        if not (
            position + 2 < len(texts)
            and texts[position + 1][1] == text
            and value_likeness(text) < 0.3
            and value_likeness(texts[position + 2][1]) >= _CLEAR_VALUE
        )
    ]


def _lone(column: int, text: str) -> Pair:
    apart = unglue(text)
    if apart is not None:
        return Pair(column, *apart)
    if value_likeness(text) >= _CLEAR_VALUE:
        return Pair(column, "", text, doubtful=True)
    return Pair(column, text, None)


def _lone_score(text: str) -> float:
    if unglue(text) is not None:
        return 1.2
    if unglue_plain(text) is not None:
        return 0.2  # taken apart when the other horizon has been asked
    return -0.9 - max(0.0, value_likeness(text))


def _pair_score(name: str, value: str, distance: int, stride: int) -> float:
    far = 0.5 if distance > 2 * stride else 0.0
    cut = _TWIN_FAR if far and value_likeness(name) < 0 and _shared(name, value) >= _CLIPPED else 0.0
    return value_likeness(value) - value_likeness(name) - far - cut


# ---------------------------------------------------------------- horizons


def read_row(cells: Sequence[str], frame: Frame) -> RowReading:
    """What a row says, its pairs given to the whole period and the year."""
    if frame.merged:
        cells = ["" if c in frame.merged and _repeats(cells, c) else cell for c, cell in enumerate(cells)]
    slots, level1 = slots_of(cells, frame.stride)
    entries: list[tuple[Slot, Pair | None]] = []
    for slot in slots:
        behind = pairs_of(slot.texts, frame.stride)
        entries.append((slot, replace(behind[0], label=slot.label) if behind else None))
        entries.extend((slot, pair) for pair in behind[1:])
    filled = [position for position, (_, pair) in enumerate(entries) if pair is not None]
    whole, annual, extra = _deal(entries, filled, frame)
    pairs = {
        Horizon.WHOLE: tuple(_glued_apart(_pick(entries, whole), _pick(entries, annual))),
        Horizon.ANNUAL: tuple(_glued_apart(_pick(entries, annual), _pick(entries, whole))),
    }
    labels = _labels(entries, whole, annual, frame)
    hints = [label for slot in slots for label in (slot.outer, slot.label) if label and label not in labels.values()]
    return RowReading(pairs, labels, tuple(_pick(entries, extra)), tuple(dict.fromkeys(hints)), level1)


def _pick(entries: Sequence[tuple[Slot, Pair | None]], positions: Sequence[int]) -> list[Pair]:
    return [pair for position in positions if (pair := entries[position][1]) is not None]


def _deal(
    entries: Sequence[tuple[Slot, Pair | None]], filled: Sequence[int], frame: Frame
) -> tuple[list[int], list[int], list[int]]:
    """The entries of the whole period, of the year, and those left over."""
    if frame.horizons == 1:
        return list(filled), [], []
    if len(filled) == 1:
        return _deal_one(entries, filled[0], frame)
    if len(filled) > 3 and len(filled) % 2 == 0:  # several rows on one line, whole by whole or side by side
        half = len(filled) // 2
        left, right = list(filled[:half]), list(filled[half:])
        if all(_alike(entries, one, two) for one, two in zip(left, right, strict=True)):
            return left, right, []
        return list(filled[::2]), list(filled[1::2]), []
    if len(filled) < 3:
        return list(filled[:1]), list(filled[1:]), []
    first, second, *rest = filled
    if not _alike(entries, second, rest[0]):  # else the annual columns are printed twice
        second = next((position for position in filled[1:] if _alike(entries, first, position)), second)
    return [first], [second], [position for position in filled if position not in (first, second)]


def _deal_one(
    entries: Sequence[tuple[Slot, Pair | None]], position: int, frame: Frame
) -> tuple[list[int], list[int], list[int]]:
    """Which horizon the only pair of a row belongs to, by empty labels around it and by its column."""
    slot, pair = entries[position]
    before = [entry for entry in entries[:position] if entry[0].label]
    if len(before) > 1:
        return [], [], [position]
    annual = any(entry[0].label == slot.label for entry in before)
    if not annual and pair is not None and not any(entry[0].label for entry in entries[position + 1 :]):
        middle = frame.middle
        annual = bool(before) if middle is None else pair.column > middle - (1 if before else 0)
    return ([], [position], []) if annual else ([position], [], [])


def _alike(entries: Sequence[tuple[Slot, Pair | None]], one: int, two: int) -> bool:
    left, right = entries[one][1], entries[two][1]
    return left is not None and right is not None and same_indicator(left, right)


def same_name(one: str, two: str) -> bool:
    """Whether two names are one, either of them clipped."""
    if one[:1] != two[:1]:
        return False
    left, right = fold(one), fold(two)
    if left == right:
        return True
    short, long = (left, right) if len(left) < len(right) else (right, left)
    return len(short) >= _CLIPPED and long.startswith(short)


def cut_alike(one: Pair, two: Pair) -> tuple[Pair, Pair] | None:
    """Two names that each have the same value glued to them, the second name clipped: both taken apart."""
    if one.value is not None or two.value is not None:
        return None
    for end in range(_shared(one.name, two.name), _CLIPPED - 1, -1):
        value = two.name[end:]
        if end + len(value) < len(one.name) and one.name.endswith(value) and value_likeness(value) > 0:
            whole = replace(one, name=one.name[: -len(value)], value=value, doubtful=True)
            return whole, replace(two, name=two.name[:end], value=value, doubtful=True)
    return None


def _shared(one: str, two: str) -> int:
    """How many characters two names begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def same_indicator(one: Pair, two: Pair) -> bool:
    """Whether two pairs print the same indicator, a name clipped or a value lost in one of them."""
    return same_name(one.name, two.name) and (None in (one.value, two.value) or fold(one.value) == fold(two.value))


def _glued_apart(pairs: Sequence[Pair], others: Sequence[Pair]) -> list[Pair]:
    """Pairs whose value was lost because it is glued to the name, split by the other horizon's pair."""
    return [next((cut for other in others if (cut := cut_by(pair, other))), pair) for pair in pairs]


def cut_by(pair: Pair, other: Pair) -> Pair | None:
    """A name with a value glued to it, taken apart where the other horizon prints that value."""
    if pair.value is not None or not other.value or not pair.name.endswith(other.value):
        return None
    name = pair.name[: -len(other.value)].strip()
    if len(name) < 2 or not same_name(name, other.name):
        return None
    return replace(pair, name=name, value=other.value, doubtful=True)


def _labels(
    entries: Sequence[tuple[Slot, Pair | None]], whole: Sequence[int], annual: Sequence[int], frame: Frame
) -> dict[Horizon, str | None]:
    """The level-2 labels printed for each horizon on this row."""
    found: dict[Horizon, str | None] = {Horizon.WHOLE: None, Horizon.ANNUAL: None}
    for horizon, positions in ((Horizon.WHOLE, whole), (Horizon.ANNUAL, annual)):
        for first in _pick(entries, positions[:1]):
            found[horizon] = first.label
    for position, (slot, pair) in enumerate(entries):
        if pair is not None or slot.label is None:
            continue
        if found[Horizon.WHOLE] is None and not whole and (not annual or position < annual[0]):
            found[Horizon.WHOLE] = slot.label
        elif not annual and frame.horizons == 2 and (not whole or position > whole[-1]):
            found[Horizon.ANNUAL] = slot.label
    return found
