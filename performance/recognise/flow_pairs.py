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
from itertools import takewhile

from disclosures.plain.data import Horizon

from .flow_shapes import cuts_grade, cuts_number, name_score, operator_at, value_score, width

_SLACK = 0.95  # a clipped name may end this much before the edge: the next character did not fit
_DECISIVE = 1.0  # a lead smaller than this leaves a careful person in doubt
_HOPELESS = 7.0  # more than the other horizon can make up for
_VALUE_LIKE = 1.5  # the shape of a name with something behind it that is known from values
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
        return -3.0 * over
    return 0.0 if over < -0.4 else -0.7


# ---------------------------------------------------------------- evidence of the other horizon


class Pool:
    """Names and values seen in one group of indicators, by horizon."""

    def __init__(self) -> None:
        self._seen: dict[Horizon, dict[str, Counter[str | None]]] = {Horizon.WHOLE: {}, Horizon.ANNUAL: {}}

    def add(self, horizon: Horizon, name: str, value: str | None) -> None:
        self._seen[horizon].setdefault(name, Counter())[value] += 1

    def support(self, horizon: Horizon, split: _Split, clips: Clips) -> float:
        """What the other horizon says for this reading."""
        other = Horizon.ANNUAL if horizon is Horizon.WHOLE else Horizon.WHOLE
        best = 0.0
        for name, values in self._seen[other].items():
            if name == split.name:
                same = 3.0
            elif horizon is Horizon.WHOLE:
                same = 2.5 if split.name.startswith(name) and _is_full(name, clips.annual) else 0.0
            else:
                same = 2.5 if name.startswith(split.name) and _is_full(split.name, clips.annual) else 0.0
            if same:
                best = max(best, same + (3.0 if split.value in values else 0.0))
            elif split.value is not None and split.value in values:
                best = max(best, 0.5)
        return best


def _is_full(name: str, clip: float) -> bool:
    return -_SLACK <= width(name) - clip <= 0.1


# ---------------------------------------------------------------- all pairs of a line

_Scored = tuple[float, _Split]


def _weighed(words: tuple[str, ...], horizon: Horizon, clips: Clips, pool: Pool) -> list[_Scored]:
    """The readings of some words as one pair with their scores; hopeless ones are left out."""
    clip = clips.of(horizon)
    scored = [(split.shape + _fit(split, clip), split) for split in _splits(words)]
    floor = max((score for score, _ in scored), default=0.0) - _HOPELESS
    return [(score + pool.support(horizon, split, clips), split) for score, split in scored if score >= floor]


def _agreement(whole: _Split, annual: _Split, clips: Clips) -> float:
    """What two pairs of one line say for each other."""
    # A pair earns a little for itself, so that two good pairs beat one with a long value.
    bonus = 1.5 if whole.value == annual.value else 0.0
    if whole.name == annual.name:
        return bonus + 4.5
    if whole.name.startswith(annual.name) and _is_full(annual.name, clips.annual):
        return bonus + 4.0
    return bonus + 1.5


def _readings(line: Words, clips: Clips, pool: Pool) -> Iterator[tuple[float, tuple[tuple[Horizon, _Split], ...]]]:
    """Every way to read a line, with its score."""
    words = line.words
    if line.whole:
        yield from ((score, ((Horizon.WHOLE, one),)) for score, one in _weighed(words, Horizon.WHOLE, clips, pool))
    if line.annual:
        # Rows with one indicator are mostly the longer annual list's.
        for score, two in _weighed(words, Horizon.ANNUAL, clips, pool):
            yield score + 0.5, ((Horizon.ANNUAL, two),)
    if not line.both:
        return
    for cut in range(1, len(words)):
        right = _weighed(words[cut:], Horizon.ANNUAL, clips, pool)
        for left_score, one in _weighed(words[:cut], Horizon.WHOLE, clips, pool):
            for right_score, two in right:
                score = left_score + right_score + _agreement(one, two, clips)
                yield score, ((Horizon.WHOLE, one), (Horizon.ANNUAL, two))


def _settle(line: Words, clips: Clips, pool: Pool) -> tuple[Pair, ...]:
    """The best reading of a line; in doubt where the next one is nearly as good."""
    best: tuple[tuple[Horizon, _Split], ...] = ()
    top = second = float("-inf")
    for score, reading in _readings(line, clips, pool):
        if score > top:
            best, top, second = reading, score, top
        elif score > second:
            second = score
    doubt = top - second < _DECISIVE
    return tuple(Pair(horizon, split.name, split.value, doubt) for horizon, split in best)


def read_pairs(lines: Sequence[Words], clips: Clips) -> tuple[tuple[Pair, ...], ...]:
    """The indicators of each line of one group, read together."""
    pool = Pool()
    if not lines:
        return ()
    for line in lines:
        for horizon, split in _seeds(line, clips):
            pool.add(horizon, split.name, split.value)
    return tuple(_settle(line, clips, pool) for line in lines)


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


def learn_clips(lines: Iterable[Words]) -> Clips:
    """Where names are clipped in this form, told by values glued to names and by names with a space behind."""
    evidence = {Horizon.WHOLE: _Evidence(), Horizon.ANNUAL: _Evidence()}
    for line in lines:
        for horizon, words in _edge_words(line):
            if len(words) == 2:
                evidence[horizon].spaced[width(words[0])] += 1
                continue
            best = max(_glued_splits(words[0]), key=lambda split: split.shape, default=None)
            if best is not None and value_score(best.value or "") >= 3.5 <= best.shape:
                evidence[horizon].filled[width(best.name)] += 1
        if line.both and len(line.words) == 2 and (names := _twin_names(*line.words)) is not None:
            evidence[Horizon.WHOLE].filled[width(names[0])] += 1
            evidence[Horizon.ANNUAL].filled[width(names[1])] += 1
    whole = evidence[Horizon.WHOLE].best(_DEFAULT_WHOLE, 9.0, 18.0)
    return Clips(whole, evidence[Horizon.ANNUAL].best(_DEFAULT_ANNUAL, 5.0, min(12.0, whole)))


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


def _twin_names(whole: str, annual: str) -> tuple[str, str] | None:
    """The names of two glued words that are the same indicator clipped at two widths."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(whole[::-1], annual[::-1], strict=False)))
    for cut in range(len(annual) - shared, len(annual)):
        name = annual[:cut]
        if len(name) >= 3 and whole.startswith(name) and len(whole) > len(annual):
            return whole[: len(whole) - len(annual) + cut], name
    return None
