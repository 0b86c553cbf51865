"""PDF files mutated at random are read or refused in words; sets of tables that nobody declared are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from bench.support import read
from disclosures.reading import UnreadableFileError
from disclosures.reading.pdf import read_pdf
from disclosures.synthetic import TINY, generate
from disclosures.synthetic.pdf import write_pdf
from disclosures.synthetic.pdf_sheet import Cell, PdfStyle, Sheet, flat


@pytest.fixture(scope="module")
def sound() -> bytes:
    return write_pdf(generate(4, TINY), PdfStyle(watermark="征求意见稿"))


def _flipped(data: bytes, rng: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(rng.randint(1, 200)):
        spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
    return bytes(spoilt)


def _cut(data: bytes, rng: Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, len(data) // 4) :]


def _without_objects(data: bytes, rng: Random) -> bytes:
    """Some objects gone, in place: everything else keeps its offset."""
    found = list(re.finditer(rb"\d+ 0 obj.*?endobj", data, re.S))
    spoilt = bytearray(data)
    for match in rng.sample(found, min(len(found), rng.randint(1, 6))):
        spoilt[match.start() : match.end()] = b" " * (match.end() - match.start())
    return bytes(spoilt)


def _numbers_changed(data: bytes, rng: Random) -> bytes:
    """Numbers outside of streams replaced by absurd ones of the same length."""
    spoilt = bytearray(data)
    found = list(re.finditer(rb"(?<=[ \[])\d{1,6}(?=[ \]])", data))
    for match in rng.sample(found, min(len(found), 20)):
        width = match.end() - match.start()
        spoilt[match.start() : match.end()] = rng.choice((b"9" * width, b"0" * width, b"-" * width))
    return bytes(spoilt)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("spoil", [_flipped, _cut, _without_objects, _numbers_changed])
def test_a_spoilt_file_is_read_or_refused(sound: bytes, spoil: Callable[[bytes, Random], bytes], seed: int) -> None:
    data = spoil(sound, Random(seed))
    assert data != sound
    assert _told(data)


def _told(data: bytes) -> str:
    try:
        return "".join(line.text for line in read_pdf(data, "a.pdf").lines)
    except UnreadableFileError as error:
        return str(error) if "a.pdf" in str(error) else ""


_GUANGXI = (
    "收支预算总表",
    "收入预算总表",
    "支出预算总表",
    "财政拨款收支预算总表",
    "支出明细表",
    "基本支出表",
    "基金表",
    "三公",
)
_SICHUAN = tuple(
    f"表{n}　部门{word}表"
    for n, word in enumerate(
        ("收支总", "收入总", "支出总", "财政拨款收支预算总", "财政拨款支出预算", "资产配置", "债务", "项目支出明细"),
        start=1,
    )
)


def test_a_page_that_is_gone_is_told_and_the_others_are_read(sound: bytes) -> None:
    page = list(re.finditer(rb"\d+ 0 obj\s*<<(?:(?!endobj).)*/Type /Page\b.*?endobj", sound, re.S))[5]
    data = sound[: page.start()] + b" " * (page.end() - page.start()) + sound[page.end() :]
    document = read_pdf(data, "a.pdf")
    assert [source for _, source in document.remarks] == ["page 6"]
    assert "损坏" in document.remarks[0][0]
    assert {line.source.split()[1] for line in document.lines} >= {"1", "5", "7"}


@pytest.mark.parametrize("rules", ["all", "rows", "none"])
@pytest.mark.parametrize("titles", [_GUANGXI, _SICHUAN])
def test_sets_of_tables_of_other_provinces_are_kept(titles: tuple[str, ...], rules: str) -> None:
    rng = Random(len(titles))
    sheet = Sheet(PdfStyle(rules=rules))  # type: ignore[arg-type]
    sheet.title("某某厅2026年部门预算公开", 20)
    sheet.title("第一部分 部门概况", 16)
    sheet.paragraph("负责全区的有关管理工作。")
    sheet.title("第二部分 2026年部门预算报表", 16)
    amounts: list[str] = []
    for number, title in enumerate(titles):
        sheet.new_page()
        sheet.title(title, 14)
        sheet.sides("单位名称：某某厅", "金额单位：万元")
        width = rng.randint(3, 9)
        rows = [flat([f"栏目{c}" for c in range(width)])]
        for row in range(rng.randint(2, 40)):
            values = [f"{rng.randint(1, 999)}.{number % 10}{row % 10}" for _ in range(width - 1)]
            amounts += values
            rows.append((Cell(0, f"事项{row}"), *(Cell(c, v, align="right") for c, v in enumerate(values, start=1))))
        sheet.table(rows, [1.0] * width, 1)
    data = sheet.output()
    printed = Counter(text for line in read_pdf(data, "a.pdf").lines for text in line.cells or ())
    assert not Counter(amounts) - printed
    disclosure = read(data, "a.pdf")
    kept = Counter(text for other in disclosure.other_tables for row in other.rows for text in row)
    kept += Counter(str(cell.value) for table in disclosure.tables for row in table.rows for _, cell in row.cells)
    assert not Counter(amounts) - kept
    assert len(disclosure.other_tables) + len(disclosure.tables) == len(titles)
