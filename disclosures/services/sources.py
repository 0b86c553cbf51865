"""The original files of disclosures: read once, shown line by line, whatever their format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from disclosures import models
from disclosures.editing.places import section_keys
from disclosures.plain.data import Disclosure
from disclosures.plain.places import row_keys, target_keys
from disclosures.plain.sources import source_words
from disclosures.reading import SourceDocument, UnreadableFileError
from disclosures.reading.decoding import decode
from disclosures.reading.formats import is_plain
from disclosures.reading.progress import Told
from disclosures.storage import read_bytes
from disclosures.storage.readings import keep_reading, load_reading

from .loaded import content
from .sandbox import plain_name, read_source


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line or row of an original: its place, that place in words, what is printed, where it has cells by cell."""

    source: str
    words: str
    text: str
    cells: tuple[str, ...] | None = None
    cell_sources: tuple[str, ...] = ()


def read_once(data: bytes, name: str, told: Callable[[Told], None] | None = None) -> SourceDocument:
    """A file's lines, from the reading kept of it where there is one; `told` as in `sandbox.read_source`.

    Raises UnreadableFileError.
    """
    if is_plain(data):
        return read_source(data, name)
    known = load_reading(hashlib.sha256(data).hexdigest())
    if known is not None:
        return replace(known, name=plain_name(name))
    document = read_source(data, name, told)
    keep_reading(document)
    return document


def source_lines(record: models.Disclosure) -> list[SourceLine]:
    """The lines of the original; none where there is no original, or nothing was kept of reading it."""
    source = record.source_file
    if source is None:
        return []
    kept = load_reading(source.sha256)
    if kept is not None:
        return [
            SourceLine(line.source, source_words(line.source), line.text, line.cells, line.cell_sources)
            for line in kept.lines
        ]
    return _text_lines(source)


def _text_lines(source: models.SourceFile) -> list[SourceLine]:
    """The lines of a text file, blank ones too, as its editor numbers them."""
    try:
        text, _encoding = decode(read_bytes(source), source.name)
    except (UnreadableFileError, FileNotFoundError):
        return []
    return [
        SourceLine(f"line {number}", source_words(f"line {number}"), line)
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1)
    ]


def place_at(record: models.Disclosure, sources: Sequence[str]) -> str | None:
    """What was read at a place of the original, in the grammar of places; of several places the first that is known.

    A row is found by its own place as well as by those of its cells.
    """
    found: dict[str, str] = {}
    for source, place in _places(content(record)):
        if source is not None and source in sources:
            found.setdefault(source, place)
    return next((found[source] for source in sources if source in found), None)


def _places(disclosure: Disclosure) -> Iterator[tuple[str | None, str]]:
    """(place in the original, place in the disclosure) of everything that can be selected."""
    for table in disclosure.tables:
        for key, row in zip(row_keys(table), table.rows, strict=True):
            yield row.source, f"{table.id}/{key}"
            for column, cell in row.cells:
                yield cell.source, f"{table.id}/{key}/{column}"
    for key, section in zip(section_keys(disclosure.sections), disclosure.sections, strict=True):
        yield section.source, f"N/{key}/heading"
        for number, paragraph in enumerate(section.paragraphs, start=1):
            yield paragraph.source, f"N/{key}/{number}"
    for key, target in zip(target_keys(disclosure.project_targets), disclosure.project_targets, strict=True):
        yield target.source, f"P/{key}"
        for part, source in target.part_sources:
            yield source, f"P/{key}/{part}"
