"""The clerk's list of what to change in the file (改稿清单): Word to print and tick off, Excel to sort."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from disclosures.writing.cells import Cell, Role, printable
from disclosures.writing.xlsx import LONGEST_CELL

from .content import Change, ChangeList, clipped, date_words
from .disclosure import facts_of
from .paper import Paper

_BOX = "□"
HEADS = ("序号", "位置", "原件位置", "文件中印的是", "应改为", "原因", "改好打√")
_WIDTHS_MM = (12, 52, 34, 46, 46, 33, 18)
_WIDTHS = (7, 40, 22, 40, 40, 28, 10)
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_THIN = Side(style="thin", color="808080")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NOTHING = "没有需要在原文件中修改的地方：系统读错的已在系统内更正，不用改原文件。"
_HOW = "请在原文件中逐条修改，改好一条打一个√；全部改好后，用改好的文件生成或上传定稿。"


def write_changes(changes: ChangeList) -> bytes:
    """The list as .docx, on pages turned sideways."""
    head = changes.head
    paper = Paper(f"{head.department}{head.year}年{head.kind}公开文本改稿清单", landscape=True)
    paper.head("改稿清单", head.region or f"{head.year}年度", date_words(head.made_on))
    paper.facts([fact for fact in facts_of(head) if fact[0] != "核对范围"])
    if changes.changes:
        paper.prose(f"共{len(changes.changes)}处。{_HOW}", keep=True)
        rows = [
            [
                Cell(str(number), Role.NUMBER),
                Cell(clipped(change.place)),
                Cell(change.source or "—", Role.TEXT),
                Cell(printed(change), Role.TEXT),
                Cell(wanted(change), Role.TEXT, strong=True),
                Cell(clipped(change.reason), Role.TEXT),
                Cell(_BOX, Role.WORD),
            ]
            for number, change in enumerate(changes.changes, start=1)
        ]
        paper.table(HEADS, rows, _WIDTHS_MM, size=10.5)
    else:
        paper.prose(_NOTHING)
    paper.signatures(("经办人", "复核人"))
    return paper.saved()


def printed(change: Change) -> str:
    """What stands in the file now."""
    return clipped(change.old, 600) if change.old else "（没有）" if change.action == "增加" else "（空白）"


def wanted(change: Change) -> str:
    """What is to stand there."""
    if change.action == "删除":
        return "删除"
    return clipped(change.new, 600) if change.new else "（空白）"


def write_changes_book(changes: ChangeList) -> bytes:
    """The list as .xlsx, a choice of √ in the last column."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "改稿清单"
    sheet.freeze_panes = "A2"
    for number, wide in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = wide
    _line(sheet, 1, HEADS, head=True)
    for number, change in enumerate(changes.changes, start=1):
        texts = (str(number), change.place, change.source, printed(change), wanted(change), change.reason, "")
        _line(sheet, number + 1, texts)
    last = 1 + len(changes.changes)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADS))}{last}"
    if changes.changes:
        ticks = DataValidation(type="list", formula1='"√"', allow_blank=True)
        ticks.add(f"{get_column_letter(len(HEADS))}2:{get_column_letter(len(HEADS))}{last}")
        sheet.add_data_validation(ticks)
    else:
        _line(sheet, 2, ("", _NOTHING, *[""] * (len(HEADS) - 2)))
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _line(sheet: Any, row: int, texts: Sequence[str], *, head: bool = False) -> None:
    for column, text in enumerate(texts, start=1):
        cell: Any = sheet.cell(row=row, column=column)
        shown = clipped(printable(text), LONGEST_CELL)
        if shown.isdecimal() and column == 1:
            cell.value = int(shown)
        elif shown:
            cell.value, cell.data_type, cell.number_format = shown, "s", "@"
            cell.quotePrefix = shown.startswith(_RISKY)
        cell.font, cell.border = Font(name="宋体", size=10, bold=head), _RULED
        side = "center" if head or column in (1, len(texts)) else "left"
        cell.alignment = Alignment(horizontal=side, vertical="center" if head else "top", wrap_text=True)
        if head:
            cell.fill = PatternFill("solid", fgColor="DCE6F1")
