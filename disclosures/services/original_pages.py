"""The pages of an original as pictures: drawn by a child process with limits when somebody looks, then kept."""

from __future__ import annotations

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from disclosures import models
from disclosures.errors import RefusedError
from disclosures.reading import UnreadableFileError, picturing
from disclosures.reading.limits import MOST_PAGES
from disclosures.storage import page_images, read_bytes

from . import sandbox

RESOLUTIONS = (72, 110, 150, 220)  # dots per inch; what is asked for is rounded up to one of them
_STRETCH = 4  # pages drawn by one child: starting it takes as long as drawing two
_DRAWING = BoundedSemaphore(2)  # children of this process at a time
_PATIENCE = 30  # seconds to wait for one of them
_BEGINNING = 4096  # bytes that tell a format
_Drawn = TypeVar("_Drawn")


def has_pages(source: models.SourceFile | None) -> bool:
    """Whether an original is shown page by page."""
    if source is None:
        return False
    try:
        with source.path.open("rb") as stream:
            return picturing.has_pages(stream.read(_BEGINNING))
    except FileNotFoundError:
        return False


def pages_of(source: models.SourceFile) -> picturing.PagesShown:
    """The sizes of its pages, and which were scanned. Raises UnreadableFileError, RefusedError."""
    kept = page_images.load_pages(source.sha256)
    if kept is None:
        with page_images.drawing(source.sha256):
            kept = page_images.load_pages(source.sha256)
            if kept is None:
                found = _in_turn(lambda: sandbox.pages_shown(_bytes(source), source.name))
                kept = [found.sizes, found.scanned]
                page_images.keep_pages(source.sha256, kept)
    sizes, scanned = kept
    return picturing.PagesShown(tuple((width, height) for width, height in sizes), tuple(scanned))


def page_picture(source: models.SourceFile, page: int, dpi: int) -> bytes:
    """Page `page` (from 1) as PNG, at one of RESOLUTIONS. Raises UnreadableFileError, RefusedError."""
    dpi = resolution(dpi)
    if picture := page_images.load_picture(source.sha256, page, dpi):
        return picture
    count = len(pages_of(source).sizes)
    if not 1 <= page <= min(count, MOST_PAGES):
        raise UnreadableFileError(f"原件没有第 {page} 页。")
    with page_images.drawing(source.sha256):
        # Whoever waited here mostly finds the page drawn with its neighbours.
        if picture := page_images.load_picture(source.sha256, page, dpi):
            return picture
        first = (page - 1) // _STRETCH * _STRETCH + 1
        last = min(first + _STRETCH - 1, count)
        drawn = _in_turn(lambda: sandbox.page_pictures(_bytes(source), source.name, first, last, dpi))
        for number, picture in drawn:
            page_images.keep_picture(source.sha256, number, dpi, picture)
    return dict(drawn)[page]


def resolution(dpi: int) -> int:
    """The least of RESOLUTIONS that shows no less; the finest for anything beyond."""
    return next((known for known in RESOLUTIONS if known >= dpi), RESOLUTIONS[-1])


def _in_turn(draw: Callable[[], _Drawn]) -> _Drawn:
    if not _DRAWING.acquire(timeout=_PATIENCE):
        raise RefusedError("正在显示的页面太多，请稍等再看这一页")
    try:
        return draw()
    finally:
        _DRAWING.release()


def _bytes(source: models.SourceFile) -> bytes:
    try:
        return read_bytes(source)
    except FileNotFoundError as error:
        raise UnreadableFileError("原件已不在服务器上，请告诉管理员。") from error
