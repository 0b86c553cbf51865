"""Files made to harm are refused in words, one after another, by a process that lives on."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from disclosures.reading import UnreadableFileError
from disclosures.reading.formats import FORMATS
from disclosures.services import sandbox
from disclosures.services.intake import files_of
from disclosures.services.sandbox import plain_name, read_source
from tests.hostile.makers import HOSTILE, LOCKED_SEVEN_ZIP, archive, workbook
from tests.reading.word import FILLER, word


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_in_words(case: str) -> None:
    name, make, words = HOSTILE[case]
    with pytest.raises(UnreadableFileError, match=words) as refused:
        read_source(make(), name)
    message = str(refused.value)
    assert name in message
    assert "请" in message
    assert "/etc" not in message


def test_what_is_read_afterwards_is_read() -> None:
    assert len(read_source(word(FILLER), "好.docx").lines) == 1
    assert len(read_source(workbook(), "好.xlsx").lines) == 4


def test_memory_has_an_end() -> None:
    """A reader that wants more than a child may have; the child says so and ends."""
    greedy = "from disclosures import reading; reading.read_file = lambda data, name: bytearray(1 << 33)"
    program = f"{greedy}; from disclosures.reading import child; child.main()"
    asked = b'{"name": "a.docx", "task": "read"}\n' + word(FILLER)
    done = subprocess.run([sys.executable, "-c", program], input=asked, capture_output=True, timeout=60, check=False)
    assert done.stdout[:1] == b"-"
    assert "太大" in done.stdout.decode()


def test_a_child_that_hangs_is_ended_with_all_it_started(monkeypatch, tmp_path) -> None:
    stuck = tmp_path / "stuck"
    stuck.write_text(f"#!/bin/sh\nsleep 300 & echo $! > {tmp_path}/pid\nsleep 300\n")
    stuck.chmod(stuck.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "executable", str(stuck))
    monkeypatch.setattr(sandbox, "_GRACE", 1 - max(known.seconds for known in FORMATS))
    with pytest.raises(UnreadableFileError, match="时间太长"):
        read_source(word(FILLER), "慢.docx")
    started = int((tmp_path / "pid").read_text())
    for _ in range(50):
        try:
            os.kill(started, 0)
        except ProcessLookupError:
            return
        if " Z " in Path(f"/proc/{started}/stat").read_text():
            return
        time.sleep(0.1)
    pytest.fail("what the child started lives on")


def test_a_child_that_dies_is_said_to_have_found_the_file_too_large(monkeypatch, tmp_path) -> None:
    dead = tmp_path / "dead"
    dead.write_text("#!/bin/sh\nexit 3\n")
    dead.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dead))
    with pytest.raises(UnreadableFileError, match="太大"):
        read_source(word(FILLER), "死.docx")


def test_the_child_knows_no_secrets(monkeypatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "s")
    monkeypatch.setenv("DATABASE_URL", "d")
    assert set(sandbox._environment("/tmp")) == {"PATH", "PYTHONPATH", "HOME", "TMPDIR", "LANG"}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\稿件\\部门预算.docx", "部门预算.docx"),
        ("a\r\nSet-Cookie: x.docx", "aSet-Cookie: x.docx"),
        ("\u202excod.exe", "xcod.exe"),
        ("", "未命名"),
        ("..", ".."),
    ],
)
def test_names_lose_folders_and_control_characters(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_paths_inside_an_archive_lead_nowhere() -> None:
    found = list(files_of("包.zip", archive(**{"../../x/y.txt": b"1", "/etc/z.txt": b"2", "a\\b.txt": b"3"})))
    assert [name for name, _ in found] == ["x/y.txt", "etc/z.txt", "a/b.txt"]


def test_an_archive_in_an_archive_is_refused() -> None:
    ((name, inner),) = files_of("外.zip", archive(**{"内.zip": archive(**{"a.txt": b"1"})}))
    with pytest.raises(UnreadableFileError, match="不能再含压缩包"):
        read_source(inner, name)


def test_seven_zip_archives_are_unpacked_and_locked_ones_refused() -> None:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as zipped:
        zipped.writestr("第一个文件的内容", "部门/一.txt")
        zipped.writestr("第二个文件的内容", "二.txt")
    assert [(name, data.decode()) for name, data in files_of("包.7z", out.getvalue())] == [
        ("部门/一.txt", "第一个文件的内容"),
        ("二.txt", "第二个文件的内容"),
    ]
    with pytest.raises(UnreadableFileError, match="密码"):
        list(files_of("密.7z", LOCKED_SEVEN_ZIP()))
    with pytest.raises(UnreadableFileError, match="已损坏"):
        list(files_of("半.7z", out.getvalue()[:60]))
