"""What was read of uploaded files, kept beside them under their hash, so that no file is read twice.

A reading follows from its file: it may be lost or thrown away at any time, and is made again when it is asked for.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from disclosures.reading import SourceDocument
from disclosures.reading.codec import VERSION, NotAReadingError, from_bytes, to_bytes


def _path(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / f"{sha256}.lines{VERSION}"


def write_beside(path: Path, data: bytes) -> None:
    """Write a file that can be made again: whole or not at all, but without waiting for the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
        temporary.write(data)
    os.replace(temporary.name, path)


def keep_reading(document: SourceDocument) -> None:
    """Keep what was read of a file; nobody ever sees half of it."""
    write_beside(_path(document.sha256), to_bytes(document))


def load_reading(sha256: str) -> SourceDocument | None:
    """What was read of the file with this hash; None where nothing is kept or another version kept it."""
    with suppress(FileNotFoundError, NotAReadingError):
        return from_bytes(_path(sha256).read_bytes())
    return None
