"""Single habits of printed pages, each on a page of its own."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from disclosures.plain.sources import page_place
from disclosures.reading.blocks import Line
from disclosures.reading.pdf import read_pdf
from disclosures.synthetic.pdf_sheet import Cell, PdfStyle, Sheet, flat

LONG = "本单位负责贯彻执行国家和省市有关方针政策，组织拟订全市发展规划并监督实施，承担日常管理工作和公共服务工作。"
TABLE = [
    tuple(Cell(n, text, align="right" if n else "left") for n, text in enumerate(row))
    for row in (("科目", "合计", "基本", "项目"), ("208", "12.00", "", "12.00"), ("210", "3.50", "3.50", ""))
]


def lines_of(sheet: Sheet) -> tuple[Line, ...]:
    return read_pdf(sheet.output(), "a.pdf").lines


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    return [line.cells for line in lines_of(sheet) if line.cells is not None]


def test_lines_of_a_paragraph_are_joined_over_the_end_of_the_page() -> None:
    sheet = Sheet(PdfStyle())
    for _ in range(3):
        sheet.paragraph(LONG * 8)
    texts = [line.text for line in lines_of(sheet)]
    assert texts == [LONG * 8] * 3


def test_a_title_is_a_heading_and_prose_is_none() -> None:
    sheet = Sheet(PdfStyle())
    sheet.title("第一部分 概况", 18)
    sheet.paragraph(LONG)
    assert [bool(line.heading) for line in lines_of(sheet)] == [True, False]


@pytest.mark.parametrize("rules", ["all", "rows", "none"])
def test_blank_cells_stay_in_their_columns(rules: str) -> None:
    sheet = Sheet(PdfStyle(rules=rules))  # type: ignore[arg-type]
    sheet.table(TABLE, (2, 2, 2, 2))
    assert rows_of(sheet)[1:] == [("208", "12.00", "", "12.00"), ("210", "3.50", "3.50", "")]


def test_a_merged_cell_is_printed_once() -> None:
    sheet = Sheet(PdfStyle())
    rows = [
        (Cell(0, "科目", rows=2), Cell(1, "预算数", columns=2)),
        (Cell(1, "合计"), Cell(2, "项目")),
        flat(("208", "1.00", "1.00")),
    ]
    sheet.table(rows, (2, 2, 2))
    assert rows_of(sheet) == [("科目", "预算数", ""), ("", "合计", "项目"), ("208", "1.00", "1.00")]


def test_wrapped_text_is_joined_within_its_cell() -> None:
    sheet = Sheet(PdfStyle())
    sheet.table([flat(("项目概况", LONG))], (1, 2))
    assert rows_of(sheet) == [("项目概况", LONG)]


def test_a_row_cut_by_the_end_of_the_page_is_one_row() -> None:
    sheet = Sheet(PdfStyle(padding=4))
    sheet.table([flat(("一", "短")), flat(("项目概况", LONG * 40))], (1, 4))
    assert rows_of(sheet)[1] == ("项目概况", LONG * 40)


def test_a_header_printed_again_overleaf_is_left_out() -> None:
    sheet = Sheet(PdfStyle())
    sheet.table([TABLE[0], *(flat((f"2{n:02d}", "1.00", "", "1.00")) for n in range(90))], (1, 1, 1, 1), 1)
    assert len(rows_of(sheet)) == 91


def test_indented_labels_keep_their_depth() -> None:
    sheet = Sheet(PdfStyle())
    names = (("部门合计", 0), ("某某局", 1), ("修缮项目", 2), ("培训项目", 2))
    sheet.table([(Cell(0, name, indent=depth), Cell(1, "1.00", align="right")) for name, depth in names], (3, 1))
    depths = [len(line.text) - len(line.text.lstrip("\u3000")) for line in lines_of(sheet)]
    assert depths == [0, 1, 2, 2]


def test_cells_know_their_boxes_on_the_page_as_shown() -> None:
    for style in (PdfStyle(), PdfStyle(landscape=True, sideways=True)):
        sheet = Sheet(style)
        sheet.table(TABLE, (1, 1, 1, 1))
        row = next(line for line in lines_of(sheet) if line.cells and line.cells[0] == "208")
        place = page_place(row.cell_sources[1])
        assert place is not None
        assert place.page == 1
        assert place.box is not None
        x0, y0, x1, y1 = place.box
        with pypdfium2.PdfDocument(sheet.output()) as document:
            page = document[0]
            height = page.get_height()
            assert page.get_textpage().get_text_bounded(x0, height - y1, x1, height - y0).strip() == "12.00"


@pytest.mark.parametrize("style", [PdfStyle(watermark="仅供内部审核"), PdfStyle(grey_mark="征求意见稿")])
def test_a_watermark_is_told_and_taken_out(style: PdfStyle) -> None:
    sheet = Sheet(style)
    for _ in range(4):
        for _ in range(5):
            sheet.paragraph(LONG * 3)
        sheet.new_page()
    sheet.paragraph(LONG)
    document = read_pdf(sheet.output(), "a.pdf")
    mark = style.watermark or style.grey_mark
    assert [(text, count) for text, _, count in document.watermarks] == [(mark, 5)]
    assert all(set(line.text) <= set(LONG) for line in document.lines)


def test_running_headers_and_page_numbers_are_left_out() -> None:
    sheet = Sheet(PdfStyle(header="二〇二六年部门预算公开"))
    for number in range(5):
        sheet.paragraph(f"第{number}项，{LONG}")
        sheet.new_page()
    sheet.paragraph(LONG)
    assert [line.text for line in lines_of(sheet)] == [*(f"第{number}项，{LONG}" for number in range(5)), LONG]


def test_bold_print_made_by_printing_twice_is_read_once() -> None:
    sheet = Sheet(PdfStyle(fake_bold=True))
    sheet.title("2026年预算收支总表", 14)
    sheet.paragraph(LONG)
    assert lines_of(sheet)[0].text == "2026年预算收支总表"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_pages_turned_by_their_rotation_read_the_same(rotation: int) -> None:
    sheet = Sheet(PdfStyle())
    sheet.table(TABLE, (1, 1, 1, 1))
    with pypdfium2.PdfDocument(sheet.output()) as document:
        document[0].set_rotation(rotation)
        out = BytesIO()
        document.save(out)
    assert [line.cells for line in read_pdf(out.getvalue(), "a.pdf").lines] == rows_of(sheet)
