"""Places in a source file, as readers write them and people read them.

| file | a line or row | a cell |
|---|---|---|
| text | `line 361` | the same |
| PDF, scan | `page 12 @72.0,100.5,540.0,118.0` | the same with the cell's box |
| Excel | `sheet 表三!7` (`sheet 表三` is the whole sheet) | `sheet 表三!C7` |
| Word | `paragraph 12`, `table 3 row 5` | `table 3 row 5 cell 2` |

A box is x0, y0, x1, y1 in points (1/72 inch) from the top left corner of the page as shown (rotation
applied). Pages, rows, cells, paragraphs and tables count from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"line (\d+)$")
_PAGE = re.compile(r"page (\d+)(?: @(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+))?$")
_SHEET = re.compile(r"sheet (.+)!([A-Z]{0,3})(\d+)$", re.S)
_WHOLE_SHEET = re.compile(r"sheet (.+)$", re.S)
_TABLE = re.compile(r"table (\d+) row (\d+)(?: cell (\d+))?$")
_PARAGRAPH = re.compile(r"paragraph (\d+)$")

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A page of a PDF or scan (from 1) and the box on it, None for the whole page."""

    page: int
    box: Box | None = None


def line_number(source: str | None) -> int | None:
    """The line of a text file; None for places of other files."""
    found = _LINE.match(source or "")
    return int(found.group(1)) if found else None


def page_place(source: str | None) -> PagePlace | None:
    """Page and box of a place in a PDF or scan; None for places of other files."""
    found = _PAGE.match(source or "")
    if found is None:
        return None
    page, *corners = found.groups()
    if corners[0] is None:
        return PagePlace(int(page))
    x0, y0, x1, y1 = (float(corner) for corner in corners)
    return PagePlace(int(page), (x0, y0, x1, y1))


def page_source(page: int, box: Box | None = None) -> str:
    """The place of a box on a page."""
    return f"page {page}" if box is None else f"page {page} @" + ",".join(f"{corner:.1f}" for corner in box)


def is_whole_sheet(source: str) -> bool:
    """Whether a place is a sheet as a whole: its line is the sheet's name."""
    return bool(_WHOLE_SHEET.match(source)) and not _SHEET.match(source)


def row_source(source: str) -> str:
    """The place of the line or row that a cell stands in; of a box on a page, the page."""
    if found := _SHEET.match(source):
        return f"sheet {found[1]}!{found[3]}"
    if found := _TABLE.match(source):
        return f"table {found[1]} row {found[2]}"
    if found := _PAGE.match(source):
        return f"page {found[1]}"
    return source


def source_words(source: str | None) -> str:
    """A place in words: 第 361 行, 第 12 页, 工作表“表三”C7, 第 3 个表格第 5 行第 2 格."""
    text = source or ""
    if found := _LINE.match(text):
        return f"第 {found[1]} 行"
    if found := _PAGE.match(text):
        return f"第 {found[1]} 页"
    if found := _SHEET.match(text):
        return f"工作表“{found[1]}”" + (f"{found[2]}{found[3]}" if found[2] else f"第 {found[3]} 行")
    if found := _WHOLE_SHEET.match(text):
        return f"工作表“{found[1]}”"
    if found := _TABLE.match(text):
        return f"第 {found[1]} 个表格第 {found[2]} 行" + (f"第 {found[3]} 格" if found[3] else "")
    if found := _PARAGRAPH.match(text):
        return f"第 {found[1]} 段"
    return text
