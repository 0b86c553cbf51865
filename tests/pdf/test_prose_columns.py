"""Prose in two columns is read one column after the other; tables of two sides stay tables."""

from __future__ import annotations

import pytest

from disclosures.reading.pdf import read_pdf
from disclosures.synthetic import TINY, generate
from disclosures.synthetic.comparison import Verdict
from disclosures.synthetic.pdf_sheet import PdfStyle, Sheet, flat

SAY = "负责贯彻执行国家和省市有关方针政策，拟订全市发展规划并组织实施，承担日常管理和公共服务工作。"
LEFT = ["本单位的主要职责如下。" + SAY * 2, "内设机构共有十二个，分别承担各自的工作任务。" + SAY * 3]
RIGHT = ["人员编制一百二十名，实有一百一十八名。" + SAY, "所属事业单位三个，均为财政全额拨款。" + SAY * 4]


def in_columns(sheet: Sheet, left: list[str], right: list[str], *, shift: float = 0.0) -> None:
    """Two columns beside one another from the same height; the right one may stand a little lower."""
    size, top = 10.5, sheet.y
    middle, gutter = sheet.width / 2, 24.0
    lowest = top
    for x, texts, y in ((sheet.margin, left, top), (middle + gutter / 2, right, top + shift)):
        width = middle - gutter / 2 - sheet.margin
        sheet.pdf.set_font_size(size)
        for text in texts:
            for n, line in enumerate(sheet.wrapped(text, width, size, 2 * size)):
                sheet.pdf.text(x + (2 * size if n == 0 else 0), y + size, line)
                y += size * 1.6
        lowest = max(lowest, y)
    sheet.y = lowest + 8


@pytest.mark.parametrize("shift", [0.0, 5.0, 8.0])
def test_each_column_is_read_to_its_end(shift: float) -> None:
    sheet = Sheet(PdfStyle())
    sheet.title("第一部分 概况", 16)
    in_columns(sheet, LEFT, RIGHT, shift=shift)
    sheet.paragraph("以上内容已经公开。" + SAY * 3)
    lines = read_pdf(sheet.output(), "a.pdf").lines
    assert [line.text for line in lines] == ["第一部分 概况", *LEFT, *RIGHT, "以上内容已经公开。" + SAY * 3]
    assert all(line.cells is None for line in lines)


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    sheet = Sheet(PdfStyle())
    whole = "第二项职责：" + SAY * 6
    lines = sheet.wrapped(whole, (sheet.width - 24) / 2 - sheet.margin, 10.5, 21)
    half = sum(map(len, lines[: len(lines) // 2]))
    sheet.pdf.set_font_size(10.5)
    for n, line in enumerate(lines):
        column, row = divmod(n, len(lines) // 2) if n < len(lines) // 2 * 2 else (1, n - len(lines) // 2)
        x = sheet.margin if column == 0 else sheet.width / 2 + 12
        sheet.pdf.text(x + (21 if n == 0 else 0), 100 + row * 17, line)
    assert half
    assert [line.text for line in read_pdf(sheet.output(), "a.pdf").lines] == [whole]


@pytest.mark.parametrize("rules", ["none", "heads", "rows"])
def test_tables_of_two_sides_are_tables(rules: str) -> None:
    names = (
        "一般公共预算",
        "政府性基金预算",
        "国有资本经营预算",
        "财政专户管理资金",
        "单位资金",
        "本年收入合计",
        "上年结转",
    )
    others = ("一般公共服务支出", "外交支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出", "卫生健康支出")
    sheet = Sheet(PdfStyle(rules=rules))  # type: ignore[arg-type]
    rows = [flat((a, b)) for a, b in zip(names, others, strict=True)]
    sheet.table([flat(("收入项目", "支出项目")), *rows], (1, 1))
    read = [line.cells for line in read_pdf(sheet.output(), "a.pdf").lines]
    assert read == [("收入项目", "支出项目"), *zip(names, others, strict=True)]


def test_two_sided_tables_of_a_disclosure_come_back() -> None:
    from bench.measure_pdf_roundtrip import STYLES, round_trip

    result = round_trip(generate(6, TINY), STYLES["unruled"])
    assert result.total(Verdict.EQUAL) > 300
    assert result.differences == []


@pytest.mark.parametrize("rows_above", [1, 40])
def test_two_long_texts_in_a_row_are_cells(rows_above: int) -> None:
    sheet = Sheet(PdfStyle(rules="none"))
    above = [flat((f"资金{n}", "1.00", "2.00")) for n in range(rows_above)]
    goals = flat(("目标", "实施期" + SAY * 9, "年度" + SAY * 8))
    sheet.table([*above, goals, flat(("指标", "数量指标", "完成"))], (1, 3, 3))
    read = [line.cells or () for line in read_pdf(sheet.output(), "a.pdf").lines]
    goal_rows = read[rows_above:-1]  # one, or two where the page ends within it
    assert "".join(row[1] for row in goal_rows) == "实施期" + SAY * 9
    assert "".join(row[2] for row in goal_rows) == "年度" + SAY * 8
