"""Pictures of the pages of uploaded files, kept under the hash of their file.

They follow from their file: they may be thrown away at any time and are made again when somebody looks.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from .readings import write_beside

_VERSION = 1


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "pages"


def _folder(sha256: str) -> Path:
    return _root() / f"{sha256}.{_VERSION}"


def load_pages(sha256: str) -> Any:
    """What `keep_pages` was given for this file; None where nothing is kept."""
    with suppress(FileNotFoundError, ValueError):
        return json.loads((_folder(sha256) / "pages.json").read_bytes())
    return None


def keep_pages(sha256: str, pages: Any) -> None:
    """Keep what is known of the pages of a file: anything that JSON holds."""
    write_beside(_folder(sha256) / "pages.json", json.dumps(pages).encode())


def load_picture(sha256: str, page: int, dpi: int) -> bytes | None:
    """The PNG of a page; None where none is kept."""
    with suppress(FileNotFoundError):
        return (_folder(sha256) / f"{page}-{dpi}.png").read_bytes()
    return None


def keep_picture(sha256: str, page: int, dpi: int, picture: bytes) -> None:
    """Keep the PNG of a page; nobody ever sees half of it."""
    write_beside(_folder(sha256) / f"{page}-{dpi}.png", picture)


@contextmanager
def drawing(sha256: str) -> Iterator[None]:
    """One at a time draws the pages of a file, whichever process it is."""
    folder = _folder(sha256)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def forget_pictures(before: float) -> None:
    """Throw away the pictures of files of which none was drawn since `before` (seconds since 1970)."""
    if not _root().is_dir():
        return
    for folder in _root().iterdir():
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)
