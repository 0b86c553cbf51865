"""The body of a Word document, from top to bottom."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from .. import limits
from ..blocks import Line, SourceDocument, UnreadableFileError
from ..cells import SPACE, joined
from ..layouts import layout_of
from ..package import Package, attribute, child, local
from .numbering import Numbering
from .runs import Content, inner_blocks, is_mark_deleted, read_content
from .styles import Style, Styles
from .tables import GridRow, columns_of, grid_rows

_CHARACTER = 210  # twips of indentation that a full-width space stands for
_DEEPEST_INDENT = 12
_LEAST_CHARACTERS = 20


def read_docx(data: bytes, name: str) -> SourceDocument:
    """Read a Word document into lines. Raises UnreadableFileError when it is damaged or empty."""
    package = Package(data, name)
    main = package.main_part()
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise package.damaged()
    walker = Walker(package, main, name)
    walker.blocks(body)
    lines = tuple(walker.lines)
    if sum(len(line.text) for line in lines) < _LEAST_CHARACTERS:
        raise UnreadableFileError(
            f"文件“{name}”几乎没有文字。如果内容是插入的图片，请上传有文字的 Word 文档，或直接上传 PDF。"
        )
    marks = _watermarks(package, main)
    return SourceDocument(name, hashlib.sha256(data).hexdigest(), layout_of(lines), lines, watermarks=marks)


def _watermarks(package: Package, main: str) -> tuple[tuple[str, str, int], ...]:
    """Words that the headers print across every page of theirs."""
    found: Counter[str] = Counter()
    for link in package.relations(main).values():
        root = package.xml(link.part) if link.kind == "header" else None
        for element in root.iter() if root is not None else ():
            text = (attribute(element, "string") or "").strip() if local(element) == "textpath" else ""
            found.update([text] if text else [])
    return tuple((text, "paragraph 1", count) for text, count in found.items())


def _notes(root: etree._Element | None) -> dict[str, etree._Element]:
    """Footnotes or endnotes by id, without the rules that separate them from the page."""
    return {
        attribute(note, "id") or "": note
        for note in (root if root is not None else ())
        if attribute(note, "type") in (None, "normal")
    }


class Walker:
    """Goes through the blocks once; counters of paragraphs, tables and lists run along."""

    def __init__(self, package: Package, main: str, name: str) -> None:
        parts = {link.kind: link.part for link in package.relations(main).values()}
        self.name = name
        self.styles = Styles(package.xml(parts.get("styles", "")))
        self.numbering = Numbering(package.xml(parts.get("numbering", "")))
        self.notes = {kind: _notes(package.xml(parts.get(f"{kind}s", ""))) for kind in ("footnote", "endnote")}
        self.lines: list[Line] = []
        self.paragraphs = 0
        self.tables = 0
        self.nesting = 0
        self.carried = ""  # text of a paragraph whose end is deleted

    def blocks(self, container: etree._Element) -> None:
        for block in inner_blocks(container):
            if local(block) == "p":
                self._paragraph(block)
            elif local(block) == "tbl":
                self._table(block)

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, paragraph: etree._Element) -> None:
        style, content = self._read(paragraph)
        texts = [text for text in content.text.split("\n") if text.strip()]
        self.paragraphs += bool(texts)
        place = f"paragraph {self.paragraphs}"
        self.lines += (_line(place, text, style.heading or 0) for text in texts)
        for box in content.boxes:
            self.blocks(box)
        self._append_notes([content], place)

    def _read(self, paragraph: etree._Element) -> tuple[Style, Content]:
        """What a paragraph says, its generated number in front; nothing yet where its end is deleted."""
        properties = child(paragraph, "pPr")
        style = self.styles.of_paragraph(properties)
        content = read_content(paragraph, self.styles)
        if is_mark_deleted(paragraph):
            self.carried += content.text
            content.text = ""
            return style, content
        level = style.level
        if level is None:
            level = self.numbering.level_of_style(style.number_id, attribute(child(properties, "pStyle"), "val"))
        label = self.numbering.label(style.number_id, level)
        content.text = self.carried + content.text
        self.carried = ""
        if content.text.strip():
            content.text = label + content.text
        return style, content

    def _append_notes(self, contents: Iterable[Content], place: str) -> None:
        """The text of notes behind what refers to them."""
        for content in contents:
            for kind, key in content.notes:
                note = self.notes[kind].get(key)
                if note is not None:
                    self.lines += (Line(place, text) for text in self._texts(note))

    def _texts(self, container: etree._Element) -> Iterator[str]:
        for block in inner_blocks(container):
            if local(block) == "p":
                yield from filter(str.strip, self._read(block)[1].text.split("\n"))

    # ------------------------------------------------------------ tables

    def _table(self, table: etree._Element) -> None:
        self.nesting += 1
        if self.nesting > limits.MOST_NESTING:
            raise UnreadableFileError(
                f"文件“{self.name}”里的表格一层套一层，超过 {limits.MOST_NESTING} 层，没有读取。请把表格拆开后再上传。"
            )
        self.tables += 1
        number = self.tables
        rows = grid_rows(table)
        columns = columns_of(table, rows)
        width = max(columns.values(), default=-1) + 1
        if width > limits.MOST_COLUMNS:
            raise UnreadableFileError(f"文件“{self.name}”里有一张 {width} 列的表格，没有读取。请删去多余的列后再上传。")
        for row in rows:
            self._row(number, row, columns, width)
        self.nesting -= 1

    def _row(self, table: int, row: GridRow, columns: dict[int, int], width: int) -> None:
        """One printed row, behind it what is nested in its cells."""
        place = f"table {table} row {row.number}"
        raw, places = [""] * width, [place] * width
        nested: list[etree._Element] = []
        contents: list[Content] = []
        for cell in row.cells:
            column = columns[cell.start]
            for covered in range(column, width):
                places[covered] = f"{place} cell {cell.number}"
            if cell.element is not None:
                texts = list(self._cell(cell.element, nested, contents, with_indent=cell is row.cells[0]))
                if width == 1:  # a frame around text, not a table
                    self.lines += (Line(places[0], text) for text in texts if text.strip())
                else:
                    raw[column] = joined(texts)
        cells = tuple(text.strip(SPACE) for text in raw)
        if any(cells):
            self.lines.append(Line(place, "\t".join(raw), cells, cell_sources=tuple(places)))
        for inner in nested:
            self._table(inner)
        self._append_notes(contents, place)

    def _cell(
        self, cell: etree._Element, nested: list[etree._Element], contents: list[Content], with_indent: bool
    ) -> Iterator[str]:
        """The paragraphs of a cell, of its text boxes too; tables in it are put aside."""
        for block in inner_blocks(cell):
            if local(block) == "tbl":
                nested.append(block)
            elif local(block) == "p":
                _, content = self._read(block)
                contents.append(content)
                indent = "\u3000" * _indent(block) if with_indent and content.text.strip() else ""
                yield from (indent + text for text in content.text.split("\n"))
                for box in content.boxes:
                    yield from self._cell(box, nested, contents, with_indent=False)


def _line(place: str, text: str, heading: int) -> Line:
    """A line of a paragraph; what tabs part are cells, as in text exports."""
    parts = tuple(part.strip(SPACE) for part in text.split("\t"))
    if sum(1 for part in parts if part) < 2:
        return Line(place, text.replace("\t", ""), None, heading)
    return Line(place, text, parts, heading)


def _indent(paragraph: etree._Element) -> int:
    """Full-width spaces that the indentation of a paragraph amounts to: the depth of a row in a nested table."""
    indent = child(paragraph, "pPr", "ind")
    characters = (
        sum(_number(attribute(indent, key)) for key in ("leftChars", "startChars", "firstLineChars")) / 100
        or sum(_number(attribute(indent, key)) for key in ("left", "start", "firstLine")) / _CHARACTER
    )
    return max(0, min(round(characters), _DEEPEST_INDENT))


def _number(value: str | None) -> int:
    digits = (value or "").removeprefix("-")
    return int(value or 0) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 0
