"""Files that wait between the check of an import and its confirmation: of one person, for one hour."""

from __future__ import annotations

import re
import time
import uuid
from pathlib import Path

from django.conf import settings

KEPT_SECONDS = 3600
_TOKEN = re.compile(r"[0-9a-f]{32}", re.ASCII)


def keep(user_pk: int, data: bytes) -> str:
    """Put a file aside; the token finds it again for the same person only."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _forget_old(folder)
    token = uuid.uuid4().hex
    (folder / f"{user_pk}-{token}").write_bytes(data)
    return token


def kept(user_pk: int, token: str) -> bytes | None:
    """The file of that token, None where there is none any more."""
    path = _path(user_pk, token)
    if path is None or not path.is_file() or _is_old(path):
        return None
    return path.read_bytes()


def forget(user_pk: int, token: str) -> None:
    path = _path(user_pk, token)
    if path is not None:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "sheets"


def _path(user_pk: int, token: str) -> Path | None:
    return _folder() / f"{user_pk}-{token}" if _TOKEN.fullmatch(token) else None


def _is_old(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - KEPT_SECONDS


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file() and _is_old(path):
            path.unlink(missing_ok=True)
