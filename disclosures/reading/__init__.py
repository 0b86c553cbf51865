"""Readers: a file's bytes become a sequence of lines and grid rows, each with its place in the source.

Lives here: one module per file format and the blocks they all return. May enter: knowledge of a
file format. Must not enter: anything about budgets (that is `disclosures.recognise`).
"""

from .blocks import Layout, Line, SourceDocument, UnreadableFileError
from .text import read_text

__all__ = ["Layout", "Line", "SourceDocument", "UnreadableFileError", "read_file"]


def read_file(data: bytes, name: str) -> SourceDocument:
    """Read a file into lines; its content, not its name, decides how.

    Raises UnreadableFileError, in plain Chinese, when it cannot be read.
    """
    return read_text(data, name)
