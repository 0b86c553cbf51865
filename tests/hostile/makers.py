"""Files made to harm: each by a function without arguments, with words that its refusal must say."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import py7zr

from tests.hostile import archives, pages
from tests.reading.word import FILLER, NAMES, p, tbl, tc, tr, word

Maker = Callable[[], bytes]

_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
_EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def repacked(data: bytes, changed: Mapping[str, bytes], added: Mapping[str, bytes] | None = None) -> bytes:
    """A package with some parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, changed.get(part, old.read(part)))
        for part, content in (added or {}).items():
            new.writestr(part, content)
    return out.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("项目", "金额"), ("一般公共服务支出的一个项目名称", 12.5), ("另一个项目名称，只为了够长", 3)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_xml(rows: str, before: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{main}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    return repacked(workbook(), {"xl/worksheets/sheet1.xml": (before + xml).encode()})


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return out.getvalue()


def _document(xml: str) -> bytes:
    return repacked(word(FILLER), {"word/document.xml": xml.encode()})


def _bomb_part() -> bytes:
    blank = "<w:p/>" * 20_000_000
    return _document(f"<w:document {NAMES}><w:body>{blank}</w:body></w:document>")


def _laughs(entity: str) -> bytes:
    body = f"<w:p><w:r><w:t>&{entity};</w:t></w:r></w:p>{FILLER}"
    head = _LAUGHS if entity == "i" else _EXTERNAL
    return _document(f"{head}<w:document {NAMES}><w:body>{body}</w:body></w:document>")


def _nested_tables() -> bytes:
    inner = tbl(tr("甲", "1"))
    for _ in range(40):
        inner = tbl(tr(f"<w:tc>{inner}{p('')}</w:tc>", tc("1")))
    return word(inner + FILLER)


def _deep_xml() -> bytes:
    return _document(f"<w:document {NAMES}><w:body>{'<w:ins>' * 100_000}{'</w:ins>' * 100_000}</w:body></w:document>")


def _encrypted_office() -> bytes:
    """What Office makes of a file with a password: an OLE container with the stream EncryptedPackage."""
    import struct

    names = ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    kinds = (5, 2, 2)
    entries = b""
    for number, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        raw = (name + "\0").encode("utf-16-le")
        child = 1 if kind == 5 else 0xFFFFFFFF
        right = 2 if number == 1 else 0xFFFFFFFF
        entry = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
        entries += (entry + b"\0" * 36 + struct.pack("<IQ", 0xFFFFFFFE, 0)).ljust(128, b"\0")
    entries += b"\0" * 128
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * 432
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    return head + fat + entries


def _locked_seven_zip() -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password="x") as zipped:
        zipped.writestr("内容" * 100, "a.txt")
    return out.getvalue()


def _locked_zip_entry() -> bytes:
    data = bytearray(word(FILLER))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(magic, at + 4)
    return bytes(data)


def _macros(name: str) -> Maker:
    return lambda: repacked(word(FILLER) if name.startswith("word") else workbook(), {}, {name: b"\0" * 100})


HOSTILE: dict[str, tuple[str, Maker, str]] = {
    "an empty file": ("空.docx", lambda: b"", "是空的"),
    "zeros": ("零.xlsx", lambda: bytes(100 * 1024 * 1024), "超过 50 MB"),
    "few zeros": ("零.xlsx", lambda: bytes(1_000_000), "是空的"),
    "a program called a document": ("a.docx", lambda: b"MZ\x90\x00" + bytes(range(256)) * 40, "二进制"),
    "half a document": ("半.docx", lambda: word(p("甲") * 2000)[: len(word(p("甲") * 2000)) // 2], "已损坏或不完整"),
    "half a workbook": ("半.xlsx", lambda: workbook()[: len(workbook()) // 2], "已损坏或不完整"),
    "a part that unpacks to 120 MB": ("弹.docx", _bomb_part, "解开后超过"),
    "a million empty paragraphs": (
        "空段.docx",
        lambda: _document(f"<w:document {NAMES}><w:body>{'<w:p/>' * 1_000_000}</w:body></w:document>"),
        "几乎没有文字|解开后超过",
    ),
    "billion laughs in a document": ("笑.docx", lambda: _laughs("i"), "实体|不合规范"),
    "billion laughs in a sheet": (
        "笑.xlsx",
        lambda: sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>', _LAUGHS),
        "实体|损坏",
    ),
    "an external entity": ("外.docx", lambda: _laughs("a"), "实体"),
    "an external entity in a sheet": (
        "外.xlsx",
        lambda: sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>', _EXTERNAL),
        "实体",
    ),
    "a document with macros": ("宏.docx", _macros("word/vbaProject.bin"), "宏"),
    "a workbook with macros": ("宏.xlsx", _macros("xl/vbaProject.bin"), "宏"),
    "tables in tables in tables": ("套.docx", _nested_tables, "一层套一层|不合规范"),
    "elements a hundred thousand deep": ("深.docx", _deep_xml, "不合规范"),
    "an encrypted document": ("密.docx", _encrypted_office, "打开密码"),
    "an encrypted part": ("密.docx", _locked_zip_entry, "密码"),
    "a sheet of nothing that claims to be vast": ("大.xlsx", lambda: sheet_xml(""), "没有看得见的内容"),
    "too many columns": (
        "宽.xlsx",
        lambda: sheet_xml('<row r="1">' + "<c><v>1</v></c>" * 16_384 + "</row>"),
        "列",
    ),
    "an archive called a document": ("包.docx", lambda: archive(**{"a.txt": b"1" * 50}), "ZIP 压缩包"),
    "an OFD file": ("版.ofd", lambda: archive(**{"OFD.xml": b"<ofd/>"}), "另存为 PDF"),
    "a RAR archive": ("包.rar", lambda: b"Rar!\x1a\x07\x00" + b"\0" * 100, "RAR"),
    "a document without its main part": (
        "缺.docx",
        lambda: archive(**{"[Content_Types].xml": b"<Types/>", "word/other.xml": b"<a/>"}),
        "已损坏或不完整",
    ),
    "five thousand parts": (
        "碎.docx",
        lambda: repacked(word(FILLER), {}, {f"word/{n}.xml": b"" for n in range(5100)}),
        "超过 5000 个",
    ),
    "ten thousand pages": ("长.pdf", lambda: pages.many_pages(10_000), "10000 页，超过 3000 页"),
    "a page that claims to be ten thousand": ("谎.pdf", lambda: pages.claimed_pages(10_000), "10000 页，超过 3000 页"),
    "pages in a circle": ("圈.pdf", pages.page_tree_in_a_circle, "没有文字|打不开|没有页面"),
    "drawing instructions of 200 MB": ("胀.pdf", lambda: pages.bloated_content(200 << 20), "没有文字|太大|时间太长"),
    "an object stream of 200 MB": ("胀.pdf", lambda: pages.bloated_objects(200 << 20), "没有文字|太大|时间太长"),
    "half a PDF": ("半.pdf", lambda: pages.many_pages(40)[:2000], "已损坏或不完整|没有文字"),
    "a locked PDF": ("密.pdf", pages.locked, "打开密码"),
    "a picture of 50 000 pixels on a page": ("巨.pdf", lambda: pages.vast_picture_on_a_page(50_000), "没有"),
    "a picture of 50 000 pixels": ("巨.png", lambda: pages.vast_png(50_000, 50_000), "像素"),
    "a picture as wide as a street": ("宽.png", lambda: pages.vast_png(50_000, 20), "没有认出文字"),
    "a photograph that claims 50 000 pixels": ("谎.jpg", lambda: pages.vast_jpeg(50_000), "像素"),
    "a fax of ten thousand pages": ("长.tif", lambda: pages.many_frames(10_000), "10000 页，超过 3000 页"),
    "a fax whose page follows itself": ("圈.tif", pages.frames_in_a_circle, "没有认出文字|已损坏"),
    "a drawing called a picture": ("画.png", lambda: b"GIF89a" + bytes(range(256)) * 20, "另存为 JPG"),
    "a photograph of a telephone": ("照.jpg", lambda: b"\0\0\0\x18ftypheic" + bytes(range(256)) * 20, "另存为 JPG"),
    "a sound called a document": ("声.docx", lambda: b"RIFF\x10\0\0\0WAVEfmt " + bytes(range(256)) * 20, "认不出来"),
    "a program in front of an archive": ("a.zip", lambda: b"MZ" + bytes(100) + archives.empty(), "二进制"),
    "a PDF in front of an archive": ("a.pdf", lambda: b"%PDF-1.4\n" + archives.half(), "已损坏或不完整"),
}

LOCKED_SEVEN_ZIP = _locked_seven_zip
