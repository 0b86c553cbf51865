"""Bytes to text: which encoding a text file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

from .blocks import UnreadableFileError

_OTHER_HINT = "请上传 Word、Excel、PDF 文件或扫描的图片。"
_EXPORT_HINT = "请从原文档导出为 UTF-8 纯文本（.txt 或 .md）后重新上传。"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What a Chinese text is made of; bytes of another kind decoded as GB18030 fall mostly outside.
_ORDINARY = re.compile("[\t\n\r\f -~\u00a0-\u00ff\u2000-\u27bf\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b]")
_SAMPLE = 20_000
_LEAST_ORDINARY = 0.97
_MOST_DAMAGED = 0.005


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Raises UnreadableFileError for an empty or binary file, or an unknown encoding.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise UnreadableFileError(f"文件“{name}”是空的，没有可读的内容。请检查导出是否成功，再重新上传。")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data, encoding, name), encoding
    if b"\x00" in data:
        raise UnreadableFileError(f"文件“{name}”是二进制文件，不是文本文件。{_OTHER_HINT}")
    decoded = _decode_utf8(data) or _decode_gb18030(data) or _decode_damaged(data)
    if decoded is None:
        raise UnreadableFileError(f"文件“{name}”的文字编码无法识别（不是 UTF-8，也不是 GB18030）。{_EXPORT_HINT}")
    if _is_binary(decoded[0]):
        raise UnreadableFileError(f"文件“{name}”是二进制文件，不是文本文件。{_OTHER_HINT}")
    return decoded


def _decode_marked(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"文件“{name}”标明是 {encoding} 编码，但第 {error.start + 1} 个字节处已损坏。{_EXPORT_HINT}"
        ) from error


def _decode_utf8(data: bytes) -> tuple[str, str] | None:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # A file cut off in the middle of its last character is otherwise sound.
        if error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8"), "utf-8"
        return None


def _decode_gb18030(data: bytes) -> tuple[str, str] | None:
    for end in (len(data), len(data) - 1):
        try:
            text = data[:end].decode("gb18030")
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if sample and len(_ORDINARY.findall(sample)) >= _LEAST_ORDINARY * len(sample):
            return text, "gb18030"
    return None


def _decode_damaged(data: bytes) -> tuple[str, str] | None:
    """UTF-8 with a few spoilt bytes: they become U+FFFD, which the recogniser reports by line."""
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= _MOST_DAMAGED * len(text):
        return text, "utf-8"
    return None


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > 0.01 * len(sample)
