"""Word comments at the places of the findings. Every other part of the package is copied as it is."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Sequence

from lxml import etree

from disclosures.reading.docx.elements import Located, Paragraphs, locate
from disclosures.reading.package import Package, attribute, child, local
from disclosures.writing.cells import printable

from .notes import AUTHOR, FRONT, INITIALS, Annotated, Note, listed

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_STRICT = "http://purl.oclc.org/ooxml/"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def annotate_docx(data: bytes, name: str, notes: Sequence[Note]) -> Annotated:
    """The document with comments. Raises UnreadableFileError."""
    found = locate(data, name)
    space = found.root.tag.rpartition("}")[0].lstrip("{") if isinstance(found.root.tag, str) else ""
    comments = _Comments(found.package, found.part, space)
    unplaced = []
    placed = 0
    for note in notes:
        paragraphs = _meant(found, note)
        if paragraphs is None:
            unplaced.append(note)
        else:
            comments.add(note, paragraphs)
            placed += 1
    if unplaced:
        _front(found.root, space, unplaced)
    changed = {found.part: _bytes(found.root), **comments.parts()}
    return Annotated(_repacked(data, changed), "docx", placed)


def _meant(found: Located, note: Note) -> Paragraphs | None:
    """The paragraphs of a place; of a row those of the cell that prints the value, else of its first."""
    row = f"{note.source} cell "
    cells = (inside for place, inside in found.paragraphs.items() if place.startswith(row))
    holding = (inside for inside in cells if note.value and note.value in "".join(map(_text, inside)))
    return next(holding, None) or found.paragraphs.get(note.source)


def _text(paragraph: etree._Element) -> str:
    return "".join(inner.text or "" for inner in paragraph.iter() if local(inner) == "t")


class _Comments:
    """The part that holds the comments: that of the document where it has one, else a new one."""

    def __init__(self, package: Package, main: str, space: str) -> None:
        self.package, self.main, self.space = package, main, space
        links = package.relations(main).values()
        self.part = next((link.part for link in links if link.kind == "comments" and link.part in package), "")
        root = package.xml(self.part) if self.part else None
        self.is_new = root is None
        self.root = root if root is not None else etree.Element(f"{{{space}}}comments", nsmap={"w": space})
        numbers = [int(value) for item in self.root if (value := attribute(item, "id") or "").isdecimal()]
        self.next = max(numbers, default=-1) + 1

    def add(self, note: Note, paragraphs: Paragraphs) -> None:
        number, self.next = self.next, self.next + 1
        comment = self._new(self.root, "comment", id=str(number), author=AUTHOR, initials=INITIALS)
        for text in note.texts:
            run = self._new(self._new(comment, "p"), "r")
            inner = self._new(run, "t")
            inner.text = printable(text)
            inner.set(_SPACE, "preserve")
        first, last = _outside(paragraphs[0]), _outside(paragraphs[-1])
        start = etree.Element(self._tag("commentRangeStart"), {self._tag("id"): str(number)})
        first.insert(1 if child(first, "pPr") is not None else 0, start)
        self._new(last, "commentRangeEnd", id=str(number))
        self._new(self._new(last, "r"), "commentReference", id=str(number))

    def _tag(self, name: str) -> str:
        return f"{{{self.space}}}{name}"

    def _new(self, parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        return etree.SubElement(parent, self._tag(name), {self._tag(key): value for key, value in attributes.items()})

    def parts(self) -> dict[str, bytes]:
        """The parts of the package that the comments change."""
        if not len(self.root):
            return {}
        if not self.is_new:
            return {self.part: _bytes(self.root)}
        folder, _, leaf = self.main.rpartition("/")
        names = (f"comments{number}.xml" for number in ("", *range(1, 100)))
        own = next(name for name in names if posixpath.join(folder, name) not in self.package)
        part = posixpath.join(folder, own)
        links = posixpath.join(folder, "_rels", f"{leaf}.rels")
        return {part: _bytes(self.root), links: self._linked(links, own), _TYPES: self._typed(part)}

    def _linked(self, links: str, own: str) -> bytes:
        root = self.package.xml(links)
        if root is None:
            root = etree.fromstring(f'<Relationships xmlns="{_RELATIONSHIPS}"/>')
        used = {item.get("Id") for item in root}
        key = next(f"rIdNotes{number}" for number in range(len(used) + 1) if f"rIdNotes{number}" not in used)
        office = _STRICT if self.space.startswith(_STRICT) else "http://schemas.openxmlformats.org/"
        kind = f"{office}officeDocument/{'' if office == _STRICT else '2006/'}relationships/comments"
        etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", {"Id": key, "Type": kind, "Target": own})
        return _bytes(root)

    def _typed(self, part: str) -> bytes:
        root = self.package.xml(_TYPES)
        if root is None:
            raise self.package.damaged()
        tag = f"{{{_CONTENT_TYPES}}}Override"
        etree.SubElement(root, tag, {"PartName": f"/{part}", "ContentType": _TYPE})
        return _bytes(root)


def _outside(paragraph: etree._Element) -> etree._Element:
    """The paragraph itself; of one in a text box that in which the box is anchored: Word has no comments in boxes."""
    boxes = [outer for outer in paragraph.iterancestors() if local(outer) == "txbxContent"]
    holding = (outer for outer in boxes[-1].iterancestors() if local(outer) == "p") if boxes else iter(())
    return next(holding, paragraph)


def _front(root: etree._Element, space: str, notes: Sequence[Note]) -> None:
    """A page in front that lists what has no place; it says itself that it is none of the original's."""
    body = child(root, "body")
    assert body is not None  # `locate` has found it
    for number, element in enumerate(_front_lines(space, notes)):
        body.insert(number, element)


def _front_lines(space: str, notes: Sequence[Note]) -> Iterator[etree._Element]:
    texts = [f"核对批注（本页由{AUTHOR}添加，不属于原件）", f"{FRONT}：", *listed(notes)]
    for number, text in enumerate(texts):
        paragraph = etree.Element(f"{{{space}}}p")
        run = etree.SubElement(paragraph, f"{{{space}}}r")
        if not number:
            etree.SubElement(etree.SubElement(run, f"{{{space}}}rPr"), f"{{{space}}}b")
        inner = etree.SubElement(run, f"{{{space}}}t", {_SPACE: "preserve"})
        inner.text = printable(text)
        if number == len(texts) - 1:
            last = etree.SubElement(paragraph, f"{{{space}}}r")
            etree.SubElement(last, f"{{{space}}}br", {f"{{{space}}}type": "page"})
        yield paragraph


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The package with some parts changed or added, all others byte for byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = []
        for entry in old.infolist():
            if entry.filename not in names:
                new.writestr(entry, changed.get(entry.filename, b"") or old.read(entry), zipfile.ZIP_DEFLATED)
                names.append(entry.filename)
        for name, part in changed.items():
            if name not in names:
                new.writestr(name, part)
    return out.getvalue()
