"""What all archives have in common: the files that are wanted, how much they may be, what is said of the others.

Its callers write the files of an archive one by one into a folder, under numbers for names.
"""

from __future__ import annotations

import errno
from pathlib import PurePosixPath

from . import limits, progress
from .blocks import UnreadableFileError

_MB = 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

Written = list[tuple[str, str]]  # (path in the archive, name of the file written)


def is_furniture(path: str) -> bool:
    """Whether an entry was put there by an operating system or an office program."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    leaf = parts[-1] if parts else ""
    return (
        not leaf
        or "__MACOSX" in parts
        or any(part.startswith(".") and part != ".." for part in parts)
        or leaf in ("Thumbs.db", "desktop.ini")
        or leaf.startswith("~$")
    )


def check_contents(name: str, files: int, size: int) -> None:
    """Hold what an archive declares to the limits. Raises UnreadableFileError."""
    if files > limits.MOST_FILES:
        raise UnreadableFileError(f"压缩包“{name}”里有 {files} 个文件，超过 {limits.MOST_FILES} 个，请分几次导入")
    if size > limits.LARGEST_ARCHIVE:
        raise too_large(name)
    if not files:
        raise UnreadableFileError(f"压缩包“{name}”里没有文件")


def too_large(name: str) -> UnreadableFileError:
    """What is said of an archive that unpacks to more than anybody hands in."""
    return UnreadableFileError(f"压缩包“{name}”解开后超过 {limits.LARGEST_ARCHIVE // _MB} MB，请分几次导入")


def too_large_inside(name: str, member: str) -> UnreadableFileError:
    """What is said of a file in an archive that is larger than any disclosure."""
    return UnreadableFileError(f"压缩包“{name}”里的“{member}”超过 {limits.LARGEST_FILE // _MB} MB，请去掉它再上传")


def locked(name: str) -> UnreadableFileError:
    """What is said of an encrypted archive."""
    return UnreadableFileError(f"压缩包“{name}”加了密码，打不开。请去掉密码后重新上传。")


def damaged(name: str, error: Exception) -> UnreadableFileError:
    """What is said of an archive that its reader stumbles over; a full disk is no fault of the archive."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return UnreadableFileError(f"压缩包“{name}”没有解开：服务器磁盘空间不足。请告诉管理员清理磁盘，然后重试。")
    return UnreadableFileError(f"压缩包“{name}”已损坏或不完整，打不开。请重新压缩后再上传。")


def tell(done: int, files: int) -> None:
    """`done` of `files` files are taken out."""
    progress.tell(progress.UNPACKING, done, files)
