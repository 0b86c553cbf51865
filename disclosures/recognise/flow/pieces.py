"""What one line of a FLOW table is made of: words, and runs of amounts with the spaces around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from disclosures.plain.numbers import is_nil_mark, parse_amount
from disclosures.plain.sources import line_number
from disclosures.plain.text import squeeze
from disclosures.reading.blocks import Line

_TOKEN = re.compile(r"[^ \t\u00a0\u3000]+")
# An amount of two decimals with a label glued to it, as in "39330.81一、一般公共服务支出".
_AMOUNT_THEN_LABEL = re.compile(r"^(-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d)(?=[^\d.,%％])(.+)$")
_LABEL_THEN_AMOUNT = re.compile(r"^(.*[^\d.,\-A-Za-z+≤≥<>~])(-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d)$")
_GLUED_AMOUNTS = re.compile(r"^(?:-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d){2,}$")
_ONE_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d")
_CODE = re.compile(r"^(?:\d{3}|\d{5}|\d{7})$")
_GLUED_CODE = re.compile(r"^(\d{7}|\d{5}|\d{3})(?=[^\d.,%年月日号\-])(\D.*)$")


class Shape(NamedTuple):
    """The spaces of a run of amounts, whatever the amounts."""

    gaps: tuple[int, ...]
    trail: int
    alone: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Amounts standing together: `gaps[i]` spaces in front of number i, `trail` spaces behind the last.

    A value is None where a dash is printed for nil. `alone` when nothing stands in front on the line;
    `last` when nothing stands behind.
    """

    values: tuple[str | None, ...]
    gaps: tuple[int, ...]
    trail: int
    alone: bool
    last: bool
    source: str
    ends: tuple[tuple[int, int], ...] = ()  # where each amount ends: characters, and columns as displayed

    @property
    def shape(self) -> Shape:
        return Shape(self.gaps, self.trail, self.alone, self.last)

    def without_first(self, count: int) -> Run:
        return replace(self, values=self.values[count:], gaps=self.gaps[count:], ends=self.ends[count:])


@dataclass(frozen=True, slots=True)
class Words:
    """A word of a label, with the spaces in front of it."""

    text: str
    gap: int


Part = Words | Run


@dataclass(frozen=True, slots=True)
class Piece:
    """One line taken apart. `below` when it stands right below the line before, with no blank line between."""

    parts: tuple[Part, ...]
    lead: int  # ASCII spaces it begins with
    indent: int  # full-width spaces it begins with
    trail: int
    below: bool
    source: str
    width: int  # columns that its words take, a Chinese character counting two

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts if isinstance(part, Words))

    @property
    def widest_gap(self) -> int:
        """The most spaces in front of a word that is not the first thing on the line."""
        return max((part.gap for part in self.parts[1:] if isinstance(part, Words)), default=0)

    @property
    def run(self) -> Run | None:
        """The amounts the line ends with."""
        last = self.parts[-1] if self.parts else None
        return last if isinstance(last, Run) else None


def display_width(text: str) -> int:
    return sum(1 if char < "\u0100" else 2 for char in text)


def is_code(text: str) -> bool:
    return bool(_CODE.match(text))


def split_code(text: str) -> tuple[str, str] | None:
    """("2080101", "行政运行") for a code with its name glued to it."""
    match = _GLUED_CODE.match(text)
    return (match.group(1), match.group(2)) if match else None


def _split_glued(token: str, gap: int, *, amount_first: bool) -> list[tuple[str, int]]:
    """A token taken apart where amounts and labels are glued together."""
    if not any(char.isdigit() for char in token) or "." not in token:
        return [(token, gap)]
    if _GLUED_AMOUNTS.match(token):
        amounts = _ONE_AMOUNT.findall(token)
        return [(amount, gap if n == 0 else 0) for n, amount in enumerate(amounts)]
    match = _AMOUNT_THEN_LABEL.match(token) if amount_first else None
    if match:
        return [(match.group(1), gap), *_split_glued(match.group(2), 0, amount_first=True)]
    match = _LABEL_THEN_AMOUNT.match(token)
    return [(match.group(1), gap), (match.group(2), 0)] if match else [(token, gap)]


def _tokens(text: str, *, amount_first: bool) -> list[tuple[str, int]]:
    tokens: list[tuple[str, int]] = []
    end = 0
    for match in _TOKEN.finditer(text):
        tokens.extend(_split_glued(match.group(), match.start() - end, amount_first=amount_first))
        end = match.end()
    return tokens


def _ends(tokens: list[tuple[str, int]]) -> tuple[tuple[int, int], ...]:
    """Where each token ends, in characters and in columns as displayed."""
    return tuple(
        zip(
            accumulate(gap + len(text) for text, gap in tokens),
            accumulate(gap + display_width(text) for text, gap in tokens),
            strict=True,
        )
    )


def _runs_and_words(tokens: list[tuple[str, int]], *, inner_runs: bool, trail: int, source: str) -> tuple[Part, ...]:
    """Words and runs in order. Without `inner_runs` only the amounts that end the line are a run."""
    kinds = [parse_amount(token) is not None for token, _ in tokens]
    last_word = max((n for n, kind in enumerate(kinds) if not kind and not is_nil_mark(tokens[n][0])), default=-1)
    parts: list[Part] = []
    ends = _ends(tokens)
    n = 0
    while n < len(tokens):
        token, gap = tokens[n]
        numeric = kinds[n] or (is_nil_mark(token) and n > last_word)
        if not numeric or (not inner_runs and n < last_word):
            parts.append(Words(token, gap))
            n += 1
            continue
        stop = n
        while stop < len(tokens) and (kinds[stop] or (is_nil_mark(tokens[stop][0]) and stop > last_word)):
            stop += 1
        parts.append(
            Run(
                values=tuple(parse_amount(text) for text, _ in tokens[n:stop]),
                gaps=tuple(space for _, space in tokens[n:stop]),
                trail=trail if stop == len(tokens) else tokens[stop][1],
                alone=n == 0,
                last=stop == len(tokens),
                source=source,
                ends=ends[n:stop],
            )
        )
        n = stop
    return tuple(parts)


def read_pieces(lines: Sequence[Line], *, two_sided: bool = False) -> list[Piece]:
    """Take lines apart. In a two-sided table amounts may stand between labels, and glued in front of one."""
    pieces = []
    previous: int | None = None
    for line in lines:
        text = line.text.replace("\t", " ")
        stripped = text.rstrip(" \u00a0\u3000")
        body = stripped.lstrip(" \u00a0\u3000")
        front = stripped[: len(stripped) - len(body)]
        trail = len(text) - len(stripped)
        number = line_number(line.source)
        tokens = _tokens(stripped, amount_first=two_sided)
        parts = _runs_and_words(tokens, inner_runs=two_sided, trail=trail, source=line.source)
        pieces.append(
            Piece(
                parts=parts,
                lead=front.count(" "),
                indent=front.count("\u3000"),
                trail=trail,
                below=number is not None and previous is not None and number - previous <= 1,
                source=line.source,
                width=display_width("".join(part.text for part in parts if isinstance(part, Words))),
            )
        )
        previous = number
    return pieces


def label(texts: Sequence[str]) -> str:
    """A label from its wrapped parts."""
    return squeeze("".join(texts))
