"""Glyphs of a page become pieces of lines: what stands together without a gap, in its group.

A group is a cell of a ruled table, or everything outside of one. All pieces of a page are made at once,
by sorting arrays; only their texts are put together one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from disclosures.plain.sources import Box

from .page import Flags, Floats, Glyphs, Ints
from .stretch import stretch_of

_SAME_LINE = 0.42  # of the font size: how far centres of one line lie apart
_WIDE_GAP = 0.9  # of the font size: a wider gap parts two pieces, spaces or not
_BARE_GAP = 0.42  # of the font size: a gap so much wider than the spaces of the file in it parts them too
_OVERLAP = 0.3  # of the font size: a text that begins so far inside the one before is another one
_WORD_GAP = 0.22  # between Latin letters and digits it is a space
_SPACE_GAP = 0.12  # a space of the file that is at least this wide


@dataclass(slots=True)
class Piece:
    """Text of one line without a wide gap in it. `line` numbers the lines of the page within their groups."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    line: int
    group: int
    starts: tuple[float, ...] = ()  # where its characters begin and end, for cutting
    ends: tuple[float, ...] = ()
    chars: tuple[str, ...] = ()  # with the space in front where there is one

    @property
    def box(self) -> Box:
        return (self.x0, self.y0, self.x1, self.y1)

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    def cut(self, position: int) -> tuple[Piece, Piece]:
        """The piece in two, the second beginning with character `position`."""
        left = replace(
            self,
            text="".join(self.chars[:position]).strip(),
            x1=self.ends[position - 1],
            starts=self.starts[:position],
            ends=self.ends[:position],
            chars=self.chars[:position],
        )
        right = replace(
            self,
            text="".join(self.chars[position:]).strip(),
            x0=self.starts[position],
            starts=self.starts[position:],
            ends=self.ends[position:],
            chars=self.chars[position:],
        )
        return left, right


def union_box(boxes: list[Box]) -> Box:
    """The smallest box around some boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def pieces_of(glyphs: Glyphs, group: Ints) -> list[Piece]:
    """The pieces of all groups, by group, then top to bottom and left to right."""
    if not len(glyphs):
        return []
    order, line = _in_lines(glyphs, group)
    box, size = glyphs.box[order], glyphs.size[order]
    gap = np.empty(len(order))
    gap[0] = np.inf
    gap[1:] = box[1:, 0] - box[:-1, 2]
    new_line = np.empty(len(order), dtype=np.bool_)
    new_line[0] = True
    new_line[1:] = line[1:] != line[:-1]
    wider = size.copy()
    wider[1:] = np.maximum(size[1:], size[:-1])
    printed = glyphs.spaced[order]
    chars = [glyphs.text[n] for n in order.tolist()]
    ascii_ = np.array([char < "\u0080" for char in chars])
    stretch = stretch_of(chars, ascii_, gap / wider, line, printed > 0) * wider
    # Within a Latin word nothing is widened: there the stretch must not make an overlap.
    gap = np.where(gap > 0, np.maximum(gap - stretch, 0.0), gap)
    breaks = new_line | (gap > _WIDE_GAP * wider) | (gap - printed > _BARE_GAP * wider)
    run = glyphs.run[order]
    breaks[1:] |= (gap[1:] < -_OVERLAP * wider[1:]) & (run[1:] != run[:-1])
    spaced = _spaces(printed > 0, ascii_, gap, wider) & ~breaks
    return _pieces(glyphs, order, chars, line, group[order], breaks, spaced)


def _in_lines(glyphs: Glyphs, group: Ints) -> tuple[Ints, Ints]:
    """Indices of the glyphs in reading order, and the number of each one's line."""
    middle = (glyphs.box[:, 1] + glyphs.box[:, 3]) / 2
    by_height = np.lexsort((middle, group))
    jump = np.empty(len(by_height))
    jump[0] = np.inf
    jump[1:] = np.diff(middle[by_height])
    size = glyphs.size[by_height]
    reach = size.copy()
    reach[1:] = np.minimum(np.maximum(size[1:], size[:-1]), 2 * np.minimum(size[1:], size[:-1]))
    other = np.empty(len(by_height), dtype=np.bool_)
    other[0] = True
    other[1:] = np.diff(group[by_height]) != 0
    line = np.cumsum(other | (jump > _SAME_LINE * reach)) - 1
    across = np.lexsort((glyphs.box[by_height, 0], line))
    return by_height[across], line[across]


def _spaces(printed: Flags, ascii_: Flags, gap: Floats, size: Floats) -> Flags:
    """Whether a space stands in front of each glyph."""
    before = np.empty_like(ascii_)
    before[0] = False
    before[1:] = ascii_[:-1]
    between_words: Flags = ascii_ & before & (gap > _WORD_GAP * size)
    of_file: Flags = printed & (gap > _SPACE_GAP * size)
    return between_words | of_file


def _pieces(
    glyphs: Glyphs, order: Ints, chars: list[str], line: Ints, group: Ints, breaks: Flags, spaced: Flags
) -> list[Piece]:
    for n in np.flatnonzero(spaced).tolist():
        chars[n] = " " + chars[n]
    starts = np.flatnonzero(breaks)
    box, size = glyphs.box[order], glyphs.size[order]
    x0 = np.minimum.reduceat(box[:, 0], starts).tolist()
    y0 = np.minimum.reduceat(box[:, 1], starts).tolist()
    x1 = np.maximum.reduceat(box[:, 2], starts).tolist()
    y1 = np.maximum.reduceat(box[:, 3], starts).tolist()
    sizes = np.maximum.reduceat(size, starts).tolist()
    lines, groups = line[starts].tolist(), group[starts].tolist()
    lefts, rights = box[:, 0].tolist(), box[:, 2].tolist()
    places = [*starts.tolist(), len(chars)]
    pieces = []
    for n, (start, end) in enumerate(pairwise(places)):
        if groups[n] < 0:  # outside of ruled tables a piece may have to be cut later
            detail = (tuple(lefts[start:end]), tuple(rights[start:end]), tuple(chars[start:end]))
        else:
            detail = ((), (), ())
        pieces.append(
            Piece("".join(chars[start:end]).strip(), x0[n], y0[n], x1[n], y1[n], sizes[n], lines[n], groups[n], *detail)
        )
    return pieces
