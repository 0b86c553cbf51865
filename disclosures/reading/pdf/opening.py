"""Opening a PDF file with pdfium, and what to say when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import pypdfium2.raw as pdfium

from ..blocks import UnreadableFileError
from ..limits import MOST_PAGES

_LIBRARY = Lock()  # pdfium serves one thread at a time


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """The open pdfium document; UnreadableFileError, in plain Chinese, when it cannot be opened or is too long."""
    with _LIBRARY:
        import pypdfium2  # noqa: F401  starts the library

        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            raise UnreadableFileError(_why(pdfium.FPDF_GetLastError(), name))
        try:
            count = pdfium.FPDF_GetPageCount(document)
            if count < 1:
                raise UnreadableFileError(f"文件“{name}”里没有页面。请重新导出 PDF 后再上传。")
            if count > MOST_PAGES:
                raise UnreadableFileError(
                    f"文件“{name}”有 {count} 页，超过 {MOST_PAGES} 页的上限。请按部门拆分后上传。"
                )
            yield document
        finally:
            pdfium.FPDF_CloseDocument(document)


def _why(error: int, name: str) -> str:
    if error == pdfium.FPDF_ERR_PASSWORD:
        return f"文件“{name}”有打开密码。请去掉密码另存一份后重新上传。"
    if error == pdfium.FPDF_ERR_SECURITY:
        return f"文件“{name}”用了无法解开的加密方式。请另存为不加密的 PDF 后重新上传。"
    return f"PDF 文件“{name}”已损坏或不完整，打不开。请重新导出或重新下载后上传。"
