"""Text exports (.txt, .md): lines with their numbers, and the cells of those that are table rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from disclosures.plain.text import strip_markup

from .blocks import Line, SourceDocument, UnreadableFileError
from .decoding import decode
from .layouts import layout_of
from .rows import html_rows, pipe_cells, starts_html_table

_HEADING = re.compile(r"^ {0,3}(#{1,6})(?!#)[ \u3000]*(\S.*?)[ #]*$")
_PAGE_BREAKS = re.compile("[\f\v]")
_SPACE = "\u3000 \t\u00a0"
_LEAST_CHARACTERS = 20


def read_text(data: bytes, name: str) -> SourceDocument:
    """Read a text export into lines. Raises UnreadableFileError when it is empty or no text."""
    text, encoding = decode(data, name)
    lines = tuple(_lines(text))
    if sum(len(line.text) for line in lines[:_LEAST_CHARACTERS]) < _LEAST_CHARACTERS:
        raise UnreadableFileError(f"文件“{name}”几乎没有内容，不像一份预算公开文件。请检查导出是否完整，再重新上传。")
    return SourceDocument(name, hashlib.sha256(data).hexdigest(), layout_of(lines), lines, encoding)


def _physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """(1-based number, text) of lines; what a form feed parts keeps the number of its line."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.removesuffix("\r")
        if "\f" in line or "\v" in line:
            yield from ((number, part) for part in _PAGE_BREAKS.split(line))
        else:
            yield number, line


def _lines(text: str) -> Iterator[Line]:
    numbered = _physical_lines(text.removeprefix("\ufeff"))
    if "<t" not in text and "<T" not in text:
        for number, line in numbered:
            if line and not line.isspace():
                yield from _line(number, line)
        return
    for number, content in _with_html(numbered):
        if isinstance(content, tuple):
            yield from _row(number, content)
        elif not content.isspace():
            yield from _line(number, content)


def _with_html(numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str | tuple[str, ...]]]:
    """Lines, with the rows of HTML tables taken out of their markup."""
    block: list[tuple[int, str]] = []
    for number, line in numbered:
        if block or starts_html_table(line):
            block.append((number, line))
            if "</table>" in line.lower():
                yield from html_rows(block)
                block = []
        elif line:
            yield number, line
    yield from html_rows(block)


def _line(number: int, text: str) -> Iterator[Line]:
    if "\t" in text:
        yield from _row(number, tuple(text.split("\t")))
        return
    if "|" in text:
        cells = pipe_cells(text)
        if cells is not None:
            yield from _row(number, cells)
            return
    heading = _HEADING.match(text) if "#" in text else None
    if heading:
        yield Line(f"line {number}", strip_markup(heading.group(2)).strip(), None, len(heading.group(1)))
        return
    plain = strip_markup(text)
    if not plain.isspace():
        yield Line(f"line {number}", plain)


def _row(number: int, raw: tuple[str, ...]) -> Iterator[Line]:
    cells = tuple(strip_markup(cell).strip(_SPACE) for cell in raw)
    if any(cells):
        yield Line(f"line {number}", "\t".join(strip_markup(cell) for cell in raw), cells)
