"""How far the characters of a justified line are set apart to fill it.

A gap between them is no space and parts no columns, however wide it is: it is the same all over the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .page import Flags, Floats, Ints

_STRETCHED = 0.08  # of the font size: characters set so far apart are stretched over the line
_MOST_STRETCHED = 1.6  # of the font size
_LEAST_STRETCHED = 6  # pairs of letters in a line that tell it is stretched
_UNIFORM = 0.85  # of those pairs stand apart
_LEAST_AGREEING = 4  # places in a line of figures that tell it is stretched
_AGREEING = 0.3  # of the font size: they differ by no more
_MOST_OF_FEW = 1.0  # of the font size, where so few tell it
_BESIDE_LATIN = 0.22  # of the font size: what word processors leave between a Chinese letter and a Latin one or a digit

_QUOTES = "“”‘’"


class _Pairs(NamedTuple):
    """What each character and the one before it in its line are."""

    letters: Flags  # Chinese letters both
    loose: Flags  # not both Latin: where a line may be widened
    mixed: Flags  # a Chinese letter beside a Latin one


def stretch_of(chars: Sequence[str], latin: Flags, gap: Floats, line: Ints, spaced: Flags) -> Floats:
    """By glyph: how far the characters of its line are set apart, in font sizes; 0 where they are not.

    `latin` are the characters of ASCII; `gap` is the free space before each glyph in font sizes, `line` the number of
    its line, rising; `spaced` are those with a space of the file in front. Chinese letters tell it. In a line of
    figures, where few of them stand together, every place does at which a line may be widened, but then they have to
    agree.
    """
    stretch = np.zeros(len(gap))
    pairs = _pairs(chars, latin, line, spaced)
    count = int(line[-1]) + 1
    few = np.bincount(line[pairs.letters], minlength=count) < _LEAST_STRETCHED
    widened = gap - _BESIDE_LATIN * pairs.mixed
    telling = np.where(few[line], pairs.loose, pairs.letters)
    places = np.bincount(line[telling], minlength=count)
    wide = np.bincount(line[telling], weights=widened[telling] > _STRETCHED, minlength=count)
    likely = np.flatnonzero((places >= _LEAST_AGREEING) & (wide >= _UNIFORM * places))
    for number, start, end in zip(
        likely, np.searchsorted(line, likely), np.searchsorted(line, likely, "right"), strict=True
    ):
        widths = widened[start:end][telling[start:end]]
        usual = float(np.median(widths))
        most = _MOST_STRETCHED if len(widths) >= _LEAST_STRETCHED else _MOST_OF_FEW
        if usual <= most and (not few[number] or _agree(widths, usual)):
            stretch[start:end] = usual
    return stretch


def _agree(widths: Floats, usual: float) -> bool:
    return bool(np.mean(np.abs(widths - usual) <= _AGREEING) >= _UNIFORM)


def _pairs(chars: Sequence[str], latin: Flags, line: Ints, spaced: Flags) -> _Pairs:
    letter = np.array(["\u3400" <= char <= "\u9fff" for char in chars])
    full = letter | np.array([_is_mark(char) for char in chars])
    same = line == np.roll(line, 1)
    same[0] = False
    letters, mixed = same & letter & np.roll(letter, 1), _beside(letter, latin) & same
    # Quotation marks go with the Latin letters beside them: they are told by full-width characters alone.
    certain = full & ~np.array([char in _QUOTES for char in chars])
    return _Pairs(letters, same & ~spaced & (full & np.roll(full, 1) | _beside(certain, latin)), mixed)


def _beside(first: Flags, second: Flags) -> Flags:
    return (first & np.roll(second, 1)) | (second & np.roll(first, 1))


def _is_mark(char: str) -> bool:
    return "\u3001" <= char <= "\u301f" or "\uff01" <= char <= "\uff60" or char in _QUOTES
