"""PDF files and pictures made to harm: small on disk, vast or crooked when somebody unpacks them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from PIL import Image

_BLOCK = bytes(1 << 20)


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_FONT = b"/Resources<</Font<</F 5 0 R>>>>"
_TEXT = stream(b"BT /F 12 Tf 72 700 Td (Budget disclosure of a department 2026) Tj ET")
_HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def one_page(content: bytes, catalogue: bytes = b"", more: Sequence[bytes] = (), page: bytes = b"") -> bytes:
    """A page with this content stream (an object); `catalogue` and `page` are further entries."""
    return pdf(
        (
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s%s>>" % (_FONT, page),
            content,
            _HELVETICA,
            *more,
        )
    )


def many_pages(count: int) -> bytes:
    """Pages that are all there, sixty bytes each."""
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>"
    return pdf((_CATALOGUE, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), _TEXT, _HELVETICA, *[page] * count))


def claimed_pages(count: int) -> bytes:
    """One page that claims to be many."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf((_CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count, page))


def page_tree_in_a_circle() -> bytes:
    return pdf((_CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"))


def swollen(size: int, rounds: int = 1) -> bytes:
    """Zeros of so many bytes, packed `rounds` times over."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(_BLOCK[: min(len(_BLOCK), size - at)]) for at in range(0, size, len(_BLOCK)))
    packed += packer.flush()
    for _ in range(rounds - 1):
        packed = zlib.compress(packed, 9)
    return packed


def bloated_content(size: int) -> bytes:
    """A page whose drawing instructions unpack to so many bytes."""
    return one_page(stream(swollen(size, 2), b"/Filter[/FlateDecode/FlateDecode]"))


def bloated_objects(size: int) -> bytes:
    """A page in an object stream that unpacks to so many bytes and claims to hold a million objects."""
    return pdf((_CATALOGUE, stream(swollen(size), b"/Type/ObjStm/N 1000000/First 10/Filter/FlateDecode")))


def vast_picture_on_a_page(side: int) -> bytes:
    """A scan of `side` × `side` pixels that are all white."""
    picture = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode"
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    image = stream(swollen(side * ((side + 7) // 8)), picture + b"/Width %d/Height %d" % (side, side))
    return pdf(
        (
            _CATALOGUE,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
            content,
            image,
        )
    )


def active() -> bytes:
    """A page with a script that runs on opening, a program attached, and a link to start another one."""
    action = b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))>>"
    names = b"/Names<</EmbeddedFiles<</Names[(a.exe)6 0 R]>>>>"
    note = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</S/Launch/F(cmd.exe)>>>>]"
    attached = (b"<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>", stream(b"MZ" + bytes(100), b"/Type/EmbeddedFile"))
    return one_page(_TEXT, action + names, attached, note)


def locked() -> bytes:
    made = FPDF()
    made.add_page()
    made.set_encryption(owner_password="a", user_password="b", encryption_method=EncryptionMethod.AES_256)
    return bytes(made.output())


# ---------------------------------------------------------------- pictures


def vast_png(width: int, height: int) -> bytes:
    """A white picture of one bit a pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = chunk(b"IDAT", swollen(height * (1 + (width + 7) // 8)))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


def vast_jpeg(side: int) -> bytes:
    """A small picture whose head claims to be `side` × `side` pixels."""
    out = io.BytesIO()
    Image.new("L", (64, 64), 255).save(out, "JPEG")
    data = bytearray(out.getvalue())
    at = data.find(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", side, side)
    return bytes(data)


def many_frames(count: int) -> bytes:
    """A TIFF of so many pages of one pixel."""
    length = len(_frame(0))
    return (
        b"II*\0"
        + struct.pack("<I", 8)
        + b"".join(_frame(8 + length * (number + 1) if number < count - 1 else 0) for number in range(count))
    )


def frames_in_a_circle() -> bytes:
    """A TIFF whose page is followed by itself."""
    return b"II*\0" + struct.pack("<I", 8) + _frame(8)


def _frame(following: int) -> bytes:
    """The directory of a page of one pixel, which lies in its own head, and where the next one is."""
    tags = ((256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 8), (278, 1), (279, 1))
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", following)
