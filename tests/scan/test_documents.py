"""Three printed and scanned pages of a disclosure: every amount is read; a spoilt one can only be what the sums say."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pypdfium2
from PIL import Image

from audit.doubts import only_readings
from disclosures.plain.data import Disclosure, Surety
from disclosures.plain.places import row_keys
from disclosures.reading.scan.reader import read_image
from disclosures.recognise.document import recognise
from disclosures.synthetic import TINY, generate
from disclosures.synthetic.pdf import write_pdf
from tests.scan.pages import DPI, Picture

# Row, column, what is printed, what it is blurred into, and how far.
BLURRED = (
    (6, "basic", "9.83", "9.88", 0.4),
    (5, "basic", "1.94", "1.84", 0.4),
    (16, "total", "7.38", "1.38", 0.5),
    (9, "project", "23.80", "23.60", 0.6),
)

TABLES = ("T02", "T03", "T05")


def _printed(only: tuple[str, ...] = TABLES) -> Disclosure:
    whole = generate(7, TINY)
    tables = tuple(table for table in whole.tables if table.id in only)
    return replace(whole, tables=tables, sections=(), project_targets=(), overall_targets=(), attachments=())


def _pages(disclosure: Disclosure) -> list[Picture]:
    """Pictures of the pages that hold tables."""
    document = pypdfium2.PdfDocument(write_pdf(disclosure))
    pages = [page for page in document if "单位：万元" in page.get_textpage().get_text_range()]
    pictures = [np.array(page.render(scale=DPI / 72, grayscale=True).to_numpy(), dtype=np.uint8) for page in pages]
    return [picture.reshape(picture.shape[:2]) for picture in pictures]


def _read(pages: list[Picture]) -> Disclosure:
    first, *others = (Image.fromarray(page) for page in pages)
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=others, dpi=(DPI, DPI))
    return recognise(read_image(out.getvalue(), "扫描件.tif")).disclosure


def _with(disclosure: Disclosure, at: int, column: str, value: str) -> Disclosure:
    """The same with another amount in its only table."""
    (table,) = disclosure.tables
    row = table.rows[at]
    cells = tuple((key, replace(cell, value=value) if key == column else cell) for key, cell in row.cells)
    rows = (*table.rows[:at], replace(row, cells=cells), *table.rows[at + 1 :])
    return replace(disclosure, tables=(replace(table, rows=rows),))


def _amounts(disclosure: Disclosure) -> dict[str, str]:
    return {
        f"{table.id}/{key}/{column}": cell.value
        for table in disclosure.tables
        for key, row in zip(row_keys(table), table.rows, strict=True)
        for column, cell in row.cells
        if cell.value is not None
    }


def test_every_amount_of_three_pages_is_read():
    printed = _printed()
    pages = _pages(printed)
    assert len(pages) == 3
    found = _read(pages)
    assert _amounts(found) == _amounts(printed)
    doubtful = [
        cell for table in found.tables for row in table.rows for _, cell in row.cells if cell.surety is Surety.DOUBTFUL
    ]
    assert len(doubtful) <= 3
    assert all(reading.is_confirmed for reading in only_readings(found))


def test_a_misread_digit_is_in_doubt_and_the_sums_say_what_it_is():
    printed = _printed(("T03",))
    (clean,) = _pages(printed)
    page = clean.astype(np.float64)
    for at, column, right, wrong, share in BLURRED:
        assert printed.tables[0].rows[at].value(column) == right
        (other,) = _pages(_with(printed, at, column, wrong))
        page += share * (other.astype(np.float64) - clean)
    found = _read([np.clip(page, 0, 255).astype(np.uint8)])
    proposed = {(reading.read, reading.value) for reading in only_readings(found) if not reading.is_confirmed}
    misread = set()
    for at, column, right, _, _ in BLURRED:
        cell = found.tables[0].rows[at].cell(column)
        if cell.value != right:
            assert cell.surety is Surety.DOUBTFUL
            misread.add((cell.value, right))
    assert len(misread) >= 2
    assert proposed == misread
    # Nothing is changed by a proposal, and nothing else differs from what was printed.
    read, true = _amounts(found), _amounts(printed)
    assert {place for place in read.keys() | true.keys() if read.get(place) != true.get(place)} == {
        f"T03/{row_keys(found.tables[0])[at]}/{column}"
        for at, column, right, _, _ in BLURRED
        if found.tables[0].rows[at].value(column) != right
    }
