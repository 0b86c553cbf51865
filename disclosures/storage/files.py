"""Bytes of uploaded files, kept once each under their SHA-256.

A file is written before its record is committed: should the transaction fail, a file without a record
stays, which nothing refers to and which the next import of the same bytes finds in place. The other
order could leave a record without its file.
"""

from __future__ import annotations

import os
import tempfile

from disclosures import models


def keep_bytes(record: models.SourceFile, data: bytes) -> None:
    """Write the bytes to their place; a reader never sees half a file."""
    path = record.path
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
        temporary.write(data)
        temporary.flush()
        os.fsync(temporary.fileno())
    os.replace(temporary.name, path)


def read_bytes(record: models.SourceFile) -> bytes:
    """The bytes as uploaded."""
    return record.path.read_bytes()
