"""Opening a PDF file with pdfium, page after page, and what to say when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import pypdfium2.raw as pdfium

from ..blocks import UnreadableFileError
from ..limits import MOST_PAGES

_LIBRARY = Lock()  # pdfium serves one thread at a time
_KEPT = 100  # pages after which a file is opened anew: pdfium keeps 30 kB of every page it has loaded
_TYPED = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT})


class OpenPdf:
    """An open PDF file: its number of pages, and one page of it after another."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        self._loaded = 0
        self.handle = self._opened()
        self.count = int(pdfium.FPDF_GetPageCount(self.handle))

    def _opened(self) -> Any:
        handle = pdfium.FPDF_LoadMemDocument64(self._data, len(self._data), None)
        if not handle:
            raise UnreadableFileError(_why(pdfium.FPDF_GetLastError(), self._name))
        return handle

    @contextmanager
    def page(self, number: int) -> Iterator[Any]:
        """The pdfium page `number` (from 1); None when it cannot be loaded. One is open at a time."""
        if self._loaded >= _KEPT:
            self.close()
            self.handle, self._loaded = self._opened(), 0
        self._loaded += 1
        page = _with_fields(pdfium.FPDF_LoadPage(self.handle, number - 1), self.handle, number)
        try:
            yield page or None
        finally:
            if page:
                pdfium.FPDF_ClosePage(page)

    def close(self) -> None:
        """Give the file back."""
        handle, self.handle = self.handle, None
        if handle:
            pdfium.FPDF_CloseDocument(handle)


@contextmanager
def opened(data: bytes, name: str) -> Iterator[OpenPdf]:
    """The open file; UnreadableFileError, in plain Chinese, when it cannot be opened or is too long."""
    with _LIBRARY:
        import pypdfium2  # noqa: F401  starts the library

        document = OpenPdf(data, name)
        try:
            if document.count < 1:
                raise UnreadableFileError(f"文件“{name}”里没有页面。请重新导出 PDF 后再上传。")
            if document.count > MOST_PAGES:
                raise UnreadableFileError(
                    f"文件“{name}”有 {document.count} 页，超过 {MOST_PAGES} 页的上限。请按部门拆分后上传。"
                )
            yield document
        finally:
            document.close()


def _with_fields(page: Any, document: Any, number: int) -> Any:
    """The page with what was typed into its fields, or set upon it as text, as part of its print."""
    if not page or not any(_subtype(page, index) in _TYPED for index in range(pdfium.FPDFPage_GetAnnotCount(page))):
        return page
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    pdfium.FPDF_ClosePage(page)
    return pdfium.FPDF_LoadPage(document, number - 1)


def _subtype(page: Any, index: int) -> int:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return 0
    try:
        return int(pdfium.FPDFAnnot_GetSubtype(annotation))
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _why(error: int, name: str) -> str:
    if error == pdfium.FPDF_ERR_PASSWORD:
        return f"文件“{name}”有打开密码。请去掉密码另存一份后重新上传。"
    if error == pdfium.FPDF_ERR_SECURITY:
        return f"文件“{name}”用了无法解开的加密方式。请另存为不加密的 PDF 后重新上传。"
    return f"PDF 文件“{name}”已损坏或不完整，打不开。请重新导出或重新下载后上传。"
