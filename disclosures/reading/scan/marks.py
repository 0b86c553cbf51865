"""What a straight page holds: ruling lines, and lines of print between them, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from .engine import Picture

Boxes = NDArray[np.int64]  # n × 4: x0, y0, x1, y1

_LETTER = 10.5  # points: the size of print that tables have where nothing can be measured
_SHORTEST_RULE = 9.0  # points: the side of the lowest cell
_LONG_RULE = 44.0  # points; longer than any stroke of a letter in a title
_THICKEST_RULE = 4.0  # points
_REACH = 0.6  # letters: what stands no further apart is one line of print, level or not
_LOW = 0.6  # of a letter: print that tells nothing of the height of its line
_NEXT = 0.95  # of a line's height: what stands no further apart belongs together
_NEAR = 1.7  # letters: what so low a print may stand from its neighbour
_SPECK = 1.1  # points; smaller ink is dust unless it is a full stop beside a letter


@dataclass(frozen=True, slots=True)
class Marks:
    """Ruling lines as thin boxes, and lines of print as boxes that no ruling line crosses."""

    rules: Boxes
    lines: Boxes
    columns: Boxes  # the same print taken down the page, for telling how the page lies
    rule_mask: Picture
    letter: int  # usual height of letters


def find_marks(printed: Picture, dpi: float) -> Marks:
    """Ruling lines and lines of print of a page's ink (255 where printed)."""
    mask, rules = _rules(printed, dpi)
    text = _without_specks(np.where(mask > 0, 0, printed).astype(np.uint8), dpi)
    letter = _letter(text, dpi)
    return Marks(
        rules, _lines(text, mask, letter), _swapped(_lines(text.T.copy(), mask.T.copy(), letter)), mask, letter
    )


def _swapped(boxes: Boxes) -> Boxes:
    return boxes[:, [1, 0, 3, 2]]


# ---------------------------------------------------------------- ruling lines


def _rules(printed: Picture, dpi: float) -> tuple[Picture, Boxes]:
    """A mask of all ruling lines, and their boxes; a line that a copier broke is whole again.

    A long straight run of ink is a ruling line; a short one is, where both its ends meet ruling lines (the side of
    a low cell), and else the stroke of a letter.
    """
    point = dpi / 72
    runs = {across: _runs(printed, across, dpi) for across in (True, False)}
    boxes = {across: _components(found) for across, found in runs.items()}
    long = {across: _length(found, across) >= _LONG_RULE * point for across, found in boxes.items()}
    mask = np.zeros_like(printed)
    kept: list[Boxes] = []
    for across, found in boxes.items():
        _paint(mask, runs[across], found[long[across]])
        kept.append(found[long[across]])
    edges: Picture = np.asarray(cv2.dilate(mask, np.ones((5, 5), np.uint8)), dtype=np.uint8)
    for across, found in boxes.items():
        short = found[~long[across]]
        held = np.array([_meets(edges, box, across) for box in short.tolist()], dtype=np.bool_)
        _paint(mask, runs[across], short[held])
        kept.append(short[held])
    # Edges of a line are grey: what lies right beside it belongs to it.
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), dtype=np.uint8), np.concatenate(kept)


def _runs(printed: Picture, across: bool, dpi: float) -> Picture:
    """Straight thin runs of ink in one direction."""
    length = round(_SHORTEST_RULE * dpi / 72)
    gap = max(3, round(dpi / 60))
    kernel = np.ones((1, length) if across else (length, 1), np.uint8)
    bridge = np.ones((1, gap) if across else (gap, 1), np.uint8)
    joined = cv2.morphologyEx(printed, cv2.MORPH_CLOSE, bridge)
    runs: Picture = np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
    found = _components(runs)
    thick = _length(found, not across) > _THICKEST_RULE * dpi / 72
    for x0, y0, x1, y1 in found[thick].tolist():
        runs[y0:y1, x0:x1] = 0
    return runs


def _length(boxes: Boxes, across: bool) -> NDArray[np.int64]:
    sides: NDArray[np.int64] = boxes[:, 2] - boxes[:, 0] if across else boxes[:, 3] - boxes[:, 1]
    return sides


def _paint(mask: Picture, runs: Picture, boxes: Boxes) -> None:
    for x0, y0, x1, y1 in boxes.tolist():
        mask[y0:y1, x0:x1] |= runs[y0:y1, x0:x1]


def _meets(edges: Picture, box: list[int], across: bool) -> bool:
    """Whether both ends of a run lie on ruling lines."""
    x0, y0, x1, y1 = box
    reach = 4
    ends = (
        (edges[y0:y1, max(0, x0 - reach) : x0 + reach], edges[y0:y1, x1 - reach : x1 + reach])
        if across
        else (edges[max(0, y0 - reach) : y0 + reach, x0:x1], edges[y1 - reach : y1 + reach, x0:x1])
    )
    return all(bool(end.any()) for end in ends)


def _components(picture: Picture) -> Boxes:
    _, _, stats, _ = cv2.connectedComponentsWithStats(picture, connectivity=8)
    stats = stats[1:].astype(np.int64)
    return np.column_stack((stats[:, 0], stats[:, 1], stats[:, 0] + stats[:, 2], stats[:, 1] + stats[:, 3]))


# ---------------------------------------------------------------- print


def _without_specks(text: Picture, dpi: float) -> Picture:
    """The ink without dust: tiny spots that stand alone."""
    least = max(2, round(_SPECK * dpi / 72))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(text, connectivity=8)
    small = (stats[:, cv2.CC_STAT_WIDTH] < least) & (stats[:, cv2.CC_STAT_HEIGHT] < least)
    small[0] = False
    if not small.any():
        return text
    letters = np.where(small[labels], 0, text).astype(np.uint8)
    near = cv2.dilate(letters, np.ones((3, 4 * least + 1), np.uint8))
    return np.where((letters > 0) | (near > 0), text, 0).astype(np.uint8)


def _letter(text: Picture, dpi: float) -> int:
    """The usual height of letters, pixels."""
    boxes = _components(text)
    heights = boxes[:, 3] - boxes[:, 1]
    usual = _LETTER * dpi / 72
    plausible = heights[(heights > 0.4 * usual) & (heights < 2.5 * usual)]
    return round(float(np.percentile(plausible, 70))) if len(plausible) >= 10 else round(usual)


def _lines(text: Picture, rule_mask: Picture, letter: int) -> Boxes:
    """Boxes of print that stands together on one line; a ruling line, a wide gap or another height parts it."""
    reach = np.ones((1, max(3, round(_REACH * letter)) | 1), np.uint8)
    thick = np.ones((max(1, letter // 6), 1), np.uint8)  # full stops and the parts of 二 belong to their line
    closed = cv2.morphologyEx(cv2.morphologyEx(text, cv2.MORPH_CLOSE, reach), cv2.MORPH_CLOSE, thick)
    smeared: Picture = np.asarray(closed, dtype=np.uint8)
    smeared[rule_mask > 0] = 0
    boxes = [piece for box in _components(smeared).tolist() for piece in _rows_of(text, box, letter)]
    joined = _along(_joined(boxes, letter), rule_mask)
    # A comma put to its line leaves a smaller gap to what follows it.
    whole = _along(_beside(joined, rule_mask, letter), rule_mask)
    found: Boxes = np.array(whole, dtype=np.int64).reshape(-1, 4)
    width, height = found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]
    plausible: NDArray[np.bool_] = (np.minimum(width, height) >= 2) & (height >= 0.25 * letter) | (width > 0.5 * letter)
    return found[plausible]


def _rows_of(text: Picture, box: list[int], letter: int) -> list[list[int]]:
    """A box that holds several lines of print, cut where there is no ink between them."""
    x0, y0, x1, y1 = box
    if y1 - y0 < 1.6 * letter:
        return [box]
    filled = text[y0:y1, x0:x1].any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    bands = [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    joined: list[tuple[int, int]] = []
    for start, end in bands:
        if joined and (end - joined[-1][0] <= 1.35 * letter):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [[x0, y0 + start, x1, y0 + end] for start, end in joined]


def _joined(boxes: list[list[int]], letter: int) -> list[list[int]]:
    """Boxes that lie one over the other (二, 三, the dots of i) made one."""
    boxes = sorted(boxes, key=lambda box: (box[0], box[1]))
    kept: list[list[int]] = []
    for box in boxes:
        for other in reversed(kept[-40:]):
            over = min(box[2], other[2]) - max(box[0], other[0])
            together = max(box[3], other[3]) - min(box[1], other[1])
            if over > 0.6 * min(box[2] - box[0], other[2] - other[0]) and together <= 1.3 * letter:
                _take_in(other, box)
                break
        else:
            kept.append(list(box))
    return kept


def _along(boxes: list[list[int]], rule_mask: Picture) -> list[list[int]]:
    """Neighbours on one line put together: titles in larger letters, and what a low comma or bracket kept apart."""
    kept: list[list[int]] = []
    for box in sorted(boxes):
        height = box[3] - box[1]
        for other in kept:
            over = min(box[3], other[3]) - max(box[1], other[1])
            if (
                over > 0.6 * height
                and over > 0.6 * (other[3] - other[1])
                and _gap(box, other) <= _NEXT * height
                and not parted(rule_mask, box, other)
            ):
                _take_in(other, box)
                break
        else:
            kept.append(box)
    return kept


def _beside(boxes: list[list[int]], rule_mask: Picture, letter: int) -> list[list[int]]:
    """Low print (一, a dash, a comma) put to the print beside it, which shows the model how high a line is."""
    low = [box for box in boxes if box[3] - box[1] < _LOW * letter]
    high = [box for box in boxes if box[3] - box[1] >= _LOW * letter]
    alone: list[list[int]] = []
    for box in low:
        middle = (box[1] + box[3]) // 2
        near = [other for other in high if other[1] <= middle <= other[3] and _gap(box, other) <= _NEAR * letter]
        beside = [other for other in near if not parted(rule_mask, box, other)]
        if beside:
            _take_in(min(beside, key=lambda other: _gap(box, other)), box)
        else:
            alone.append(box)
    return high + alone


def _gap(a: list[int], b: list[int]) -> int:
    return max(a[0], b[0]) - min(a[2], b[2])


def parted(rule_mask: Picture, a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether a ruling line stands between two boxes, at the height of the first."""
    left, right = min(a[2], b[2]), max(a[0], b[0])
    return left < right and bool(rule_mask[(a[1] + a[3]) // 2, left:right].any())


def _take_in(box: list[int], other: list[int]) -> None:
    box[:] = [min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])]
