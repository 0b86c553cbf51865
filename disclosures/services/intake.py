"""What people hand in: the files of an archive, and what was read of a file, in words."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from disclosures import models
from disclosures.plain import data as plain
from disclosures.plain.places import row_keys
from disclosures.profiles import PROFILES
from disclosures.reading import UnreadableFileError, archives, limits
from disclosures.reading.formats import format_of, refusal
from disclosures.reading.limits import LARGEST_FILE
from disclosures.storage import load

from .sandbox import plain_name, unpack

__all__ = ["LARGEST_FILE", "describe_reading", "files_of", "what_was_read"]


_LOCKED = 0x1  # flag of an entry that is encrypted
_UTF8_NAME = 0x800  # flag of an entry whose name is UTF-8
_SHOWN = 50
_ARCHIVES = (".zip", ".7z", ".rar", ".gz")
_MB = 1024 * 1024


def files_of(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of an upload: the file itself, or every file of a zip or 7z archive. Content decides.

    Archives within archives are handed on as they are, to be refused as files that cannot be read.
    Raises UnreadableFileError where an archive is damaged or unpacks to more than anybody hands in.
    """
    known = format_of(data)
    key = known.key if known else ""
    if key == "zip":
        yield from _zipped(name, data)
    elif key == "7z":
        found = ((path, content) for path, content in unpack(data, name) if not _is_furniture(path))
        yield from _some(name, ((plain_name(path), content) for path, content in found))
    elif known in archives.FORMATS:
        raise refusal(known, plain_name(name))
    elif known is None and name.lower().endswith(_ARCHIVES):
        raise UnreadableFileError(f"文件“{plain_name(name)}”不是压缩包，或已损坏，打不开。请重新压缩后再上传。")
    else:
        yield plain_name(name), data


def _zipped(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = _entries(name, archive)
            if any(entry.flag_bits & _LOCKED for entry in entries):
                raise UnreadableFileError(f"压缩包“{name}”加了密码，打不开。请去掉密码后重新上传。")
            for entry in entries:
                _unpack(name, archive, entry)  # nothing is handed on before all of it is known to be sound
            for entry in entries:
                yield _name_of(entry), _unpack(name, archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFileError(f"压缩包“{name}”已损坏或不完整，打不开。请重新压缩后再上传。") from error


def _some(name: str, files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files themselves. Raises UnreadableFileError where there are none."""
    empty = True
    for file in files:
        empty = False
        yield file
    if empty:
        raise UnreadableFileError(f"压缩包“{name}”里没有文件")


def _entries(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_furniture(entry.filename)]
    if len(entries) > limits.MOST_FILES:
        raise UnreadableFileError(
            f"压缩包“{name}”里有 {len(entries)} 个文件，超过 {limits.MOST_FILES} 个，请分几次导入"
        )
    if sum(entry.file_size for entry in entries) > limits.LARGEST_ARCHIVE:
        raise UnreadableFileError(f"压缩包“{name}”解开后超过 {limits.LARGEST_ARCHIVE // _MB} MB，请分几次导入")
    if not entries:
        raise UnreadableFileError(f"压缩包“{name}”里没有文件")
    return entries


def _is_furniture(path: str) -> bool:
    """Whether an entry was put there by an operating system or an office program."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    leaf = parts[-1] if parts else ""
    return (
        not leaf
        or "__MACOSX" in parts
        or any(part.startswith(".") and part != ".." for part in parts)
        or leaf in ("Thumbs.db", "desktop.ini")
        or leaf.startswith("~$")
    )


def _unpack(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry, never more than it declares (and that is bounded)."""
    limit = min(entry.file_size, LARGEST_FILE)
    with archive.open(entry) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableFileError(f"压缩包“{name}”里的“{_name_of(entry)}”超过 {LARGEST_FILE // _MB} MB")
    return data


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The file's own name; programs write UTF-8, and Chinese Windows GBK, without saying so."""
    if not entry.flag_bits & _UTF8_NAME:
        for encoding in ("utf-8", "gbk"):
            with suppress(UnicodeEncodeError, UnicodeDecodeError):
                return plain_name(entry.filename.encode("cp437").decode(encoding))
    return plain_name(entry.filename)


def what_was_read(record: models.Disclosure) -> dict[str, Any]:
    """Tables, sections, target forms and doubtful places of a stored disclosure, for the result of an import."""
    return describe_reading(load(record.pk))


def describe_reading(disclosure: plain.Disclosure) -> dict[str, Any]:
    """The same of a disclosure that was only read."""
    profile = PROFILES[disclosure.profile]
    present = {table.id for table in disclosure.tables}
    doubtful = list(_doubtful(disclosure))
    return {
        "department": disclosure.department,
        "year": disclosure.fiscal_year,
        "kind": models.DisclosureKind(disclosure.kind.value).label,
        "tables": len(present),
        "rows": sum(len(table.rows) for table in disclosure.tables),
        "missing": [f"表{decl.ordinal} {decl.short_title}" for decl in profile.tables if decl.id not in present],
        "sections": len(disclosure.sections),
        "targets": len(disclosure.project_targets) + len(disclosure.overall_targets),
        "others": [table.title or "没有标题的表格" for table in disclosure.other_tables[:_SHOWN]],
        "others_total": len(disclosure.other_tables),
        "doubtful": doubtful[:_SHOWN],
        "doubtful_total": len(doubtful),
        "notes": [{"message": note.message, "source": note.source} for note in disclosure.notes[:_SHOWN]],
        "notes_total": len(disclosure.notes),
    }


def _doubtful(disclosure: plain.Disclosure) -> Iterator[dict[str, str | None]]:
    profile = PROFILES[disclosure.profile]
    for table in disclosure.tables:
        decl = profile.table(table.id)
        for place, row in zip(row_keys(table), table.rows, strict=True):
            where = f"{table.id}/{place}"
            labels = {column.key: column.label for column in decl.side(row.side).columns}
            for key, cell in row.cells:
                if cell.surety is plain.Surety.DOUBTFUL:
                    yield {
                        "place": f"表{decl.ordinal} {row.name} {labels[key]}",
                        "source": row.place_of(key),
                        "where": f"{where}/{key}",
                    }
            if row.label_surety is plain.Surety.DOUBTFUL:
                yield {"place": f"表{decl.ordinal} {row.name}（名称）", "source": row.source, "where": where}
