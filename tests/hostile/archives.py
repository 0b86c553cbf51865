"""Archives made to harm: of too many files, with names that lie, that unpack to more than they hold."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

_LOCAL, _ENTRY, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_UTF8 = 0x800


def zipped(files: Sequence[tuple[bytes, bytes]], flags: int = 0) -> bytes:
    """A zip of (name, content), the names as these very bytes."""
    out, entries = bytearray(), bytearray()
    for name, content in files:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        common = struct.pack("<HHHHIIIHH", flags, 8, 0, 0, zlib.crc32(content), len(packed), len(content), len(name), 0)
        entries += _ENTRY + struct.pack("<HH", 20, 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name
        out += _LOCAL + struct.pack("<H", 20) + common + name + packed
    return bytes(out + entries + _tail(len(files), len(entries), len(out)))


def _tail(count: int, size: int, start: int) -> bytes:
    shown = min(count, 0xFFFF)
    return _END + struct.pack("<HHHHIIH", 0, 0, shown, shown, size, start, 0)


def with_two_ends(files: int) -> bytes:
    """A zip whose end holds the beginning of another end, which says nothing of so many files."""
    data = bytearray(zipped([(b"%d.txt" % number, b"x") for number in range(files)]))
    at = data.rfind(_END)
    data[at + 4 : at + 8] = _END
    return bytes(data)


def overlapping(copies: int, size: int) -> bytes:
    """One packed file that stands in the directory under many names."""
    first = zipped([(b"0.txt", bytes(size))])
    at = first.find(_ENTRY)
    entry = bytearray(first[at : first.find(_END)])
    entries = bytearray()
    for number in range(copies):
        name = b"%d.txt" % number
        entry[28:30] = struct.pack("<H", len(name))
        entries += entry[:46] + name
    return first[:at] + bytes(entries) + _tail(copies, len(entries), at)


def containing_itself() -> bytes:
    """A zip in a zip in a zip …"""
    inner = zipped([("部门预算.txt".encode(), b"1")], _UTF8)
    for _ in range(50):
        inner = zipped([("包.zip".encode(), inner)], _UTF8)
    return inner


def locked() -> bytes:
    """A zip whose file is marked as encrypted."""
    return zipped([(b"a.txt", b"1" * 50)], 0x1)


def empty() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w"):
        pass
    return out.getvalue()


def folders_only() -> bytes:
    return zipped([(b"a/", b""), (b"a/b/", b"")])


def half() -> bytes:
    whole = zipped([(b"a.txt", bytes(range(256)) * 400)])
    return whole[: len(whole) // 2]


def spoilt() -> bytes:
    """A sound file, and behind it one whose bytes were changed after packing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("1.txt", "好的")
        archive.writestr("2.txt", b"A" * 100)
    return out.getvalue().replace(b"A" * 100, b"B" * 100)


def lying() -> bytes:
    """A file of five megabytes that says it has a hundred bytes."""
    data = bytearray(zipped([(b"a.txt", bytes(5_000_000))]))
    at = data.find(_ENTRY) + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(data)


def greedy() -> bytes:
    """A small file packed so that whoever unpacks it sets four gigabytes aside first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"1" * 1000)
    data = bytearray(out.getvalue())
    window = 30 + len("a.txt") + 4 + 1  # behind the local header, the version and size of the properties, the first one
    data[window : window + 4] = b"\xff\xff\xff\xff"
    return bytes(data)
