"""Two pages on one sheet, as booklets are printed: read as two pages, each number found on its sheet."""

from __future__ import annotations

import io

import pypdfium2
import pypdfium2.raw as pdfium

from disclosures.plain.sources import page_place
from disclosures.reading.pdf.reader import read_pdf
from disclosures.synthetic import generate
from disclosures.synthetic.pdf import write_pdf
from disclosures.synthetic.sizes import SMALL

_WIDE, _HIGH = 1190, 842  # points: A3 across


def _two_up(data: bytes) -> pypdfium2.PdfDocument:
    source = pypdfium2.PdfDocument(data)
    return pypdfium2.PdfDocument(pdfium.FPDF_ImportNPagesToOne(source, _WIDE, _HIGH, 2, 1))


def _file(document: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _content(data: bytes) -> list[tuple[str, ...] | str]:
    return [line.cells or line.text for line in read_pdf(data, "预算.pdf").lines]


def test_two_pages_on_a_sheet_are_read_one_after_the_other():
    data = write_pdf(generate(11, SMALL))
    assert _content(_file(_two_up(data))) == _content(data)


def test_places_are_those_of_the_sheet():
    sheets = _two_up(write_pdf(generate(11, SMALL)))
    places = [place for line in read_pdf(_file(sheets), "预算.pdf").lines if (place := page_place(line.source))]
    boxes = [place.box for place in places if place.box is not None]
    assert {place.page for place in places} == set(range(1, len(sheets) + 1))
    assert len(boxes) == len(places)
    assert any(left > _WIDE / 2 for left, _, _, _ in boxes)
    assert all(right <= _WIDE for _, _, right, _ in boxes)


def test_a_wide_page_with_one_number_stays_whole():
    """Two columns of a wide page have free paper between them as well."""
    data = write_pdf(generate(11, SMALL))
    one = pypdfium2.PdfDocument(pdfium.FPDF_ImportNPagesToOne(pypdfium2.PdfDocument(data), _WIDE, _HIGH, 1, 1))
    assert _content(_file(one)) == _content(data)
