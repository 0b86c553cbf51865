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

_MB = 1024 * 1024


def unpack(data: bytes, name: str, folder: Path) -> list[tuple[str, str]]:
    """(path in the archive, name of the file written) of each file.

    Raises UnreadableFileError where the archive is damaged, encrypted or unpacks to more than anybody hands in.
    """
    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise UnreadableFileError(f"压缩包“{name}”加了密码，打不开。请去掉密码后重新上传。")
            entries = [entry for entry in archive.list() if entry.is_file and not entry.is_symlink]
            _check(name, len(entries), sum(entry.uncompressed or 0 for entry in entries))
            writers = _Writers(name, folder)
            archive.extractall(factory=writers)
            return writers.written
    except (ArchiveError, lzma.LZMAError, EOFError, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise UnreadableFileError(f"压缩包“{name}”已损坏、加了密码或不完整，打不开。请重新压缩后再上传。") from error


def _check(name: str, files: int, size: int) -> None:
    if files > limits.MOST_FILES:
        raise UnreadableFileError(f"压缩包“{name}”里有 {files} 个文件，超过 {limits.MOST_FILES} 个，请分几次导入")
    if size > limits.LARGEST_ARCHIVE:
        raise too_large(name)


def too_large(name: str) -> UnreadableFileError:
    """What is said of an archive that unpacks to more than anybody hands in."""
    return UnreadableFileError(f"压缩包“{name}”解开后超过 {limits.LARGEST_ARCHIVE // _MB} MB，请分几次导入")


class _Writers(WriterFactory):
    """Gives each member of the archive a file of its own and counts what is written to all of them."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.written: list[tuple[str, str]] = []
        self.size = 0

    def create(self, filename: str) -> Py7zIO:
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
            size = limits.LARGEST_FILE // _MB
            raise UnreadableFileError(f"压缩包“{self.owner.name}”里的“{self.member}”超过 {size} MB")
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
