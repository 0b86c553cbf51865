"""Pages as pictures for people: those of a PDF or of an image file, as the places of cells count them.

Runs in the child process of `disclosures.services.sandbox`, like the readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .blocks import UnreadableFileError
from .formats import format_of, is_plain

MOST_SHOWN_PIXELS = 12_000_000  # of one picture: an A3 sheet at 200 dpi has eight million
SECONDS = 60  # that a stretch of pages, or the sizes of all, may take


@dataclass(frozen=True, slots=True)
class PagesShown:
    """Width and height in points of every page as shown, and which (from 1) are pictures without text of their own."""

    sizes: tuple[tuple[float, float], ...]
    scanned: tuple[int, ...]


def has_pages(data: bytes) -> bool:
    """Whether a file (its beginning is enough) is shown page by page."""
    if is_plain(data):
        return False
    known = format_of(data)
    return known is not None and known.key in ("pdf", "image")


def pages_shown(data: bytes, name: str) -> PagesShown:
    """The pages of a PDF or image file. Raises UnreadableFileError."""
    if _is_pdf(data, name):
        from .pdf.images import page_sizes
        from .pdf.kinds import PageKind
        from .pdf.reader import page_kinds

        kinds = page_kinds(data, name)
        unread = (PageKind.SCANNED, PageKind.GARBLED)
        return PagesShown(page_sizes(data, name), tuple(n for n, kind in enumerate(kinds, 1) if kind in unread))
    from .scan.pictures import image_sizes

    sizes = image_sizes(data, name)
    return PagesShown(sizes, tuple(range(1, len(sizes) + 1)))


def page_pictures(data: bytes, name: str, pages: Sequence[int], dpi: int) -> Iterator[tuple[int, bytes]]:
    """(number, PNG) of pages (from 1) at `dpi`, or as much less as keeps them within MOST_SHOWN_PIXELS.

    Raises UnreadableFileError.
    """
    pdf = _is_pdf(data, name)
    for page in pages:
        if pdf:
            from .pdf.images import page_image

            yield page, page_image(data, page, dpi, name, MOST_SHOWN_PIXELS)
        else:
            from .scan.pictures import image_page

            yield page, image_page(data, page, dpi, name, MOST_SHOWN_PIXELS)


def _is_pdf(data: bytes, name: str) -> bool:
    if not has_pages(data):
        raise UnreadableFileError(f"文件“{name}”没有可以显示的页面。")
    known = format_of(data)
    return known is not None and known.key == "pdf"
