"""Head fields, funds and descriptive texts of one page of a FLOW form.

Labels and values are told apart by the words of the vocabulary alone; a label may be wrapped, stand in a
line of its own, before its text, or (in dumps sorted by height) in the middle of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from disclosures.plain.data import Funds, Horizon
from disclosures.plain.text import unwrap
from disclosures.reading.blocks import Line

from . import vocabulary
from .flow_shapes import width

HEAD_FIELDS = ("project", "supervisor", "implementing_unit", "attribute", "term")
TEXT_FIELDS = ("overview", "basis", "necessity", "safeguards", "plan")
_LONGEST_LABEL = 16
_COLON = re.compile("[：:]")


@dataclass(frozen=True, slots=True)
class Found:
    """The value of a field and where it stands."""

    value: str
    source: str


# ---------------------------------------------------------------- labels


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label found at the start of line `first`, its last piece on line `last`; `rest` follows it."""

    field: str
    first: int
    last: int
    rest: str


def label_at(lines: Sequence[Line], index: int, allowed: tuple[str, ...]) -> LabelHit | None:
    """The label of one of the allowed fields that starts a line, wrapped over up to three lines."""
    word, rest = _first_word(lines[index].text)
    label, behind = _cut_at_colon(word)
    field = vocabulary.field_of(label)
    if field is not None and field in allowed:
        return LabelHit(field, index, index, f"{behind} {rest}".strip())
    if len(word) > _LONGEST_LABEL or len(word) < 3 or not _begins_label(word, allowed):
        return None
    joined, texts = word, [rest]
    for last in range(index + 1, min(index + 3, len(lines))):
        piece, rest = _first_word(lines[last].text)
        joined += piece
        texts.append(rest)
        field = vocabulary.field_of(joined)
        if field is not None and field in allowed:
            return LabelHit(field, index, last, "".join(texts))
    return None


def _first_word(text: str) -> tuple[str, str]:
    word, *rest = text.split(None, 1)
    return word, rest[0].strip() if rest else ""


def _cut_at_colon(word: str) -> tuple[str, str]:
    match = _COLON.search(word)
    return (word[: match.start()], word[match.end() :]) if match else (word, "")


@lru_cache(maxsize=4096)
def _begins_label(word: str, allowed: tuple[str, ...]) -> bool:
    """Whether a word is the beginning of a label, cut off in its midst."""
    start = vocabulary.label_key(word)
    labels = (vocabulary.label_key(label) for field in allowed for label in vocabulary.FIELD_LABELS[field])
    return any(label.startswith(start) and label != start for label in labels)


# ---------------------------------------------------------------- the head


def read_head(lines: Sequence[Line]) -> tuple[dict[str, Found], list[Line]]:
    """项目名称 … 项目期, and lines before the first label. Labels may share a line; labels and values may wrap."""
    values: dict[str, list[str]] = {}
    sources: dict[str, str] = {}
    stray: list[Line] = []
    current: str | None = None
    index = 0
    while index < len(lines):
        wrapped = label_at(lines, index, HEAD_FIELDS)
        source, text = lines[index].source, lines[index].text
        if wrapped is not None and wrapped.last > index:
            current, text, index = wrapped.field, wrapped.rest, wrapped.last
            values.setdefault(current, [])
            sources.setdefault(current, source)
        for piece, field in _head_pieces(text):
            if field is not None and field not in values:
                current = field
                values[field], sources[field] = [], source
            elif piece and current is not None:
                values[current].append(piece)
            elif piece:
                stray.append(lines[index])
        index += 1
    return {field: Found(_joined(pieces), sources[field]) for field, pieces in values.items() if any(pieces)}, stray


def _head_pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """The labels of a line and the stretches between them."""
    stretch: list[str] = []
    for word in text.split():
        label, behind = _cut_at_colon(word)
        field = vocabulary.field_of(label) if len(label) <= _LONGEST_LABEL else None
        if field not in HEAD_FIELDS:
            stretch.append(word)
            continue
        yield " ".join(stretch), None
        stretch = [behind] if behind else []
        yield "", field
    yield " ".join(stretch), None


def _joined(pieces: Sequence[str]) -> str:
    return unwrap("".join(pieces))


# ---------------------------------------------------------------- funds

_FUND_TOKEN = re.compile(r"(?P<number>[-−－]?\d[\d,，]*(?:\.\d+)?)|(?P<word>[^\d\s]+)")


def read_funds(lines: Sequence[Line]) -> dict[Horizon, dict[str, str]]:
    """Amounts of both horizons: labels come in pairs, whole period first, each with its number or blank."""
    out: dict[Horizon, dict[str, str]] = {Horizon.WHOLE: {}, Horizon.ANNUAL: {}}
    seen: dict[str, int] = {}
    waiting: tuple[Horizon, str] | None = None
    pieces: list[str] = []
    text = "\n".join(line.text for line in lines)
    for token in _FUND_TOKEN.finditer(text):
        number = token["number"]
        if number is None:
            pieces = [*pieces[-2:], token["word"]]
            key = _fund_key(pieces)
            if key is not None:
                waiting = (_fund_horizon("".join(pieces), key, seen), key)
                pieces = []
            continue
        if waiting is None and pieces:
            key = _clipped_fund_key(pieces[-1])
            if key is not None:
                waiting = (_fund_horizon("", key, seen), key)
        if waiting is not None:
            horizon, key = waiting
            out[horizon].setdefault(key, number.replace(",", "").replace("，", "").replace("−", "-").replace("－", "-"))
        waiting, pieces = None, []
    if "total" in out[Horizon.ANNUAL] and "total" not in out[Horizon.WHOLE] and "实施期" not in text:
        return {Horizon.WHOLE: {}, Horizon.ANNUAL: out[Horizon.WHOLE] | out[Horizon.ANNUAL]}  # an annual form
    return out


def _fund_key(pieces: Sequence[str]) -> str | None:
    for start in range(len(pieces)):
        key = vocabulary.fund_of("".join(pieces[start:]))
        if key is not None:
            return key
    return None


def _clipped_fund_key(piece: str) -> str | None:
    """The one fund whose label begins with a piece whose end comes later: 市县（区）财政资 5000 金."""
    start = vocabulary.label_key(piece)
    if len(start) < 4:
        return None
    keys = {
        key
        for key, words in vocabulary.FUND_LABELS.items()
        for word in words
        if vocabulary.label_key(word).startswith(start)
    }
    return keys.pop() if len(keys) == 1 else None


def _fund_horizon(label: str, key: str, seen: dict[str, int]) -> Horizon:
    """A total names its horizon; of the parts the first is the whole period's."""
    count = seen[key] = seen.get(key, 0) + 1
    if key == "total":
        for name, horizon in (("实施期", Horizon.WHOLE), ("年度", Horizon.ANNUAL)):
            if name in label:
                return horizon
    return Horizon.WHOLE if count == 1 else Horizon.ANNUAL


def as_funds(amounts: Mapping[str, str]) -> Funds:
    """Funds of one horizon."""
    return Funds(**amounts)


# ---------------------------------------------------------------- descriptive texts


def read_texts(lines: Sequence[Line]) -> tuple[dict[str, Found], list[Line]]:
    """项目概况 … 项目实施计划 with their texts, and lines before the first label that belong to none."""
    hits = _text_labels(lines)
    if not hits:
        return {}, list(lines)
    above = _lines_above(lines, hits)
    found: dict[str, Found] = {}
    for order, hit in enumerate(hits):
        end = hits[order + 1].first - above[order + 1] if order + 1 < len(hits) else len(lines)
        body = [line.text for line in lines[hit.first - above[order] : hit.first]]
        body += [hit.rest, *(line.text for line in lines[hit.last + 1 : end])]
        text = unwrap("".join(part.strip() for part in body))
        if text:
            found[hit.field] = Found(text, lines[hit.first - above[order]].source)
    return found, list(lines[: hits[0].first - above[0]])


def _text_labels(lines: Sequence[Line]) -> list[LabelHit]:
    """The labels in the order every form prints them; prose that happens to start like one is passed over."""
    hits: list[LabelHit] = []
    allowed: tuple[str, ...] = TEXT_FIELDS
    index = 0
    while index < len(lines):
        hit = label_at(lines, index, allowed)
        if hit is not None:
            hits.append(hit)
            allowed = allowed[allowed.index(hit.field) + 1 :]
            index = hit.last
        index += 1
    return hits


def _lines_above(lines: Sequence[Line], hits: Sequence[LabelHit]) -> list[int]:
    """How many lines above each label belong to it: none, unless labels stand in the middle of their text."""
    centred = [hits[0].first]
    faults = 0
    for order, hit in enumerate(hits):
        end = hits[order + 1].first if order + 1 < len(hits) else len(lines)
        left_over = end - hit.last - 1 - centred[order]
        faults += left_over < 0
        centred.append(max(0, left_over))
    faults += centred.pop()
    drawn = [0] * len(hits)
    if not any(centred) or (faults and not centred[0]):
        return drawn
    gain = _endings(lines, hits, centred) - _endings(lines, hits, drawn)
    # Lines above the first label are either its text or do not belong to the texts at all.
    return centred if gain > 0 or (gain == 0 and centred[0] and not faults) else drawn


def _endings(lines: Sequence[Line], hits: Sequence[LabelHit], above: Sequence[int]) -> int:
    """How many texts end like one: with the end of a sentence, or in a line that does not reach the edge."""
    labelled = {number for hit in hits for number in range(hit.first, hit.last + 1)}
    edge = max((width(line.text.strip()) for number, line in enumerate(lines) if number not in labelled), default=0.0)
    ends = [hit.first - count for hit, count in zip(hits[1:], above[1:], strict=True)] + [len(lines)]
    last = [lines[end - 1].text.strip() for end in ends]
    return sum(text[-1] in "。；！" or width(text) < edge - 3.0 for text in last)
