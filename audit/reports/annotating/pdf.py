"""Highlights with their words at the cells of a PDF, by pdfium; the pages themselves are not touched."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from audit.findings import Severity
from disclosures.plain.sources import Box, page_place
from disclosures.reading.blocks import UnreadableFileError
from disclosures.writing.cells import printable

from .notes import AUTHOR, FRONT, Annotated, Note, by_source, listed

_COLOURS = {Severity.ERROR: (255, 190, 184), Severity.WARNING: (255, 230, 150), Severity.INFO: (196, 224, 255)}
_FINE = 100  # device units of a point: pdfium converts whole ones only
_LEAST = 4.0  # points: a box no higher would not be seen
_PIN = 18.0  # points, of a note that stands for a whole page
_PRINTED = 4  # annotation flag: shown on paper too


def annotate_pdf(data: bytes, name: str, notes: Sequence[Note], front: bytes = b"") -> Annotated:
    """The document with highlights. `front` is a PDF that lists what has no place; without it, that is pinned to the
    first page. Raises UnreadableFileError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(f"文件“{name}”打不开，不能加批注。") from error
    try:
        placed, unplaced = _mark(document, notes)
        if unplaced and front:
            with pypdfium2.PdfDocument(front) as pages:
                document.import_pages(pages, index=0)
        elif unplaced:
            _pin(document[0], [note.severity for note in unplaced], "\n".join([f"{FRONT}：", *listed(unplaced)]))
        out = io.BytesIO()
        document.save(out)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(f"文件“{name}”不允许修改或已损坏，不能加批注。") from error
    finally:
        document.close()
    return Annotated(out.getvalue(), "pdf", placed)


def unplaced_in(notes: Sequence[Note]) -> list[Note]:
    """Those whose place is no page of a PDF."""
    return [note for note in notes if page_place(note.source) is None]


def _mark(document: pypdfium2.PdfDocument, notes: Sequence[Note]) -> tuple[int, list[Note]]:
    """Write what has a place; how many, and what has none. Findings at one place share a highlight."""
    placed, unplaced = 0, []
    for source, here in by_source(notes).items():
        place = page_place(source)
        if place is None or not 1 <= place.page <= len(document):
            unplaced += here
            continue
        page = document[place.page - 1]
        severities, text = [note.severity for note in here], "\n\n".join(note.text for note in here)
        if place.box is None:
            _pin(page, severities, text)
        else:
            _highlight(page, place.box, severities, text)
        placed += len(here)
    return placed, unplaced


def _highlight(page: pypdfium2.PdfPage, box: Box, severities: Sequence[Severity], text: str) -> None:
    x0, y0, x1, y1 = box
    y1 = max(y1, y0 + _LEAST)
    corners = [_on_page(page, x, y) for x, y in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))]
    annotation = _annotation(page, pdfium.FPDF_ANNOT_HIGHLIGHT, corners, severities, text)
    points = pdfium.FS_QUADPOINTSF(*(value for corner in corners for value in corner))
    pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, points)
    pdfium.FPDFPage_CloseAnnot(annotation)


def _pin(page: pypdfium2.PdfPage, severities: Sequence[Severity], text: str) -> None:
    """A note in the upper left corner of a page."""
    corners = [_on_page(page, x, y) for x, y in ((_PIN, _PIN), (2 * _PIN, 2 * _PIN))]
    pdfium.FPDFPage_CloseAnnot(_annotation(page, pdfium.FPDF_ANNOT_TEXT, corners, severities, text))


def _annotation(
    page: pypdfium2.PdfPage,
    kind: int,
    corners: Sequence[tuple[float, float]],
    severities: Sequence[Severity],
    text: str,
) -> pdfium.FPDF_ANNOTATION:
    annotation = pdfium.FPDFPage_CreateAnnot(page, kind)
    if not annotation:
        raise pypdfium2.PdfiumError("no annotation")
    across, down = [x for x, _ in corners], [y for _, y in corners]
    # left, top, right, bottom, the y axis pointing up
    pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(min(across), max(down), max(across), min(down)))
    red, green, blue = _COLOURS[min(severities, key=lambda severity: severity.rank)]
    pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, red, green, blue, 255)
    pdfium.FPDFAnnot_SetFlags(annotation, _PRINTED)
    for key, value in ((b"Contents", text), (b"T", AUTHOR)):
        wide = (printable(value) + "\0").encode("utf-16-le")
        units = (ctypes.c_ushort * (len(wide) // 2)).from_buffer_copy(wide)
        pdfium.FPDFAnnot_SetStringValue(annotation, key, units)
    return annotation


def _on_page(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A point from the top left corner as shown, in the coordinates of the page (rotation, crop box)."""
    across, down = page.get_size()
    found_x, found_y = ctypes.c_double(), ctypes.c_double()
    size = round(across * _FINE), round(down * _FINE)
    pdfium.FPDF_DeviceToPage(page, 0, 0, *size, 0, round(x * _FINE), round(y * _FINE), found_x, found_y)
    return found_x.value, found_y.value
