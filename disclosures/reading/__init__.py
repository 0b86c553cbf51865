"""Readers: a file's bytes become a sequence of lines and grid rows, each with its place in the source.

Lives here: one module per file format, their registry (`formats`), what a file may cost (`limits`) and the
blocks they all return. May enter: knowledge of a file format. Must not enter: anything about budgets (that
is `disclosures.recognise`). Whoever reads a file that somebody handed in does it through
`disclosures.services.sandbox`, where a child process with limits does the reading.
"""

from .blocks import Layout, Line, SourceDocument, UnreadableFileError
from .formats import format_of, is_plain, refusal
from .limiting import check_result, check_size
from .text import read_text

__all__ = ["Layout", "Line", "SourceDocument", "UnreadableFileError", "read_file"]


def read_file(data: bytes, name: str) -> SourceDocument:
    """Read a file into lines; its content, not its name, decides how.

    Raises UnreadableFileError, in plain Chinese, when it cannot be read.
    """
    check_size(data, name)
    if is_plain(data):
        return check_result(read_text(data, name))
    known = format_of(data)
    if known is None or not known.reader:
        raise (
            refusal(known, name)
            if known
            else UnreadableFileError(f"文件“{name}”的格式系统认不出来。请上传 Word、Excel、PDF 文件或扫描的图片。")
        )
    return check_result(known.load()(data, name))
