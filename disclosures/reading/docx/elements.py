"""The paragraphs of a Word document that the reader's places name, for whoever writes beside them."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ..package import Package, child, local
from .document import Walker
from .runs import inner_blocks
from .tables import GridRow

Paragraphs = tuple[etree._Element, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A document's tree and its paragraphs by place; `table 3 row 5` leads to those of the row's first cell."""

    package: Package
    part: str
    root: etree._Element
    paragraphs: dict[str, Paragraphs]


def locate(data: bytes, name: str) -> Located:
    """Walk through a Word document as its reader does. Raises UnreadableFileError."""
    package = Package(data, name)
    part = package.main_part()
    root = package.xml(part)
    body = child(root, "body")
    if root is None or body is None:
        raise package.damaged()
    walker = _Locator(package, part, name)
    walker.blocks(body)
    return Located(package, part, root, walker.found)


class _Locator(Walker):
    """Remembers what it passes."""

    def __init__(self, package: Package, main: str, name: str) -> None:
        super().__init__(package, main, name)
        self.found: dict[str, Paragraphs] = {}

    def _paragraph(self, paragraph: etree._Element) -> None:
        before = self.paragraphs
        super()._paragraph(paragraph)
        if self.paragraphs > before:  # a text box within has taken the number where nothing else stands there
            self.found.setdefault(f"paragraph {before + 1}", (paragraph,))

    def _row(self, table: int, row: GridRow, columns: dict[int, int], width: int) -> None:
        place = f"table {table} row {row.number}"
        for cell in row.cells:
            if cell.element is not None:
                inside = tuple(block for block in inner_blocks(cell.element) if local(block) == "p")
                if inside:
                    self.found[f"{place} cell {cell.number}"] = inside
                    self.found.setdefault(place, inside)
        super()._row(table, row, columns, width)
