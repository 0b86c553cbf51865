"""Pages as offices hand them in: coarse, grey, stamped, faxed, photographed, a single table cut out."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from disclosures.reading.scan.reader import read_image
from disclosures.reading.scan.straighten import turned
from tests.scan.pages import DPI, ROWS, Picture, cell_box, table_page

_RED = (205, 40, 50)


def _stamped(picture: Picture) -> np.ndarray:
    """A round red seal with a star over the lower right corner of the table."""
    x, y = (round(value) for value in cell_box(5, 4)[:2])
    layer = np.full((*picture.shape, 3), 255, dtype=np.uint8)
    cv2.circle(layer, (x, y), 140, _RED, 9, cv2.LINE_AA)
    turns = np.arange(10) * np.pi / 5
    star = [
        (x + 60 * (1 - n % 2 * 0.6) * np.sin(a), y - 60 * (1 - n % 2 * 0.6) * np.cos(a)) for n, a in enumerate(turns)
    ]
    cv2.fillPoly(layer, [np.array(star, dtype=np.int32)], _RED, cv2.LINE_AA)
    return np.minimum(layer, picture[:, :, None])


def _coarse(picture: Picture) -> Picture:
    return np.asarray(cv2.resize(picture, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _grey(picture: Picture) -> Picture:
    noise = np.random.default_rng(3).normal(0, 6, picture.shape)
    shade = np.linspace(0.85, 1.05, picture.shape[1])[None, :]
    return np.clip((picture / 255 * 110 + 70) * shade + noise, 0, 255).astype(np.uint8)


def _file(picture: np.ndarray, kind: str, dpi: int = DPI, **more: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, kind, dpi=(dpi, dpi), **more)
    return out.getvalue()


def _faxed(picture: Picture) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).convert("1").save(out, "TIFF", dpi=(DPI, DPI), compression="group4")
    return out.getvalue()


def _dusty(picture: Picture) -> bytes:
    """Grey paper sent as black and white: single dots all over the page."""
    dots = np.random.default_rng(11).random(picture.shape) < 0.004
    return _faxed(np.where(dots, 0, picture).astype(np.uint8))


def _on_the_glass(picture: Picture, lid: int) -> Picture:
    """Grey paper put askew on the glass, with the scanner's lid beside it."""
    paper = np.pad((picture * 0.88).astype(np.uint8), 30, constant_values=lid)
    noise = np.random.default_rng(5).normal(0, 5, paper.shape)
    return np.clip(turned(paper, 1.2, lid) + noise, 0, 255).astype(np.uint8)


def _cut_out(picture: Picture) -> Picture:
    left, top = (round(value) for value in cell_box(0, 0)[:2])
    right, bottom = (round(value) for value in cell_box(len(ROWS) - 1, 4)[2:])
    return picture[top - 12 : bottom + 12, left - 12 : right + 12].copy()


FILES = {
    "150 dpi": lambda: _file(_coarse(table_page()), "PNG", 150),
    "150 dpi, squeezed": lambda: _file(_coarse(table_page()), "JPEG", 150, quality=40),
    "grey paper": lambda: _file(_grey(table_page()), "JPEG", quality=70),
    "stamped": lambda: _file(_stamped(table_page()), "JPEG", quality=80),
    "faxed": lambda: _faxed(table_page()),
    "faxed with dust": lambda: _dusty(table_page()),
    "under a black lid": lambda: _file(_on_the_glass(table_page(), 0), "JPEG"),
    "under a grey lid": lambda: _file(_on_the_glass(table_page(), 60), "JPEG"),
    "under a white lid": lambda: _file(_on_the_glass(table_page(), 255), "JPEG"),
    "one table": lambda: _file(_cut_out(table_page()), "PNG"),
}


_SELDOM = ("150 dpi", "faxed", "under a black lid", "under a white lid")  # like others, and less hard


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.thorough) if kind in _SELDOM else kind for kind in FILES]
)
def test_a_table_is_read_from_what_offices_hand_in(kind):
    document = read_image(FILES[kind](), kind)
    assert [line.cells for line in document.lines if line.cells is not None] == [tuple(row) for row in ROWS]


def test_print_in_red_is_read():
    picture = table_page()
    x0, y0, x1, y1 = (round(value) for value in cell_box(2, 3))
    coloured = np.repeat(picture[:, :, None], 3, axis=2)
    inside = coloured[y0 + 4 : y1 - 3, x0 + 4 : x1 - 3]
    inside[:] = np.maximum(inside, np.array(_RED, dtype=np.uint8))
    document = read_image(_file(coloured, "PNG"), "红字.png")
    assert [line.cells for line in document.lines if line.cells is not None] == [tuple(row) for row in ROWS]


def test_a_pen_drawn_over_the_page_leaves_rows_that_it_did_not_touch():
    picture = table_page()
    x = np.linspace(200, 1400, 80)
    y = 330 + 2.5 * 56 + 9 * np.sin(x / 60) + 5 * np.sin(x / 17)
    cv2.polylines(picture, [np.stack((x, y), axis=1).astype(np.int32)], isClosed=False, color=60, thickness=3)
    rows = [line.cells for line in read_image(_file(picture, "PNG"), "笔.png").lines if line.cells is not None]
    assert {tuple(row) for row in (*ROWS[:2], *ROWS[3:])} <= set(rows)


def test_names_with_two_brackets_side_by_side_stay_whole():
    rows = [[cell.replace("行政运行", "平台（二期）（续建部分）") for cell in row] for row in ROWS[:4]]
    document = read_image(_file(table_page(rows), "PNG"), "括号.png")
    assert [line.cells for line in document.lines if line.cells is not None] == [tuple(row) for row in rows]


def test_the_edge_of_a_page_does_not_say_how_its_lines_lie():
    """A table of few lines, askew on grey paper: the page's own edges are longer than all of them."""
    page = _on_the_glass(table_page(ROWS[:3]), 255)
    document = read_image(_file(page, "JPEG"), "斜.jpg")
    assert [line.cells for line in document.lines if line.cells is not None] == [tuple(row) for row in ROWS[:3]]
