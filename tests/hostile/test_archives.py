"""Archives made to harm: what they hold becomes imports one by one within limits, or they are refused in words."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosures.models import Role, Task, TaskState, User
from disclosures.reading import UnreadableFileError, limits, zipped
from disclosures.services.intake import files_of, is_archive
from disclosures.services.sandbox import read_source
from disclosures.services.tasks import queue_import
from disclosures.tasks.running import run
from tests.hostile import archives

_UTF8 = 0x800
_MB = 1 << 20

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a hundred thousand files": (
        lambda: archives.zipped([(b"%d.txt" % number, b"x") for number in range(100_000)]),
        "超过 5000 个",
    ),
    "a hundred thousand files behind an end that says less": (lambda: archives.with_two_ends(100_000), "超过 5000 个"),
    "more files than a county has departments": (
        lambda: archives.zipped([(b"%d.txt" % number, b"x") for number in range(limits.MOST_FILES + 1)]),
        f"超过 {limits.MOST_FILES} 个",
    ),
    "one packed file under nine hundred names": (lambda: archives.overlapping(900, _MB), "解开后超过"),
    "one packed file under a hundred names": (lambda: archives.overlapping(100, _MB), "已损坏"),
    "a file of 600 MB": (lambda: archives.zipped([(b"a.txt", bytes(600 * _MB))]), "解开后超过"),
    "a locked archive": (archives.locked, "加了密码"),
    "an empty archive": (archives.empty, "没有文件"),
    "folders without files": (archives.folders_only, "没有文件"),
    "half an archive": (archives.half, "已损坏或不完整"),
    "a file that is not what its checksum says": (archives.spoilt, "已损坏或不完整"),
    "a file that is larger than it says": (archives.lying, "已损坏|超过"),
    "a file that needs four gigabytes to unpack": (archives.greedy, "内存"),
    "a text called an archive": (lambda: "部门预算".encode(), "不是压缩包"),
    "a program in front of an archive": (lambda: b"MZ" + bytes(100) + archives.locked(), "不是压缩包"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_archive_is_refused_in_words(case: str) -> None:
    make, words = REFUSED[case]
    with pytest.raises(UnreadableFileError, match=words) as refused:
        hand_in(make())
    assert "包.zip" in str(refused.value)
    assert "请" in str(refused.value) or "没有文件" in str(refused.value)


def hand_in(data: bytes) -> None:
    """Through the door and the worker. Raises UnreadableFileError with the words of whichever refuses it."""
    user = User.objects.create(username="管理员", role=Role.ADMINISTRATOR)
    task = queue_import(user, "包.zip", data, uuid.uuid4())
    assert run(task.pk)
    (task,) = Task.objects.all()  # none of its files is a task
    if task.state == TaskState.FAILED:
        raise UnreadableFileError(task.error)


def test_an_archive_that_unpacks_to_far_more_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(11):
            archive.writestr(f"{number}.txt", bytes(1024))
    monkeypatch.setattr(limits, "LARGEST_ARCHIVE", 10 * 1024)
    with pytest.raises(UnreadableFileError, match="解开后超过"):
        zipped.unpack(out.getvalue(), "弹.zip", tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("written", "flags"),
    [("部门/预算公开.txt".encode("gbk"), 0), ("部门/预算公开.txt".encode(), 0), ("部门/预算公开.txt".encode(), _UTF8)],
    ids=["GBK", "UTF-8 that does not say so", "UTF-8"],
)
def test_names_are_read_in_the_encoding_they_were_written_in(written: bytes, flags: int) -> None:
    assert list(files_of("包.zip", archives.zipped([(written, b"1")], flags))) == [("部门/预算公开.txt", b"1")]


def test_names_that_lie_lose_what_lies() -> None:
    hostile = ("../../etc/cron.d/a", "C:\\Windows\\b.txt", "c\x07\r\n\x1b[31m.txt", "\u202etxt.d\u2066exe", "e" * 3000)
    data = archives.zipped([(name.encode(), b"1") for name in hostile], _UTF8)
    names = [name for name, _ in files_of("包.zip", data)]
    assert names == ["etc/cron.d/a", "Windows/b.txt", "c[31m.txt", "txt.dexe", "e" * 200]


def test_links_and_what_systems_leave_behind_are_no_files() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("密码.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        for name in ("__MACOSX/._a.txt", "局/.DS_Store", "局/Thumbs.db", "局/~$预算.docx", "局/预算.txt"):
            archive.writestr(name, b"1")
    assert list(files_of("包.zip", out.getvalue())) == [("局/预算.txt", b"1")]


def test_two_files_of_one_name_are_both_handed_on() -> None:
    assert list(files_of("包.zip", archives.zipped([(b"a.txt", b"1"), (b"a.txt", b"2")]))) == [
        ("a.txt", b"1"),
        ("a.txt", b"2"),
    ]


def test_files_that_are_zips_themselves_do_not_count_for_what_they_hold() -> None:
    part = archives.zipped([(b"%d.xml" % number, b"<p/>") for number in range(30)])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number in range(200):
            archive.writestr(f"第{number}局/公开.docx", part)
        archive.comment = "县里汇总".encode()
    assert is_archive(out.getvalue())
    assert len(list(files_of("全县.zip", out.getvalue()))) == 200


def test_an_archive_that_holds_itself_again_and_again_is_opened_once() -> None:
    ((name, inner),) = files_of("外.zip", archives.containing_itself())
    with pytest.raises(UnreadableFileError, match="不能再含压缩包"):
        read_source(inner, name)
