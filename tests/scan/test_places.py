"""The box of a cell lies on the picture of the page that the clerk sees, however the page lay under the glass."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from disclosures.plain.sources import Box, page_place
from disclosures.services.sandbox import page_pictures, pages_shown, read_source
from tests.scan.pages import DPI, ROWS, Picture, cell_box, table_page

_WIDTH, _HEIGHT = 1654, 2339
Matrix = np.ndarray


def _askew(degrees: float) -> Matrix:
    return np.vstack((cv2.getRotationMatrix2D((_WIDTH / 2, _HEIGHT / 2), -degrees, 1.0), (0, 0, 1)))


def _photographed(part: float) -> Matrix:
    corners = np.array([(0, 0), (_WIDTH, 0), (_WIDTH, _HEIGHT), (0, _HEIGHT)], dtype=np.float32)
    moved = np.array([(part, part / 2), (1 - part / 2, 0), (1, 1), (part / 3, 1 - part / 2)], dtype=np.float32)
    return cv2.getPerspectiveTransform(corners, moved * np.array([_WIDTH, _HEIGHT], dtype=np.float32))


_SIDEWAYS = np.array([(0, 1, 0), (-1, 0, _WIDTH), (0, 0, 1.0)])  # a quarter turn counter-clockwise

LIES = {
    "straight": np.eye(3),
    "askew": _askew(2.4),
    "askew the other way": _askew(-3.1),
    "sideways": _SIDEWAYS,
    "sideways and askew": _SIDEWAYS @ _askew(1.8),
    "photographed": _photographed(0.02),
    "photographed askew": _photographed(0.015) @ _askew(-1.2),
}


def _shown(matrix: Matrix, box: Box) -> Box:
    x0, y0, x1, y1 = box
    x, y, w = matrix @ np.array([(x0, y0, 1), (x1, y0, 1), (x1, y1, 1), (x0, y1, 1)]).T
    return float((x / w).min()), float((y / w).min()), float((x / w).max()), float((y / w).max())


def _pixels(source: str) -> Box:
    place = page_place(source)
    assert place is not None
    assert place.box is not None
    x0, y0, x1, y1 = (value * DPI / 72 for value in place.box)
    return x0, y0, x1, y1


def _common(a: Box, b: Box) -> float:
    """The share that two boxes have in common of what both cover."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    both = max(0.0, width) * max(0.0, height)
    return both / (sum((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)) - both)


def _laid(picture: Picture, matrix: Matrix) -> Picture:
    size = (_HEIGHT, _WIDTH) if matrix[0, 0] == 0 or abs(matrix[0, 1]) > 0.5 else (_WIDTH, _HEIGHT)
    return np.asarray(cv2.warpPerspective(picture, matrix, size, borderValue=(255,)), dtype=np.uint8)


def _file(kind: str, picture: Picture, **more: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, kind, **({"resolution": DPI} if kind == "PDF" else {"dpi": (DPI, DPI)}), **more)
    return out.getvalue()


_SELDOM = ("askew the other way", "sideways", "photographed")  # parts of the others


@pytest.mark.parametrize(
    "lie", [pytest.param(lie, marks=pytest.mark.thorough) if lie in _SELDOM else lie for lie in LIES]
)
def test_the_box_of_every_cell_lies_around_it_on_the_page_as_it_is_shown(lie):
    matrix = LIES[lie]
    data = _file("PNG", _laid(table_page(), matrix))
    rows = [line for line in read_source(data, "扫描件.png").lines if line.cells is not None]
    assert [line.cells for line in rows] == [tuple(row) for row in ROWS]
    ((_, png),) = page_pictures(data, "扫描件.png", 1, 1, 110)
    ((width, height),) = pages_shown(data, "扫描件.png").sizes
    picture = np.asarray(Image.open(io.BytesIO(png)))
    scale = picture.shape[1] / width
    assert picture.shape[0] / height == pytest.approx(scale, abs=0.01)
    for row, line in enumerate(rows):
        for column, source in enumerate(line.cell_sources):
            pixels = _pixels(source)
            assert _common(pixels, _shown(matrix, cell_box(row, column))) > 0.75
            if ROWS[row][column]:
                x0, y0, x1, y1 = (round(value * 72 / DPI * scale) for value in pixels)
                assert picture[y0 + 3 : y1 - 3, x0 + 3 : x1 - 3].min() < 128


def test_the_box_follows_a_picture_that_its_camera_says_was_held_sideways():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    data = _file("JPEG", np.rot90(_laid(table_page(), _askew(1.5))).copy(), exif=exif)
    rows = [line for line in read_source(data, "照片.jpg").lines if line.cells is not None]
    assert _common(_pixels(rows[2].cell_sources[2]), _shown(_askew(1.5), cell_box(2, 2))) > 0.75
    (size,) = pages_shown(data, "照片.jpg").sizes
    assert size == pytest.approx((595, 842), abs=1)


def test_doubt_is_put_to_the_cell_it_is_in_on_a_page_askew():
    picture = table_page()
    x, y = 160 + 200 + 460 + 12 + 36, 330 + 56 + 10
    picture[y + 4 : y + 30, x - 2 : x + 12] = 120
    document = read_source(_file("PNG", _laid(picture, _askew(-2.8))), "斜.png")
    (marked,) = [line for line in document.lines if line.doubtful]
    assert marked.cells is not None
    assert marked.cells[0] == "208"
    assert marked.doubtful == {2}
