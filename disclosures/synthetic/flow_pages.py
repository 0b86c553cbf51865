"""Lines of a text-layer dump: wrapped prose and cells, page ends with their furniture."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from .forms import width
from .shapes import Line
from .styles import FlowStyle

PROSE_WIDTH = 37
_WATERMARK = "仅供\n内部\n审核\n\n"


def wrap(text: str, columns: int) -> list[str]:
    """Break a text at a width given in full-width characters; numbers are not protected."""
    lines, line = [], ""
    for char in text:
        if width(line + char) > columns:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines


class Pages:
    """Collects rows and breaks them into pages."""

    def __init__(self, style: FlowStyle, rng: Random, running_header: str) -> None:
        self.style, self.rng, self.running_header = style, rng, running_header
        self._parts: list[str] = []
        self._rows = 0
        self._page = 1
        self._forms = False

    def forms_begin(self) -> None:
        """From here on pages end where a form says so and carry no furniture."""
        self.end_page()
        self._forms = True

    def forms_end(self) -> None:
        self.end_page()
        self._forms = False

    def row(self, text: str) -> None:
        """One row or paragraph line, followed by an empty line."""
        if self.style.page_lines and self._rows >= self.style.page_lines and not self._forms:
            self.end_page()
        self._parts.append(text + "\n\n")
        self._rows += 1

    def rows(self, texts: Sequence[str]) -> None:
        for text in texts:
            self.row(text)

    def end_page(self) -> None:
        """Page number, running header and watermark, as they come out of the text layer."""
        if not self._rows:
            return
        if self.style.page_lines and not self._forms:
            self._parts.append(f"-{self._page}-\n\n{self.running_header}\n\n")
        if self.style.watermark and not self._forms:
            self._parts.append(_WATERMARK * self.rng.randint(6, 9) + "\n\n")
        self._parts.append(" ")
        self._rows = 0
        self._page += 1

    def text(self) -> str:
        return "".join(self._parts)


def cells_text(cells: Sequence[str], style: FlowStyle, rng: Random, glue_before: frozenset[int] = frozenset()) -> str:
    """Cells of a row as the dump prints them: each followed by a space, so that a blank cell leaves one more.

    `glue_before` are cells that stand directly behind a filled cell, without a space.
    """
    out = ""
    for position, cell in enumerate(cells):
        if position in glue_before and style.glue and cell and out and not out.endswith("  "):
            out = out.removesuffix(" ")
        out += cell + " "
        if not cell and style.blanks == "loose" and rng.random() < 0.04:
            out += " "
    return out.removesuffix(" ") if cells and cells[-1] else out


def table_row(
    line: Line, style: FlowStyle, rng: Random, columns: int, glue_before: frozenset[int] = frozenset()
) -> str:
    """A table row; a label wider than its column wraps over lines of its own, its numbers follow."""
    pieces: list[str] = []
    start = 0
    for position, cell in enumerate(line.cells):
        if position in line.amounts or width(cell) <= columns:
            continue
        if position > start:
            pieces.append(cells_text(line.cells[start:position], style, rng) + "\n")
        pieces.append("\n".join(wrap(cell, columns)) + "\n\n")
        start = position + 1
    shifted = frozenset(place - start for place in glue_before if place >= start)
    rest = cells_text(line.cells[start:], style, rng, shifted)
    return "".join(pieces) + rest if rest or not pieces else "".join(pieces).rstrip("\n")
