"""What the end of a page cuts in ruled tables, and what it only seems to cut."""

from __future__ import annotations

import pytest

from disclosures.reading.pdf import read_pdf
from disclosures.synthetic.pdf_sheet import Cell, PdfStyle, Row, Sheet, flat

# At 9 points four letters fill the first column, eighteen the second.
COLUMNS = (1.0, 4.0, 4.0, 2.0)
WIDE = 18


def rows_of(*pages: list[Row]) -> list[tuple[str, ...]]:
    sheet = Sheet(PdfStyle())
    for page in pages:
        sheet.new_page()
        sheet.table(page, COLUMNS)
    return [line.cells for line in read_pdf(sheet.output(), "a.pdf").lines if line.cells is not None]


def test_a_label_that_fills_its_cell_at_the_end_of_a_page_is_not_joined_to_the_next_label() -> None:
    first = [flat(("数量指标", "人数", "5", "")), flat(("生态效益", "", "", ""))]
    second = [flat(("可持续影响", "", "", "")), flat(("满意度", "群众", "满意", ""))]
    assert [row[0] for row in rows_of(first, second)] == ["数量指标", "生态效益", "可持续影响", "满意度"]


def test_a_row_of_several_lines_that_goes_on_overleaf_is_one() -> None:
    text = "负责全市有关工作的组织和实施以及监督检查" * 4
    cut = 3 * WIDE
    first = [flat(("概况", "甲", "乙", "")), flat(("说明", text[:cut], "", ""))]
    second = [flat(("", text[cut:], "", "")), flat(("结果", "丙", "丁", ""))]
    assert rows_of(first, second)[1] == ("说明", text, "", "")


@pytest.mark.parametrize("rest", ["标", "标准"])
def test_a_merged_label_cut_by_the_end_of_the_page_is_whole(rest: str) -> None:
    first = [flat(("数量指标", "人数", "5", "")), (Cell(0, "产出效益"), *flat(("", "收入", "增加", ""))[1:])]
    second = [
        (Cell(0, rest, rows=2), *flat(("", "就业", "增加", ""))[1:]),
        flat(("", "税收", "增加", ""))[1:],
        flat(("满意度", "群众", "满意", "")),
    ]
    assert [row[0] for row in rows_of(first, second)] == ["数量指标", f"产出效益{rest}", "", "", "满意度"]


def test_a_new_merged_label_overleaf_stays_by_itself() -> None:
    first = [flat(("质量指标", "合格率", "5", "")), flat(("时效指标", "日期", "6月", ""))]
    second = [
        (Cell(0, "成本指标", rows=2), *flat(("", "工资", "9", ""))[1:]),
        flat(("", "材料", "8", ""))[1:],
    ]
    assert [row[0] for row in rows_of(first, second)] == ["质量指标", "时效指标", "成本指标", ""]


def test_the_end_of_a_label_that_runs_over_the_border_of_the_table_belongs_to_it() -> None:
    sheet = Sheet(PdfStyle())
    sheet.table([flat(("数量指标", "人数", "5", "")), flat(("效益指", "收入", "增加", ""))], COLUMNS)
    sheet.pdf.text(sheet.margin + sheet.style.padding, sheet.y - 4 + 0.66 * sheet.style.size, "标")
    lines = read_pdf(sheet.output(), "a.pdf").lines
    assert [line.cells and line.cells[0] for line in lines] == ["数量指标", "效益指标"]


def test_labels_on_top_and_values_in_the_middle_of_a_tall_row_are_one_row_without_ruling_lines() -> None:
    sheet = Sheet(PdfStyle(rules="none"))
    rows = [
        flat(("指标", "名称", "值", "备注")),
        (Cell(0, "时效指标", rows=2), Cell(1, "服务时间"), Cell(2, "2026年4月20日至2027年4月19日" * 3), Cell(3, "")),
        (Cell(1, "完成时间"), Cell(2, "6月"), Cell(3, "甲")),
    ]
    sheet.table(rows, (1, 2, 2, 1))
    texts = [line.cells for line in read_pdf(sheet.output(), "a.pdf").lines if line.cells]
    assert texts[1][:3] == ("时效指标", "服务时间", "2026年4月20日至2027年4月19日" * 3)
    assert texts[2][1:] == ("完成时间", "6月", "甲")
