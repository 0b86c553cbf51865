"""Files that are no sound PDF with text are refused in words."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from PIL import Image

from disclosures.reading import UnreadableFileError
from disclosures.reading.limits import MOST_PAGES
from disclosures.reading.pdf import PageKind, page_kinds, read_pdf
from disclosures.reading.pdf.extract import read_page
from disclosures.reading.pdf.images import page_image, page_sizes
from disclosures.reading.pdf.opening import OpenPdf, opened
from disclosures.reading.pdf.page import PageContent
from disclosures.synthetic.pdf_sheet import FONT, PdfStyle, Sheet, flat


def sound() -> bytes:
    sheet = Sheet(PdfStyle())
    sheet.paragraph("本单位负责全市的管理工作。" * 20)
    sheet.table([flat(("科目", "合计")), flat(("208", "1.00"))], (1, 1))
    return sheet.output()


def pages(count: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(595, 842)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_picture(text: str = "") -> bytes:
    pdf = FPDF()
    pdf.add_font("cjk", "", FONT, collection_font_number=2)
    pdf.add_page()
    pdf.image(Image.new("L", (200, 300), 180), 0, 0, 210, 297)
    if text:
        pdf.add_page()
        pdf.set_font("cjk", size=10)
        pdf.text(20, 20, text)
    return bytes(pdf.output())


def outcome(data: bytes) -> str:
    """The text that is read, or what is said instead."""
    try:
        return "".join(line.text for line in read_pdf(data, "a.pdf").lines)
    except UnreadableFileError as error:
        return str(error)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_off_is_read_or_refused(share: float) -> None:
    data = sound()
    told = outcome(data[: int(len(data) * share)])
    assert "a.pdf" in told or "管理工作" in told


def test_spoilt_bytes_are_read_or_refused() -> None:
    data = bytearray(sound())
    for step in range(0, len(data) - 1, 131):
        data[step] ^= 0x5A
        assert outcome(bytes(data))


def test_a_locked_file_is_refused_with_what_to_do() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="a", user_password="b", encryption_method=EncryptionMethod.AES_128)
    with pytest.raises(UnreadableFileError, match="打开密码"):
        read_pdf(bytes(pdf.output()), "a.pdf")


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match=f"{MOST_PAGES + 1} 页"):
        read_pdf(pages(MOST_PAGES + 1), "a.pdf")


def test_pages_without_anything_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="没有文字"):
        read_pdf(pages(3), "a.pdf")


def test_a_scan_is_named_as_one() -> None:
    with pytest.raises(UnreadableFileError, match="按扫描件识别"):
        read_pdf(with_picture(), "a.pdf")


def test_a_scanned_page_among_others_is_told() -> None:
    data = with_picture("本单位负责全市的管理工作")
    assert page_kinds(data, "a.pdf") == (PageKind.SCANNED, PageKind.TEXT)
    document = read_pdf(data, "a.pdf")
    assert [source for _, source in document.remarks] == ["page 1"]
    assert "按扫描件识别" in document.remarks[0][0]


def test_a_page_is_shown_as_a_picture_within_limits() -> None:
    data = sound()
    assert page_sizes(data, "a.pdf")[0] == (595.28, 841.89)
    for dpi, width in ((72, 595), (100_000, 2480)):
        assert Image.open(BytesIO(page_image(data, 1, dpi))).width == width
    with pytest.raises(UnreadableFileError, match="没有第 9 页"):
        page_image(data, 9)


def test_a_page_as_large_as_a_street_is_shown_small() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200_000, 200_000)
    out = BytesIO()
    document.save(out)
    picture = Image.open(BytesIO(page_image(out.getvalue(), 1, 300)))
    assert picture.width * picture.height <= 80_000_000


def test_a_document_of_pictures_is_held_to_the_limit_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disclosures.reading.pdf.reader.MOST_GLYPHS", 100)
    with opened(sound(), "sound") as document:
        text = read_page(document, 1)
    with pytest.raises(UnreadableFileError, match=r"a\.pdf.*文字太多"):
        read_pdf(with_picture(), "a.pdf", scan=lambda document, number: text)


def test_no_page_of_a_document_of_pictures_is_taken_apart_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def counted(document: OpenPdf, number: int) -> PageContent:
        seen.append(number)
        return read_page(document, number)

    with opened(sound(), "sound") as document:
        text = read_page(document, 1)
    monkeypatch.setattr("disclosures.reading.pdf.reader.read_page", counted)
    assert read_pdf(with_picture(), "a.pdf", scan=lambda document, number: text).lines
    assert seen == [1]
