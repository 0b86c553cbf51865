"""Where a table goes on at the top of the next page: headers printed again, rows and merged cells that were cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .blocks import CellBlock, RowBlock
from .rowing import is_amount
from .ruled import joined_text

_FEWEST_LINES = 2  # of a text that is cut: a single line is hardly ever parted from the next
_ITEM = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、．]|\d{1,2}\.(?!\d)|[①-⑳]|其中[:：]|第[一二三四五六七八九十]+"
)


def has_amounts(row: RowBlock) -> bool:
    """Whether an amount or a code stands in a row."""
    return any(is_amount(cell.text) for cell in row.cells)


def texts_of(row: RowBlock) -> tuple[str, ...]:
    """What stands in the cells of a row."""
    return tuple(cell.text for cell in row.cells)


def without_head(head: Sequence[tuple[str, ...]], rows: list[RowBlock]) -> list[RowBlock]:
    """The rows of a next page without the header (texts of the table's first rows) that is printed again."""
    same = 0
    for row, printed in zip(rows, head, strict=False):
        if texts_of(row) != printed or has_amounts(row):
            break
        same += 1
    return rows[same:]


class Joiner:
    """Puts together what the end of a page has cut. Remembers which texts stand in cells of their own."""

    def __init__(self) -> None:
        self.whole: Counter[str] = Counter()

    def remember(self, rows: Sequence[RowBlock]) -> None:
        """Take note of the cells of a page; those of its last row may be cut."""
        for row in rows[:-1]:
            self.whole.update(text for text in texts_of(row) if text)

    def joined(self, before: Sequence[RowBlock], rows: list[RowBlock]) -> list[RowBlock]:
        """The rows of a page without what belongs to the last cells of the page before, which is put there.

        A row is cut when everything in its second half goes on with a text that fills its cell above; a merged
        cell may be cut alone.
        """
        if not rows or not before or len(before[-1].cells) != len(rows[0].cells):
            return rows
        first = rows[0]
        filled = [(n, cell) for n, cell in enumerate(first.cells) if cell.text]
        if not filled:
            return rows
        if not has_amounts(first) and all(self._goes_on(before[-1].cells[n], cell) for n, cell in filled):
            for n, cell in filled:
                _put(before[-1].cells[n], cell)
            return rows[1:]
        for n, cell in filled:
            above = _reaching_down(before, n)
            if above is not None and self._is_rest(above, cell):
                _put(above, cell)
                cell.text = ""
        return rows

    def _goes_on(self, above: CellBlock, below: CellBlock) -> bool:
        return (
            above.filled and above.lines >= _FEWEST_LINES and not _ITEM.match(below.text) and self._is_cut(above, below)
        )

    def _is_rest(self, above: CellBlock, below: CellBlock) -> bool:
        """Whether a merged cell of the page before goes on: few letters, or several lines of it, stand overleaf."""
        if not above.filled or not (above.tall or below.tall) or _ITEM.match(below.text) or is_amount(below.text):
            return False
        capacity = len(above.text) / above.lines
        short = below.lines == 1 and len(below.text) < capacity
        return (short or above.lines >= _FEWEST_LINES) and self._is_cut(above, below)

    def _is_cut(self, above: CellBlock, below: CellBlock) -> bool:
        """Not so where both texts stand elsewhere as texts of their own."""
        return not (self.whole[above.text] and self.whole[below.text])


def _put(above: CellBlock, below: CellBlock) -> None:
    above.text = joined_text([above.text, below.text])
    above.filled = below.filled
    above.lines += below.lines


def _reaching_down(rows: Sequence[RowBlock], column: int) -> CellBlock | None:
    """The cell of a column that reaches down to the end of the page; None when it is empty."""
    for row in reversed(rows):
        cell = row.cells[column]
        if not cell.reached:
            return cell if cell.text else None
    return None
