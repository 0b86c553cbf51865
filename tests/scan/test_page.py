"""A scanned page becomes characters with places, ruling lines, and doubts where the print is bad."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from disclosures.reading.scan.page import ScannedPage, read_picture
from disclosures.reading.scan.punctuation import alike, dashed, paired
from disclosures.reading.scan.straighten import turned
from tests.scan.pages import DPI, ROWS, Picture, table_page

CELLS = {text for row in ROWS for text in row if text}


def _noisy(picture: Picture) -> Picture:
    noise = np.random.default_rng(7).normal(0, 14, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def _copied(picture: Picture) -> Picture:
    """Blurred, unevenly lit, squeezed as JPEG."""
    shade = np.linspace(0.6, 1, picture.shape[1])[None, :]
    grey = (cv2.GaussianBlur(picture, (3, 3), 0) * shade).astype(np.uint8)
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", grey, [1, 40])[1], 0), dtype=np.uint8)


DAMAGES = {
    "clean": lambda picture: picture,
    "askew": lambda picture: turned(picture, 1.7, 255),
    "askew the other way": lambda picture: turned(picture, -2.6, 255),
    "sideways": lambda picture: np.rot90(picture).copy(),
    "upside down": lambda picture: np.rot90(picture, 2).copy(),
    "noisy": _noisy,
    "copied": _copied,
}


def _texts(page: ScannedPage) -> set[str]:
    runs: dict[int, str] = {}
    for char, run in zip(page.content.glyphs.text, page.content.glyphs.run.tolist(), strict=True):
        runs[run] = runs.get(run, "") + char
    return set(runs.values())


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_cell_is_read_however_the_page_lies(damage):
    page = read_picture(DAMAGES[damage](table_page()), 1, DPI)
    texts = _texts(page)
    assert texts >= CELLS | {"2026年一般公共预算支出预算表"}
    # Strokes of large letters are no ruling lines, and a dash keeps its line.
    assert any(text.startswith("一、本表反映") and text.endswith("支出情况。") for text in texts)
    assert len(page.content.rules) >= len(ROWS) + 1 + 6


@pytest.mark.parametrize("shade", [60, 120, 255])
def test_a_spoilt_digit_is_in_doubt_and_nothing_far_from_it(shade):
    picture = table_page()
    x, y = 160 + 200 + 460 + 12 + 36, 330 + 56 + 10  # the third character of 1204.51
    picture[y + 4 : y + 30, x - 2 : x + 12] = shade
    page = read_picture(picture, 1, DPI)
    near = [box for box in page.unsure if _touches(box, (x - 30, y - 10, x + 40, y + 50))]
    assert near
    assert len(page.unsure) - len(near) <= 1  # of a hundred well printed characters


def _touches(box: tuple[float, float, float, float], pixels: tuple[int, int, int, int]) -> bool:
    x0, y0, x1, y1 = (value * 72 / DPI for value in pixels)
    return box[0] < x1 and box[2] > x0 and box[1] < y1 and box[3] > y0


def test_an_empty_page_holds_nothing():
    page = read_picture(np.full((2339, 1654), 255, dtype=np.uint8), 1, DPI)
    assert len(page.content.glyphs) == 0
    assert not page.unsure


def test_places_lead_back_to_the_page_as_it_was_scanned():
    page = read_picture(np.rot90(table_page()).copy(), 1, DPI)
    frame = page.content.frame
    assert frame.quarters in (1, 3)
    assert frame.width > frame.height
    x0, y0, x1, y1 = frame.to_page(tuple(page.content.glyphs.box[0].tolist()))
    assert 0 <= x0 < x1 <= frame.width
    assert 0 <= y0 < y1 <= frame.height


def test_brackets_of_two_widths_in_one_pair_become_the_same():
    assert paired("费用（续建部分)") == "费用（续建部分）"
    assert paired("(一）贯彻") == "（一）贯彻"
    assert paired("(a) （二） )(") == "(a) （二） )("


def test_brackets_of_one_cell_become_the_same():
    assert alike("平台建设（二期）(一期)") == "平台建设（二期）（一期）"
    assert alike("就业资金(中央)") == "就业资金(中央)"


def test_a_dash_whose_half_was_taken_for_a_numeral_is_whole_again():
    assert dashed("实训基地—一机电技术") == "实训基地——机电技术"
    assert dashed("实训基地一—机电技术") == "实训基地——机电技术"
    assert dashed("第一—三季度") == "第一—三季度"
    assert dashed("部门——一级") == "部门——一级"
