"""Restore: everything of a backup, or nothing.

The archive is unpacked beside the data and checked to its last byte first. Then its files are put in place: they lie
under hashes and random names, so the database of before does not mind them. Then the database is replaced in one
transaction: that moment decides. What the restored database does not know is cleared away last.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from disclosures.models import Disclosure, SourceFile, Task, User

from . import databases
from .archive import FILES, Entry, Manifest, digest_of, unpack
from .closing import closed
from .errors import OperationError

Step = Callable[[str], None]


def stands_empty() -> bool:
    """Whether nothing would be lost: no accounts, disclosures, files or tasks."""
    return not databases.has_rows(model._meta.db_table for model in (User, Disclosure, SourceFile, Task))


def restore(archive: Path, *, replace: bool = False, patience: float = 600, step: Step = lambda name: None) -> Manifest:
    """Put a backup in place; what it held. `step` hears of each file unpacked.

    Raises OperationError, and then the installation is as it was.
    """
    if not replace and not stands_empty():
        raise OperationError("系统中已有数据，没有恢复；确实要用备份整个替换时，请加上 --replace")
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root.parent, prefix=".restore-") as name:
        folder = Path(name)
        manifest = unpack(archive, folder, step)
        _must_fit(manifest)
        databases.verify(folder / manifest.database, manifest.counts)
        with closed("系统正在从备份恢复", patience=patience):
            _put_in_place(folder, root, manifest)
    return manifest


def _must_fit(manifest: Manifest) -> None:
    """The backup comes from this kind of database, and from this version of the system or an older one."""
    if manifest.database != databases.member():
        kind = "SQLite" if manifest.database.endswith("sqlite3") else "PostgreSQL"
        raise OperationError(f"这个备份来自 {kind}，请让 DATABASE_URL 指向同一种数据库；什么都没有改动")
    if manifest.database not in manifest.entries:
        raise OperationError("备份中没有数据库，什么都没有改动")
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ())
    apps = {app for app, _ in known}
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if app in apps and (app, name) not in known]
    if unknown:
        raise OperationError(f"备份来自更新的系统版本（{unknown[0]}），请先更新程序再恢复；什么都没有改动")


def _put_in_place(folder: Path, root: Path, manifest: Manifest) -> None:
    added = _add_files(folder / FILES, root, manifest.files)
    try:
        databases.load(folder / manifest.database, manifest.counts)
    except BaseException:
        for path in added:
            path.unlink(missing_ok=True)
        raise
    _clear_away(root, manifest.files)


def _add_files(source: Path, root: Path, files: dict[str, Entry]) -> list[Path]:
    """Move every file to its place unless the same lies there; those that are new."""
    added = []
    try:
        for relative, entry in files.items():
            target = root / relative
            if target.is_file() and digest_of(target) == entry:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                added.append(target)
            os.replace(source / relative, target)
    except OSError as error:
        for path in added:
            path.unlink(missing_ok=True)
        raise OperationError(f"文件没有写成，保持原样：{error.strerror or error}") from error
    return added


def _clear_away(root: Path, files: dict[str, Entry]) -> None:
    """Delete what the backup does not hold."""
    for path in root.rglob("*"):
        if path.is_file() and path.relative_to(root).as_posix() not in files:
            path.unlink(missing_ok=True)
