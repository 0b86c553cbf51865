"""How far a reader is. A child process writes it into a file of its folder; elsewhere nobody listens."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

READING, RECOGNISING, UNPACKING = "读取", "识别", "解压"
_NAME = ".progress"
_PAUSE = 0.2  # seconds between two writes

Told = tuple[str, int, int]  # what is done, finished pages, all pages; of an archive its files

_folder: Path | None = None
_last = 0.0


def start(folder: Path) -> None:
    """Write into this folder from now on."""
    global _folder
    _folder = folder


def tell(what: str, done: int, total: int) -> None:
    """`done` of `total` pages are read (READING) or recognised (RECOGNISING), or files taken out (UNPACKING).

    Often called, seldom written.
    """
    global _last
    now = time.monotonic()
    if _folder is None or now - _last < _PAUSE:
        return
    _last = now
    with suppress(OSError):  # a full disk is for the reading itself to complain of
        (_folder / _NAME).write_text(json.dumps([what, done, total]))


def told(folder: Path) -> Told | None:
    """What the child that works in this folder has told last; None where it has told nothing whole."""
    with suppress(OSError, ValueError, TypeError):
        what, done, total = json.loads((folder / _NAME).read_text())
        return (what, done, total) if what in (READING, RECOGNISING, UNPACKING) else None
    return None
