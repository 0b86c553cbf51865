"""Old Excel workbooks (.xls, and WPS's .et, which is the same inside), sheet by sheet as they are seen."""

from __future__ import annotations

import hashlib
import io
import struct

import xlrd

from . import limits
from .blocks import Layout, Line, SourceDocument, UnreadableFileError
from .xlsx.document import Remark, hidden_sheet, remarks_on, sheet_lines
from .xlsx.numbers import printed
from .xlsx.sheet import Printed, Sheet, merge
from .xlsx.workbook import SheetEntry

_BROKEN = (xlrd.XLRDError, struct.error, AssertionError, IndexError, KeyError, ValueError, TypeError, EOFError)


def read_xls(data: bytes, name: str) -> SourceDocument:
    """Read an old workbook into lines. Raises UnreadableFileError when it is damaged, encrypted or empty."""
    try:
        # What xlrd has to say goes nowhere: standard output belongs to the answer of this process.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        sheets = [(SheetEntry(sheet.name, "", sheet.visibility != 0), sheet) for sheet in book.sheets()]
    except _BROKEN as error:
        if "encrypt" in str(error).lower():
            raise UnreadableFileError(f"文件“{name}”加了打开密码。请去掉密码，保存后再重新上传。") from error
        raise UnreadableFileError(
            f"文件“{name}”已损坏或不完整，读不出内容。请用 Excel 或 WPS 打开，另存为 .xlsx 后再重新上传。"
        ) from error
    lines: list[Line] = []
    remarks: list[Remark] = []
    for entry, sheet in sheets:
        if entry.hidden:
            remarks.append(hidden_sheet(entry.name))
            continue
        read = _sheet(book, sheet, name)
        lines += sheet_lines(entry, read, name)
        remarks += remarks_on(entry, read)
    if not lines:
        raise UnreadableFileError(f"文件“{name}”里没有看得见的内容。请检查是否所有工作表、行或列都被隐藏了。")
    return SourceDocument(name, hashlib.sha256(data).hexdigest(), Layout.GRID, tuple(lines), remarks=tuple(remarks))


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet, name: str) -> Sheet:
    found = Sheet()
    if sheet.nrows * sheet.ncols > limits.MOST_CELLS:
        raise UnreadableFileError(f"文件“{name}”的单元格太多，没有读取。请删去无关的内容后再上传。")
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            shown = _printed(book, sheet.cell(row, column))
            if shown is not None:
                found.cells.setdefault(row + 1, {})[column + 1] = shown
    found.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    found.hidden_columns = [(column + 1, column + 1) for column, info in sheet.colinfo_map.items() if info.hidden]
    merge(found, [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells])
    return found


def _printed(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Printed | None:
    """What a cell prints; None for a blank one."""
    style = book.xf_list[cell.xf_index]
    indent = min(style.alignment.indent_level, 12)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        form = book.format_map.get(style.format_key)
        code = form.format_str if form is not None else "General"
        text = printed(repr(cell.value), code, mac_dates=book.datemode == 1)
    elif cell.ctype == xlrd.XL_CELL_TEXT:
        text = cell.value
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        text = "TRUE" if cell.value else "FALSE"
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        return Printed(xlrd.error_text_from_code.get(cell.value, "#N/A"), indent, doubtful=True)
    else:
        return None
    return Printed(text, indent) if text.strip() else None
