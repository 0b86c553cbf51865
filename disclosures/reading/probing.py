"""What a format declares of itself, and what can be known of a file before it is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
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
_END = b"PK\x05\x06"  # begins what stands behind the directory and says how long that is
_END_LARGE = b"PK\x06\x07"  # stands before it in a zip of more than four gigabytes, or in one that says so
_END_SIZE, _LONGEST_REMARK = 22, 1 << 16


class Probe:
    """What can be known of a file without reading it."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def entries(self) -> int:
        """How many entries the directory of a zip may have; 0 for other files."""
        if not self.data.startswith(ZIP):
            return 0
        return max((self.data.count(_ENTRY, start, end) for start, end in self._directories()), default=0)

    def _directories(self) -> Iterator[tuple[int, int]]:
        """Where the directory of a zip may lie: files inside, packed or not, may be zips with directories of their own.

        A zip made to deceive has more than one end. Whoever reads it takes the very last, or the last before a remark.
        """
        last = len(self.data) - _END_SIZE
        found = {self.data.rfind(_END, max(0, last - _LONGEST_REMARK))}
        if self.data.startswith(_END, max(0, last)):
            found.add(last)
        for at in found - {-1}:
            size = int.from_bytes(self.data[at + 12 : at + 16], "little")
            large = self.data.startswith(_END_LARGE, max(0, at - 20))
            yield (0 if large else max(0, at - size), at)

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
