"""The parts that all sheets of a workbook share: their order, strings and number formats."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from .. import limits
from ..blocks import UnreadableFileError
from ..package import Package, attribute, child, hostile, local
from .numbers import format_code

_SHEETS = ("worksheet",)
_HIDDEN = ("hidden", "veryHidden")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it; `part` is empty where it is a chart."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class CellFormat:
    """What a style of cells says about its text."""

    code: str = "General"
    indent: int = 0


PLAIN = CellFormat()


class Workbook:
    """Sheets, shared strings and formats of a package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        main = package.main_part()
        root = package.xml(main)
        links = package.relations(main)
        parts = {link.kind: link.part for link in links.values()}
        self.sheets = tuple(
            SheetEntry(
                attribute(sheet, "name") or "",
                links[key].part if (key := _link(sheet)) in links and links[key].kind in _SHEETS else "",
                attribute(sheet, "state") in _HIDDEN,
            )
            for sheet in _children(child(root, "sheets"))
        )
        self.mac_dates = attribute(child(root, "workbookPr"), "date1904") in ("1", "true")
        self.strings = tuple(_strings(package, parts.get("sharedStrings", "")))
        self.formats = tuple(_formats(package.xml(parts.get("styles", ""))))

    def format_of(self, style: str | None) -> CellFormat:
        """The format of a cell by its style number."""
        number = int(style) if style and style.isdigit() else 0
        return self.formats[number] if number < len(self.formats) else PLAIN


def _children(element: etree._Element | None) -> list[etree._Element]:
    return list(element) if element is not None else []


def _link(sheet: etree._Element) -> str:
    """The relationship id: `r:id`, not the sheet's own `sheetId`."""
    return next((str(value) for name, value in sheet.items() if str(name).endswith("}id")), "")


def events(package: Package, part: str, names: frozenset[str]) -> Iterator[etree._Element]:
    """The elements of some names in a part, each complete when it comes and dropped when the next is asked for."""
    stream = etree.iterparse(
        io.BytesIO(package.read(part)),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in stream:
            if local(element) in names:
                yield element
                element.clear()
                while (before := element.getprevious()) is not None and local(before) in names:
                    parent = before.getparent()
                    if parent is None:
                        break
                    parent.remove(before)
    except etree.XMLSyntaxError as error:
        raise package.damaged() from error
    root = stream.root
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise hostile(package.name)


def _strings(package: Package, part: str) -> Iterator[str]:
    if part not in package:
        return
    size = 0
    for item in events(package, part, frozenset({"si"})):
        text = text_of(item)
        size += len(text)
        if size > limits.MOST_CHARACTERS:
            raise UnreadableFileError(f"文件“{package.name}”里的文字远远超过一份预算公开文件，没有读取。")
        yield text


def text_of(item: etree._Element) -> str:
    """The text of a string, rich or plain, without the pronunciation that may stand above it."""
    parts = []
    for inner in item:
        if local(inner) == "t":
            parts.append(inner.text or "")
        elif local(inner) == "r":
            parts += [run.text or "" for run in inner if local(run) == "t"]
    return "".join(parts)


def _formats(root: etree._Element | None) -> Iterator[CellFormat]:
    declared = {
        int(number): attribute(item, "formatCode") or ""
        for item in _children(child(root, "numFmts"))
        if (number := attribute(item, "numFmtId") or "").isdigit()
    }
    for style in _children(child(root, "cellXfs")):
        number = attribute(style, "numFmtId") or ""
        indent = attribute(child(style, "alignment"), "indent") or ""
        code = format_code(int(number) if number.isdigit() else 0, declared)
        yield CellFormat(code, min(int(indent), 12) if indent.isdigit() and len(indent) < 4 else 0)
