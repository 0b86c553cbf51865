"""The whole disclosure as an Excel workbook: a sheet for every table as printed, then narrative and target forms.

Amounts are numbers as exact as printed, blanks stay blank, and no text is ever taken for a formula. Everything that
stands in the workbook is read again by the reader of Excel files.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime
from itertools import count
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from disclosures.plain.data import Disclosure
from disclosures.profiles import PROFILES

from .cells import Cell, Grid, Merged, Role, line_counts, merged, number_in, printable, width
from .charts import Chart
from .outline import Attached, Block, Cover, Form, Other, PartHeading, Prose, SectionHeading, blocks_of
from .tables import Sheet

LONGEST_CELL = 32_767  # Excel's own limit
_RISKY = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME = 31
_PROSE_WIDTH = 84
_LINE_POINTS, _TALLEST = 15.0, 409.0
_EPOCH = datetime(2000, 1, 1)  # the same data gives the same workbook
_THIN = Side(style="thin", color="808080")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FILL = PatternFill("solid", fgColor="EFF3F7")
_PLAIN, _STRONG = Font(name="宋体", size=10), Font(name="宋体", size=10, bold=True)
_TITLE, _HEADING = Font(name="黑体", size=16, bold=True), Font(name="黑体", size=12, bold=True)
_NOTE_FONT = Font(name="宋体", size=9)
_ALIGN = {Role.HEAD: "center", Role.NUMBER: "center", Role.AMOUNT: "right", Role.WORD: "center"}
_FUNDS_FORMAT = "#,##0"


class TooLongError(ValueError):
    """A text does not fit a cell of Excel; the message is plain Chinese."""


def write_xlsx(disclosure: Disclosure) -> bytes:
    """The workbook as .xlsx. Raises TooLongError."""
    writer = _Writer(disclosure)
    writer.write()
    out = io.BytesIO()
    writer.book.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.book = Workbook()
        self.book.properties.created = self.book.properties.modified = _EPOCH
        self.book.properties.creator = printable(disclosure.department)
        self.looks: dict[tuple[Role, bool, int, str], Any] = {}
        first = self.book.active
        if first is not None:
            self.book.remove(first)

    def write(self) -> None:
        """Sheets in the order in which the document is read: the forms behind the narrative, the glossary last."""
        blocks = list(blocks_of(self.disclosure, charts=False))
        forms = [block for block in blocks if isinstance(block, Form)]
        parts = _parts([block for block in blocks if not isinstance(block, Form)])
        for name, part in parts:
            if name == _GLOSSARY:
                self._forms(forms)
                forms = []
            self._part(name, part)
        self._forms(forms)

    def _part(self, name: str, blocks: Sequence[Block]) -> None:
        prose = [block for block in blocks if not isinstance(block, Sheet | Other)]
        if prose and not all(isinstance(block, PartHeading) and len(blocks) > 1 for block in prose):
            self._prose(name, prose)
        profile = PROFILES[self.disclosure.profile]
        for block in blocks:
            if isinstance(block, Sheet):
                self._table(f"{block.name} {profile.table(block.id).short_title}", block)
            elif isinstance(block, Other):
                self._other(block)

    def _sheet(self, name: str, *, landscape: bool) -> Worksheet:
        taken = {sheet.title for sheet in self.book.worksheets}
        short = printable(name).translate(_SHEET_NAME).strip()[:_LONGEST_NAME] or "工作表"
        title = next(
            candidate
            for n in count(1)
            if (candidate := short if n == 1 else f"{short[: _LONGEST_NAME - 4]} {n}") not in taken
        )
        sheet = self.book.create_sheet(title)
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = 0.6
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
        sheet.sheet_view.showGridLines = False
        return sheet

    # ------------------------------------------------------------ tables

    def _table(self, name: str, table: Sheet) -> None:
        sheet = self._sheet(name, landscape=True)
        columns = len(table.grid.widths)
        row = 1
        if table.caption:
            _put(sheet, row, 1, table.caption, font=_NOTE_FONT)
            row += 1
        _across(sheet, row, columns, table.title, _TITLE, "center")
        sheet.row_dimensions[row].height = 28
        row += 1
        _merge(sheet, row, 1, 1, columns - 1)
        _put(sheet, row, 1, table.department, font=_NOTE_FONT)
        _put(sheet, row, columns, table.unit, font=_NOTE_FONT, align="right")
        self._grid(sheet, table.grid, row + 1)
        below = row + 1 + table.grid.head_rows
        sheet.freeze_panes = sheet.cell(row=below, column=1 + _frozen(table.grid))
        sheet.print_title_rows = f"{row + 1}:{below - 1}"
        for number, note in enumerate(table.notes, start=row + 1 + len(table.grid.rows)):
            _put(sheet, number, 1, note, font=_NOTE_FONT)

    def _other(self, other: Other) -> None:
        sheet = self._sheet(other.title or "其他表格", landscape=True)
        _across(sheet, 1, len(other.grid.widths), other.title, _TITLE, "center")
        for column in range(1, len(other.grid.widths) + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 20
        self._cells(sheet, other.grid, 2)

    def _grid(self, sheet: Worksheet, grid: Grid, top: int) -> None:
        for column, share in enumerate(grid.widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = share * 1.25
        self._cells(sheet, grid, top)

    def _cells(self, sheet: Worksheet, grid: Grid, top: int, funds: bool = False) -> None:
        counts = line_counts(grid, sum(grid.widths) * 0.62)
        for number, lines in enumerate(counts):
            sheet.row_dimensions[top + number].height = min(_TALLEST, _LINE_POINTS * lines + 1)
        for item in merged(grid):
            self._cell(sheet, item, top, funds)

    def _cell(self, sheet: Worksheet, item: Merged, top: int, funds: bool) -> None:
        cell = item.cell
        row, column = top + item.row, 1 + item.column
        number = number_in(cell.text) if cell.role is Role.AMOUNT else None
        shown = _format(cell.text, funds) if number is not None else "@"
        look = self._look(sheet, cell.role, cell.strong, cell.indent, shown)
        for r in range(item.rows):
            for c in range(item.columns):
                sheet.cell(row=row + r, column=column + c)._style = copy(look)
        target = sheet.cell(row=row, column=column)
        if number is not None:
            target.value = number
        else:
            _set_text(target, cell.text)
        _merge(sheet, row, column, item.rows, item.columns)

    def _look(self, sheet: Worksheet, role: Role, strong: bool, indent: int, shown: str) -> Any:
        """The style of a kind of cells, made once: openpyxl compares every style anew otherwise."""
        key = (role, strong, indent, shown)
        if key not in self.looks:
            sample: Any = SheetCell(sheet, row=1, column=1)
            sample.border, sample.font, sample.number_format = _RULED, _STRONG if strong else _PLAIN, shown
            side = _ALIGN.get(role, "left")
            sample.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True, indent=indent)
            if role is Role.HEAD:
                sample.fill = _FILL
            self.looks[key] = sample._style
        return self.looks[key]

    # ------------------------------------------------------------ prose and forms

    def _prose(self, name: str, blocks: Iterable[Block]) -> None:
        sheet = self._sheet(name, landscape=False)
        sheet.column_dimensions["A"].width = _PROSE_WIDTH
        for row, (text, font) in enumerate(_lines(blocks), start=1):
            cell = _put(sheet, row, 1, text, font=font)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            lines = max(1, -(-width(text) // (_PROSE_WIDTH * 0.53)))
            sheet.row_dimensions[row].height = min(_TALLEST, (_LINE_POINTS + (5 if font is _TITLE else 0)) * lines + 3)

    def _forms(self, forms: Sequence[Form]) -> None:
        """All forms of a kind below each other, each on a page of its own when printed."""
        kinds: dict[str, list[Form]] = {}
        for form in forms:
            kinds.setdefault(_PROJECTS if len(form.grid.widths) > _OVERALL_COLUMNS else _OVERALL, []).append(form)
        for name, found in kinds.items():
            sheet = self._sheet(name, landscape=False)
            for column, share in enumerate(found[0].grid.widths, start=1):
                sheet.column_dimensions[get_column_letter(column)].width = share * 1.25
            row = 1
            for form in found:
                row = self._form(sheet, form, row)

    def _form(self, sheet: Worksheet, form: Form, top: int) -> int:
        """Write a form from a row on; returns the first row of the next."""
        columns, row = len(form.grid.widths), top
        if top > 1:
            sheet.row_breaks.append(Break(id=top - 1))
        if form.title:
            _across(sheet, row, columns, form.title, _TITLE, "center")
            sheet.row_dimensions[row].height = 26
            row += 1
        _across(sheet, row, columns, form.year, _NOTE_FONT, "center")
        self._cells(sheet, form.grid, row + 1, funds=columns > _OVERALL_COLUMNS)
        return row + len(form.grid.rows) + 2


_COVER, _OVERVIEW, _TABLES, _NARRATIVE, _GLOSSARY = "封面", "概况", "预算报表", "情况说明", "名词解释"
_OVERALL, _PROJECTS = "整体支出绩效目标", "项目支出绩效目标"
_OVERALL_COLUMNS = 5


def _parts(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """The blocks by the part of the document, each with the name of its sheet."""
    parts: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Cover):
            parts.append((_COVER, [block]))
        elif isinstance(block, PartHeading) or not parts:
            parts.append((_name_of(block), [block]))
        else:
            parts[-1][1].append(block)
    return parts


def _name_of(block: Block) -> str:
    text = block.text if isinstance(block, PartHeading) else ""
    if "名词解释" in text:
        return _GLOSSARY
    names = (("第二部分", _TABLES), ("第三部分", _NARRATIVE))
    return next((name for mark, name in names if text.startswith(mark)), _OVERVIEW)


def _lines(blocks: Iterable[Block]) -> Iterable[tuple[str, Font]]:
    for block in blocks:
        match block:
            case Cover():
                yield from ((line, _TITLE) for line in block.lines)
            case PartHeading():
                yield block.text, _TITLE
            case SectionHeading():
                yield block.text, _HEADING
            case Prose():
                yield block.text, _STRONG if block.heading else _PLAIN
            case Attached():
                yield block.title, _HEADING
            case Sheet() | Other() | Form() | Chart():
                pass


def _frozen(grid: Grid) -> int:
    """How many label columns stay in sight; none where a second side follows the first."""
    row = grid.rows[-1] if len(grid.rows) > grid.head_rows else ()
    roles = [place.role if isinstance(place, Cell) else None for place in row]
    amounts = [n for n, role in enumerate(roles) if role is Role.AMOUNT]
    if not amounts or any(role in (Role.LABEL, Role.CODE) for role in roles[amounts[0] :]):
        return 0
    return amounts[0]


def _put(sheet: Worksheet, row: int, column: int, text: str, *, font: Font, align: str | None = None) -> SheetCell:
    cell: Any = sheet.cell(row=row, column=column)
    _set_text(cell, text)
    cell.font = font
    if align:
        cell.alignment = Alignment(horizontal=align, vertical="center")
    return cell


def _across(sheet: Worksheet, row: int, columns: int, text: str, font: Font, align: str) -> None:
    """A text over the whole width."""
    _put(sheet, row, 1, text, font=font, align=align)
    _merge(sheet, row, 1, 1, columns)


def _set_text(cell: Any, text: str) -> None:
    """A text as text, whatever it begins with."""
    shown = printable(text)
    if len(shown) > LONGEST_CELL:
        raise TooLongError(f"有一段文字超过 {LONGEST_CELL} 个字，Excel 的一格放不下，请导出 Word。")
    if not shown:
        return
    cell.value = shown
    cell.data_type = "s"
    cell.number_format = "@"
    if shown.startswith(_RISKY):
        cell.quotePrefix = True


def _merge(sheet: Worksheet, row: int, column: int, rows: int, columns: int) -> None:
    """Merge cells that are styled already (openpyxl's own way styles each of them again)."""
    if rows > 1 or columns > 1:
        corner = CellRange(min_row=row, min_col=column, max_row=row + rows - 1, max_col=column + columns - 1)
        sheet.merged_cells.ranges.add(corner)


def _format(text: str, funds: bool) -> str:
    """The number format that shows a number as it is printed."""
    decimals = len(text.partition(".")[2])
    if funds and not decimals:
        return _FUNDS_FORMAT
    return "#,##0" + ("." + "0" * decimals if decimals else "")
