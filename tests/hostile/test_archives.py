"""Archives made to harm: what they hold is handed on one by one within limits, or they are refused in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from disclosures.reading import UnreadableFileError, limits
from disclosures.services.intake import files_of
from disclosures.services.sandbox import read_source
from tests.hostile import archives

_UTF8 = 0x800
_MB = 1 << 20

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a hundred thousand files": (
        lambda: archives.zipped([(b"%d.txt" % number, b"x") for number in range(100_000)]),
        "超过 5000 个",
    ),
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
    "a text called an archive": (lambda: "部门预算".encode(), "不是压缩包"),
    "a program in front of an archive": (lambda: b"MZ" + bytes(100) + archives.locked(), "不是压缩包"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_archive_is_refused_in_words(case: str) -> None:
    make, words = REFUSED[case]
    with pytest.raises(UnreadableFileError, match=words) as refused:
        list(files_of("包.zip", make()))
    assert "包.zip" in str(refused.value)
    assert "请" in str(refused.value) or "没有文件" in str(refused.value)


@pytest.mark.parametrize(
    ("written", "flags"),
    [("部门/预算公开.txt".encode("gbk"), 0), ("部门/预算公开.txt".encode(), 0), ("部门/预算公开.txt".encode(), _UTF8)],
    ids=["GBK", "UTF-8 that does not say so", "UTF-8"],
)
def test_names_are_read_in_the_encoding_they_were_written_in(written: bytes, flags: int) -> None:
    assert list(files_of("包.zip", archives.zipped([(written, b"1")], flags))) == [("预算公开.txt", b"1")]


def test_names_that_lie_lose_what_lies() -> None:
    hostile = ("../../etc/cron.d/a", "C:\\Windows\\b.txt", "c\x07\r\n\x1b[31m.txt", "\u202etxt.d\u2066exe", "e" * 3000)
    data = archives.zipped([(name.encode(), b"1") for name in hostile], _UTF8)
    names = [name for name, _ in files_of("包.zip", data)]
    assert names == ["a", "b.txt", "c[31m.txt", "txt.dexe", "e" * 200]


def test_two_files_of_one_name_are_both_handed_on() -> None:
    assert list(files_of("包.zip", archives.zipped([(b"a.txt", b"1"), (b"a.txt", b"2")]))) == [
        ("a.txt", b"1"),
        ("a.txt", b"2"),
    ]


def test_an_archive_that_holds_itself_again_and_again_is_opened_once() -> None:
    ((name, inner),) = files_of("外.zip", archives.containing_itself())
    with pytest.raises(UnreadableFileError, match="不能再含压缩包"):
        read_source(inner, name)
