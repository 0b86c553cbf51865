"""What does not belong to the text of a page: watermarks, running headers and footers, page numbers, copies.

Marks are told by their slant, by being large and grey, or by repetition over the pages; headers and footers by
standing first or last on several pages with the same words; page numbers by their shape at that place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .blocks import ProseLine
from .glyph_lines import union_box
from .page import Flags, Glyphs, PageContent

_COPIED = 0.25  # of the font size: the same character again no further off is printed bold
_LARGE = 1.3  # of the usual size: grey text so large is a mark
_HUGE = 1.8  # black text so large that stands at one place on many pages and crosses other text
_SHARE = 0.4  # of the pages looked at
_FEWEST = 3  # pages
_RIGHT_UNDER = 0.7  # of the font size: text no further below belongs to the line above it
_ZONE = 0.11  # of the page's height, above and below
_PAGE_NUMBER = re.compile(
    r"[-—–－~·•\s]*(?:第\s*)?[\dIVXivx]{1,5}(?:\s*页)?(?:\s*[,，/／|]?\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–－~·•\s]*$"
    r"|Page\s*\d+(?:\s*of\s*\d+)?$",
    re.I,
)
_WORDS = re.compile(r"\w")

LineKey = tuple[str, int]


@dataclass(slots=True)
class Furniture:
    """What repeats over the pages that were looked at."""

    lines: frozenset[LineKey] = frozenset()
    marks: frozenset[LineKey] = frozenset()


@dataclass(slots=True)
class Cleaned:
    """The glyphs that are text, and the watermarks taken out of them."""

    glyphs: Glyphs
    marks: list[str] = field(default_factory=list)


def without_copies(glyphs: Glyphs) -> Glyphs:
    """The glyphs, each once: bold type is often printed twice, a hair apart."""
    if len(glyphs) < 2:
        return glyphs
    code = np.array([hash(char) for char in glyphs.text])
    x, y = glyphs.box[:, 0], glyphs.box[:, 1]
    drop = np.zeros(len(glyphs), dtype=np.bool_)
    for shift in (0.0, 0.5):  # neighbours on both sides of a border between strips
        strip = np.floor(y / 4 + shift)
        order = np.lexsort((x, strip, code))
        near = (
            (np.diff(code[order]) == 0)
            & (np.diff(x[order]) <= _COPIED * glyphs.size[order][1:])
            & (np.abs(np.diff(y[order])) <= _COPIED * glyphs.size[order][1:])
            & (np.diff(strip[order]) == 0)
            & (np.diff(glyphs.run[order]) != 0)
        )
        pairs = order[:-1][near], order[1:][near]
        drop[np.maximum(*pairs)] = True
    return glyphs.only(~drop) if drop.any() else glyphs


def clean(page: PageContent, furniture: Furniture) -> Cleaned:
    """The glyphs of a page without watermarks and what nobody sees."""
    glyphs = page.glyphs
    if not len(glyphs):
        return Cleaned(glyphs)
    usual = float(np.median(glyphs.size))
    mark: Flags = glyphs.turn < 0
    large = glyphs.faint & (glyphs.size > _LARGE * usual) & ~_on_shade(page, glyphs)
    if large.any():
        mark = mark | _crossing(glyphs, large)
    if furniture.marks:
        mark |= _repeated(glyphs, furniture.marks)
    marks = _texts(glyphs, mark) if mark.any() else []
    hidden = glyphs.hidden & ~mark
    if hidden.any() and not hidden.all() and hidden.mean() < 0.5:
        mark = mark | hidden
    return Cleaned(glyphs.only(~mark) if mark.any() else glyphs, marks)


def _on_shade(page: PageContent, glyphs: Glyphs) -> Flags:
    """Light text on a dark field is no mark."""
    if not len(page.shades):
        return np.zeros(len(glyphs), dtype=np.bool_)
    x, y = (glyphs.box[:, 0] + glyphs.box[:, 2]) / 2, (glyphs.box[:, 1] + glyphs.box[:, 3]) / 2
    x0, y0, x1, y1 = page.shades.T
    inside = (x[:, None] > x0) & (x[:, None] < x1) & (y[:, None] > y0) & (y[:, None] < y1)
    found: Flags = inside.any(axis=1)
    return found


def _crossing(glyphs: Glyphs, large: Flags) -> Flags:
    """Of large grey text, what lies across other text."""
    found = np.zeros(len(glyphs), dtype=np.bool_)
    other = glyphs.box[~large]
    x, y = (other[:, 0] + other[:, 2]) / 2, (other[:, 1] + other[:, 3]) / 2
    for run in np.unique(glyphs.run[large]).tolist():
        members = glyphs.run == run
        x0, y0 = glyphs.box[members, :2].min(axis=0)
        x1, y1 = glyphs.box[members, 2:].max(axis=0)
        if ((x > x0) & (x < x1) & (y > y0) & (y < y1)).any():
            found |= members
    return found


def _texts(glyphs: Glyphs, mark: Flags) -> list[str]:
    """The words of the marks; a slanting one is written as the file has it."""
    by_run: dict[int, list[str]] = {}
    for n in np.flatnonzero(mark).tolist():
        by_run.setdefault(int(glyphs.run[n]), []).append(glyphs.text[n])
    parts = ["".join(chars) for chars in by_run.values()]
    whole = "".join(parts)
    # A text object for each character, or one for the whole mark: single characters belong together.
    return parts if all(len(part) > 1 for part in parts) else [whole]


def _runs(glyphs: Glyphs) -> Iterable[tuple[LineKey, float, list[int]]]:
    """Text objects with their words, place, size and glyphs."""
    by_run: dict[int, list[int]] = {}
    for n, run in enumerate(glyphs.run.tolist()):
        by_run.setdefault(run, []).append(n)
    for members in by_run.values():
        text = "".join(glyphs.text[n] for n in members)
        yield (text, _place(float(glyphs.box[members[0], 1]))), float(glyphs.size[members[0]]), members


def _place(y: float) -> int:
    return round(y / 4)


def _repeated(glyphs: Glyphs, marks: frozenset[LineKey]) -> Flags:
    found = np.zeros(len(glyphs), dtype=np.bool_)
    for (text, place), _, members in _runs(glyphs):
        if any((text, near) in marks for near in (place - 1, place, place + 1)):
            found[members] = True
    return found


# ---------------------------------------------------------------- what repeats


def learn(pages: Sequence[tuple[PageContent, Sequence[ProseLine]]]) -> Furniture:
    """What repeats on some pages of a document; the lines are those outside of ruled tables."""
    lines: Counter[LineKey] = Counter()
    marks: Counter[LineKey] = Counter()
    least = max(_FEWEST, _SHARE * len(pages))
    edges = [(page, _edge_lines(own, page.frame.reading_size[1])) for page, own in pages]
    for page, own in edges:
        lines.update({_key(line) for line in own})
        marks.update(_mark_keys(page))
    often = frozenset(key for key, count in lines.items() if count >= least)
    titles = _titles([(page, [line for line in own if _key(line) in often]) for page, own in edges])
    return Furniture(often - titles, frozenset(key for key, count in marks.items() if count >= least))


def _titles(pages: Sequence[tuple[PageContent, Sequence[ProseLine]]]) -> set[LineKey]:
    """Of the lines that repeat on top of pages, those that belong to the text: titles of forms.

    Other pages of that size begin at the same height or above, or the text follows right below.
    """
    seen: dict[LineKey, list[tuple[PageContent, ProseLine]]] = {}
    for page, own in pages:
        for line in own:
            if line.middle < _ZONE * page.frame.reading_size[1]:
                seen.setdefault(_key(line), []).append((page, line))
    tops = [(page, _text_top(page, own)) for page, own in pages]
    titles = set()
    for key, found in seen.items():
        line = found[0][1]
        having = {page.number for page, _ in found}
        sizes = {page.frame.reading_size for page, _ in found}
        others = [top for page, top in tops if page.number not in having and page.frame.reading_size in sizes]
        begins = sum(top < line.box[3] for top in others)
        if begins * 2 > len(others) or _followed(found):
            titles.add(key)
    return titles


def _text_top(page: PageContent, repeated: Sequence[ProseLine]) -> float:
    """Where a page's own text begins, without the lines that repeat."""
    middle = (page.glyphs.box[:, 1] + page.glyphs.box[:, 3]) / 2
    own = page.glyphs.turn >= 0
    for line in repeated:
        own &= (middle < line.box[1]) | (middle > line.box[3])
    return float(page.glyphs.box[own, 1].min()) if own.any() else float("inf")


def _followed(found: Sequence[tuple[PageContent, ProseLine]]) -> bool:
    """Whether text in type no larger stands right under a line on most of its pages."""
    near = 0
    for page, line in found:
        box, size = page.glyphs.box, page.glyphs.size
        below = (box[:, 1] >= line.middle) & (box[:, 1] - line.box[3] < _RIGHT_UNDER * line.size)
        near += bool((below & (size <= line.size + 0.1)).any())
    return near * 2 > len(found)


def _key(line: ProseLine) -> LineKey:
    return (line.text, _place(line.middle))


def _edge_lines(lines: Sequence[ProseLine], height: float) -> list[ProseLine]:
    return [line for line in lines if line.middle < _ZONE * height or line.middle > (1 - _ZONE) * height]


def _mark_keys(page: PageContent) -> set[LineKey]:
    """Text objects that may be a mark if they repeat: grey ones, and very large ones across other text."""
    glyphs = page.glyphs
    if not len(glyphs):
        return set()
    usual = float(np.median(glyphs.size))
    keys = set()
    for key, size, members in _runs(glyphs):
        if (glyphs.faint[members[0]] and len(key[0]) > 1) or (size > _HUGE * usual and _crosses(glyphs, members)):
            keys.add(key)
    return keys


def _crosses(glyphs: Glyphs, members: Sequence[int]) -> bool:
    x0, y0, x1, y1 = union_box([tuple(box) for box in glyphs.box[list(members)].tolist()])
    box = glyphs.box
    x, y = (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2
    inside = (x > x0) & (x < x1) & (y > y0) & (y < y1)
    return int(inside.sum()) > len(members)


def without_edges(lines: Sequence[ProseLine], furniture: Furniture, height: float, usual: float) -> list[ProseLine]:
    """The lines of a page without running headers, footers and page numbers."""
    kept = list(lines)
    while kept and kept[0].middle < _ZONE * height and _is_furniture(kept[0], furniture, usual):
        kept.pop(0)
    while kept and kept[-1].middle > (1 - _ZONE) * height and _is_furniture(kept[-1], furniture, usual):
        kept.pop()
    return kept


def _is_furniture(line: ProseLine, furniture: Furniture, usual: float) -> bool:
    text = line.text
    if (len(line.pieces) == 1 and _PAGE_NUMBER.match(text)) or not _WORDS.search(text):
        return True
    if line.size > 1.25 * usual:
        return False
    place = _place(line.middle)
    return any((text, near) in furniture.lines for near in (place - 1, place, place + 1))
