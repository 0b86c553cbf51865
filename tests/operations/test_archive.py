"""Archives that are cut short, changed or hostile are refused before anything is put in place."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.operations.archive import MANIFEST, Manifest, unpack, writing
from disclosures.operations.errors import OperationError

CONTENT = {"database.sqlite3": b"records" * 999, "files/ab/cd/abcd": b"\x00original", "files/incoming/1": b""}


def write(path: Path, folder: Path) -> None:
    with writing(path) as archive:
        for name, data in CONTENT.items():
            source = folder / "source"
            source.write_bytes(data)
            archive.add(name, source)
        made = Manifest("2026-01-01", "database.sqlite3", (("app", "0001"),), {"t": 1}, {}, entries=archive.entries)
        archive.finish(made)


@pytest.mark.parametrize("suffix", [".tar.zst", ".tar.gz"])
def test_what_goes_in_comes_out(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    write(path, tmp_path)
    manifest = unpack(path, tmp_path / "out")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in manifest.entries} == CONTENT
    assert manifest.migrations == (("app", "0001"),)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("suffix", [".tar.zst", ".tar.gz"])
@given(data=st.data())
def test_a_changed_byte_or_a_missing_end_never_passes(tmp_path_factory, suffix, data):
    """Unless the archive still says exactly the same (a byte of the header that means nothing)."""
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / f"a{suffix}"
    write(path, folder)
    whole = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        whole = whole[:place]
    else:
        whole[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(whole)
    try:
        manifest = unpack(path, folder / "out")
    except OperationError:
        return
    assert {name: (folder / "out" / name).read_bytes() for name in manifest.entries} == CONTENT


def hostile(path: Path, member: tarfile.TarInfo, data: bytes = b"") -> None:
    with tarfile.open(path, "w:gz") as tar:
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/../../outside", "files/.hidden", "文件"])
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    path = tmp_path / "a.tar.gz"
    hostile(path, tarfile.TarInfo(name), b"x")
    with pytest.raises(OperationError, match="不该有的内容"):
        unpack(path, tmp_path / "out")
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path, kind):
    member = tarfile.TarInfo("files/link")
    member.type, member.linkname = kind, "/etc/passwd"
    path = tmp_path / "a.tar.gz"
    hostile(path, member)
    with pytest.raises(OperationError):
        unpack(path, tmp_path / "out")


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", json.dumps({"format": "other/9"}).encode()])
def test_a_manifest_that_says_nothing_is_refused(tmp_path, manifest):
    path = tmp_path / "a.tar.gz"
    hostile(path, tarfile.TarInfo(MANIFEST), manifest)
    with pytest.raises(OperationError):
        unpack(path, tmp_path / "out")


def test_what_is_no_archive_is_refused_in_words(tmp_path):
    path = tmp_path / "a.tar.gz"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(OperationError, match="不是本系统的备份文件"):
        unpack(path, tmp_path / "out")
    with pytest.raises(OperationError):
        unpack(tmp_path / "absent.tar.gz", tmp_path / "out")


def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path):
    path = tmp_path / "a.tar.zst"
    with pytest.raises(OperationError, match="没有写成"), writing(path) as archive:
        archive.add("database.sqlite3", tmp_path / "absent")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OperationError, match="结尾"), writing(tmp_path / "a.zip"):
        pass
