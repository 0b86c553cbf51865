"""A document read into lines, as compact bytes and back: what the reading child hands over, and what is kept."""

from __future__ import annotations

import json
import zlib
from typing import Any

from . import limits
from .blocks import Layout, Line, SourceDocument

VERSION = 1  # of these bytes; a reading kept under another one is read again


class NotAReadingError(ValueError):
    """The bytes are no document of this version."""


def to_bytes(document: SourceDocument) -> bytes:
    """The document as compressed JSON."""
    content = {
        "version": VERSION,
        "name": document.name,
        "sha256": document.sha256,
        "layout": document.layout.value,
        "encoding": document.encoding,
        "watermarks": document.watermarks,
        "remarks": document.remarks,
        "lines": [_line(line) for line in document.lines],
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def _line(line: Line) -> list[Any]:
    """The fields of a line; those at the end that say nothing are left out."""
    fields = [line.source, line.text, line.cells, line.heading, line.cell_sources, sorted(line.doubtful)]
    blank: list[Any] = [None, None, None, 0, (), []]
    while len(fields) > 2 and fields[-1] == blank[len(fields) - 1]:
        fields.pop()
    return fields


def from_bytes(data: bytes) -> SourceDocument:
    """The document of such bytes. Raises NotAReadingError when they are damaged or of another version."""
    try:
        unpacker = zlib.decompressobj()
        content = json.loads(unpacker.decompress(data, limits.LARGEST_RESULT))
        if content["version"] != VERSION or not unpacker.eof:
            raise NotAReadingError("another version, or too large")
        return SourceDocument(
            name=content["name"],
            sha256=content["sha256"],
            layout=Layout(content["layout"]),
            lines=tuple(_line_from(fields) for fields in content["lines"]),
            encoding=content["encoding"],
            watermarks=tuple((text, source, count) for text, source, count in content["watermarks"]),
            remarks=tuple((text, source) for text, source in content["remarks"]),
        )
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise NotAReadingError(str(error)) from error


def _line_from(fields: list[Any]) -> Line:
    absent: tuple[Any, ...] = (None, 0, (), ())
    source, text, cells, heading, cell_sources, doubtful = (*fields, *absent[len(fields) - 2 :])
    return Line(
        source,
        text,
        None if cells is None else tuple(cells),
        heading,
        tuple(cell_sources),
        frozenset(doubtful),
    )
