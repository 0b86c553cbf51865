"""Office Open XML: the documents of Word, Excel and WPS since 2007, told apart by the parts inside."""

from __future__ import annotations

from .probing import ZIP, Format, Probe


def _has_macros(probe: Probe) -> bool:
    return any(part.lower().endswith("vbaproject.bin") or part.startswith("xl/macrosheets/") for part in probe.parts)


def _is_word(probe: Probe) -> bool:
    return "[Content_Types].xml" in probe.parts and any(part.startswith("word/") for part in probe.parts)


def _is_excel(probe: Probe) -> bool:
    return "[Content_Types].xml" in probe.parts and any(part.startswith("xl/") for part in probe.parts)


def _is_binary_excel(probe: Probe) -> bool:
    return "xl/workbook.bin" in probe.parts


def _is_slides(probe: Probe) -> bool:
    return "[Content_Types].xml" in probe.parts and any(part.startswith("ppt/") for part in probe.parts)


FORMATS = (
    Format(
        "macros",
        "带宏程序的 Word 或 Excel 文件",
        ZIP,
        advice="为安全起见不予接收。请打开后另存为不含宏的 .docx 或 .xlsx，再重新上传。",
        fits=_has_macros,
    ),
    Format("docx", "Word 文档", ZIP, "disclosures.reading.docx:read_docx", fits=_is_word, suffixes=(".docx",)),
    Format(
        "xlsb",
        "二进制的 Excel 工作簿（.xlsb）",
        ZIP,
        advice="系统不能读取。请打开后另存为 .xlsx，再重新上传。",
        fits=_is_binary_excel,
    ),
    Format("xlsx", "Excel 工作簿", ZIP, "disclosures.reading.xlsx:read_xlsx", fits=_is_excel, suffixes=(".xlsx",)),
    Format("pptx", "演示文稿", ZIP, advice="不是预算公开文件。请上传 Word、Excel 或 PDF 文件。", fits=_is_slides),
)
