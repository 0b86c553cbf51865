"""The original with its findings beside: at their places, nothing else changed, readable as before."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from openpyxl import load_workbook

from audit.findings import Severity
from audit.reports.annotating.excel import annotate_xlsx
from audit.reports.annotating.notes import Note
from audit.reports.annotating.pdf import annotate_pdf
from audit.reports.annotating.word import annotate_docx
from audit.services.annotated import annotated_original
from audit.services.reports import disclosure_report
from disclosures.editing import differences
from disclosures.reading import UnreadableFileError
from disclosures.recognise.document import parse_bytes
from disclosures.storage import load, read_bytes
from disclosures.writing.pdf import to_pdf
from tests.reports.conftest import needs_office

NOWHERE = Note("", Severity.WARNING, "全文", ("【提醒】缺少目录。",))


def _annotated(record):
    report = disclosure_report(record)
    return report, annotated_original(record, report)


def _commented(data: bytes) -> list[tuple[str, str]]:
    """Each comment of a Word document with the text of the paragraphs that it spans."""
    document = docx.Document(io.BytesIO(data))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    spans: dict[str, str] = {}
    open_now: set[str] = set()
    for element in document.element.body.iter():
        key = element.get(f"{space}id", "")
        if element.tag == f"{space}commentRangeStart":
            open_now.add(key)
            spans[key] = ""
        elif element.tag == f"{space}commentRangeEnd":
            open_now.discard(key)
        elif element.tag == f"{space}t":
            for one in open_now:
                spans[one] += element.text or ""
    assert not open_now
    assert all(comment.author == "核对系统" for comment in document.comments)
    return [(comment.text, spans[str(comment.comment_id)]) for comment in document.comments]


def test_word_comments_stand_at_the_printed_values(put):
    record = put("docx")
    before = read_bytes(record.source_file)
    report, made = _annotated(record)
    commented = _commented(made.data)
    assert made.ending == "docx"
    assert made.placed == len(commented) == len(report.standing()) > 0
    for item in report.standing():
        if item.actual and item.place.startswith("表"):
            assert any(item.message in text and item.actual in where for text, where in commented), item.message
    assert read_bytes(record.source_file) == before
    assert differences(load(record.pk), parse_bytes(made.data, "x.docx").disclosure) == ()


def test_all_other_parts_of_a_word_document_are_copied_byte_for_byte(originals):
    made = annotate_docx(originals["docx"], "x.docx", [Note("paragraph 1", Severity.ERROR, "全文", ("看",)), NOWHERE])
    old, new = zipfile.ZipFile(io.BytesIO(originals["docx"])), zipfile.ZipFile(io.BytesIO(made.data))
    changed = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    for name in old.namelist():
        assert (old.read(name) == new.read(name)) is (name not in changed), name
    assert set(new.namelist()) - set(old.namelist()) == {"word/comments.xml"}
    first = docx.Document(io.BytesIO(made.data)).paragraphs[:3]
    assert "不属于原件" in first[0].text
    assert "缺少目录" in first[2].text


def test_comments_that_are_there_already_stay(originals):
    once = annotate_docx(originals["docx"], "x.docx", [Note("paragraph 1", Severity.ERROR, "全文", ("第一条",))])
    twice = annotate_docx(once.data, "x.docx", [Note("paragraph 1", Severity.ERROR, "全文", ("第二条",))])
    assert [text for text, _ in _commented(twice.data)] == ["第一条", "第二条"]


def test_what_xml_cannot_carry_does_not_break_the_comment(originals):
    note = Note("paragraph 1", Severity.ERROR, "全文", ("<w:p>&\x00\x0b尾",))
    assert _commented(annotate_docx(originals["docx"], "x.docx", [note]).data)[0][0].startswith("<w:p>&")


def test_excel_comments_stand_at_the_cells(put):
    record = put("xlsx")
    report, made = _annotated(record)
    book = load_workbook(io.BytesIO(made.data))
    comments = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    placed = [item for item in report.standing() if item.source and "!" in item.source]
    assert placed
    for item in placed:
        sheet, _, cell = item.source.removeprefix("sheet ").partition("!")
        if cell[0].isalpha():
            assert item.message in comments[sheet, cell]
    assert differences(load(record.pk), parse_bytes(made.data, "x.xlsx").disclosure) == ()


def test_what_has_no_cell_is_listed_on_a_sheet_in_front(originals):
    formula = Note("", Severity.ERROR, "=1+1", ("坏",))
    book = load_workbook(io.BytesIO(annotate_xlsx(originals["xlsx"], "x.xlsx", [NOWHERE, formula]).data))
    assert book.sheetnames[0] == "核对批注"
    texts = [cell.value for cell in book.worksheets[0]["A"]]
    assert any("缺少目录" in text for text in texts)
    assert all(cell.data_type == "s" for cell in book.worksheets[0]["A"])


def test_a_text_becomes_word_with_its_lines_and_comments(record):
    report, made = _annotated(record)
    commented = _commented(made.data)
    assert made.ending == "docx"
    assert len(commented) == made.placed == len(report.standing())
    for item in report.standing():
        if item.actual and item.place.startswith("表"):
            assert any(item.message in text and item.actual in where for text, where in commented), item.message


def _pdf(rotate: int = 0) -> bytes:
    from fpdf import FPDF

    paper = FPDF(unit="pt", format=(400, 600))
    for _ in range(2):
        paper.add_page()
        paper.set_font("Helvetica", size=12)
        paper.text(100, 100, "12.34")
    data = bytes(paper.output())
    if not rotate:
        return data
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(rotate)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _annotations(page: pypdfium2.PdfPage) -> list[tuple[int, tuple[float, ...], str]]:
    found: list[tuple[int, tuple[float, ...], str]] = []
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        one = pdfium.FPDFPage_GetAnnot(page, number)
        rect = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(one, rect)
        size = pdfium.FPDFAnnot_GetStringValue(one, b"Contents", None, 0)
        buffer = (pdfium.FPDF_WCHAR * (size // 2))()
        pdfium.FPDFAnnot_GetStringValue(one, b"Contents", buffer, size)
        text = bytes(buffer).decode("utf-16-le").rstrip("\0")
        found.append((pdfium.FPDFAnnot_GetSubtype(one), (rect.left, rect.bottom, rect.right, rect.top), text))
        pdfium.FPDFPage_CloseAnnot(one)
    return found


def test_pdf_highlights_lie_on_their_boxes_and_tell_why():
    notes = [
        Note("page 2 @98.0,88.0,140.0,104.0", Severity.ERROR, "表三", ("【错误】合计不符", "建议：改")),
        Note("page 2 @98.0,88.0,140.0,104.0", Severity.WARNING, "表三", ("【提醒】再看",)),
        Note("page 9 @1,1,2,2", Severity.INFO, "表九", ("没有这一页",)),
    ]
    made = annotate_pdf(_pdf(), "x.pdf", notes)
    assert made.placed == 2
    document = pypdfium2.PdfDocument(made.data)
    ((kind, box, text),) = _annotations(document[1])
    assert kind == pdfium.FPDF_ANNOT_HIGHLIGHT
    assert box == pytest.approx((98, 496, 140, 512), abs=0.1)
    assert text == "【错误】合计不符\n建议：改\n\n【提醒】再看"
    ((kind, _, text),) = _annotations(document[0])
    assert kind == pdfium.FPDF_ANNOT_TEXT
    assert "没有这一页" in text
    assert document[1].get_textpage().get_text_range().strip() == "12.34"


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_boxes_are_of_the_page_as_shown(rotate):
    made = annotate_pdf(_pdf(rotate), "x.pdf", [Note("page 1 @10,20,60,40", Severity.ERROR, "表三", ("x",))])
    document = pypdfium2.PdfDocument(made.data)
    ((_, box, _),) = _annotations(document[0])
    expected = {90: (20, 10, 40, 60), 180: (340, 20, 390, 40), 270: (360, 540, 380, 590)}[rotate]
    assert box == pytest.approx(expected, abs=0.1)


@needs_office
def test_a_pdf_gets_a_page_in_front_for_what_has_no_place():
    front = to_pdf(_word("缺少目录"))
    document = pypdfium2.PdfDocument(annotate_pdf(_pdf(), "x.pdf", [NOWHERE], front).data)
    assert len(document) == 3
    assert "缺少目录" in document[0].get_textpage().get_text_range()


def _word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@needs_office
@pytest.mark.parametrize("ending", ["docx", "txt"])
def test_the_copy_opens_in_an_office_program(put, ending):
    _, made = _annotated(put(ending))
    document = pypdfium2.PdfDocument(to_pdf(made.data))
    assert len(document) > 5


@pytest.mark.parametrize("annotate", [annotate_docx, annotate_xlsx, annotate_pdf])
def test_a_broken_original_is_refused_in_words(annotate):
    with pytest.raises(UnreadableFileError):
        annotate(b"PK\x03\x04 broken", "坏", [NOWHERE])
