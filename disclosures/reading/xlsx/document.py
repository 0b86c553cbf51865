"""The sheets of a workbook as lines, in the order of their tabs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from .. import limits
from ..blocks import Layout, Line, SourceDocument, UnreadableFileError
from ..cells import SPACE, joined
from ..package import Package
from .sheet import Printed, Sheet, column_letters, read_sheet
from .workbook import SheetEntry, Workbook

_LEAST_CHARACTERS = 20

Remark = tuple[str, str]  # what was left out, in plain Chinese, and its place


def read_xlsx(data: bytes, name: str) -> SourceDocument:
    """Read a workbook into lines. Raises UnreadableFileError when it is damaged or empty."""
    workbook = Workbook(Package(data, name))
    lines: list[Line] = []
    remarks: list[Remark] = []
    cells = 0
    for entry in workbook.sheets:
        if entry.hidden:
            remarks.append(hidden_sheet(entry.name))
        elif entry.part:
            sheet = read_sheet(workbook, entry.part)
            cells += sum(map(len, sheet.cells.values()))
            if cells > limits.MOST_CELLS:
                raise UnreadableFileError(f"文件“{name}”的单元格超过 {limits.MOST_CELLS} 个，没有读取。")
            lines += sheet_lines(entry, sheet, name)
            remarks += remarks_on(entry, sheet)
    if sum(len(line.text) for line in lines) < _LEAST_CHARACTERS:
        raise UnreadableFileError(f"文件“{name}”里没有看得见的内容。请检查是否所有工作表、行或列都被隐藏了。")
    return SourceDocument(name, hashlib.sha256(data).hexdigest(), Layout.GRID, tuple(lines), remarks=tuple(remarks))


def sheet_place(name: str, row: int | None = None, column: int | None = None) -> str:
    """The place of a sheet, a row or a cell."""
    if row is None:
        return f"sheet {name}"
    return f"sheet {name}!{column_letters(column) if column else ''}{row}"


def sheet_lines(entry: SheetEntry, sheet: Sheet, name: str) -> Iterator[Line]:
    """The name of the sheet, then its visible rows; columns in which nothing is printed are left out."""
    rows = [(row, cells) for row, cells in sorted(sheet.cells.items()) if row not in sheet.hidden_rows]
    columns = sorted({column for _, cells in rows for column in cells if sheet.shows_column(column)})
    if not columns:
        return
    if len(columns) > limits.MOST_COLUMNS:
        raise UnreadableFileError(
            f"文件“{name}”的工作表“{entry.name}”有 {len(columns)} 列，没有读取。请删去无关的列后再上传。"
        )
    yield Line(sheet_place(entry.name), entry.name)
    for row, cells in rows:
        shown = {column: cell for column, cell in cells.items() if sheet.shows_column(column)}
        yield from _row_lines(entry.name, row, shown, columns)


def _row_lines(sheet: str, row: int, cells: dict[int, Printed], columns: list[int]) -> Iterator[Line]:
    places = tuple(sheet_place(sheet, row, column) for column in columns)
    filled = [column for column in columns if column in cells and cells[column].text.strip()]
    if filled and (len(columns) == 1 or (len(filled) == 1 and "\n" in cells[filled[0]].text.strip())):
        place = sheet_place(sheet, row, filled[0])  # prose that somebody typed into cells
        yield from (Line(place, text.strip()) for text in cells[filled[0]].text.splitlines() if text.strip())
        return
    blank = Printed("")
    raw = [_text(cells.get(column, blank), first=column == columns[0]) for column in columns]
    doubtful = frozenset(at for at, column in enumerate(columns) if cells.get(column, blank).doubtful)
    stripped = tuple(text.strip(SPACE) for text in raw)
    if any(stripped) or doubtful:
        source = sheet_place(sheet, row)
        yield Line(source, "\t".join(raw), stripped, cell_sources=places, doubtful=doubtful)


def _text(cell: Printed, first: bool) -> str:
    indent = "\u3000" * cell.indent if first and cell.text.strip() else ""
    return indent + joined(cell.text.splitlines()) if "\n" in cell.text else indent + cell.text


def hidden_sheet(name: str) -> Remark:
    """What is told of a sheet that nobody sees."""
    return f"工作表“{name}”是隐藏的，没有读取", sheet_place(name)


def remarks_on(entry: SheetEntry, sheet: Sheet) -> Iterator[Remark]:
    """What is told of hidden rows and columns and of formulas without results."""
    hidden = sum(1 for row in sheet.cells if row in sheet.hidden_rows)
    place = sheet_place(entry.name)
    if hidden:
        yield f"工作表“{entry.name}”有 {hidden} 行是隐藏的，没有读取", place
    columns = {column for cells in sheet.cells.values() for column in cells if not sheet.shows_column(column)}
    if columns:
        letters = "、".join(column_letters(column) for column in sorted(columns)[:6])
        yield f"工作表“{entry.name}”的 {letters} 列是隐藏的，没有读取", place
    if sheet.uncomputed:
        row, column = sheet.uncomputed[0]
        yield (
            f"工作表“{entry.name}”有 {len(sheet.uncomputed)} 个公式没有保存计算结果，按空白读取，"
            "请用 Excel 或 WPS 打开、保存一次后重新上传",
            sheet_place(entry.name, row, column),
        )
