"""What people hand in: the files of an archive, and what was read of a file, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from disclosures import models
from disclosures.plain import data as plain
from disclosures.plain.places import row_keys
from disclosures.profiles import PROFILES
from disclosures.reading import UnreadableFileError, archives, limits
from disclosures.reading.formats import format_of, is_plain, refusal
from disclosures.reading.limits import LARGEST_FILE
from disclosures.reading.progress import Told
from disclosures.storage import load

from .sandbox import plain_name, plain_path, unpack

__all__ = [
    "LARGEST_FILE",
    "check_upload",
    "describe_reading",
    "files_of",
    "is_archive",
    "largest_upload",
    "what_was_read",
]

_SHOWN = 50
_ARCHIVES = (".zip", ".7z", ".rar", ".gz")


def largest_upload(name: str) -> int:
    """How many bytes a file of this name may have when it is handed in."""
    return limits.LARGEST_UPLOAD if name.lower().endswith((".zip", ".7z")) else LARGEST_FILE


def check_upload(name: str, data: bytes) -> None:
    """What is clear from the first bytes of a file, before a worker looks into it. Raises UnreadableFileError."""
    name = plain_name(name)
    if name.lower().endswith(_ARCHIVES) and is_plain(data):
        raise UnreadableFileError(f"文件“{name}”不是压缩包，或已损坏，打不开。请重新压缩后再上传。")
    if known := archives.refused_at_once(data):
        raise refusal(known, name)


def is_archive(data: bytes) -> bool:
    """Whether a file is a zip or 7z archive of files. Content decides."""
    known = format_of(data)
    return known is not None and known.key in archives.UNPACKED


def files_of(name: str, data: bytes, told: Callable[[Told], None] | None = None) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of each file of an archive, taken out by a child process before the first is handed on.

    The path is for people; its last part is the file's own name. Archives within archives are handed on as they are,
    to be refused as files that cannot be read. `told` hears how far it is, and may raise to end it.
    Raises UnreadableFileError where an archive is damaged or unpacks to more than anybody hands in.
    """
    for path, content in unpack(data, name, told):
        yield plain_path(path), content


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
