"""The indicator table of a FLOW form: lines become indicators of both horizons.

A page prints its cells row by row. A level-2 label that covers several rows stands in a line of its own
before the first of them, once for each horizon, with that horizon's first indicator behind it; the
following rows hold both horizons in one line. A label that covers one row stands in the row's line.
Where a dump was sorted by height instead, the label stands in the middle of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from disclosures.plain.data import Horizon, Indicator, Note
from disclosures.reading.blocks import Line

from . import vocabulary
from .flow_order import Part, TableLine, in_row_order
from .flow_pairs import Pair, Words, learn_clips, may_hold_value, read_pairs
from .flow_shapes import value_score, width

_FULL_LABELS = sorted(
    (word for words in vocabulary.LEVEL2_LABELS.values() for word in words if word.endswith("指标")),
    key=len,
    reverse=True,
)
_GLUED_LABEL = re.compile(rf"(?P<label>{'|'.join(_FULL_LABELS)}|服务对象满意度指(?!标))(?P<rest>.*)$")
_PRINTED_FULL = re.compile(rf"{'|'.join(_FULL_LABELS)}|服务对象满意度指")
_GLUED_LEVEL1 = re.compile(r"(?:产出|效益|效果|满意度?)指标(?P<rest>.+)$")
_EFFECTS = frozenset(standard for standard, level1 in vocabulary.LEVEL1_OF.items() if level1 == "效益指标")
_NONE_BARE: frozenset[str] = frozenset()
_SATISFACTION = re.compile(r"(?P<label>(?:社会公众或)?服务对象满意度?(?:指标?)?)(?P<rest>.+)$")
_WIDEST_WHOLE, _WIDEST_ANNUAL = 14.0, 10.0  # no column of names is wider
_LONGEST_BARE = 12  # 社会公众或服务对象满意度
_BLOCK_CHARACTERS = frozenset("绩效指标年度目")


@dataclass(frozen=True, slots=True)
class _Slot:
    """Words that hold one or two indicators, with the group they belong to."""

    level2: str | None
    words: Words
    source: str


# ---------------------------------------------------------------- lines


def is_table_head(text: str) -> bool:
    """Whether a line is the heading row of the indicator table."""
    if "指标" not in text:
        return False
    headers = [vocabulary.header_of(word) for word in text.split()]
    return ("一级指标" in text and "三级指标" in text) or (all(headers) and set(headers) != {"block"})


def has_two_horizons(texts: Iterable[str]) -> bool:
    """Whether the heading rows name the columns of both horizons; a table without heading row may hold both."""
    heads = [text for text in texts if is_table_head(text)]
    return (
        not heads
        or any(text.count("三级指标") >= 2 or text.count("指标值") >= 2 for text in heads)
        or (any("一级指标" not in text and "三级指标" in text for text in heads))
    )


def starts_with_class(text: str) -> bool:
    """Whether a line starts with a level-1 or level-2 label, as the first row of a table without heading row."""
    first = text.split()[0]
    if is_block_label(text.strip()):
        return False
    return vocabulary.level1_of(first) is not None or level2_label(first)[0] is not None


def is_block_label(text: str) -> bool:
    """Whether a line holds only a piece of the vertical caption 绩效指标."""
    return len(text) <= 6 and bool(text) and set(text) <= _BLOCK_CHARACTERS and vocabulary.level1_of(text) is None


def cut_lines(lines: Sequence[tuple[int, Line]]) -> list[TableLine]:
    """Cut the lines of the table at their labels; captions and heading rows are left out."""
    texts = [line.text for _, line in lines]
    bare = _bare_labels(texts)
    value_column = _value_column(texts)
    out = []
    for page, line in lines:
        words = _closed_up(tuple(line.text.split()))
        if is_table_head(line.text) or not words or is_block_label("".join(words)):
            continue
        behind = _behind_level1(words)
        parts = tuple(_parts(words if behind is None else behind, bare, expect_label=behind is not None))
        indent = width(line.text) - width(line.text.lstrip())
        out.append(TableLine(line.source, page, parts, annual_only=value_column is not None and indent > value_column))
    return out


def _bare_labels(texts: Sequence[str]) -> frozenset[str]:
    """The level-2 labels this table prints without 指标: 社会效益, 服务对象满意度. Elsewhere such a word is a name."""
    full = {vocabulary.level2_of(label) for text in texts for label in _PRINTED_FULL.findall(text)}
    bare: set[str] = set()
    alone: set[str] = set()  # in a line without any other word, which no name is
    for words in map(str.split, texts):
        found = {standard for word in words if (standard := _bare_label(word)) is not None}
        bare |= found
        alone |= found if all(map(_bare_label, words)) else _NONE_BARE
    return frozenset(bare - full - (_EFFECTS - alone if full & _EFFECTS else _NONE_BARE))


def _bare_label(word: str) -> str | None:
    return vocabulary.level2_of(word) if 4 <= len(word) <= _LONGEST_BARE and _is_bare(word) else None


def _closed_up(words: tuple[str, ...]) -> tuple[str, ...]:
    """A label printed with spaces between its characters, 产 出 指 标, becomes one word."""
    run = tuple(takewhile(lambda word: len(word) == 1, words))
    joined = "".join(run)
    if len(run) > 1 and (vocabulary.level1_of(joined) or vocabulary.level2_of(joined)):
        return (joined, *words[len(run) :])
    return words


def _behind_level1(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The words behind a level-1 label, which may be glued to the level-2 label; None where a line has none."""
    if vocabulary.level1_of(words[0]) is not None:
        return words[1:] if len(words) == 1 or value_score(words[1]) < 3.0 else None
    glued = _GLUED_LEVEL1.match(words[0])
    if glued is None or _label_of(glued["rest"], _NONE_BARE, True)[0] is None:
        return None
    return (glued["rest"], *words[1:])


def _value_column(texts: Iterable[str]) -> float | None:
    """Where the whole period's values stand, in a dump that keeps columns apart by runs of spaces."""
    for text in texts:
        if is_table_head(text) and text.count("指标值") >= 2 and "   " in text.strip():
            return width(text[: text.index("指标值")])
    return None


def _parts(words: tuple[str, ...], bare: frozenset[str], expect_label: bool) -> Iterator[Part]:
    label: str | None = None
    behind: list[str] = []
    for position, word in enumerate(words):
        after_label = label is not None and not behind
        found, rest = _label_of(word, bare, expect_label and position == 0)
        following = words[position + 1] if position + 1 < len(words) else ""
        if found and after_label and _is_name(word, rest, following):
            found = None
        if found is None:
            behind.append(word)
            continue
        if label is not None or behind:
            yield Part(label, tuple(behind))
        label, behind = found, [rest] if rest else []
    if label is not None or behind:
        yield Part(label, tuple(behind))


def _is_name(word: str, rest: str, following: str) -> bool:
    """Whether a word that reads like a label, directly behind a label, is the name it labels."""
    if rest:
        return not _SATISFACTION.match(word)  # only that label is as wide as its column
    return _is_bare(word) and value_score(following) >= 3


def _is_bare(word: str) -> bool:
    return not word.endswith(("指标", "指"))


def level2_label(word: str) -> tuple[str | None, str]:
    """The standard level-2 label a word is or starts with, and what is glued behind it."""
    return _label_of(word, _NONE_BARE, False)


def _label_of(word: str, bare: frozenset[str], expected: bool) -> tuple[str | None, str]:
    """The standard label a word is or starts with, and what is glued behind it."""
    if len(word) < 4 or not ("指" in word or bare or expected):
        return None, ""
    standard = vocabulary.level2_of(word)
    if standard is not None and (standard in bare or expected or not _is_bare(word)):
        return standard, ""
    glued = _GLUED_LABEL.match(word) or (_SATISFACTION.match(word) if expected else None)
    if glued is None:
        return None, ""
    return vocabulary.level2_of(glued["label"]), glued["rest"]


# ---------------------------------------------------------------- groups in printed order


def _groups(lines: Sequence[TableLine]) -> Iterator[list[TableLine]]:
    """Runs of lines under one label, printed once for each horizon at most; a page starts a new one."""
    run: list[TableLine] = []
    for line in lines:
        fresh = bool(run) and line.page != run[-1].page
        if line.label is not None and run:
            own = next((one.label for one in run if one.label is not None), None)
            fresh = fresh or line.label != own or (_labels_in(run) + len(_labelled(line)) > 2)
        if fresh:
            yield run
            run = []
        if line.parts:
            run.append(line)
    if run:
        yield run


def _labelled(line: TableLine) -> list[Part]:
    return [part for part in line.parts if part.label is not None]


def _labels_in(run: Sequence[TableLine]) -> int:
    return sum(len(_labelled(line)) for line in run)


_ANY = Words((), True, True, True)
_FIRST_WHOLE = Words((), True, False, False)
# The annual half's first row may be blank; then the next row follows at once, of both horizons or of one.
_FIRST_ANNUAL = Words((), True, True, True, annual_lead=2.5)


def _only(horizon: Horizon) -> Words:
    return Words((), horizon is Horizon.WHOLE, horizon is Horizon.ANNUAL, False)


def _slots(run: Sequence[TableLine], lone: Horizon | None) -> Iterator[_Slot]:
    """Which horizons the words of each line of a group may belong to: both, or the lone one the table prints."""
    level2 = next((line.label for line in run if line.label is not None), None)
    second = _second_label(run) if lone is None else None
    pending: tuple[str, ...] = ()
    allowed = _only(lone) if lone is not None else _ANY if second is None else _FIRST_WHOLE
    for position, line in enumerate(run):
        if line.annual_only or len(line.parts) >= 2:
            yield from _half_slots(line, level2)
            continue
        if position == second:
            allowed = _FIRST_ANNUAL
        words = line.parts[0].words
        if not words:
            continue
        unfinished = allowed is not _ANY and _is_fragment(words, allowed) and _continues(run, position)
        words = _join_wrapped(pending, words) if pending else words
        if unfinished:
            pending = words
            continue
        pending = ()
        yield _Slot(level2, replace(allowed, words=words), line.source)
        if allowed is _FIRST_ANNUAL:
            allowed = _ANY


def _half_slots(line: TableLine, level2: str | None) -> Iterator[_Slot]:
    """The halves of a line that prints its label once for each horizon, or stands in the annual columns."""
    for position, part in enumerate(line.parts):
        horizon = Horizon.WHOLE if position == 0 and not line.annual_only else Horizon.ANNUAL
        if part.words:
            yield _Slot(part.label or level2, replace(_only(horizon), words=part.words), line.source)


def _continues(run: Sequence[TableLine], position: int) -> bool:
    """Whether the next line can be the lower line of a wrapped name, or its value."""
    following = run[position + 1] if position + 1 < len(run) else None
    if following is None or following.label is not None or following.bare:
        return False
    words = following.parts[0].words
    return len(words) == 1 or (len(words) == 2 and value_score(words[1]) >= 2.0)


def _second_label(run: Sequence[TableLine]) -> int | None:
    """The line of the annual half's label, where the two halves print theirs in lines of their own."""
    first = next((n for n, line in enumerate(run) if line.label is not None and len(line.parts) == 1), None)
    if first is None:
        return None
    rest = range(first + 1, len(run))
    return next((n for n in rest if run[n].label is not None and len(run[n].parts) == 1), None)


def _is_fragment(words: tuple[str, ...], allowed: Words) -> bool:
    """Whether a lone word is the upper line of a wrapped name: within the column, and nothing like a value in it."""
    column = _WIDEST_ANNUAL if allowed is _FIRST_ANNUAL else _WIDEST_WHOLE
    return len(words) == 1 and width(words[0]) <= column and not may_hold_value(words[0])


def _join_wrapped(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    """Words of two lines that continue each other: the lower line ends the name above it, or is its value."""
    if len(below) == 1 and value_score(below[0]) >= 2.0:
        return (*above, *below)
    return (*above[:-1], above[-1] + below[0], *below[1:])


# ---------------------------------------------------------------- the table


def read_table(lines: Sequence[tuple[int, Line]], lone: Horizon) -> tuple[tuple[Indicator, ...], tuple[Note, ...]]:
    """The indicators of a form from the (page, line) pairs of its indicator tables.

    `lone` is the horizon of a table that prints one group of columns only.
    """
    table = cut_lines(lines)
    only = None if has_two_horizons(line.text for _, line in lines) else lone
    groups = _with_labels([list(_slots(run, only)) for run in _groups(in_row_order(table))])
    clips = learn_clips([slot.words for slot in group] for group in groups)
    found: list[tuple[str, str, Pair]] = []
    notes: list[Note] = []
    for group in groups:
        for slot, pairs in zip(group, read_pairs([slot.words for slot in group], clips), strict=True):
            if slot.level2 is None or not pairs:
                notes.append(Note(f"指标行没有读懂：{' '.join(slot.words.words)}", None, slot.source))
                continue
            found.extend((slot.level2, slot.source, pair) for pair in pairs)
    indicators = [
        Indicator(
            pair.horizon,
            vocabulary.LEVEL1_OF[level2],
            level2,
            pair.name,
            pair.value,
            pair.doubtful or pair.value is None,
            source,
        )
        for level2, source, pair in found
    ]
    indicators.sort(key=lambda indicator: indicator.horizon is Horizon.ANNUAL)
    return tuple(indicators), tuple(notes)


def _with_labels(groups: Sequence[list[_Slot]]) -> list[list[_Slot]]:
    """Rows before any label belong to the label before them on the last page, else to the next one."""
    out: list[list[_Slot]] = []
    for position, group in enumerate(groups):
        if group and group[0].level2 is None:
            near = [slot.level2 for other in (*reversed(out), *groups[position + 1 :]) for slot in other if slot.level2]
            group = [replace(slot, level2=near[0] if near else None) for slot in group]
        out.append(group)
    return out
