"""The files of a 7z archive, written one by one into a folder under numbers for names."""

from __future__ import annotations

import io
import lzma
from pathlib import Path

import py7zr
from py7zr.exceptions import ArchiveError
from py7zr.io import Py7zIO, WriterFactory

from . import limits
from .blocks import UnreadableFileError
from .unpacking import Written, check_contents, damaged, is_furniture, locked, tell, too_large, too_large_inside


def unpack(data: bytes, name: str, folder: Path) -> Written:
    """(path in the archive, name of the file written) of each file.

    Raises UnreadableFileError where the archive is damaged, encrypted or unpacks to more than anybody hands in.
    """
    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise locked(name)
            entries = [entry for entry in archive.list() if entry.is_file and not entry.is_symlink]
            wanted = [entry for entry in entries if not is_furniture(entry.filename)]
            check_contents(name, len(wanted), sum(entry.uncompressed or 0 for entry in entries))
            writers = _Writers(name, folder, len(entries))
            archive.extractall(factory=writers)
            return [(path, leaf) for path, leaf in writers.written if not is_furniture(path)]
    except UnreadableFileError:
        raise
    except (ArchiveError, lzma.LZMAError, EOFError, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise damaged(name, error) from error


class _Writers(WriterFactory):
    """Gives each member of the archive a file of its own and counts what is written to all of them."""

    def __init__(self, name: str, folder: Path, files: int) -> None:
        self.name = name
        self.folder = folder
        self.files = files
        self.written: Written = []
        self.size = 0

    def create(self, filename: str) -> Py7zIO:
        tell(len(self.written), self.files)
        leaf = str(len(self.written))
        self.written.append((filename, leaf))
        return _Writer(self, filename, self.folder / leaf)

    def count(self, size: int) -> None:
        self.size += size
        if self.size > limits.LARGEST_ARCHIVE:
            raise too_large(self.name)


class _Writer(Py7zIO):
    """One member, written straight to its file."""

    def __init__(self, owner: _Writers, member: str, path: Path) -> None:
        self.owner = owner
        self.member = member
        self.stream = path.open("w+b")
        self.written = 0

    def write(self, s: bytes | bytearray) -> int:
        self.written += len(s)
        if self.written > limits.LARGEST_FILE:
            raise too_large_inside(self.owner.name, self.member)
        self.owner.count(len(s))
        return self.stream.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self.stream.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.stream.seek(offset, whence)

    def flush(self) -> None:
        self.stream.flush()

    def size(self) -> int:
        return self.written

    def close(self) -> None:
        self.stream.close()
