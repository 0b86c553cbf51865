"""Paper that did not lie flat: its lines are bent, what stands in the cells is read, and found where it was shown."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from disclosures.plain.sources import page_place
from disclosures.reading.scan.reader import read_image
from tests.scan.pages import DPI, ROWS, Picture, cell_box, table_page

_WIDTH, _HEIGHT = 1654, 2339
_MANY = (*ROWS, *(ROWS[3:] * 6))


def _flat(x: np.ndarray, y: np.ndarray, rise: float) -> tuple[np.ndarray, np.ndarray]:
    """Where a place of the photograph lies on the flat page."""
    return (
        x + 0.6 * rise * np.sin(y / _HEIGHT * np.pi),
        y + rise * np.sin(x / _WIDTH * np.pi) + 0.004 * x,
    )


def _photographed(picture: Picture, rise: float) -> bytes:
    y, x = np.mgrid[0:_HEIGHT, 0:_WIDTH].astype(np.float32)
    from_x, from_y = _flat(x, y, rise)
    bent = cv2.remap(
        picture, from_x.astype(np.float32), from_y.astype(np.float32), cv2.INTER_LINEAR, borderValue=(255,)
    )
    out = io.BytesIO()
    Image.fromarray((bent * np.linspace(0.75, 1, _WIDTH)[None, :]).astype(np.uint8)).save(out, "PNG", dpi=(DPI, DPI))
    return out.getvalue()


@pytest.mark.parametrize(
    ("rows", "rise"),
    [
        pytest.param(ROWS, -14.0, id="few rows"),
        pytest.param(_MANY, 16.0, id="many rows"),
        pytest.param(ROWS, 8.0, id="few rows, bent less", marks=pytest.mark.thorough),
        pytest.param(_MANY, -8.0, id="many rows, bent less", marks=pytest.mark.thorough),
    ],
)
def test_a_bent_page_is_read_and_its_cells_are_found(rows: tuple[tuple[str, ...], ...], rise: float) -> None:
    document = read_image(_photographed(table_page(rows), rise), "照片.png")
    found = [line for line in document.lines if line.cells is not None]
    assert [line.cells for line in found] == [tuple(row) for row in rows]
    for row, line in enumerate(found):
        for column, source in enumerate(line.cell_sources):
            place = page_place(source)
            assert place is not None
            assert place.box is not None
            x0, y0, x1, y1 = (value * DPI / 72 for value in place.box)
            x, y = _flat(np.array((x0 + x1) / 2), np.array((y0 + y1) / 2), rise)
            left, top, right, bottom = cell_box(row, column)
            assert left < x < right
            assert top < y < bottom
