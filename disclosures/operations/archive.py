"""A backup as one file: a compressed tar of the database, the uploaded files and, last, a manifest that names them all.

The manifest comes last because sizes and hashes are known only then; an archive without it was cut short. Nothing but
plain files under known names is ever taken out of an archive.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from .errors import OperationError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FORMAT = "budget-disclosures-backup/1"
MANIFEST = "manifest.json"
FILES = "files/"
SUFFIXES = (".tar.zst", ".tar.gz")
_GOOD_NAME = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,200}(?:/(?!\.)[A-Za-z0-9._-]{1,200}){0,8}")
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 1 << 30

Entry = tuple[int, str]  # size in bytes, SHA-256


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `entries`: every member with size and hash; `missing`: originals that were already lost."""

    created_at: str
    database: str
    migrations: tuple[tuple[str, str], ...]
    counts: dict[str, int]
    versions: dict[str, str]
    missing: tuple[str, ...] = ()
    entries: dict[str, Entry] = field(default_factory=dict)
    format: str = FORMAT

    @property
    def files(self) -> dict[str, Entry]:
        """Uploaded files by their path below MEDIA_ROOT."""
        return {name.removeprefix(FILES): entry for name, entry in self.entries.items() if name.startswith(FILES)}

    @classmethod
    def read(cls, data: bytes) -> Manifest:
        """Raises OperationError."""
        try:
            content = json.loads(data)
            if content["format"] != FORMAT:
                raise OperationError(f"这个备份的格式是 {content['format']}，本系统只认识 {FORMAT}")
            return cls(
                created_at=str(content["created_at"]),
                database=str(content["database"]),
                migrations=tuple((str(app), str(name)) for app, name in content["migrations"]),
                counts={str(table): int(number) for table, number in content["counts"].items()},
                versions=dict(content["versions"]),
                missing=tuple(content["missing"]),
                entries={str(name): (int(size), str(digest)) for name, (size, digest) in content["entries"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise OperationError("备份的清单读不出来，文件已损坏，什么都没有改动") from error

    def written(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


class Writer:
    """Adds files to an archive and remembers what they were."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now, under a name. Raises FileNotFoundError when it has gone."""
        with path.open("rb") as stream:
            info = _member(name, os.fstat(stream.fileno()).st_size)
            hashing = _Hashing(stream)
            self._tar.addfile(info, cast(IO[bytes], hashing))
        self.entries[name] = (info.size, hashing.digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        data = manifest.written()
        self._tar.addfile(_member(MANIFEST, len(data)), io.BytesIO(data))


class _Hashing:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.digest = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.digest.update(data)
        return data


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """An archive that appears under its name when it is whole, readable by its owner only. Raises OperationError."""
    if not path.name.endswith(SUFFIXES):
        raise OperationError(f"备份文件的名称要以 {' 或 '.join(SUFFIXES)} 结尾")
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw:
            with _compressing(raw, path.name) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
                yield Writer(tar)
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(path)
    except OSError as error:
        raise OperationError(f"备份没有写成：{error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def _compressing(raw: IO[bytes], name: str) -> IO[bytes]:
    if name.endswith(".zst"):
        options: dict[int, int] = {zstd.CompressionParameter.compression_level: 3}
        options[zstd.CompressionParameter.checksum_flag] = 1  # a damaged archive is known as such
        return cast(IO[bytes], zstd.ZstdFile(raw, "wb", options=options))
    return cast(IO[bytes], gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, mtime=0))


def unpack(path: Path, folder: Path, step: Callable[[str], None] = lambda name: None) -> Manifest:
    """Take an archive out into an empty folder and check every byte of it. Raises OperationError."""
    try:
        with path.open("rb") as raw:
            found, manifest = _taken_out(raw, folder, step)
    except OSError as error:
        raise OperationError(f"读不了备份，什么都没有改动：{error.strerror or error}") from error
    except (tarfile.TarError, EOFError, zstd.ZstdError, ValueError) as error:
        raise OperationError(f"备份文件已损坏，什么都没有改动：{error}") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise OperationError("备份文件已损坏，什么都没有改动：压缩数据有错") from error
        raise
    if manifest is None:
        raise OperationError("备份文件不完整（没有清单），什么都没有改动")
    if found != manifest.entries:
        wrong = sorted(
            name for name in found.keys() | manifest.entries if found.get(name) != manifest.entries.get(name)
        )
        raise OperationError(f"备份中有 {len(wrong)} 个文件与清单不一致（如 {wrong[0]}），什么都没有改动")
    return manifest


def _taken_out(raw: IO[bytes], folder: Path, step: Callable[[str], None]) -> tuple[dict[str, Entry], Manifest | None]:
    found: dict[str, Entry] = {}
    with tarfile.open(fileobj=_decompressing(raw), mode="r|") as tar:
        for info in tar:
            stream = tar.extractfile(info) if info.isreg() else None
            if stream is None or not _GOOD_NAME.fullmatch(info.name) or info.name in found:
                raise OperationError("备份中有不该有的内容，什么都没有改动")
            if info.name == MANIFEST:
                if info.size > _LARGEST_MANIFEST:
                    raise OperationError("备份的清单大得不正常，什么都没有改动")
                return found, Manifest.read(stream.read())
            found[info.name] = _copied(stream, folder / info.name)
            step(info.name)
    return found, None


def _decompressing(raw: IO[bytes]) -> IO[bytes]:
    """By content, not by name."""
    magic = raw.read(4)
    raw.seek(0)
    if magic == b"\x28\xb5\x2f\xfd":
        return cast(IO[bytes], zstd.ZstdFile(raw, "rb"))
    if magic[:2] == b"\x1f\x8b":
        return cast(IO[bytes], gzip.GzipFile(fileobj=raw, mode="rb"))
    raise OperationError("这不是本系统的备份文件，什么都没有改动")


def _copied(source: IO[bytes], target: Path) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as stream:
        while data := source.read(_CHUNK):
            digest.update(data)
            size += stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    return size, digest.hexdigest()


def digest_of(path: Path) -> Entry:
    """Size and hash of a file."""
    with path.open("rb") as stream:
        digest: Any = hashlib.file_digest(stream, "sha256")
    return path.stat().st_size, digest.hexdigest()
