"""Page furniture is taken out by shape, place and repetition; what repeats in the text stays."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from disclosures.reading.blocks import Line
from disclosures.reading.text import read_text
from disclosures.recognise.furniture import remove_furniture

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"


def lines_of(*texts: str) -> list[Line]:
    return [Line(f"line {n}", text) for n, text in enumerate(texts, start=1) if text]


def kept(*texts: str) -> list[str]:
    return [line.text for line in remove_furniture(lines_of(*texts)).lines]


def page(rng: Random, rows: int = 14) -> list[str]:
    """A page of rows and prose that differs from every other page."""
    body = []
    for _ in range(rows):
        code = f"2{rng.randint(10**5, 10**6 - 1)}"
        body.append(f"{code} 项目{rng.randint(1, 10**6)} {rng.random() * 900:.2f} {rng.random() * 900:.2f}  ")
        body.append(f"第{rng.randint(1, 10**6)}项工作按照年初的安排有序推进，全年投入{rng.randint(1, 10**6)}元。")
    return body


def document(pages: int, furniture: dict[str, list[str]], seed: int = 1) -> tuple[list[str], list[str]]:
    """Pages with furniture at their ends or in their middle, and the same without it."""
    rng = Random(seed)
    printed: list[str] = []
    clean: list[str] = []
    for number in range(1, pages + 1):
        body = page(rng)
        clean += body
        half = len(body) // 2

        def show(where: str, number: int = number) -> list[str]:
            return [text.replace("#", str(number)) for text in furniture.get(where, [])]

        printed += [*show("top"), *body[:half], *show("middle"), *body[half:], *show("foot")]
    return printed, clean


@pytest.mark.parametrize("number", ["-#-", "— # —", "-- #", "第 # 页", "第#页 共9页", "- # -", "#/9", "Page # of 9"])
def test_page_numbers_go(number):
    printed, clean = document(6, {"foot": [number]})
    assert kept(*printed) == clean


def test_numbers_alone_go_only_where_they_count_the_pages():
    printed, clean = document(6, {"foot": ["#"], "top": [" 某某区水利局2031年预算公开"]})
    assert kept(*printed) == clean
    assert kept("120", "3", "2080199", "4", "77") == ["120", "3", "2080199", "4", "77"]


def test_a_serial_number_column_stays():
    texts = [text for n in range(1, 30) for text in (str(n), f"事项{n * n}")]
    assert kept(*texts) == texts


@pytest.mark.parametrize("header", ["某某区水利局2031年部门预算公开报告", "部门预算公开 -#-", "第#页 某某水利"])
def test_a_running_header_goes(header):
    number = [] if "#" in header else ["-#-"]
    printed, clean = document(6, {"top": [*number, header]})
    if header.startswith("第"):
        assert [text for text in kept(*printed) if text in clean] == clean
    else:
        assert kept(*printed) == clean


def test_a_footer_goes():
    printed, clean = document(6, {"foot": ["某某区水利局预算公开", "-#-"]})
    assert kept(*printed) == clean


def test_a_form_title_at_the_top_of_every_page_stays():
    rng = Random(3)
    texts = []
    for n in range(8):
        texts += [" 某某市项目支出绩效目标表", "（2031年度）", f"项目名称 项目{n}", *page(rng, 4), f"-{n + 1}-"]
    assert kept(*texts) == [text for text in texts if not text.startswith("-")]


def test_notes_that_end_some_pages_stay():
    rng = Random(4)
    texts = []
    for n in range(9):
        texts += [*page(rng, 5), *(["注：本表无数据"] if n % 3 == 0 else []), f"-{n + 1}-"]
    assert kept(*texts) == [text for text in texts if not text.startswith("-")]


@pytest.mark.parametrize("mark", [("内部", "资料"), ("征求", "意见", "稿"), ("草", "稿"), ("仅供", "内部", "审核")])
def test_a_watermark_in_stacks_goes_and_is_reported(mark):
    printed, clean = document(5, {"foot": ["-#-", *mark * 6]})
    cleaned = remove_furniture(lines_of(*printed))
    assert [line.text for line in cleaned.lines] == clean
    first = next(n for n, text in enumerate(printed, start=1) if text == mark[0])
    assert cleaned.watermarks == (("".join(mark), f"line {first}", 30),)


def test_a_watermark_printed_once_a_page_goes():
    printed, clean = document(8, {"middle": ["征求", "意见"]})
    cleaned = remove_furniture(lines_of(*printed))
    assert [line.text for line in cleaned.lines] == clean
    assert cleaned.watermarks[0][::2] == ("征求意见", 8)


def test_syllables_between_rows_go():
    rng = Random(5)
    rows = page(rng, 40)
    printed = [text for n, row in enumerate(rows) for text in (row, ("仅供", "内部", "审核")[n % 3])]
    assert kept(*printed) == rows


@pytest.mark.parametrize("mark", [("征求", "意见", "稿"), ("内", "部", "资", "料"), ("样稿",)])
def test_pieces_of_a_watermark_far_apart_go(mark):
    rng = Random(8)
    printed: list[str] = []
    clean: list[str] = []
    for n, row in enumerate(page(rng, 120)):
        clean.append(row)
        printed += [row, mark[n // 7 % len(mark)]] if n % 7 == 6 else [row]
    cleaned = remove_furniture(lines_of(*printed))
    assert [line.text for line in cleaned.lines] == clean
    assert [text for text, _, _ in cleaned.watermarks] == ["".join(mark)]


def test_stray_pieces_of_a_stacked_watermark_go_with_it_and_headers_are_still_found():
    rng = Random(9)
    printed: list[str] = []
    clean: list[str] = []
    for number in range(1, 13):
        rows = page(rng, 12)
        clean += rows
        printed += ["某某区水利局2031年部门预算公开报告", *["仅供", "内部"] * 3]
        for row in rows:
            printed += [row, *rng.choices(["", "仅供", "内部"], [8, 1, 1])]
        printed.append(f"-{number}-")
    cleaned = remove_furniture(lines_of(*printed))
    assert [line.text for line in cleaned.lines] == clean
    assert "".join(text for text, _, _ in cleaned.watermarks) == "仅供内部"


def test_short_labels_all_over_a_document_of_forms_stay():
    rng = Random(10)
    texts = page(rng, 60)
    for n in range(60):
        texts += [f"项目名称 第{n}项", "年度资金总额： 5000", "省级财政资金 0", "单位自筹 0", f"第{n}项服务完成率 100%"]
        texts += [
            "质量指标",
            f"第{n}项工程按照合同约定的各个时间节点及时组织完成并且通过验收",
        ]
        texts += ["成本指标", f"人均支出{n} ≤{n}.50" if n % 20 == 0 else f"人均支出{n} ≤{n}万元"]
    assert kept(*texts) == texts


def test_a_watermark_in_one_piece_goes():
    printed, clean = document(8, {"middle": ["仅供内部审核"]})
    cleaned = remove_furniture(lines_of(*printed))
    assert [line.text for line in cleaned.lines] == clean
    assert cleaned.watermarks[0][::2] == ("仅供内部审核", 8)


def test_the_upright_label_of_a_form_stays():
    rng = Random(6)
    texts = []
    for n in range(30):
        texts += [*page(rng, 3), "绩", "效", "指", "标", "一级指标 二级指标 三级指标 指标值", f"产出指标{n}"]
    assert kept(*texts) == texts


def test_repeated_rows_and_wrapped_ends_stay():
    rng = Random(7)
    texts = []
    for n in range(20):
        texts += [
            "　　市本级财政拨款单位职业年",
            "金",
            "",
            f"{n}.00 {n}.00     ",
            "　　遗属补助 5.44 5.44     ",
            *page(rng, 2),
        ]
        texts += ["社会治理服", "务"]
    assert kept(*texts) == [text for text in texts if text]


def test_rows_of_a_grid_stay():
    rows = [Line(f"line {n}", "合计\t-1-", ("合计", "-1-")) for n in range(1, 9)]
    assert remove_furniture(rows).lines == tuple(rows)


def test_a_dump_with_watermark_loses_its_furniture_only():
    path = next(iter(SEEDS.glob("001*.txt")), None)
    if path is None:
        pytest.skip("../shared is not here")
    lines = read_text(path.read_bytes(), path.name).lines
    cleaned = remove_furniture(lines)
    left = {line.source for line in cleaned.lines}
    gone = [line.text.strip() for line in lines if line.source not in left]
    assert cleaned.watermarks == (("仅供内部审核", "line 318", 337),)
    assert {len(text) for text in gone if not text.startswith("-")} == {2, 26}  # syllables, and the running header
    assert sum(1 for line in cleaned.lines if line.text.strip() in ("绩", "效", "指", "标")) == 454


@pytest.mark.parametrize("prefix", ["000", "002", "004"])
def test_a_grid_export_loses_nothing(prefix):
    path = next(iter(SEEDS.glob(f"{prefix}*.txt")), None)
    if path is None:
        pytest.skip("../shared is not here")
    lines = read_text(path.read_bytes(), path.name).lines
    assert remove_furniture(lines).lines == lines
