"""What is printed on a page without being its text, and text that looks as if it were not."""

from __future__ import annotations

import re

import pytest
from fpdf import FPDF

from disclosures.reading import UnreadableFileError
from disclosures.reading.pdf import PageKind, page_kinds, read_pdf
from disclosures.synthetic.pdf_sheet import FONT, Cell, PdfStyle, Sheet, flat

LONG = "本单位负责贯彻执行国家和省市有关方针政策，组织拟订全市发展规划并监督实施，承担日常管理工作和公共服务工作。"


def blank() -> FPDF:
    """A document in points without any page."""
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(False)
    pdf.add_font("cjk", "", FONT, collection_font_number=2)
    return pdf


def prose(pdf: FPDF, top: float = 120, lines: int = 12) -> str:
    """Some lines of text on a new page; the text."""
    pdf.add_page()
    pdf.set_font("cjk", size=12)
    texts = [LONG[n : n + 30] for n in range(lines)]
    for n, text in enumerate(texts):
        pdf.text(60, top + 20 * n, text)
    return "".join(texts)


def text_of(data: bytes) -> str:
    return "".join(line.text for line in read_pdf(data, "a.pdf").lines)


def test_letters_without_a_code_are_told_and_not_read() -> None:
    sheet = Sheet(PdfStyle(page_numbers=False))
    sheet.paragraph(LONG * 4)
    data = re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), sheet.output())
    assert page_kinds(data, "a.pdf") == (PageKind.GARBLED,)
    with pytest.raises(UnreadableFileError, match="乱码"):
        read_pdf(data, "a.pdf")


def test_text_nobody_sees_is_left_out() -> None:
    pdf = blank()
    seen = prose(pdf)
    pdf.set_font("cjk", size=12)
    with pdf.local_context(text_mode="INVISIBLE"):
        pdf.text(60, 500, "看不见的文字")
    assert text_of(bytes(pdf.output())) == seen


def test_a_raised_digit_stays_in_its_line() -> None:
    pdf = blank()
    pdf.add_page()
    pdf.set_font("cjk", size=12)
    pdf.text(60, 100, "办公用房面积为1200m")
    end = 60 + pdf.get_string_width("办公用房面积为1200m")
    pdf.set_font("cjk", size=7)
    pdf.text(end, 95, "2")
    pdf.set_font("cjk", size=12)
    pdf.text(end + pdf.get_string_width("2") * 0.6, 100, "，不含库房。")
    assert text_of(bytes(pdf.output())) == "办公用房面积为1200m2，不含库房。"


def test_an_upright_mark_of_common_size_is_told_by_its_grey_and_repetition() -> None:
    pdf = blank()
    seen = ""
    for _ in range(5):
        seen += prose(pdf)
        pdf.set_text_color(200)
        pdf.text(200, 246, "内部资料")
        pdf.set_text_color(0)
    document = read_pdf(bytes(pdf.output()), "a.pdf")
    assert [(text, count) for text, _, count in document.watermarks] == [("内部资料", 5)]
    assert "".join(line.text for line in document.lines) == seen


def test_grey_text_of_one_page_is_text() -> None:
    pdf = blank()
    seen = prose(pdf)
    pdf.set_text_color(150)
    pdf.text(60, 500, "注：灰色印刷的说明")
    assert text_of(bytes(pdf.output())) == seen + "注：灰色印刷的说明"


def test_headers_tagged_as_artifacts_are_left_out_like_others() -> None:
    pdf = blank()
    seen = ""
    for number in range(5):
        seen += prose(pdf)
        pdf.set_font("cjk", size=9)
        pdf._out("/Artifact <</Type /Pagination /Subtype /Header>> BDC")
        pdf.text(200, 40, "某某局二〇二六年部门预算")
        pdf.text(290, 810, f"第 {number + 1} 页 共 5 页")
        pdf._out("EMC")
    assert text_of(bytes(pdf.output())) == seen


@pytest.mark.parametrize("size", [9, 14])
def test_the_title_of_a_form_on_many_pages_is_no_running_header(size: int) -> None:
    sheet = Sheet(PdfStyle(header="二〇二六年部门预算公开"))
    for n in range(8):
        if n:
            sheet.new_page()
        sheet.title("某某市市级部门项目支出绩效目标表", size)
        sheet.title("（2026年度）", 9)
        rows = [(Cell(0, f"项目{n}-{row}"), Cell(1, "1.00", align="right")) for row in range(20)]
        sheet.table([flat(("项目", "金额")), *rows], (3, 1))
    texts = [line.text for line in read_pdf(sheet.output(), "a.pdf").lines if line.cells is None]
    assert texts == ["某某市市级部门项目支出绩效目标表", "（2026年度）"] * 8
