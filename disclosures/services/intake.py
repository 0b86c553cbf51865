"""What people hand in: the files of a zip, and what was read of a file, in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from disclosures import models
from disclosures.plain import data as plain
from disclosures.profiles import PROFILES
from disclosures.reading import UnreadableFileError
from disclosures.storage import load

LARGEST_FILE = 50 * 1024 * 1024  # the largest disclosure seen has half a megabyte of text
_MOST_FILES = 1000  # a province's county has about 300 departments
_LARGEST_ZIP = 500 * 1024 * 1024  # unpacked
_UTF8_NAME = 0x800  # flag of an entry whose name is UTF-8
_SHOWN = 50


def files_of(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of an upload: the file itself, or every file of a zip.

    Raises UnreadableFileError where a zip is damaged or unpacks to more than anybody hands in.
    """
    if not name.lower().endswith(".zip"):
        yield name, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in _entries(name, archive):
                yield _name_of(entry), _unpack(name, archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UnreadableFileError(f"压缩包“{name}”已损坏、加了密码或不是 zip 格式") from error


def _entries(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_furniture(entry.filename)]
    if len(entries) > _MOST_FILES:
        raise UnreadableFileError(f"压缩包“{name}”里有 {len(entries)} 个文件，超过 {_MOST_FILES} 个，请分几次导入")
    if sum(entry.file_size for entry in entries) > _LARGEST_ZIP:
        raise UnreadableFileError(f"压缩包“{name}”解开后超过 {_LARGEST_ZIP // 1024 // 1024} MB，请分几次导入")
    if not entries:
        raise UnreadableFileError(f"压缩包“{name}”里没有文件")
    return entries


def _is_furniture(path: str) -> bool:
    """Whether an entry was put there by an operating system."""
    parts = PurePosixPath(path).parts
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts) or parts[-1] == "Thumbs.db"


def _unpack(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry, never more than it declares (and that is bounded)."""
    limit = min(entry.file_size, LARGEST_FILE)
    with archive.open(entry) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableFileError(f"压缩包“{name}”里的“{_name_of(entry)}”超过 {LARGEST_FILE // 1024 // 1024} MB")
    return data


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The file's own name; Chinese Windows writes GBK without saying so."""
    path = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        try:
            path = path.encode("cp437").decode("gbk")
        except (UnicodeEncodeError, UnicodeDecodeError):
            path = entry.filename
    return PurePosixPath(path).name


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
        "doubtful": doubtful[:_SHOWN],
        "doubtful_total": len(doubtful),
        "notes": [{"message": note.message, "source": note.source} for note in disclosure.notes[:_SHOWN]],
        "notes_total": len(disclosure.notes),
    }


def _doubtful(disclosure: plain.Disclosure) -> Iterator[dict[str, str | None]]:
    profile = PROFILES[disclosure.profile]
    for table in disclosure.tables:
        decl = profile.table(table.id)
        for row in table.rows:
            labels = {column.key: column.label for column in decl.side(row.side).columns}
            for key, cell in row.cells:
                if cell.surety is plain.Surety.DOUBTFUL:
                    yield {"place": f"表{decl.ordinal} {row.name} {labels[key]}", "source": row.place_of(key)}
            if row.label_surety is plain.Surety.DOUBTFUL:
                yield {"place": f"表{decl.ordinal} {row.name}（名称）", "source": row.source}
