"""What a format declares of itself, and what can be known of a file before it is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module

import olefile

from . import limits
from .blocks import SourceDocument

Reader = Callable[[bytes, str], SourceDocument]

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_ENTRY = b"PK\x01\x02"  # begins each entry of a zip's directory


class Probe:
    """What can be known of a file without reading it."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def entries(self) -> int:
        """How many entries the directory of a zip may have; 0 for other files."""
        return self.data.count(_ENTRY) if self.data.startswith(ZIP) else 0

    @cached_property
    def parts(self) -> frozenset[str]:
        """Names inside a zip; none where it is damaged or has more than any document needs."""
        if not 0 < self.entries <= limits.MOST_ENTRIES:
            return frozenset()
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return frozenset()

    @cached_property
    def streams(self) -> frozenset[str]:
        """Names of streams and storages, in small letters, inside an old Office file; none where it is damaged."""
        if not self.data.startswith(OLE):
            return frozenset()
        try:
            with olefile.OleFileIO(self.data) as container:
                return frozenset(part.lower() for path in container.listdir(storages=True) for part in path)
        except (OSError, ValueError, IndexError, TypeError, RecursionError):
            return frozenset()


@dataclass(frozen=True, slots=True)
class Format:
    """One file format. Of formats whose `magics` begin a file the first that `fits` is taken."""

    key: str
    words: str  # in Chinese, for people: "Word 文档（.docx）"
    magics: tuple[bytes, ...]
    reader: str = ""  # "module:function"; empty where such files are not read
    advice: str = ""  # what to do instead, a whole sentence, where they are not read
    fits: Callable[[Probe], bool] = lambda probe: True
    seconds: int = limits.SECONDS
    memory: int = limits.MEMORY
    suffixes: tuple[str, ...] = ()  # under which people keep such files

    def load(self) -> Reader:
        """The reader, imported now."""
        module, _, function = self.reader.partition(":")
        reader: Reader = getattr(import_module(module), function)
        return reader
