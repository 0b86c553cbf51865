"""Prose set to fill its lines, as word processors print it: letters drawn apart, marks hanging over the line end."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from fpdf import FPDF

from disclosures.reading.blocks import Line
from disclosures.reading.pdf import read_pdf
from disclosures.synthetic.pdf_sheet import FONT

SIZE = 16.0
LEFT, WIDTH = 80.0, 27.6 * SIZE
MARKS = "，、；：。"
FIGURES = (
    "2026年度某局预算收入80,718.39万元，主要包括一般公共预算拨款收入72,966.88万元（占90.39%），上年结转和结余收入"
    "103.05万元（占0.13%）；单位资金收入合计（含税）3643.01万元、（占4.52%）；上年结转4405.46万元（占5.46%）。"
)
SHARES = "".join(f"收入{n}0,718.39万元（占{n}0.39%）；" for n in range(1, 9)) + "无其他收入。"
DUTIES = "单位负责贯彻执行国家和省市有关方针政策并组织监督实施，承担日常管理工作以及上级交办的其他有关事项。"


class Page:
    """A page on which characters are put one by one, as a word processor does."""

    def __init__(self) -> None:
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.add_font("cjk", "", FONT, collection_font_number=2)
        self.pdf.add_page()
        self.pdf.set_font("cjk", size=SIZE)
        self.y = 120.0
        self.hung = 0

    def paragraph(self, text: str, width: float = WIDTH) -> None:
        """A text over the width, its first line indented, every line but the last filled."""
        indent, line = 2 * SIZE, ""
        for word in re.findall(r"[!-~]+|.", text):
            if not line or self._needed(line + word) <= width - indent:
                line += word
                continue
            hangs = word in MARKS
            self._line(line + word if hangs else line, indent, width, hangs=hangs)
            indent, line = 0.0, "" if hangs else word
        if line:
            self._line(line, indent, self._needed(line) + indent, hangs=False)

    def _line(self, text: str, indent: float, width: float, *, hangs: bool) -> None:
        inside = text[:-1] if hangs else text
        places = sum(not before.isascii() or not after.isascii() for before, after in pairwise(inside))
        more = (width - indent - self._needed(inside)) / max(places, 1)
        x = LEFT + indent
        for before, char in pairwise(f" {inside}"):
            if before != " ":
                x += _own_gap(before, char) + (0.0 if before.isascii() and char.isascii() else more)
            self.pdf.text(x, self.y, char)
            x += self.pdf.get_string_width(char)
        if hangs:
            self.pdf.text(x, self.y, text[-1])
            self.hung += 1
        self.y += 28

    def _needed(self, text: str) -> float:
        return sum(map(self.pdf.get_string_width, text)) + sum(_own_gap(*pair) for pair in pairwise(text))

    def read(self) -> list[Line]:
        return list(read_pdf(bytes(self.pdf.output()), "a.pdf").lines)

    def texts(self) -> list[str]:
        """What is read as prose, without spaces."""
        lines = self.read()
        assert [line.cells for line in lines if line.cells] == []
        return ["".join(line.text.split()) for line in lines]


def _own_gap(before: str, after: str) -> float:
    """What is left between a Chinese letter and a digit."""
    return SIZE / 5 if before.isascii() != after.isascii() and (before + after).isalnum() else 0.0


@pytest.mark.parametrize("characters", [28.0, 24.5, 20.3, 16.1])
def test_lines_of_figures_drawn_apart_are_lines_of_their_paragraph(characters: float) -> None:
    page = Page()
    for text in (FIGURES, SHARES, DUTIES):
        page.paragraph(text, characters * SIZE)
    assert page.texts() == [FIGURES, SHARES, DUTIES]


@pytest.mark.parametrize("before", range(4, 16))
def test_a_mark_that_hangs_over_the_line_end_belongs_to_its_line(before: int) -> None:
    page = Page()
    texts = [f"{DUTIES[:before]}{mark}{DUTIES}{FIGURES}" for mark in "，、；："]
    for text in texts:
        page.paragraph(text)
    assert page.texts() == texts


def test_marks_that_hang_over_most_lines_part_no_paragraphs() -> None:
    page = Page()
    lines = "负责贯彻执行国家和省市有关方针政策并且组织监督实施"
    texts = [f"{lines}，{lines}工作、{lines}工作，{lines}工作工作工作等有关事项。" for _ in range(3)]
    for text in texts:
        page.paragraph(text)
    assert page.hung == 9
    assert page.texts() == texts


def test_columns_headed_by_single_letters_stay_columns() -> None:
    page = Page()
    rows = [("类", "款", "项", "金额"), ("201", "03", "01", "12.50"), ("208", "05", "02", "3.75")]
    for row in rows:
        for n, text in enumerate(row):
            page.pdf.text(LEFT + 60 * n, page.y, text)
        page.y += 28
    assert [line.cells for line in page.read()] == rows
