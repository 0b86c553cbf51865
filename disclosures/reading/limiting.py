"""Limits held against a file before it is read, and against what was read of it."""

from __future__ import annotations

import signal

from . import limits
from .blocks import SourceDocument, UnreadableFileError

_MB = 1024 * 1024


def check_size(data: bytes, name: str) -> None:
    """Raises UnreadableFileError for a file larger than any disclosure."""
    if len(data) > limits.LARGEST_FILE:
        raise UnreadableFileError(
            f"文件“{name}”有 {len(data) / _MB:.0f} MB，超过 {limits.LARGEST_FILE // _MB} MB。"
            "请压缩其中的图片，或拆成几个文件后再上传。"
        )


def check_result(document: SourceDocument) -> SourceDocument:
    """The document itself. Raises UnreadableFileError when it holds more than any disclosure."""
    lines = document.lines
    cells = sum(len(line.cells) for line in lines if line.cells is not None)
    characters = sum(len(line.text) for line in lines)
    if len(lines) > limits.MOST_LINES or cells > limits.MOST_CELLS or characters > limits.MOST_CHARACTERS:
        raise UnreadableFileError(
            f"文件“{document.name}”有 {len(lines)} 行、{cells} 个单元格，远远超过一份预算公开文件。"
            "请删去无关的内容或空白行后再上传。"
        )
    return document


_clocked = False  # whether this process is a child that reads one file and ends with it


def start_clock(seconds: int) -> None:
    """End this process after so many seconds of wall clock."""
    global _clocked
    _clocked = True
    signal.alarm(seconds)


def allow(seconds: int) -> None:
    """Let a child that reads one file go on for so many seconds from now; elsewhere the caller keeps the clock."""
    if _clocked:
        signal.alarm(seconds)
