"""Backup: the database and the files as they belong together, while people go on working.

The database is taken first, of one moment. Originals lie under their hash and are never changed or deleted, so whatever
the database names is still there afterwards. Files of tasks come and go: they are held fast (by links) in the moment
in which the database is taken, and the moment is tried again where one slipped away.
"""

from __future__ import annotations

import platform
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from disclosures.models import OPEN_STATES, SourceFile, Task

from . import databases
from .archive import FILES, Manifest, writing
from .errors import OperationError

_TRIES = 5
_PASSING = ("incoming", "outputs")  # files of tasks, which are deleted sooner or later
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Moment:
    """What the database said in its one moment."""

    originals: frozenset[str]
    migrations: tuple[tuple[str, str], ...]
    counts: dict[str, int]


def default_output() -> Path:
    """Beside the data, named by the time."""
    return Path(settings.VAR_DIR) / "backups" / f"{timezone.localtime():%Y%m%d-%H%M%S}.tar.zst"


def back_up(output: Path, step: Step = lambda done, total: None) -> Manifest:
    """Write a backup; what it holds. `step` hears of files done and in all. Raises OperationError."""
    began = timezone.localtime()
    with tempfile.TemporaryDirectory(dir=_near(), prefix=".backup-") as name:
        folder = Path(name)
        dump = folder / "database"
        moment = _take(dump, folder / "held")
        with writing(output) as archive:
            archive.add(databases.member(), dump)
            files = list(_to_keep(folder / "held", moment.originals))
            for done, (relative, path) in enumerate(files, 1):
                with suppress(FileNotFoundError):  # kept readings and sheets may be swept meanwhile; they are made anew
                    archive.add(FILES + relative, path)
                step(done, len(files))
            missing = sorted(digest for digest in moment.originals if FILES + _place(digest) not in archive.entries)
            manifest = _manifest(began, moment, tuple(missing), archive.entries)
            archive.finish(manifest)
    return manifest


def _near() -> Path:
    """A folder on the file system of the uploaded files, so that they can be linked."""
    folder = Path(settings.MEDIA_ROOT).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperationError(f"写不进数据文件夹 {folder}：{error.strerror}") from error
    return folder


def _take(dump: Path, held: Path) -> _Moment:
    """Dump the database and hold the files of tasks."""
    for _ in range(_TRIES):
        shutil.rmtree(held, ignore_errors=True)
        dump.unlink(missing_ok=True)
        _hold(held)
        with databases.dumped(dump):
            _hold(held)
            moment, needed = _look(dump)
        if all((held / "incoming" / name).exists() or _was_lost(name) for name in needed):
            return moment
    raise OperationError("任务正在大量进出，没有取得一致的备份，请稍后再试")


def _hold(held: Path) -> None:
    for folder in _PASSING:
        source, target = Path(settings.MEDIA_ROOT) / folder, held / folder
        target.mkdir(parents=True, exist_ok=True)
        if not source.is_dir():
            continue
        for path in source.iterdir():
            if path.is_file() and not path.name.startswith(".") and not (target / path.name).exists():
                with suppress(FileNotFoundError):
                    _link(path, target / path.name)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def _was_lost(name: str) -> bool:
    """Whether an open task has no file now either: then it was lost before, and trying again finds nothing."""
    path = Path(settings.MEDIA_ROOT) / "incoming" / name
    return not path.exists() and Task.objects.filter(upload=uuid.UUID(name), state__in=OPEN_STATES).exists()


def _look(dump: Path) -> tuple[_Moment, list[str]]:
    """What the dump says; the names of the files that open tasks need."""
    table, states = Task._meta.db_table, ", ".join(f"'{state}'" for state in OPEN_STATES)
    needed = databases.rows(dump, f"SELECT upload FROM {table} WHERE file_name <> '' AND state IN ({states})")
    originals = databases.rows(dump, f"SELECT sha256 FROM {SourceFile._meta.db_table}")
    applied = databases.rows(dump, f"SELECT app, name FROM {MigrationRecorder.Migration._meta.db_table} ORDER BY id")
    moment = _Moment(
        frozenset(str(digest) for (digest,) in originals),
        tuple((str(app), str(name)) for app, name in applied),
        databases.counts(dump),
    )
    return moment, [uuid.UUID(str(upload)).hex for (upload,) in needed]


def _to_keep(held: Path, originals: frozenset[str]) -> Iterator[tuple[str, Path]]:
    """Paths below MEDIA_ROOT and where to read them; without what came after the database's moment."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if not path.is_file() or path.is_symlink() or any(part.startswith(".") for part in relative.parts):
            continue
        late = len(relative.parts) == 3 and relative.parts[-1].partition(".")[0] not in originals
        if relative.parts[0] not in _PASSING and not late:
            yield relative.as_posix(), path
    for path in sorted(held.rglob("*")):
        if path.is_file():
            yield path.relative_to(held).as_posix(), path


def _place(digest: str) -> str:
    return SourceFile(sha256=digest).path.relative_to(settings.MEDIA_ROOT).as_posix()


def _manifest(
    began: datetime, moment: _Moment, missing: tuple[str, ...], entries: dict[str, tuple[int, str]]
) -> Manifest:
    versions = {"python": platform.python_version(), "django": django.get_version(), "database": _server()}
    return Manifest(
        created_at=began.isoformat(timespec="seconds"),
        database=databases.member(),
        migrations=moment.migrations,
        counts=moment.counts,
        versions=versions,
        missing=missing,
        entries=entries,
    )


def _server() -> str:
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.vendor} {version}"
