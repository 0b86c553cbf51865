"""Scans into lines: image files, and PDF files some or all of whose pages are pictures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from disclosures.plain.sources import page_place
from disclosures.reading import limiting, limits
from disclosures.reading.blocks import Layout, Line, SourceDocument, UnreadableFileError
from disclosures.reading.pdf import reader as pdf
from disclosures.reading.pdf.opening import OpenPdf
from disclosures.reading.pdf.page import Frame, PageContent

from . import engine
from .pictures import PagePicture, image_pages, pdf_page
from .punctuation import alike, paired

_NO_ENGINE = "本系统没有安装扫描件识别组件（管理员可按 requirements-ocr.txt 安装）"


@dataclass(slots=True)
class _Scans:
    """How recognised pages lie, and the middles (points, of the page as read) of what was not clear on them."""

    frames: dict[int, Frame] = field(default_factory=dict)
    unsure: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    def read(self, picture: PagePicture) -> PageContent:
        from .page import read_picture  # needs the optional packages

        limiting.allow(limits.SCANNING_SECONDS)
        page = read_picture(picture.picture, picture.number, picture.dpi)
        self.frames[picture.number] = page.content.frame
        self.unsure[picture.number] = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in page.unsure]
        return page.content

    def read_pdf_page(self, document: OpenPdf, number: int) -> PageContent:
        """The page of a PDF file, rendered and recognised."""
        return self.read(pdf_page(document, number))

    def finished(self, document: SourceDocument) -> SourceDocument:
        """The document with its doubts: cells marked, prose named in remarks."""
        lines = tuple(self._line(line) for line in document.lines)
        prose = {line.source: count for line in lines if line.cells is None and (count := self._count(line.source))}
        remarks = tuple((f"这里有 {count} 个字看不清，请对照原件核对", source) for source, count in prose.items())
        return replace(document, lines=lines, remarks=(*document.remarks, *remarks))

    def _line(self, line: Line) -> Line:
        place = page_place(line.source)
        if place is None or place.page not in self.unsure:
            return line
        cells = tuple(map(alike, line.cells)) if line.cells is not None else None
        doubtful = frozenset(n for n, source in enumerate(line.cell_sources) if self._count(source))
        return replace(line, text=paired(line.text), cells=cells, doubtful=doubtful)

    def _count(self, source: str) -> int:
        """How many unclear characters lie in a place."""
        place = page_place(source)
        if place is None or place.box is None or not self.unsure.get(place.page):
            return 0
        x0, y0, x1, y1 = self.frames[place.page].from_page(place.box)
        return sum(x0 <= x <= x1 and y0 <= y <= y1 for x, y in self.unsure[place.page])


def read_pdf(data: bytes, name: str) -> SourceDocument:
    """Read a PDF file; pages without text of their own are recognised where that is installed.

    Raises UnreadableFileError, in plain Chinese.
    """
    if not engine.is_installed():
        return pdf.read_pdf(data, name)
    limiting.allow(limits.SECONDS)
    scans = _Scans()
    document = pdf.read_pdf(data, name, scans.read_pdf_page)
    return scans.finished(document) if scans.unsure else document


def read_image(data: bytes, name: str) -> SourceDocument:
    """Read an image file, each of its pages. Raises UnreadableFileError, in plain Chinese."""
    if not engine.is_installed():
        raise UnreadableFileError(f"文件“{name}”是图片，{_NO_ENGINE}。请上传原来的 Word、Excel 或 PDF 文件。")
    scans = _Scans()
    lines = pdf.lines_of([scans.read(picture) for picture in image_pages(data, name)])
    if not lines:
        raise UnreadableFileError(f"图片“{name}”里没有认出文字。请确认扫描清楚、方向正确，再重新上传。")
    return scans.finished(SourceDocument(name, hashlib.sha256(data).hexdigest(), Layout.GRID, lines))
