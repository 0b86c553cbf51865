"""Rows of tables in text files: tab-separated, Markdown pipes, HTML.

Each function returns the raw cell texts of a row; trimming is left to the caller, because leading
full-width spaces are the indentation of nested tables.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|tr|td|th)\b([^>]*)>", re.I)
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?(\d+)", re.I)
_MOST_SPAN = 60  # a larger span is a slip of the exporter, not a table


def pipe_cells(text: str) -> tuple[str, ...] | None:
    """Cells of a Markdown table row; () for its rule line |---|---|; None when it is no such row."""
    stripped = text.strip()
    if not stripped.startswith("|") or len(stripped) < 2:
        return None
    if _PIPE_RULE.match(stripped):
        return ()
    parts = _PIPE.split(stripped[1:])
    if not parts[-1].strip():
        parts.pop()
    return tuple(part.replace("\\|", "|") for part in parts) if parts else None


def starts_html_table(text: str) -> bool:
    return "<" in text and any(tag.group(2).lower() in ("table", "tr") for tag in _TAG.finditer(text))


@dataclass
class _HtmlTable:
    """The row being read, and the columns that cells of earlier rows reach down into."""

    row: list[tuple[str, int, int]] | None = None  # (text, columns, rows)
    row_line: int = 0
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)
    reaching: dict[int, int] = field(default_factory=dict)

    def open_cell(self, attributes: str, line: int) -> None:
        self.close_cell()
        if self.row is None:
            self.row, self.row_line = [], line
        spans = {kind.lower(): max(1, min(int(n), _MOST_SPAN)) for kind, n in _SPAN.findall(attributes)}
        self.cell, self.spans = [], (spans.get("col", 1), spans.get("row", 1))

    def close_cell(self) -> None:
        if self.cell is not None and self.row is not None:
            self.row.append((html.unescape("".join(self.cell)), *self.spans))
        self.cell = None

    def close_row(self) -> tuple[int, tuple[str, ...]] | None:
        """The row laid out in its columns; a cell that spans is printed once, the rest of it is empty."""
        self.close_cell()
        if self.row is None:
            return None
        cells: list[str] = []
        for text, columns, rows in self.row:
            self._skip_reached(cells)
            for offset in range(columns):
                if rows > 1:
                    self.reaching[len(cells)] = rows
                cells.append(text if offset == 0 else "")
        self._skip_reached(cells)
        self.reaching = {column: rows - 1 for column, rows in self.reaching.items() if rows > 1}
        self.row = None
        return self.row_line, tuple(cells)

    def _skip_reached(self, cells: list[str]) -> None:
        while len(cells) in self.reaching:
            cells.append("")


def html_rows(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str | tuple[str, ...]]]:
    """(line number, cells) for each row of the HTML tables in `lines`, (line number, text) for what stands outside."""
    table = _HtmlTable()
    for number, text in lines:
        position = 0
        for tag in _TAG.finditer(text):
            between, position = text[position : tag.start()], tag.end()
            if table.cell is not None:
                table.cell.append(between)
            elif between.strip():
                yield number, between
            closing, name = bool(tag.group(1)), tag.group(2).lower()
            if name in ("td", "th"):
                if closing:
                    table.close_cell()
                else:
                    table.open_cell(tag.group(3), number)
                continue
            row = table.close_row()
            if row:
                yield row
            if name == "table":
                table.reaching = {}
            if name == "tr" and not closing:
                table.row, table.row_line = [], number
        if table.cell is not None:
            table.cell.append(text[position:])
        elif text[position:].strip():
            yield number, text[position:]
    row = table.close_row()
    if row:
        yield row
