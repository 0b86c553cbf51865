"""Office packages: a zip of XML parts, opened without trust.

Lives here: what readers of .docx and .xlsx share. Parts are measured while they are unpacked, XML is parsed
without entities, DTDs or network, and links that lead out of the package are never followed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from . import limits
from .blocks import UnreadableFileError

_MB = 1024 * 1024
_READ_AGAIN = "请用 Word、Excel 或 WPS 打开，另存后再重新上传。"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Relation:
    """A link of a part to another part of the same package."""

    kind: str  # the last word of its type: "worksheet", "styles", "footnotes"
    part: str


class Package:
    """The parts of an Office file by name. Raises UnreadableFileError for whatever is wrong with it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise self.damaged() from error
        entries = self._zip.infolist()
        if len(entries) > limits.MOST_ENTRIES:
            raise UnreadableFileError(f"文件“{name}”内部有 {len(entries)} 个部件，不像一份正常的文档。{_READ_AGAIN}")
        self._entries = {entry.filename: entry for entry in entries}

    def damaged(self) -> UnreadableFileError:
        return UnreadableFileError(f"文件“{self.name}”已损坏或不完整，读不出内容。{_READ_AGAIN}")

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def read(self, part: str) -> bytes:
        """The bytes of a part, unpacked within limits; empty where there is no such part."""
        entry = self._entries.get(part)
        if entry is None:
            return b""
        if entry.flag_bits & 0x1:
            raise UnreadableFileError(f"文件“{self.name}”加了密码，打不开。请去掉密码，保存后再重新上传。")
        allowed = min(limits.LARGEST_PART, limits.LARGEST_PACKAGE - self._unpacked)
        if entry.file_size > limits.RATIO_FROM:
            allowed = min(allowed, max(entry.compress_size, 1) * limits.MOST_RATIO)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(allowed + 1)
        except _DAMAGED as error:
            raise self.damaged() from error
        if len(data) > allowed:
            raise UnreadableFileError(
                f"文件“{self.name}”解开后超过 {allowed // _MB or 1} MB，远远超过一份预算公开文件，没有读取。"
                "请删去大片空白的行列和无关的内容，另存后再重新上传。"
            )
        self._unpacked += len(data)
        return data

    def xml(self, part: str) -> etree._Element | None:
        """The root of an XML part; None where there is no such part."""
        data = self.read(part)
        return parse(data, self.name) if data else None

    def relations(self, part: str = "") -> dict[str, Relation]:
        """The links of a part (of the package itself without one) by their ids; links to elsewhere are left out."""
        folder, _, leaf = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{leaf}.rels"))
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            if element.get("TargetMode", "").lower() == "external":
                continue
            target = element.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], path)
        return found

    def main_part(self) -> str:
        """The part that holds the document itself."""
        parts = (link.part for link in self.relations().values() if link.kind == "officeDocument")
        main = next((part for part in parts if part in self._entries), None)
        if main is None:
            raise self.damaged()
        return main


def parser() -> etree.XMLParser:
    """A parser that resolves nothing, loads nothing and gives up on absurd depth or length."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse(data: bytes, name: str) -> etree._Element:
    """The root of some XML. Raises UnreadableFileError when it is damaged or declares entities."""
    try:
        root = etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(f"文件“{name}”内部已损坏或不合规范，读不出内容。{_READ_AGAIN}") from error
    if _has_doctype(root):
        raise hostile(name)
    return root


def _has_doctype(root: etree._Element) -> bool:
    info = root.getroottree().docinfo
    return bool(info is not None and info.internalDTD is not None)


def hostile(name: str) -> UnreadableFileError:
    """What is said of XML that declares entities: no Office program writes that."""
    return UnreadableFileError(f"文件“{name}”内部声明了外部实体，为安全起见没有读取。{_READ_AGAIN}")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace: transitional and strict documents differ in nothing else."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, key: str) -> str | None:
    """An attribute by its name without namespace."""
    if element is None:
        return None
    for name, value in element.items():
        if str(name).rpartition("}")[2] == key:
            return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of a name, of that the first of the next name …; None where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element
