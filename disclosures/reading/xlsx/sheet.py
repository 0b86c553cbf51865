"""One sheet: what its visible cells print, merged cells once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .. import limits
from ..blocks import UnreadableFileError
from ..package import attribute, child
from .numbers import printed
from .workbook import Workbook, events, text_of

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")
_WANTED = frozenset({"row", "col", "mergeCell", "sheetFormatPr"})
_MOST_MERGES = 200_000
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell that prints something."""

    text: str
    indent: int = 0
    doubtful: bool = False  # a formula without its result, or an error


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet by row and column (both from 1), and what of it is not shown."""

    cells: dict[int, dict[int, Printed]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)  # formulas whose result the file does not hold

    def shows_column(self, column: int) -> bool:
        return not any(first <= column <= last for first, last in self.hidden_columns)


def read_sheet(workbook: Workbook, part: str) -> Sheet:
    """The printed cells of a sheet."""
    sheet = Sheet()
    merges: list[tuple[int, int, int, int]] = []
    row, count = 0, 0
    hide_rest = False
    for element in events(workbook.package, part, _WANTED):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name == "row":
            row = _number(attribute(element, "r"), row + 1)
            count += _read_row(workbook, sheet, row, element, hide_rest)
            if count > limits.MOST_CELLS:
                raise UnreadableFileError(
                    f"文件“{workbook.package.name}”的单元格超过 {limits.MOST_CELLS} 个，没有读取。"
                    "请删去无关的内容后再上传。"
                )
        elif name == "col":
            _read_column(sheet, element)
        elif name == "sheetFormatPr":
            hide_rest = attribute(element, "zeroHeight") in _TRUE
        elif len(merges) < _MOST_MERGES and (area := _area(attribute(element, "ref") or "")):
            merges.append(area)
    merge(sheet, merges)
    return sheet


def _number(text: str | None, usual: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 8 else usual


def _read_column(sheet: Sheet, element: etree._Element) -> None:
    if attribute(element, "hidden") in _TRUE or attribute(element, "width") == "0":
        first = _number(attribute(element, "min"), 1)
        sheet.hidden_columns.append((first, _number(attribute(element, "max"), first)))


def _read_row(workbook: Workbook, sheet: Sheet, row: int, element: etree._Element, hide_rest: bool) -> int:
    hidden = attribute(element, "hidden") in _TRUE or attribute(element, "ht") == "0"
    if hidden or (hide_rest and attribute(element, "hidden") is None):
        sheet.hidden_rows.add(row)
    column, found = 0, 0
    for cell in element:
        column = _column_of(attribute(cell, "r"), column + 1)
        shown = _printed(workbook, cell)
        if shown is not None:
            sheet.cells.setdefault(row, {})[column] = shown
            found += 1
            if shown.doubtful and not shown.text:
                sheet.uncomputed.append((row, column))
    return found


def _column_of(reference: str | None, usual: int) -> int:
    match = _REFERENCE.match(reference or "")
    return column_number(match[1]) if match else usual


def column_number(letters: str) -> int:
    """C -> 3."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """3 -> C."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _printed(workbook: Workbook, cell: etree._Element) -> Printed | None:
    """What a cell prints; None for a blank one."""
    kind = attribute(cell, "t") or "n"
    form = workbook.format_of(attribute(cell, "s"))
    stored = child(cell, "v")
    text = (stored.text or "") if stored is not None else ""
    if kind == "inlineStr":
        inline = child(cell, "is")
        text = text_of(inline) if inline is not None else ""
    elif not text:
        return Printed("", doubtful=True) if child(cell, "f") is not None and kind != "str" else None
    elif kind == "s":
        text = workbook.strings[int(text)] if text.isdigit() and int(text) < len(workbook.strings) else ""
    elif kind == "b":
        text = "TRUE" if text == "1" else "FALSE"
    elif kind == "e":
        return Printed(text, form.indent, doubtful=True)
    elif kind == "n":
        text = printed(text, form.code, workbook.mac_dates)
    return Printed(text, form.indent) if text.strip() else None


# ---------------------------------------------------------------- merged cells


def _area(reference: str) -> tuple[int, int, int, int] | None:
    """First row and column, last row and column."""
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.match(first), _REFERENCE.match(last)
    if not start or not end:
        return None
    return int(start[2]), column_number(start[1]), int(end[2]), column_number(end[1])


def merge(sheet: Sheet, areas: list[tuple[int, int, int, int]]) -> None:
    """Of a merged area its first cell is printed, in the first place of it that is shown."""
    for top, left, bottom, right in areas:
        owner = sheet.cells.get(top, {}).get(left)
        for row in _rows_within(sheet, top, bottom):
            for column in [column for column in sheet.cells[row] if left <= column <= right]:
                del sheet.cells[row][column]
        if owner is not None:
            row = next((row for row in range(top, bottom + 1) if row not in sheet.hidden_rows), top)
            column = next((column for column in range(left, right + 1) if sheet.shows_column(column)), left)
            sheet.cells.setdefault(row, {})[column] = owner


def _rows_within(sheet: Sheet, top: int, bottom: int) -> Iterator[int]:
    if bottom - top > len(sheet.cells):
        return iter([row for row in sheet.cells if top <= row <= bottom])
    return iter([row for row in range(top, bottom + 1) if row in sheet.cells])
