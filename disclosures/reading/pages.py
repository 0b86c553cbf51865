"""Formats that fix the look of pages: PDF, OFD and images.

OFD (GB/T 33190) is recognised and not read: docs/decisions/0013-scans.md says why.
"""

from __future__ import annotations

from . import limits
from .probing import ZIP, Format, Probe

_AS_JPEG = "系统不能读取。请另存为 JPG、PNG 或 PDF 后再重新上传。"
_PHOTOS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def _is_photo(probe: Probe) -> bool:
    return probe.data[8:12] in _PHOTOS


def _is_webp(probe: Probe) -> bool:
    return probe.data[8:12] == b"WEBP"


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
    Format("gif", "GIF 图片", (b"GIF8",), advice=_AS_JPEG),
    Format("webp", "WebP 图片", (b"RIFF",), advice=_AS_JPEG, fits=_is_webp),
    Format(
        "heic",
        "手机拍的 HEIC 照片",
        tuple(b"\0\0\0%cftyp" % size for size in range(0x14, 0x40, 4)),
        advice=_AS_JPEG,
        fits=_is_photo,
    ),
)
