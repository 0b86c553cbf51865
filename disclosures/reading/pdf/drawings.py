"""Charts drawn on a page: their labels are neither prose nor cells, and their axes rule no table.

A chart is a framed field of moderate size that holds bars or curves and only short texts. Bars share one
side and their thickness, stand apart, and differ in length; coloured cells of a table do not.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .page import Flags, Floats, PageContent

_SMALLEST = (90.0, 55.0)  # points, width and height of a chart
_LARGEST = 0.75  # of the page's height
_SAME = 1.0  # points
_THINNEST = 4.0  # points
_FEWEST = 2  # bars of one row, or curves
_LARGE_CURVE = 15.0  # points; smaller ones are letters drawn as outlines, or bullets
_FULL = 0.6  # of the filled boxes hold text: they are cells
_LONGEST = 24  # Chinese characters in one line: prose, not a label
_PROSE_WIDTH = 0.7  # of the field, by a line of prose


def without_charts(page: PageContent) -> PageContent:
    """The page without charts, their labels and lines."""
    if not len(page.glyphs) or not len(page.shades):
        return page
    fields = [field for field in _fields(page) if _is_chart(page, field)]
    if not fields:
        return page
    in_chart = _any_inside(page.glyphs.box, fields)
    return replace(
        page,
        glyphs=page.glyphs.only(~in_chart),
        rules=page.rules[~_any_inside(page.rules, fields)],
        shades=page.shades[~_any_inside(page.shades, fields)],
    )


def _fields(page: PageContent) -> list[Floats]:
    """Filled boxes as large as charts."""
    sizes = page.shades[:, 2:] - page.shades[:, :2]
    most = _LARGEST * page.frame.reading_size[1]
    fits = (sizes[:, 0] >= _SMALLEST[0]) & (sizes[:, 1] >= _SMALLEST[1]) & (sizes[:, 1] <= most)
    return list(page.shades[fits])


def _is_chart(page: PageContent, field: Floats) -> bool:
    inner = page.shades[_inside(page.shades, field) & (_area(page.shades) < 0.9 * _area(field[None])[0])]
    curves = page.curves[_inside(page.curves, field)] if len(page.curves) else page.curves
    large = np.minimum(curves[:, 2] - curves[:, 0], curves[:, 3] - curves[:, 1]) >= _LARGE_CURVE
    thin = page.rules[_inside(page.rules, field)]  # a bar for a small amount is as thin as a line
    bars = np.concatenate((inner, thin))
    if int(large.sum()) < _FEWEST and not (_has_bars(bars) or _has_bars(bars[:, [1, 0, 3, 2]])):
        return False
    own = page.glyphs.box[_inside(page.glyphs.box, field)]
    return not _mostly_cells(inner, own) and not _has_prose(page, field)


def _has_bars(boxes: Floats) -> bool:
    """Whether level bars of one thickness begin at one line, stand apart and end at different places."""
    for box in boxes[boxes[:, 3] - boxes[:, 1] > _THINNEST]:
        height = box[3] - box[1]
        peers = boxes[(np.abs(boxes[:, 0] - box[0]) <= _SAME) & (np.abs(boxes[:, 3] - boxes[:, 1] - height) <= _SAME)]
        peers = peers[np.argsort(peers[:, 1])]
        down = np.diff(peers[:, 1])
        apart = (down > height + _SAME) | (down <= _SAME)  # an amount of nothing begins where the next one does
        if (
            len(np.unique(np.round(peers[:, 1]))) >= _FEWEST
            and apart.all()
            and peers[:, 2].max() - box[0] > _THINNEST
            and np.ptp(peers[:, 2]) > 2 * _SAME
        ):
            return True
    return False


def _mostly_cells(boxes: Floats, glyphs: Floats) -> bool:
    """Whether text stands in most of the filled boxes, as in coloured cells."""
    if not len(boxes) or not len(glyphs):
        return False
    full = sum(bool(_inside(glyphs, box).any()) for box in boxes)
    return full > _FULL * len(boxes)


def _has_prose(page: PageContent, field: Floats) -> bool:
    """Whether a line of Chinese text runs over most of the field."""
    members = np.flatnonzero(_inside(page.glyphs.box, field))
    chinese = [n for n in members.tolist() if "\u3400" <= page.glyphs.text[n] <= "\u9fff"]
    if len(chinese) < _LONGEST:
        return False
    boxes = page.glyphs.box[chinese]
    rows = np.round((boxes[:, 1] + boxes[:, 3]) / 2 / 3)
    for row in np.unique(rows):
        line = boxes[rows == row]
        wide = line[:, 2].max() - line[:, 0].min() > _PROSE_WIDTH * (field[2] - field[0])
        if len(line) >= _LONGEST and wide:
            return True
    return False


def _area(boxes: Floats) -> Floats:
    area: Floats = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return area


def _inside(boxes: Floats, field: Floats) -> Flags:
    """Which boxes have their middle in a field and do not reach far out of it."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    reach = 2.0
    found: Flags = (x > field[0]) & (x < field[2]) & (y > field[1]) & (y < field[3])
    found &= (boxes[:, 0] > field[0] - reach) & (boxes[:, 2] < field[2] + reach)
    found &= (boxes[:, 1] > field[1] - reach) & (boxes[:, 3] < field[3] + reach)
    return found


def _any_inside(boxes: Floats, fields: list[Floats]) -> Flags:
    found = np.zeros(len(boxes), dtype=np.bool_)
    for field in fields:
        found |= _inside(boxes, field)
    return found
