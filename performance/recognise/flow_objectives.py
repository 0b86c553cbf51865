"""Two columns of prose printed one after the other: which lines are the left column's.

Lives here: the objectives of a FLOW form (实施期目标 on the left, 年度目标 on the right).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from .flow_shapes import width

_SENTENCE_END = "。！？；.;”)）"
_FULL = 1.6  # a wrapped line ends at most this much before its column's edge
_CLOSE = 1.0


def split_columns(lines: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """The lines of the left and of the right column, and whether the cut is in doubt."""
    if not lines:
        return [], [], False
    if len(lines) == 1:
        return _split_single(lines[0])
    scores = sorted(((_score(lines, cut), cut) for cut in range(1, len(lines) + 1)), reverse=True)
    (best, cut), (next_best, _) = scores[0], scores[1]
    return list(lines[:cut]), list(lines[cut:]), best - next_best < _CLOSE


def _split_single(line: str) -> tuple[list[str], list[str], bool]:
    """One line holds both columns, or only the left one."""
    words = line.split()
    for cut in range(1, len(words)):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        if left == right:
            return [left], [right], False
    if len(words) == 2:
        return [words[0]], [words[1]], True
    return [line], [], True


def _score(lines: Sequence[str], cut: int) -> float:
    left, right = lines[:cut], lines[cut:]
    if not right:
        return -4.0 - _raggedness(left)
    score = -_raggedness(left) - _raggedness(right)
    if max(map(width, left)) < max(map(width, right)) - 0.6:
        score -= 4.0  # the left column is the wider one
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left[0], right[0], strict=False)))
    score += 5.0 if shared >= 6 else 2.5 if shared >= 2 else 0.0
    if left[-1].rstrip()[-1:] in _SENTENCE_END:
        score += 1.5
    same_text = "".join(left), "".join(right)
    if same_text[0] == same_text[1]:
        score += 6.0
    return score


def _raggedness(lines: Sequence[str]) -> float:
    """Lines but the last that end before the edge, as a wrapped paragraph does not."""
    widths = [width(line) for line in lines]
    edge = max(widths)
    short = sum(min(3.0, edge - line) for line in widths[:-1] if edge - line > _FULL)
    return short
