"""Tables as other programs draw them: colours, double, dotted and missing lines, turned text."""

from __future__ import annotations

import pytest
from fpdf import FPDF

from disclosures.reading.pdf import read_pdf
from disclosures.synthetic.pdf_sheet import FONT

XS = (60.0, 200.0, 300.0, 400.0)
ROWS = (
    ("科目", "合计", "项目"),
    ("教育支出", "12.00", "2.00"),
    ("住房保障支出", "3.50", ""),
    ("合计", "15.50", "2.00"),
)
HEIGHT = 22.0


def page() -> FPDF:
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(False)
    pdf.add_font("cjk", "", FONT, collection_font_number=2)
    pdf.add_page()
    pdf.set_font("cjk", size=10)
    pdf.set_line_width(0.5)
    return pdf


def put_texts(pdf: FPDF, top: float = 100.0) -> None:
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            pdf.text(XS[c] + 4, top + HEIGHT * r + 15, text)


def put_lines(pdf: FPDF, top: float = 100.0, double: float = 0.0) -> None:
    bottom = top + HEIGHT * len(ROWS)
    for shift in {0.0, double}:
        for x in XS:
            pdf.line(x + shift, top, x + shift, bottom)
        for r in range(len(ROWS) + 1):
            pdf.line(XS[0], top + HEIGHT * r + shift, XS[-1], top + HEIGHT * r + shift)


def cells(pdf: FPDF) -> tuple[tuple[str, ...], ...]:
    return tuple(line.cells for line in read_pdf(bytes(pdf.output()), "a.pdf").lines if line.cells is not None)


@pytest.mark.parametrize("apart", [1.0, 1.8, 2.5])
def test_double_lines_are_one(apart: float) -> None:
    pdf = page()
    put_lines(pdf, double=apart)
    put_texts(pdf)
    assert cells(pdf) == ROWS


@pytest.mark.parametrize(("dash", "gap"), [(1, 1), (3, 2), (0.5, 1.5)])
def test_dotted_lines_part_cells(dash: float, gap: float) -> None:
    pdf = page()
    pdf.set_dash_pattern(dash=dash, gap=gap)
    put_lines(pdf)
    pdf.set_dash_pattern()
    put_texts(pdf)
    assert cells(pdf) == ROWS


def test_dots_drawn_one_by_one_part_cells() -> None:
    pdf = page()
    bottom = 100 + HEIGHT * len(ROWS)
    for x in XS:
        for n in range(int((bottom - 100) / 3)):
            pdf.line(x, 100 + 3 * n, x, 101.6 + 3 * n)
    for r in range(len(ROWS) + 1):
        for n in range(int((XS[-1] - XS[0]) / 3)):
            pdf.line(XS[0] + 3 * n, 100 + HEIGHT * r, XS[0] + 1.6 + 3 * n, 100 + HEIGHT * r)
    put_texts(pdf)
    assert cells(pdf) == ROWS


@pytest.mark.parametrize("ruled", [True, False])
def test_coloured_rows_are_rows(ruled: bool) -> None:
    pdf = page()
    pdf.set_fill_color(47, 93, 140)
    pdf.rect(XS[0], 100, XS[-1] - XS[0], HEIGHT, style="F")
    pdf.set_fill_color(226, 236, 246)
    pdf.rect(XS[0], 100 + 2 * HEIGHT, XS[-1] - XS[0], HEIGHT, style="F")
    if ruled:
        put_lines(pdf)
    for r, row in enumerate(ROWS):
        pdf.set_text_color(*((255, 255, 255) if r == 0 else (0, 0, 0)))
        for c, text in enumerate(row):
            pdf.text(XS[c] + 4, 100 + HEIGHT * r + 15, text)
    assert cells(pdf) == ROWS


def test_cells_with_only_a_line_below_are_cells() -> None:
    pdf = page()
    for r in range(1, len(ROWS) + 1):
        for left, right in ((60, 190), (200, 290), (300, 400)):
            pdf.line(left, 100 + HEIGHT * r, right, 100 + HEIGHT * r)
    put_texts(pdf)
    assert cells(pdf) == ROWS


@pytest.mark.parametrize("angle", [90, 270])
def test_text_turned_within_a_cell_reads_in_its_own_order(angle: int) -> None:
    pdf = page()
    put_lines(pdf)
    put_texts(pdf)
    bottom = 100 + HEIGHT * len(ROWS)
    for x in (30.0, 60.0):
        pdf.line(x, 100, x, bottom)
    for y in (100.0, bottom):
        pdf.line(30, y, 60, y)
    x, y = (49, bottom - 20) if angle == 90 else (41, 120)
    with pdf.rotation(angle, x, y):
        pdf.text(x, y, "预算收支")
    assert cells(pdf)[0] == ("预算收支", *ROWS[0])
    assert [row[1:] for row in cells(pdf)] == list(ROWS)
