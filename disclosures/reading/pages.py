"""Formats that fix the look of pages: PDF, OFD and images."""

from __future__ import annotations

from . import limits
from .probing import ZIP, Format, Probe


def _is_ofd(probe: Probe) -> bool:
    return "OFD.xml" in probe.parts


FORMATS = (
    Format(
        "ofd",
        "OFD 版式文件",
        ZIP,
        advice="系统还不能读取。请用 WPS 或 OFD 阅读器打开，另存为 PDF 后再重新上传。",
        fits=_is_ofd,
    ),
    Format(
        "pdf",
        "PDF 文件",
        (b"%PDF",),
        reader="disclosures.reading.scan.reader:read_pdf",
        seconds=limits.SCANNING_SECONDS,
        memory=limits.SCANNING_MEMORY,
        suffixes=(".pdf",),
    ),
    Format(
        "image",
        "图片",
        (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM"),
        reader="disclosures.reading.scan.reader:read_image",
        seconds=limits.SCANNING_SECONDS,
        memory=limits.SCANNING_MEMORY,
        suffixes=(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
    ),
)
