"""Lines of print put together where only the blank halves of two marks part them: …（二期）（续建部分）."""

from __future__ import annotations

from collections.abc import Sequence

from .engine import Picture, Read
from .glyphs import Line
from .marks import parted
from .punctuation import may_be_wide

_TWO_HALVES = 1.5  # of a line's height: two blank halves and a little beside them
_LEVEL = 0.6  # of the lower line's height: what shares so much stands on one line


def without_seams(lines: Sequence[Line], rule_mask: Picture) -> list[Line]:
    """The lines, those whose neighbours end and begin with wide marks made one; no ruling line stands between."""
    done: list[Line] = []
    for line in sorted(lines, key=lambda line: line.box[0]):
        home = next((n for n, other in enumerate(done) if _is_seam(other, line, rule_mask)), None)
        if home is None:
            done.append(line)
        else:
            done[home] = _one(done[home], line)
    return done


def _is_seam(left: Line, right: Line, rule_mask: Picture) -> bool:
    ends, begins = left.read.text[-1:], right.read.text[:1]
    if not (ends and begins and may_be_wide(ends) and may_be_wide(begins)):
        return False
    (_, top, end, bottom), (start, upper, _, lower) = left.box, right.box
    height = min(bottom - top, lower - upper)
    if not 0 <= start - end <= _TWO_HALVES * height or min(bottom, lower) - max(top, upper) < _LEVEL * height:
        return False
    return not parted(rule_mask, left.box, right.box)


def _one(left: Line, right: Line) -> Line:
    """Two lines as one; its characters keep their places."""
    x0, x1 = left.box[0], right.box[2]
    centres = tuple(
        (line.box[0] + centre * (line.box[2] - line.box[0]) - x0) / (x1 - x0)
        for line in (left, right)
        for centre in line.read.centre
    )
    read = Read(left.read.text + right.read.text, left.read.surety + right.read.surety, centres)
    return Line((x0, min(left.box[1], right.box[1]), x1, max(left.box[3], right.box[3])), read)
