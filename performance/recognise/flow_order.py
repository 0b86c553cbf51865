"""The order in which a FLOW indicator table was printed.

Dumps that follow the drawing of the page print a label before its rows. Dumps sorted by height print a
label that covers several rows in their middle: behind as many rows as follow it, or in the middle row
itself. Labels at the top of their cell stand in the line of their first row, which can look like either.
Lives here: telling these apart, and putting every label before its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

# What indicators of a class mostly speak of; enough to choose between two groupings of the same rows.
_SPEAKS_OF: Mapping[str, re.Pattern[str]] = {
    "数量指标": re.compile("数量|人数|次数|个数|面积|场次"),
    "质量指标": re.compile("率|合格|达标|质量|准确"),
    "时效指标": re.compile("时间|及时|时限|按时|月底|季度"),
    "成本指标": re.compile("成本|费用|单价|经费|万元|元/"),
    "服务对象满意度": re.compile("满意"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """The words behind one level-2 label of a line; label None where the line has none."""

    label: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of the indicator table, cut at its labels."""

    source: str
    page: int
    parts: tuple[Part, ...]
    annual_only: bool = False  # starts where only the annual columns are

    @property
    def label(self) -> str | None:
        return self.parts[0].label if self.parts else None

    @property
    def bare(self) -> bool:
        """Only labels, no indicator."""
        return not any(part.words for part in self.parts)


def in_row_order(lines: Sequence[TableLine]) -> list[TableLine]:
    """The lines with every label before its rows."""
    pages = [[line for line in page if line.parts] for _, page in groupby(lines, key=lambda line: line.page)]
    two_labels = any(map(_prints_labels_twice, pages))
    drawn = sum(_against_drawing(page, two_labels, number > 0) for number, page in enumerate(pages))
    if not drawn:
        return [line for page in pages for line in page]
    spans = [_spans(page) for page in pages]
    by_height = sum(faults for _, faults in spans)
    if two_labels:
        by_height += sum(line.bare and len(line.parts) == 1 for page in pages for line in page)
    if by_height >= drawn:
        return [line for page in pages for line in page]
    as_printed = [line for page in pages for line in page]
    regrouped = [line for page, (groups, _) in zip(pages, spans, strict=True) for line in _regrouped(page, groups)]
    return as_printed if _agreement(as_printed) > _agreement(regrouped) else regrouped


def _agreement(lines: Iterable[TableLine]) -> int:
    """How many more rows speak of what the label before them asks for than of something else."""
    label: str | None = None
    score = 0
    for line in lines:
        label = line.label or label
        text = " ".join(word for part in line.parts for word in part.words)
        classes = {name for name, pattern in _SPEAKS_OF.items() if pattern.search(text)}
        if classes and label in _SPEAKS_OF:
            score += 1 if label in classes else -1
    return score


def _prints_labels_twice(page: Sequence[TableLine]) -> bool:
    """Whether each horizon has its own labels: two in one line, or the same one again behind a row."""
    labels = [line.label for line in page if line.label is not None]
    return any(len(line.parts) >= 2 for line in page) or any(one == two for one, two in pairwise(labels))


def _against_drawing(page: Sequence[TableLine], two_labels: bool, continued: bool) -> int:
    """How often a page contradicts labels printed before their rows."""
    marks = [number for number, line in enumerate(page) if line.label is not None]
    faults = marks[0] if marks else 0
    for order, mark in enumerate(marks):
        rows = (marks[order + 1] if order + 1 < len(marks) else len(page)) - mark - 1
        alone = page[mark].bare and len(page[mark].parts) == 1
        if alone:
            faults += rows == 1 and not two_labels  # it covers several rows or, if blank, none
        elif rows and not (continued and order == 0):
            faults += 1  # in the line of a row it covers that row only, unless the page began within its group
    return faults


_Span = tuple[int, int, int]  # first line, label line, line behind the last


def _spans(page: Sequence[TableLine]) -> tuple[list[_Span], int]:
    """The lines of each group with its label in the middle, and how many do not fit in."""
    marks = [number for number, line in enumerate(page) if line.label is not None]
    spans: list[_Span] = []
    start = faults = 0
    for order, mark in enumerate(marks):
        above = mark - start
        limit = (marks[order + 1] if order + 1 < len(marks) else len(page)) - mark - 1
        below = min(above, limit)
        faults += above - below
        spans.append((start, mark, mark + 1 + below))
        start = mark + 1 + below
    return spans, faults + len(page) - start


def _regrouped(page: Sequence[TableLine], spans: Sequence[_Span]) -> Iterator[TableLine]:
    """Each group's label in a line of its own, then its rows."""
    end = 0
    for start, mark, end in spans:
        if end - start > 1:
            yield replace(page[mark], parts=tuple(Part(part.label, ()) for part in page[mark].parts))
        for line in page[start:end]:
            if end - start == 1 or len(line.parts) > 1:
                yield line
            elif not line.bare:
                yield replace(line, parts=(Part(None, line.parts[0].words),))
    yield from page[end:]
