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

TABLES = ("T02", "T03", "T05")


def _printed() -> Disclosure:
    whole = generate(7, TINY)
    tables = tuple(table for table in whole.tables if table.id in TABLES)
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
