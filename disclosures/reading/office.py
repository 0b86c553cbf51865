"""Formats of older Office programs, of WPS and of LibreOffice, told apart by what is inside."""

from __future__ import annotations

from . import limits
from .probing import OLE, ZIP, Format, Probe

_CONVERTED = "disclosures.reading.converting:"


def _is_encrypted(probe: Probe) -> bool:
    return "encryptedpackage" in probe.streams


def _has_macros(probe: Probe) -> bool:
    return bool({"_vba_project", "_vba_project_cur"} & probe.streams)


def _is_word(probe: Probe) -> bool:
    return "worddocument" in probe.streams


def _is_excel(probe: Probe) -> bool:
    return bool({"workbook", "book"} & probe.streams)


def _is_open_text(probe: Probe) -> bool:
    return "content.xml" in probe.parts and b"opendocument.text" in probe.data[:200]


def _is_open_sheet(probe: Probe) -> bool:
    return "content.xml" in probe.parts and b"opendocument.spreadsheet" in probe.data[:200]


FORMATS = (
    Format(
        "encrypted",
        "加了打开密码的 Word 或 Excel 文件",
        OLE,
        advice="系统打不开。请在 Word、Excel 或 WPS 里去掉打开密码，保存后再重新上传。",
        fits=_is_encrypted,
    ),
    Format(
        "old-macros",
        "带宏程序的旧版 Word 或 Excel 文件",
        OLE,
        advice="为安全起见不予接收。请打开后另存为不含宏的 .docx 或 .xlsx，再重新上传。",
        fits=_has_macros,
    ),
    Format(
        "doc",
        "旧版 Word 文档（.doc、.wps）",
        OLE,
        _CONVERTED + "read_doc",
        fits=_is_word,
        seconds=limits.CONVERTING_SECONDS,
        memory=limits.CONVERTING_MEMORY,
        suffixes=(".doc", ".wps"),
    ),
    Format(
        "xls",
        "旧版 Excel 工作簿（.xls、.et）",
        OLE,
        "disclosures.reading.xls:read_xls",
        fits=_is_excel,
        suffixes=(".xls", ".et"),
    ),
    Format(
        "ole",
        "旧版 Office 文件",
        OLE,
        advice="系统认不出它的内容，可能已损坏。请打开后另存为 .docx 或 .xlsx，再重新上传。",
    ),
    Format(
        "rtf",
        "RTF 文件",
        (b"{\\rtf",),
        _CONVERTED + "read_rtf",
        seconds=limits.CONVERTING_SECONDS,
        memory=limits.CONVERTING_MEMORY,
        suffixes=(".rtf",),
    ),
    Format(
        "odt",
        "OpenDocument 文档（.odt）",
        ZIP,
        _CONVERTED + "read_odt",
        fits=_is_open_text,
        seconds=limits.CONVERTING_SECONDS,
        memory=limits.CONVERTING_MEMORY,
        suffixes=(".odt",),
    ),
    Format(
        "ods",
        "OpenDocument 表格（.ods）",
        ZIP,
        _CONVERTED + "read_ods",
        fits=_is_open_sheet,
        seconds=limits.CONVERTING_SECONDS,
        memory=limits.CONVERTING_MEMORY,
        suffixes=(".ods",),
    ),
)
