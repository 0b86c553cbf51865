"""The files of a zip archive, written one by one into a folder under numbers for names."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from . import limits
from .blocks import UnreadableFileError
from .unpacking import Written, check_contents, damaged, is_furniture, locked, tell, too_large_inside

_LOCKED = 0x1  # flag of an entry that is encrypted
_UTF8_NAME = 0x800  # flag of an entry whose name is UTF-8


def unpack(data: bytes, name: str, folder: Path) -> Written:
    """(path in the archive, name of the file written) of each file.

    Raises UnreadableFileError where the archive is damaged, encrypted or unpacks to more than anybody hands in.
    """
    written: Written = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = _entries(name, archive)
            for entry in entries:
                tell(len(written), len(entries))
                leaf = str(len(written))
                (folder / leaf).write_bytes(_content(name, archive, entry))
                written.append((_path_of(entry), leaf))
    except UnreadableFileError:
        raise
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise damaged(name, error) from error
    return written


def _entries(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files that are wanted, once it is known that none of them is too much."""
    entries = [entry for entry in archive.infolist() if _is_file(entry) and not is_furniture(_path_of(entry))]
    check_contents(name, len(entries), sum(entry.file_size for entry in entries))
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise locked(name)
    return entries


def _is_file(entry: zipfile.ZipInfo) -> bool:
    return not entry.is_dir() and not stat.S_ISLNK(entry.external_attr >> 16)


def _content(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry, never more than it declares (and that is bounded)."""
    limit = min(entry.file_size, limits.LARGEST_FILE)
    with archive.open(entry) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large_inside(name, _path_of(entry))
    return data


def _path_of(entry: zipfile.ZipInfo) -> str:
    """Its path in the archive; programs write UTF-8, and Chinese Windows GBK, without saying so."""
    if not entry.flag_bits & _UTF8_NAME:
        for encoding in ("utf-8", "gbk"):
            with suppress(UnicodeEncodeError, UnicodeDecodeError):
                return entry.filename.encode("cp437").decode(encoding)
    return entry.filename
