"""Files are hostile until they are read: all but plain text are read by a child process with limits. No Django.

The child knows neither settings nor secrets: it gets the file on its standard input, an empty environment and a
directory of its own, and hands back lines. Whatever becomes of it, the process that asked lives on.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from disclosures.reading import SourceDocument, UnreadableFileError, child, limits, picturing, progress, read_file
from disclosures.reading.codec import NotAReadingError, from_bytes
from disclosures.reading.formats import FORMATS, is_plain
from disclosures.reading.limiting import check_size
from disclosures.reading.progress import Told

_ROOT = Path(__file__).resolve().parents[2]
_GRACE = 10  # seconds beyond the child's own limit before it is ended from outside
_LONGEST_READING = max(known.seconds for known in FORMATS)
_LISTEN = 0.5  # seconds between two looks at how far the child is
_LONGEST_NAME = 200
_OUT_OF_TIME = {-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL}

_log = logging.getLogger(__name__)


def read_source(data: bytes, name: str, told: Callable[[Told], None] | None = None) -> SourceDocument:
    """Read a file that somebody handed in; `told` hears twice a second how far the child is, and may raise to end it.

    Raises UnreadableFileError, in plain Chinese, when it cannot be read or would cost more than any disclosure.
    """
    name = plain_name(name)
    check_size(data, name)
    if is_plain(data):
        return read_file(data, name)
    with _folder() as folder:
        answer = _run({"task": "read"}, data, name, folder, told=told)
    try:
        return from_bytes(_checked(answer, name))
    except NotAReadingError as error:
        raise UnreadableFileError(child.broken(name)) from error


def unpack(data: bytes, name: str, told: Callable[[Told], None] | None = None) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of each file of a zip or 7z archive, once all of it has been taken out; `told` as above.

    Raises UnreadableFileError.
    """
    name = plain_name(name)
    with _folder() as folder:
        answer = _run({"task": "unpack"}, data, name, folder, limits.SECONDS, told=told)
        written: list[tuple[str, str]] = json.loads(_checked(answer, name))
        for path, leaf in written:
            yield path, (Path(folder) / plain_name(leaf)).read_bytes()


def pages_shown(data: bytes, name: str) -> picturing.PagesShown:
    """The pages of a PDF or image file. Raises UnreadableFileError."""
    name = plain_name(name)
    with _folder() as folder:
        answer = _run({"task": "sizes"}, data, name, folder, picturing.SECONDS)
    sizes, scanned = json.loads(_checked(answer, name))
    return picturing.PagesShown(tuple((width, height) for width, height in sizes), tuple(scanned))


def page_pictures(data: bytes, name: str, first: int, last: int, dpi: int) -> list[tuple[int, bytes]]:
    """(number, PNG) of pages `first` to `last` of a PDF or image file. Raises UnreadableFileError."""
    name = plain_name(name)
    with _folder() as folder:
        asked = {"task": "pictures", "pages": (first, last), "dpi": dpi}
        _checked(_run(asked, data, name, folder, picturing.SECONDS), name)
        return [(number, (Path(folder) / f"{number}.png").read_bytes()) for number in range(first, last + 1)]


def plain_name(name: str) -> str:
    """A file's own name without folders, control characters and more length than anybody reads."""
    leaf = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in leaf if letter.isprintable())
    return shown[-_LONGEST_NAME:] or "未命名"


def plain_path(path: str) -> str:
    """A file's path inside an archive, of plain names; nothing in it leads anywhere."""
    parts = [plain_name(part) for part in path.replace("\\", "/").split("/")]
    folders = [part for part in parts[:-1] if part not in ("", ".", "..", "未命名") and not part.endswith(":")]
    room = _LONGEST_NAME - len(parts[-1])
    shown = "/".join(folders)
    return f"{shown[-room:].lstrip('/')}/{parts[-1]}" if shown and room > 0 else parts[-1]


def run_child(module: str, asked: dict[str, Any], data: bytes, name: str) -> bytes:
    """What another program of ours (`child.serve`) makes of a file, held to limits. Raises UnreadableFileError."""
    with _folder() as folder:
        return _checked(_run(asked, data, plain_name(name), folder, module=module), name)


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="reading-", ignore_cleanup_errors=True)


def _run(
    asked: dict[str, Any],
    data: bytes,
    name: str,
    folder: str,
    seconds: int = _LONGEST_READING,
    told: Callable[[Told], None] | None = None,
    module: str = child.__name__,
) -> bytes:
    """What the child says. Raises UnreadableFileError when it takes too long."""
    header = json.dumps(asked | {"name": name}).encode() + b"\n"
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    )
    try:
        answer, errors = _answer(process, header + data, seconds + _GRACE, Path(folder), told)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(_too_slow(name)) from error
    finally:
        _end(process)
    if process.returncode in _OUT_OF_TIME:
        raise UnreadableFileError(_too_slow(name))
    if errors:
        _log.warning("reading %r (%d bytes): %s", name, len(data), errors[-2000:].decode(errors="replace"))
    return answer if process.returncode == 0 else b""


def _answer(
    process: subprocess.Popen[bytes], data: bytes, seconds: float, folder: Path, told: Callable[[Told], None] | None
) -> tuple[bytes, bytes]:
    """Standard output and error of the child, which is listened to meanwhile. Raises TimeoutExpired."""
    if told is None:
        return process.communicate(data, timeout=seconds)
    until = time.monotonic() + seconds
    last: Told | None = None
    given: bytes | None = data
    while True:
        try:
            return process.communicate(given, timeout=_LISTEN)
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                raise
        given = None  # the rest of it is remembered
        now = progress.told(folder) or last
        if now is not None:
            told(now)  # also where nothing is new: whoever listens may have been told to stop
        last = now


def _environment(folder: str) -> dict[str, str]:
    """What the child may know: where the code lies and where it may write."""
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "PYTHONPATH": str(_ROOT), "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _checked(answer: bytes, name: str) -> bytes:
    """What the child read. Raises UnreadableFileError with what it says instead, or where it died."""
    if answer[:1] == child.REFUSED:
        raise UnreadableFileError(answer[1:].decode(errors="replace"))
    if answer[:1] != child.READ:
        raise UnreadableFileError(child.too_large(name))
    return answer[1:]


def _too_slow(name: str) -> str:
    return (
        f"文件“{name}”读取的时间太长，已经停止，没有导入任何内容。"
        "请删去图片、空白的行列和无关的内容，或拆成几个文件后再上传。"
    )
