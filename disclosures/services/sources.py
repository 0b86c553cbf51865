"""The original file of a disclosure as numbered lines."""

from __future__ import annotations

from disclosures import models
from disclosures.reading import UnreadableFileError
from disclosures.reading.decoding import decode
from disclosures.storage import read_bytes


def source_lines(record: models.Disclosure) -> list[tuple[int, str]]:
    """(number, text) of every line; empty where there is no original or it is no text."""
    if record.source_file is None:
        return []
    try:
        text, _encoding = decode(read_bytes(record.source_file), record.source_file.name)
    except UnreadableFileError:
        return []
    return list(enumerate(text.removeprefix("\ufeff").splitlines(), start=1))
