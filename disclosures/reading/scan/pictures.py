"""The pages of a scan as grey pictures: image files of one page or many, pages of a PDF."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from disclosures.reading import progress
from disclosures.reading.blocks import UnreadableFileError
from disclosures.reading.limits import MOST_PAGES, MOST_PIXELS
from disclosures.reading.pdf.images import rendered
from disclosures.reading.pdf.opening import OpenPdf

from .engine import Picture
from .seals import in_grey

DPI = 200  # enough for 8-point digits, and what offices scan at
_FINEST = 320  # finer scans are made smaller: they cost time and read no better
_A4 = 8.27, 11.69  # inches
_BELIEVED = (90, 1300)  # resolutions that a file may claim
_ORIENTATION, _SIDEWAYS = 0x0112, 5  # EXIF tag, and from which value on width and height change places


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: number from 1, grey picture, pixels per inch of paper."""

    number: int
    picture: Picture
    dpi: float


def pdf_page(document: OpenPdf, number: int) -> PagePicture:
    """Page `number` (from 1) of a PDF file as it is shown. Raises ValueError when it cannot be loaded."""
    with document.page(number) as page:
        if page is None:
            raise ValueError(f"page {number} cannot be loaded")
        picture = in_grey(rendered(page, DPI), DPI)
        width = pdfium.FPDF_GetPageWidthF(page)
    return PagePicture(number, picture, 72 * picture.shape[1] / max(1.0, width))


def image_pages(data: bytes, name: str) -> Iterator[PagePicture]:
    """The pages of an image file (a TIFF may hold many). Raises UnreadableFileError."""
    with _opened(data, name) as image:
        count = _count(image, name)
        for index in range(count):
            progress.tell(progress.RECOGNISING, index, count)
            yield _frame(image, index, name)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # `_frame` looks at sizes
        try:
            image = Image.open(io.BytesIO(data))
        except Image.DecompressionBombError as error:
            raise UnreadableFileError(
                f"图片“{name}”的像素远远多于一页纸，没有读取。请以 200～300 DPI 重新扫描后上传。"
            ) from error
        except (UnidentifiedImageError, OSError, ValueError) as error:
            raise UnreadableFileError(f"图片“{name}”已损坏或不完整，请重新扫描或另存后上传。") from error
        with image:
            yield image


def _count(image: Image.Image, name: str) -> int:
    count = int(getattr(image, "n_frames", 1))
    if count > MOST_PAGES:
        raise UnreadableFileError(f"图片“{name}”有 {count} 页，超过 {MOST_PAGES} 页，请分成几个文件。")
    return count


def image_sizes(data: bytes, name: str) -> tuple[tuple[float, float], ...]:
    """Width and height in points of every page of an image file, as places on it count. Raises UnreadableFileError."""
    with _opened(data, name) as image:
        return tuple(_points(image, index, name) for index in range(_count(image, name)))


def image_page(data: bytes, page: int, dpi: int, name: str, most: int) -> bytes:
    """Page `page` (from 1) in grey levels as PNG, at `dpi` or as much less as keeps it within `most` pixels.

    Raises UnreadableFileError.
    """
    with _opened(data, name) as image:
        if not 1 <= page <= _count(image, name):
            raise UnreadableFileError(f"文件“{name}”没有第 {page} 页。")
        sheet, finest = _sheet(image, page - 1, name)
    shown = sheet.convert("L")
    scale = min(1.0, dpi / finest, (most / max(1, shown.width * shown.height)) ** 0.5)
    if scale < 1.0:
        size = max(1, round(shown.width * scale)), max(1, round(shown.height * scale))
        shown = shown.resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    shown.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _points(image: Image.Image, index: int, name: str) -> tuple[float, float]:
    try:
        image.seek(index)
        width, height = image.size
        if image.getexif().get(_ORIENTATION, 1) >= _SIDEWAYS:
            width, height = height, width
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadableFileError(f"图片“{name}”第 {index + 1} 页已损坏或不完整，请重新扫描或另存后上传。") from error
    scale = 72 / _dpi(image, (width, height))
    return round(width * scale, 2), round(height * scale, 2)


def _frame(image: Image.Image, index: int, name: str) -> PagePicture:
    sheet, dpi = _sheet(image, index, name)
    picture = in_grey(sheet, dpi) if sheet.mode == "RGB" else np.array(sheet, dtype=np.uint8)
    return PagePicture(index + 1, picture, dpi)


def _sheet(image: Image.Image, index: int, name: str) -> tuple[Image.Image, float]:
    """A page in grey levels or colours, upright as its camera says, and its resolution. Raises UnreadableFileError."""
    try:
        image.seek(index)
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise UnreadableFileError(
                f"图片“{name}”第 {index + 1} 页有 {width}×{height} 个像素，太大了，请以 200～300 DPI 重新扫描。"
            )
        sheet = _on_paper(ImageOps.exif_transpose(image))
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadableFileError(f"图片“{name}”第 {index + 1} 页已损坏或不完整，请重新扫描或另存后上传。") from error
    dpi = _dpi(image, sheet.size)
    scale = DPI / dpi if not DPI * 0.7 <= dpi <= _FINEST else 1.0
    if scale != 1.0:
        size = max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))
        if size[0] * size[1] > MOST_PIXELS:
            raise UnreadableFileError(f"图片“{name}”第 {index + 1} 页的尺寸不像一页纸，请重新扫描后上传。")
        sheet = sheet.resize(size, Image.Resampling.LANCZOS)
    return sheet, dpi * scale


def _on_paper(image: Image.Image) -> Image.Image:
    """In grey levels or colours on white paper: what is see-through in a picture was not printed."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
    if image.mode.startswith("I;16") or image.mode == "I":
        image = Image.fromarray((np.asarray(image).astype(np.float64) / 257).clip(0, 255).astype(np.uint8))
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _dpi(image: Image.Image, size: tuple[int, int]) -> float:
    """Pixels per inch: as the file says where that makes a page of a plausible size, else as if it were A4."""
    said = image.info.get("dpi", (0, 0))[0]
    short, long = sorted(size)
    as_a4 = max(short / _A4[0], long / _A4[1])
    try:
        claimed = float(said)
    except (TypeError, ValueError, ZeroDivisionError):
        return as_a4
    return claimed if _BELIEVED[0] <= claimed <= _BELIEVED[1] and 0.6 <= claimed / as_a4 <= 1.7 else as_a4
