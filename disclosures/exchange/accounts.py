"""Sheets of accounts to be made, read into rows."""

from __future__ import annotations

from disclosures.errors import InvalidValueError
from disclosures.plain.cells import Formula, canonical
from disclosures.services.accounts import COLUMNS

from .files import SheetFileError, read_file

_MOST_ROWS = 5000


def read_accounts(data: bytes) -> list[dict[str, str]]:
    """The rows of an Excel or CSV sheet with Chinese headers. Raises InvalidValueError."""
    try:
        sheet = read_file(data)
    except SheetFileError as error:
        raise InvalidValueError([("", str(error))]) from error
    keys = {label: key for key, label in COLUMNS.items()}
    missing = [label for label in COLUMNS.values() if label not in sheet.headers]
    if missing:
        raise InvalidValueError([("", f"缺少列：{'、'.join(missing)}")])
    if len(sheet) > _MOST_ROWS:
        raise InvalidValueError([("", f"一次最多 {_MOST_ROWS} 行")])
    rows = []
    for number, row in enumerate(sheet, start=2):
        cells = [(label, cell) for label, cell in zip(sheet.headers, row, strict=True) if label in keys]
        formulas = [label for label, cell in cells if isinstance(cell, Formula)]
        if formulas:
            raise InvalidValueError([("", f"第 {number} 行“{formulas[0]}”是公式，请改成文字")])
        rows.append({keys[label]: canonical(cell).strip() for label, cell in cells})
    return rows
