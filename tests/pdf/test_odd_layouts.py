"""Pages nobody has designed: whatever stands on them is in what is read, and nothing crashes."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from fpdf import FPDF

from disclosures.reading.pdf import read_pdf
from disclosures.synthetic.pdf_sheet import FONT

WORDS = (
    "合计",
    "208",
    "1,234.50",
    "社会保障和就业支出",
    "一",
    "Budget",
    "（一）",
    "2026年",
    "0.00",
    "项目概况说明文字",
)


def odd_page(rng: Random) -> tuple[bytes, Counter[str]]:
    """Words, boxes, lines and turned texts anywhere on some pages, and the characters printed upright."""
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(False)
    pdf.add_font("cjk", "", FONT, collection_font_number=2)
    printed: Counter[str] = Counter()
    for _ in range(rng.randint(1, 3)):
        pdf.add_page()
        taken: set[tuple[int, int]] = set()
        for _ in range(rng.randint(0, 40)):
            x0, y0 = rng.uniform(0, 590), rng.uniform(0, 840)
            if rng.random() < 0.5:
                pdf.line(x0, y0, x0, rng.uniform(0, 840))
                pdf.line(x0, y0, rng.uniform(0, 590), y0)
            else:
                pdf.rect(x0, y0, rng.uniform(0, 300), rng.uniform(0, 300))
        for _ in range(rng.randint(5, 120)):
            word, size = rng.choice(WORDS), rng.choice((6, 9, 9, 12, 20))
            column, row = rng.randrange(4), rng.randrange(4, 34)
            if (column, row) in taken:
                continue
            taken.add((column, row))
            pdf.set_font("cjk", size=size)
            pdf.text(20 + column * 140 + rng.uniform(0, 8), 20 + row * 22, word)
            printed.update(word)
    return bytes(pdf.output()), printed


@pytest.mark.parametrize("seed", range(25))
def test_every_character_of_an_odd_page_is_read_once(seed: int) -> None:
    data, printed = odd_page(Random(seed))
    lines = read_pdf(data, "a.pdf").lines
    read = Counter(char for line in lines for char in (line.cells and "".join(line.cells)) or line.text)
    read = Counter({char: count for char, count in read.items() if not char.isspace()})
    assert read == printed
    for line in lines:
        assert line.cells is None or len(line.cells) == len(line.cell_sources)
