"""Splitting the words of a FLOW line into (name, value) pairs of indicators.

A name is clipped at the width of its column, and where it fills the column its value follows without a
space. What decides a split: the column's width, the shape of the value, and above all the same indicator
in the other horizon. Must not enter: labels and rows (see flow_indicators).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from disclosures.plain.data import Horizon

from .flow_shapes import cuts_grade, cuts_number, name_score, operator_at, value_score, width

_SLACK = 0.95  # a clipped name may end this much before the edge: the next character did not fit
_DECISIVE = 1.0  # a lead smaller than this leaves a careful person in doubt
_PAIR = 1.5  # a pair earns a little for itself, so that two good ones beat one with a long value
_HOPELESS = 7.0  # more than the other horizon can make up for
_VALUE_LIKE = 1.0  # the shape of a name with something behind it that is known from values
_DEFAULT_WHOLE, _DEFAULT_ANNUAL = 12.0, 8.0


@dataclass(frozen=True, slots=True)
class Clips:
    """The width at which names are clipped in each horizon's column."""

    whole: float = _DEFAULT_WHOLE
    annual: float = _DEFAULT_ANNUAL

    def of(self, horizon: Horizon) -> float:
        return self.whole if horizon is Horizon.WHOLE else self.annual


@dataclass(frozen=True, slots=True)
class Pair:
    """One indicator as printed; the value is None where it was lost."""

    horizon: Horizon
    name: str
    value: str | None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Split:
    name: str
    value: str | None
    glued: bool
    shape: float  # what the text alone says, without the column


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one line behind its labels, and what they may hold: one horizon's indicator or both."""

    words: tuple[str, ...]
    whole: bool  # may be one indicator of the whole period
    annual: bool  # may be one annual indicator
    both: bool  # may be one of each
    annual_lead: float = 0.5  # rows with one indicator are mostly the longer annual list's


# ---------------------------------------------------------------- one pair


@lru_cache(maxsize=4096)
def _glued_splits(text: str) -> tuple[_Split, ...]:
    operator = operator_at(text)
    out = []
    for cut in range(2, len(text)):
        name, value = text[:cut], text[cut:]
        score = value_score(value) + name_score(name)
        if score < -3.0 and cut != operator:
            continue
        if 0 <= operator < cut and operator_at(value) != 0:
            score -= 6.0
        if cuts_number(name, value):
            score -= 4.0
        elif cuts_grade(name, value):
            score -= 0.75
        out.append(_Split(name, value, True, score + _echo(name, value)))
    return tuple(out)


def may_hold_value(word: str) -> bool:
    """Whether a lone word can be a name with its value glued to it, judged without its column."""
    return any(split.shape >= _VALUE_LIKE for split in _glued_splits(word))


def _echo(name: str, value: str) -> float:
    """Graded values repeat a word of their name, mostly the first: 促进专项基金管理 → 促进."""
    if not 2 <= len(value) <= 6 or not value.isalpha():
        return 0.0
    if name.startswith(value):
        return 2.5
    return 1.5 if value in name else 0.0


@lru_cache(maxsize=8192)
def _splits(words: tuple[str, ...]) -> tuple[_Split, ...]:
    """Every way to read the words as one pair."""
    if len(words) == 1:
        text = words[0]
        alone = _Split(text, None, False, -6.0 + name_score(text) - max(0.0, value_score(text)))
        return (*_glued_splits(text), alone)
    out = []
    for cut in range(1, len(words)):
        name, value = " ".join(words[:cut]), " ".join(words[cut:])
        extra = len(words) - 2
        shape = value_score(value) + name_score(name) + _echo(name, value) - 2.5 * extra
        if operator_at(name) >= 0 and value_score(words[cut - 1]) >= 4.0:
            shape -= 3.0
        out.append(_Split(name, value, False, shape))
    return tuple(out)


def _fit(split: _Split, clip: float) -> float:
    """How well the name's width goes with the clip of its column."""
    name_width = width(split.name)
    over = name_width - clip
    if split.value is None:
        return -2.0 * max(0.0, over)
    if split.glued:
        if -_SLACK <= over <= 0.1:
            return 3.0
        return -1.5 * over if over > 0 else 1.5 * (over + _SLACK)
    if over > 0.1:
        return max(-5.0, -3.0 * over)  # a name wider than any column was wrapped, not clipped
    return 0.0 if over < -0.4 else -0.7


# ---------------------------------------------------------------- evidence of the other horizon


class Pool:
    """Names and values seen in the lines of one group of indicators, by horizon."""

    def __init__(self) -> None:
        self._seen: dict[Horizon, dict[str, dict[str | None, set[int]]]] = {Horizon.WHOLE: {}, Horizon.ANNUAL: {}}

    def add(self, horizon: Horizon, split: _Split, line: int) -> None:
        self._seen[horizon].setdefault(split.name, {}).setdefault(split.value, set()).add(line)

    def support(self, horizon: Horizon, split: _Split, clips: Clips, own_line: int) -> float:
        """What the other horizon says for this reading, in other lines than its own."""
        other = Horizon.ANNUAL if horizon is Horizon.WHOLE else Horizon.WHOLE
        best = 0.0
        for name, values in self._seen[other].items():
            if horizon is Horizon.WHOLE:
                same = _same_indicator(split.name, name, clips)
            else:
                same = _same_indicator(name, split.name, clips)
            same_value = bool(values.get(split.value, _NO_LINE) - {own_line})
            if same and (same_value or any(lines - {own_line} for lines in values.values())):
                best = max(best, same + (3.0 if same_value else 0.0))
            elif same_value and split.value is not None:
                best = max(best, 0.5)
        return best


_NO_LINE: frozenset[int] = frozenset()


def _same_indicator(whole: str, annual: str, clips: Clips) -> float:
    """How much two names look like one indicator's, as clipped in the two columns."""
    if whole == annual:
        return 3.0
    return 2.5 if whole.startswith(annual) and _is_full(annual, clips.annual) else 0.0


def _is_full(name: str, clip: float) -> bool:
    return -_SLACK <= width(name) - clip <= 0.1


# ---------------------------------------------------------------- all pairs of a line

_Scored = tuple[float, _Split]


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known when a line is read: the columns, the group's other lines, and which line it is."""

    clips: Clips
    pool: Pool
    line: int

    def weighed(self, words: tuple[str, ...], horizon: Horizon) -> list[_Scored]:
        """The readings of some words as one pair with their scores; hopeless ones are left out."""
        clip = self.clips.of(horizon)
        scored = [(split.shape + _fit(split, clip), split) for split in _splits(words)]
        floor = max((score for score, _ in scored), default=0.0) - _HOPELESS
        return [
            (score + self.pool.support(horizon, split, self.clips, self.line), split)
            for score, split in scored
            if score >= floor
        ]

    def agreement(self, whole: _Split, annual: _Split) -> float:
        """What two pairs of one line say for each other."""
        same = _same_indicator(whole.name, annual.name, self.clips)
        bonus = 3.0 * same + (4.0 if same else 0.5) * (whole.value == annual.value)
        return _PAIR + bonus


def _readings(line: Words, context: _Context) -> Iterator[tuple[float, tuple[tuple[Horizon, _Split], ...]]]:
    """Every way to read a line, with its score."""
    words = line.words
    if line.whole:
        yield from ((score, ((Horizon.WHOLE, one),)) for score, one in context.weighed(words, Horizon.WHOLE))
    if line.annual:
        for score, two in context.weighed(words, Horizon.ANNUAL):
            yield score + line.annual_lead, ((Horizon.ANNUAL, two),)
    if not line.both:
        return
    for cut in range(1, len(words)):
        right = context.weighed(words[cut:], Horizon.ANNUAL)
        for left_score, one in context.weighed(words[:cut], Horizon.WHOLE):
            for right_score, two in right:
                score = left_score + right_score + context.agreement(one, two)
                yield score, ((Horizon.WHOLE, one), (Horizon.ANNUAL, two))


def _settle(line: Words, context: _Context) -> tuple[Pair, ...]:
    """The best reading of a line; in doubt where the next one is nearly as good."""
    best: tuple[tuple[Horizon, _Split], ...] = ()
    top = second = float("-inf")
    for score, reading in _readings(line, context):
        if score > top:
            best, top, second = reading, score, top
        elif score > second:
            second = score
    doubt = top - second < _DECISIVE
    return tuple(Pair(horizon, split.name, split.value, doubt) for horizon, split in best)


def read_pairs(lines: Sequence[Words], clips: Clips) -> tuple[tuple[Pair, ...], ...]:
    """The indicators of each line of one group, read together."""
    pool = Pool()
    for number, line in enumerate(lines):
        for horizon, split in _seeds(line, clips):
            pool.add(horizon, split, number)
    return tuple(_settle(line, _Context(clips, pool, number)) for number, line in enumerate(lines))


def _seeds(line: Words, clips: Clips) -> Iterator[tuple[Horizon, _Split]]:
    """Readings that are likely enough to speak for their partners in the other horizon."""
    count = len(line.words)
    if line.whole or line.both:
        yield from _likely(line.words[:1], Horizon.WHOLE, clips)
        if count > 1:
            yield from _likely(line.words[:2], Horizon.WHOLE, clips)
    if line.annual or line.both:
        yield from _likely(line.words[-1:], Horizon.ANNUAL, clips)
        if count > 1:
            yield from _likely(line.words[-2:], Horizon.ANNUAL, clips)


def _likely(words: tuple[str, ...], horizon: Horizon, clips: Clips) -> Iterator[tuple[Horizon, _Split]]:
    clip = clips.of(horizon)
    for split in _splits(words):
        if split.value is not None and split.shape + _fit(split, clip) > 0.0:
            yield horizon, split


# ---------------------------------------------------------------- learning the clip widths


class _Evidence:
    """Widths of names in one column: of those that filled it, and of those followed by a space."""

    def __init__(self) -> None:
        self.filled: Counter[float] = Counter()
        self.spaced: Counter[float] = Counter()

    def best(self, default: float, low: float, high: float) -> float:
        """The clip most names agree with; the form's own evidence must outweigh the usual width."""
        candidates = sorted({seen for seen in self.filled if low <= seen <= high} | {default})
        return max(candidates, key=lambda clip: self._weight(clip) + (2.0 if clip == default else 0.0))

    def _weight(self, clip: float) -> float:
        inside = sum(count for seen, count in self.filled.items() if -_SLACK <= seen - clip <= 0.1)
        beyond = sum(count for seen, count in self.filled.items() if seen > clip + 0.1)
        too_wide = sum(count for seen, count in self.spaced.items() if seen > clip - 0.4)
        return inside - beyond - 2.0 * too_wide


def learn_clips(groups: Iterable[Sequence[Words]]) -> Clips:
    """Where names are clipped in this form, told by values glued to names and by names with a space behind."""
    evidence = {Horizon.WHOLE: _Evidence(), Horizon.ANNUAL: _Evidence()}
    for group in groups:
        for horizon, words in (edge for line in group for edge in _edge_words(line)):
            if len(words) == 2:
                evidence[horizon].spaced[width(words[0])] += 1
                continue
            best = max(_glued_splits(words[0]), key=lambda split: split.shape, default=None)
            if best is not None and value_score(best.value or "") >= 3.5 <= best.shape:
                evidence[horizon].filled[width(best.name)] += 1
        for horizon, name in (twin for words in _neighbours(group) for twin in _twin_names(*words)):
            evidence[horizon].filled[width(name)] += 1
    whole = evidence[Horizon.WHOLE].best(_DEFAULT_WHOLE, 9.0, 18.0)
    return Clips(whole, evidence[Horizon.ANNUAL].best(_DEFAULT_ANNUAL, 5.0, min(12.0, whole)))


def _neighbours(group: Sequence[Words]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Words of both horizons that may be the same indicator: in one line, or the first row of each."""
    for line in group:
        if line.both and 2 <= len(line.words) <= 3:
            yield line.words[:-1], line.words[-1:]
    for one, two in pairwise(group):
        if one.whole and not one.annual and two.annual and len(one.words) <= 2 and len(two.words) == 1:
            yield one.words, two.words


def _edge_words(line: Words) -> Iterator[tuple[Horizon, tuple[str, ...]]]:
    """The words that surely begin the whole period's indicator, or end with the annual one."""
    words = line.words
    if line.whole != line.annual and not line.both:
        if len(words) == 1 or (len(words) == 2 and value_score(words[1]) >= 3.0):
            yield Horizon.WHOLE if line.whole else Horizon.ANNUAL, words
    elif line.both and len(words) >= 3:
        spaced = value_score(words[1]) >= 3.0
        yield Horizon.WHOLE, words[:2] if spaced else words[:1]
        spaced = value_score(words[-1]) >= 3.0
        yield Horizon.ANNUAL, words[-2:] if spaced else words[-1:]


def _twin_names(whole: tuple[str, ...], annual: tuple[str, ...]) -> Iterator[tuple[Horizon, str]]:
    """The clipped names of the same indicator in both columns, told by their common beginning and value."""
    (word,) = annual
    if len(whole) == 2:
        name = word.removesuffix(whole[1])
        if name != word and len(name) >= 3 and whole[0].startswith(name):
            yield Horizon.ANNUAL, name
        return
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(whole[0][::-1], word[::-1], strict=False)))
    for cut in range(max(3, len(word) - shared), len(word)):
        if whole[0].startswith(word[:cut]) and len(whole[0]) > len(word):
            yield Horizon.WHOLE, whole[0][: len(whole[0]) - len(word) + cut]
            yield Horizon.ANNUAL, word[:cut]
            return
