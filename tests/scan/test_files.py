"""Image files and scanned PDF files, read as anybody would hand them in."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from disclosures.plain.sources import page_place
from disclosures.reading.blocks import SourceDocument, UnreadableFileError
from disclosures.reading.limits import MOST_PIXELS
from disclosures.services.sandbox import read_source
from tests.scan.pages import DPI, ROWS, table_page


def _bytes(kind: str, *pictures: np.ndarray, **options: object) -> bytes:
    first, *others = (Image.fromarray(picture) for picture in pictures)
    out = io.BytesIO()
    more = {"save_all": True, "append_images": others} if kind in ("TIFF", "PDF") else {}
    first.save(out, kind, **({"resolution": DPI} if kind == "PDF" else {"dpi": (DPI, DPI)}), **more, **options)
    return out.getvalue()


def _rows(document: SourceDocument) -> list[tuple[str, ...]]:
    return [line.cells for line in document.lines if line.cells is not None]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_a_table_is_read_from_every_kind_of_file(kind):
    document = read_source(_bytes(kind, table_page()), "扫描件")
    assert _rows(document) == [tuple(row) for row in ROWS]
    place = page_place(next(line for line in document.lines if line.cells).cell_sources[1])
    assert place is not None
    assert place.page == 1
    assert place.box is not None
    assert 72 * 340 / DPI < place.box[0] < 72 * 400 / DPI


def test_all_pages_of_a_file_are_read_in_order():
    document = read_source(_bytes("TIFF", table_page(), table_page((ROWS[0], *ROWS[3:]))), "两页.tif")
    assert _rows(document) == [*ROWS, ROWS[0], *ROWS[3:]]
    pages = [place.page for line in document.lines if (place := page_place(line.source)) is not None]
    assert pages == sorted(pages)
    assert set(pages) == {1, 2}


def test_what_was_not_clear_is_marked_in_its_cell():
    picture = table_page()
    x, y = 160 + 200 + 460 + 12 + 36, 330 + 56 + 10
    picture[y + 4 : y + 30, x - 2 : x + 12] = 120
    document = read_source(_bytes("PNG", picture), "模糊.png")
    (marked,) = [line for line in document.lines if line.doubtful]
    assert marked.cells is not None
    assert marked.cells[0] == "208"
    assert marked.doubtful == {2}


def test_an_image_without_print_says_so():
    with pytest.raises(UnreadableFileError, match="没有认出文字"):
        read_source(_bytes("PNG", np.full((800, 600), 255, dtype=np.uint8)), "空白.png")


def test_a_truncated_image_says_so():
    with pytest.raises(UnreadableFileError, match="已损坏或不完整"):
        read_source(_bytes("PNG", table_page())[:4000], "半张.png")


def test_an_image_of_absurd_size_is_refused_before_it_is_unpacked():
    side = int(MOST_PIXELS**0.5) + 600
    blank = Image.new("1", (side, side), 1)
    out = io.BytesIO()
    blank.save(out, "PNG")
    with pytest.raises(UnreadableFileError, match="太大"):
        read_source(out.getvalue(), "巨幅.png")
