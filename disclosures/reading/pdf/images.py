"""Pages of a PDF as pictures for people, and their sizes."""

from __future__ import annotations

import ctypes
import io
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

from ..blocks import UnreadableFileError
from ..limits import MOST_PIXELS
from .opening import opened

_LEAST_DPI, _MOST_DPI = 36, 300


def page_sizes(data: bytes, name: str) -> tuple[tuple[float, float], ...]:
    """Width and height in points of every page as it is shown. Raises UnreadableFileError."""
    with opened(data, name) as document:
        sizes = []
        size = pdfium.FS_SIZEF()
        for position in range(document.count):
            pdfium.FPDF_GetPageSizeByIndexF(document.handle, position, size)
            sizes.append((round(size.width, 2), round(size.height, 2)))
        return tuple(sizes)


def page_image(data: bytes, page: int, dpi: int = 110, name: str = "PDF", most: int = MOST_PIXELS) -> bytes:
    """Page `page` (from 1) as PNG, at `dpi` or as much less as keeps it within `most` pixels.

    Raises UnreadableFileError when the file cannot be opened or has no such page.
    """
    with opened(data, name) as document:
        if not 1 <= page <= document.count:
            raise UnreadableFileError(f"文件“{name}”没有第 {page} 页。")
        with document.page(page) as handle:
            if handle is None:
                raise UnreadableFileError(f"文件“{name}”的第 {page} 页已损坏，显示不出来。")
            picture = rendered(handle, max(_LEAST_DPI, min(dpi, _MOST_DPI)), most)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False, compress_level=4)
    return out.getvalue()


def rendered(page: Any, dpi: float, most: int = MOST_PIXELS) -> Image.Image:
    """The page in grey levels or colours; annotations (stamps, notes) included."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(dpi / 72, (most / max(1.0, width * height)) ** 0.5)
    columns, rows = max(1, int(width * scale)), max(1, int(height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise UnreadableFileError("这一页太大，显示不出来。")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = (ctypes.c_char * (stride * rows)).from_address(_address(pdfium.FPDFBitmap_GetBuffer(bitmap)))
        return Image.frombuffer("RGB", (columns, rows), bytes(pixels), "raw", "BGR", stride, 1).copy()
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _address(pointer: Any) -> int:
    return int(pointer) if isinstance(pointer, int) else int(ctypes.cast(pointer, ctypes.c_void_p).value or 0)
