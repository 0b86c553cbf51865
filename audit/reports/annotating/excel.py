"""Comments at the cells of a workbook; the cells keep what they hold."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from itertools import count
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from audit.findings import Severity
from disclosures.reading.blocks import UnreadableFileError
from disclosures.writing.cells import printable

from .notes import AUTHOR, FRONT, Annotated, Note, listed

_PLACE = re.compile(r"sheet (.+?)(?:!([A-Z]{0,3})(\d+))?$", re.S)
_DAMAGED = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, ParseError, OSError, EOFError)
_COLOURS = {Severity.ERROR: "F8B4B0", Severity.WARNING: "FFE08A", Severity.INFO: "BFDFFF"}
_WIDTH, _LINE, _TALLEST = 360, 18, 480  # points of a comment's box
_CHARACTERS = 26  # of a line in it
_FRONT = "核对批注"


def annotate_xlsx(data: bytes, name: str, notes: Sequence[Note]) -> Annotated:
    """The workbook with comments. Raises UnreadableFileError."""
    try:
        book = load_workbook(io.BytesIO(data), keep_links=False)
    except _DAMAGED as error:
        raise UnreadableFileError(f"文件“{name}”打不开，不能加批注。") from error
    unplaced, placed = [], 0
    for note in sorted(notes, key=lambda note: note.severity.rank):
        cell = _cell(book, note)
        if cell is None:
            unplaced.append(note)
        else:
            _comment(cell, note)
            placed += 1
    if unplaced:
        _front(book, unplaced)
    out = io.BytesIO()
    book.save(out)
    return Annotated(out.getvalue(), "xlsx", placed)


def _cell(book: Workbook, note: Note) -> Any:
    """The cell of a place: of a row that which holds the value, else its first with content, of a sheet its first;
    None where there is none."""
    found = _PLACE.match(note.source)
    if found is None or found[1] not in book.sheetnames:
        return None
    sheet: Any = book[found[1]]
    if found[3] is None:
        return sheet["A1"]
    if found[2]:
        cell = sheet[f"{found[2]}{found[3]}"]
    else:
        row = [cell for cell in sheet[int(found[3])] if cell.value is not None]
        meant = [cell for cell in row if note.value and note.value in str(cell.value)]
        cell = (meant or row or [sheet[f"A{found[3]}"]])[0]
    if not isinstance(cell, MergedCell):
        return cell
    covering = next(merged for merged in sheet.merged_cells.ranges if cell.coordinate in merged)
    return sheet.cell(covering.min_row, covering.min_col)


def _comment(cell: Any, note: Note) -> None:
    """Write the note behind what is said there already; the colour is that of the first, the most serious."""
    said = cell.comment.text if cell.comment else ""
    text = printable(f"{said}\n\n{note.text}" if said else note.text)
    comment = Comment(text, AUTHOR)
    lines = sum(1 + len(line) // _CHARACTERS for line in text.split("\n"))
    comment.width, comment.height = _WIDTH, min(_TALLEST, _LINE * (lines + 1))
    cell.comment = comment
    if not said:
        cell.fill = PatternFill("solid", fgColor=_COLOURS[note.severity])


def _front(book: Workbook, notes: Sequence[Note]) -> None:
    names = (_FRONT if number == 1 else f"{_FRONT}{number}" for number in count(1))
    sheet: Any = book.create_sheet(next(name for name in names if name not in book.sheetnames), 0)
    sheet.column_dimensions["A"].width = 110
    texts = [f"本工作表由{AUTHOR}添加，不属于原件", f"{FRONT}：", *listed(notes)]
    for row, text in enumerate(texts, start=1):
        cell = sheet.cell(row, 1, printable(text))
        cell.data_type = "s"
        cell.font, cell.alignment = Font(bold=row == 1), Alignment(wrap_text=True, vertical="top")
