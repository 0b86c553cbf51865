"""What the commands share: files in, text out, and one line on standard error when it cannot be done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from django.db import OperationalError, ProgrammingError

from disclosures.plain.data import Disclosure
from disclosures.services.reading import UnreadableFileError, read_disclosures

UNREADABLE = 2  # exit status of the contract: the file could not be read as a disclosure


def read_path(path: str) -> bytes:
    """The bytes of a file. Raises UnreadableFileError when there are none to be had."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reasons = {
            FileNotFoundError: "文件不存在",
            PermissionError: "没有读取权限",
            IsADirectoryError: "这是一个文件夹",
        }
        raise UnreadableFileError(f"读不到文件“{path}”：{reasons.get(type(error), error.strerror)}") from error


def read_disclosures_at(path: str) -> tuple[Disclosure, ...]:
    """The disclosures in a file. Raises UnreadableFileError."""
    return read_disclosures(read_path(path), Path(path).name)


def write(text: str, output: str | None) -> None:
    """Text to a file or to standard output, in UTF-8 whatever the terminal's language."""
    write_bytes(text.encode(), output)


def write_bytes(data: bytes, output: str | None) -> None:
    """Bytes to a file or to standard output."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        refuse(f"写不进文件“{output}”：{error.strerror}")


@contextmanager
def database() -> Iterator[None]:
    """Say what to do where the database is away or has no tables yet."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        refuse(f"数据库不可用或还没有建表（先运行 python manage.py migrate）：{error}")


def complain(message: str) -> None:
    """One line on standard error."""
    sys.stderr.write(" ".join(message.split()) + "\n")


def refuse(message: str) -> NoReturn:
    """One line on standard error that says why, and the contract's exit status."""
    complain(message)
    raise SystemExit(UNREADABLE)
