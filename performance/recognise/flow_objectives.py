"""Two columns of prose in one stream of lines: which words are the left column's.

Lives here: the objectives of a FLOW form (实施期目标 on the left, 年度目标 on the right). The columns may
follow one another, share their lines, or alternate line by line; the widths at which their lines wrap
and the text itself tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product, takewhile

from .flow_shapes import width

_SENTENCE_END = "。！？；.;)）"
_QUOTES = ' “”"’》'  # what may follow the end of a sentence
_BROKEN_OFF = "0123456789.，、（《"  # nothing ends like this
_FULL = 1.6  # a wrapped line ends at most this much before its column's edge
_CLOSE = 1.0
_GAP = re.compile(r"(?<=\S)[ \u3000]{3,}(?=\S)")
_ALIGNED = 4.0  # starts of one column lie within this
_MOST_SHORT = 6  # more short lines than this are no wrapped columns

_Columns = tuple[list[str], list[str]]


def split_columns(printed: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """The lines of the left and of the right column, and whether the cut is in doubt."""
    if not printed:
        return [], [], False
    aligned = _aligned(printed)
    if aligned is not None:
        return *aligned, False
    lines = [line.strip() for line in printed]
    readings = [*_following(lines), *_sharing(lines), *_alternating(lines)]
    readings.sort(key=lambda reading: -reading[0])
    best, (left, right) = readings[0]
    rivals = [score for score, columns in readings[1:] if columns != (left, right)]
    return left, right, bool(rivals) and best - rivals[0] < _CLOSE


# ---------------------------------------------------------------- four ways to print two columns


def _aligned(lines: Sequence[str]) -> _Columns | None:
    """Columns kept apart by runs of spaces: what starts at the right column's place belongs to it."""
    gaps = [(line, gap) for line in lines if (gap := _GAP.search(line)) is not None]
    starts = sorted(width(line[: gap.end()]) for line, gap in gaps)
    if not starts or starts[-1] - starts[0] > _ALIGNED:
        return None
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        gap = _GAP.search(line)
        if gap is not None:
            left.append(line[: gap.start()].strip())
            right.append(line[gap.end() :].strip())
        else:
            indent = width(line) - width(line.lstrip())
            (right if indent >= starts[0] - _ALIGNED else left).append(line.strip())
    return left, right


def _following(lines: Sequence[str]) -> Iterator[tuple[float, _Columns]]:
    """The right column begins where the left one ends."""
    for cut in range(1, len(lines) + 1):
        columns = list(lines[:cut]), list(lines[cut:])
        yield _score(*columns), columns


def _sharing(lines: Sequence[str]) -> Iterator[tuple[float, _Columns]]:
    """Both columns in one line with a space between; lines of the longer column stand alone, above and below."""
    places = [[at for at, char in enumerate(line) if char == " "] for line in lines]
    edges = {width(line[:at]) for line, spaces in zip(lines, places, strict=True) for at in spaces}
    for edge in edges:
        cuts = [
            max((at for at in spaces if width(line[:at]) <= edge), default=None)
            for line, spaces in zip(lines, places, strict=True)
        ]
        shared = [number for number, cut in enumerate(cuts) if cut is not None]
        aligned = sum(edge - width(lines[number][: cuts[number]]) <= _FULL for number in shared)
        # A single space may stand in the prose itself; several in one place are a gap between columns.
        evidence = min(6.0, 3.0 * (aligned - 1)) if aligned > 1 else -1.0
        for above, below in product((True, False), repeat=2):
            columns = _unshared(lines, cuts, above if shared[0] else None, below)
            yield _score(*columns) + evidence, columns


def _unshared(lines: Sequence[str], cuts: Sequence[int | None], above: bool | None, below: bool) -> _Columns:
    """Both columns, with lone lines above and below the shared ones given to the left column or not."""
    left: list[str] = []
    right: list[str] = []
    to_left = bool(above)
    for line, cut in zip(lines, cuts, strict=True):
        if cut is None:
            (left if to_left else right).append(line)
            continue
        left.append(line[:cut])
        right.append(line[cut + 1 :])
        to_left = below
    return left, right


def _alternating(lines: Sequence[str]) -> Iterator[tuple[float, _Columns]]:
    """Lines of both columns in turn: wide ones are the left column's, short ones end either."""
    edge = max(map(width, lines))
    narrow = [width(line) for line in lines if width(line) < edge - _FULL]
    if not narrow:
        return
    second = max(narrow)
    wide = [width(line) > second + 0.1 for line in lines]
    last_wide = max(number for number, is_wide in enumerate(wide) if is_wide)
    if all(wide[:last_wide]):
        return  # the columns follow one another
    open_ends = [number for number, line in enumerate(lines) if width(line) < second - _FULL]
    if len(open_ends) > _MOST_SHORT:
        return
    for choice in product((True, False), repeat=len(open_ends)):
        to_left = dict(zip(open_ends, choice, strict=True))
        left = [line for number, line in enumerate(lines) if to_left.get(number, wide[number])]
        right = [line for number, line in enumerate(lines) if not to_left.get(number, wide[number])]
        if left and right:
            yield _score(left, right), (left, right)


# ---------------------------------------------------------------- what speaks for a reading


def _score(left: Sequence[str], right: Sequence[str]) -> float:
    if not left:
        return -9.0
    if not right:
        return -4.0 - _raggedness(left)
    score = -_raggedness(left) - _raggedness(right)
    if max(map(width, left)) < max(map(width, right)) - 0.6:
        score -= 4.0  # the left column is the wider one
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left[0], right[0], strict=False)))
    score += 5.0 if shared >= 6 else 2.5 if shared >= 2 else 0.0
    score += sum(1.5 for column in (left, right) if column[-1].rstrip(_QUOTES)[-1:] in _SENTENCE_END)
    score -= sum(2.0 for column in (left, right) if column[-1].rstrip(_QUOTES)[-1:] in _BROKEN_OFF)
    return score + (6.0 if "".join(left) == "".join(right) else 0.0)


def _raggedness(lines: Sequence[str]) -> float:
    """Lines but the last that end before the edge, as a wrapped paragraph does not."""
    widths = [width(line) for line in lines]
    edge = max(widths)
    return sum(min(3.0, edge - line) for line in widths[:-1] if edge - line > _FULL)
