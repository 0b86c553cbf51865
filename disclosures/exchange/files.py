"""Sheets as files: Excel and CSV written so that nothing is lost or evaluated, read so that nothing hostile gets in."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

import tablib
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from disclosures.plain.cells import Formula, canonical, excel_number, guarded, unguarded
from disclosures.reading.blocks import UnreadableFileError
from disclosures.reading.decoding import decode
from disclosures.reading.formats import format_of

from .columns import Column, Kind

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 200  # sheets of real data pack 5 to 30 times
MOST_PARTS = 500
_HEAD_BYTES = 65_536
MOST_ROWS = 20_000
MOST_COLUMNS = 100
_LONGEST_CELL = 32_767  # Excel's own limit
_FORMATS = {
    Kind.AMOUNT: "#,##0.00",
    Kind.FUNDS: "#,##0",
    Kind.INTEGER: "0",
    Kind.YEAR: "0",
    Kind.DATE: "yyyy-mm-dd",
}
_PLACES = {Kind.AMOUNT: 2, Kind.FUNDS: 0, Kind.INTEGER: 0, Kind.YEAR: 0}
_HEAD = PatternFill("solid", fgColor="1F4E79")
_REQUIRED = PatternFill("solid", fgColor="9C2F2F")
_FIXED = PatternFill("solid", fgColor="7F7F7F")
_READ_ONLY_FONT = Font(color="7F7F7F")
# What openpyxl raises for a workbook whose parts are missing, cut off or not what they should be.
_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, ParseError, OSError, EOFError)
_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class SheetFileError(ValueError):
    """The file cannot be read as a sheet, or a sheet not be written; the message is plain Chinese."""


class SheetDataset(tablib.Dataset):  # type: ignore[misc]  # the library has no types
    """A dataset that knows what its columns are; every value is a text."""

    def __init__(self, columns: Sequence[Column], title: str) -> None:
        super().__init__(headers=[column.header for column in columns])
        self.columns, self.sheet_title = tuple(columns), title


def read_file(data: bytes) -> tablib.Dataset:
    """The first sheet of an Excel file, or a CSV file; blank lines are kept so that row numbers hold.

    Raises SheetFileError.
    """
    if len(data) > LARGEST:
        raise SheetFileError(f"文件超过 {LARGEST // 1024 // 1024} MB，请分成几个文件导入")
    if data.startswith(b"PK\x03\x04"):
        return _dataset(_xlsx_rows(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetFileError("这是旧版或加密的 Excel 文件，请另存为不加密的 .xlsx 再导入")
    if known := format_of(data):
        raise SheetFileError(f"这是{known.words}，不是表格，请导入 .xlsx 或 .csv 文件")
    return _dataset(_csv_rows(data))


def _dataset(rows: Iterator[list[object]]) -> tablib.Dataset:
    headers = [str(cell or "").strip() for cell in _cut(next(rows, []))]
    if not headers:
        raise SheetFileError("第一行没有列名，请使用下载的模板")
    if len(headers) > MOST_COLUMNS:
        raise SheetFileError(f"超过 {MOST_COLUMNS} 列，不像是导出的表")
    dataset = tablib.Dataset()
    kept: list[list[object]] = []
    for number, row in enumerate(map(_cut, rows)):
        if not row:
            continue  # Excel keeps formatted rows without content, up to a million of them
        if number >= MOST_ROWS:
            raise SheetFileError(f"超过 {MOST_ROWS} 行，请分成几个文件导入")
        kept += [[] for _ in range(number - len(kept))]
        kept.append(row)
    width = min(max([len(headers), *map(len, kept)]), MOST_COLUMNS)
    dataset.headers = [*headers, *[""] * (width - len(headers))]
    for row in kept:
        dataset.append([*row[:width], *[None] * (width - len(row))])
    return dataset


def _cut(row: Sequence[object]) -> list[object]:
    """A row without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1] in (None, ""):
        end -= 1
    return list(row[:end])


def _csv_rows(data: bytes) -> Iterator[list[object]]:
    try:
        text, _ = decode(data, "导入文件")
    except UnreadableFileError as error:
        raise SheetFileError(f"不是能读的 Excel 或 CSV 文件：{error}") from error
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [unguarded(cell) for cell in row]
    except csv.Error as error:
        raise SheetFileError(f"CSV 文件的格式不对：{error}") from error


def _xlsx_rows(data: bytes) -> Iterator[list[object]]:
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, *_DAMAGED) as error:
        raise SheetFileError("不是完好的 Excel 文件（.xlsx），请重新另存后再导入") from error
    try:
        if not book.worksheets:
            raise SheetFileError("Excel 文件里没有工作表")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1):
            yield [Formula(cell.value) if cell.data_type == "f" else cell.value for cell in row]
    except _DAMAGED as error:
        if isinstance(error, SheetFileError):
            raise
        raise SheetFileError("Excel 文件已损坏，请重新另存后再导入") from error
    finally:
        book.close()


def _check_archive(data: bytes) -> None:
    """Refuse an archive that unpacks to far more than it is, before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            for part in parts:
                # Entities are defined before the root element; a spreadsheet has none.
                with archive.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(_HEAD_BYTES).replace(b"\0", b""):
                        raise SheetFileError("Excel 文件里有不该有的定义，已拒绝读取")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise SheetFileError("不是完好的 Excel 文件（.xlsx），请重新另存后再导入") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise SheetFileError("压缩包里没有 Excel 工作簿，请导入 .xlsx 或 .csv 文件")


def _check_sizes(parts: Sequence[zipfile.ZipInfo]) -> None:
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if size > LARGEST_UNPACKED or len(parts) > MOST_PARTS or size > max(packed * MOST_RATIO, 1024 * 1024):
        raise SheetFileError("文件解压后异常地大，已拒绝读取")


def write_csv(dataset: SheetDataset) -> bytes:
    """CSV as Excel opens it: UTF-8 with its mark, no text that could be taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(dataset.headers)
    writer.writerows([guarded(canonical(cell)) for cell in row] for row in dataset)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(dataset: SheetDataset, blank_rows: int = 0) -> bytes:
    """Excel: formats by column, codes as text, amounts as numbers where nothing is lost; a second sheet explains.

    `blank_rows` prepares that many empty rows for typing: a template. Raises SheetFileError.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(dataset.sheet_title.translate(_SHEET_NAME)[:31])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(dataset.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for number, column in enumerate(dataset.columns, start=1):
        _offer_choices(sheet, number, column, len(dataset) + blank_rows)
    sheet.append([_head(sheet, column) for column in dataset.columns])
    for row in dataset:
        sheet.append([_cell(sheet, column, text) for column, text in zip(dataset.columns, row, strict=True)])
    for _ in range(blank_rows):
        sheet.append([_cell(sheet, column, "") for column in dataset.columns])
    _explain(book, dataset)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _offer_choices(sheet: Any, number: int, column: Column, rows: int) -> None:
    shown = ["是", "否"] if column.kind is Kind.TRUTH else [text for _, text in column.choices]
    listed = ",".join(shown)
    if not shown or not rows or len(listed) > 250 or '"' in listed:  # Excel takes no longer lists in line
        return
    letter = get_column_letter(number)
    validation = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    validation.add(f"{letter}2:{letter}{rows + 1}")
    sheet.data_validations.append(validation)


def _head(sheet: Any, column: Column) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, column.header)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = _FIXED if column.read_only else _REQUIRED if column.required else _HEAD
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Any, column: Column, text: str | None) -> WriteOnlyCell:
    text = canonical(text)
    if len(text) > _LONGEST_CELL:
        raise SheetFileError(f"“{column.header}”有一格超过 {_LONGEST_CELL} 个字，Excel 放不下，请导出 CSV")
    number = excel_number(text, _PLACES[column.kind]) if text and column.kind in _PLACES else None
    cell = WriteOnlyCell(sheet, number if number is not None else text or None)
    cell.number_format = _FORMATS.get(column.kind, "@") if number is not None or not text else "@"
    if number is None and text:
        cell.data_type = "s"  # never a formula or an error value, whatever it begins with
        cell.quotePrefix = True
    if column.read_only:
        cell.font = _READ_ONLY_FONT
    return cell


def _explain(book: Workbook, dataset: SheetDataset) -> None:
    sheet = book.create_sheet("填写说明")
    for letter, width in zip("ABCD", (22, 18, 10, 80), strict=True):
        sheet.column_dimensions[letter].width = width
    rows: Iterable[tuple[str, ...]] = (
        ("列名", "内容", "是否必填", "说明"),
        *((column.header, column.kind.value, _duty(column), explanation(column)) for column in dataset.columns),
    )
    for number, row in enumerate(rows):
        cells = [WriteOnlyCell(sheet, text) for text in row]
        for cell in cells:
            cell.data_type = "s"
            cell.font = Font(bold=number == 0)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.append(cells)


def _duty(column: Column) -> str:
    return "不可改" if column.read_only else "必填" if column.required else "可空"


def explanation(column: Column) -> str:
    """What a column means, with the choices it takes."""
    choices = f"可填：{'、'.join(shown for _, shown in column.choices)}。" if column.choices else ""
    return f"{column.note}{choices}"
