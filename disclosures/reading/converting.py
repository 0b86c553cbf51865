"""Formats that an installed LibreOffice turns into .docx or .xlsx, which are then read.

Each conversion has a profile of its own: no macros, nothing fetched, nothing left behind. It runs inside the reading
child, whose limits and whose end it shares.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from . import limits
from .blocks import SourceDocument, UnreadableFileError
from .docx import read_docx
from .xlsx import read_xlsx

_PROGRAMS = ("soffice", "libreoffice")
_GRACE = 10  # seconds that are left to read what was converted
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
)


def read_doc(data: bytes, name: str) -> SourceDocument:
    """Read a .doc or .wps. Raises UnreadableFileError."""
    return _read_text(data, name, "doc")


def read_rtf(data: bytes, name: str) -> SourceDocument:
    """Read an .rtf. Raises UnreadableFileError."""
    return _read_text(data, name, "rtf")


def read_odt(data: bytes, name: str) -> SourceDocument:
    """Read an .odt. Raises UnreadableFileError."""
    return _read_text(data, name, "odt")


def read_ods(data: bytes, name: str) -> SourceDocument:
    """Read an .ods. Raises UnreadableFileError."""
    document = read_xlsx(_converted(data, name, "ods", "xlsx", "Calc MS Excel 2007 XML"), name)
    return replace(document, sha256=sha256(data).hexdigest())


def _read_text(data: bytes, name: str, kind: str) -> SourceDocument:
    document = read_docx(_converted(data, name, kind, "docx", "MS Word 2007 XML"), name)
    return replace(document, sha256=sha256(data).hexdigest())


def _converted(data: bytes, name: str, kind: str, target: str, export: str) -> bytes:
    """The file in the format `target`. Raises UnreadableFileError where nothing converts it."""
    program = next((found for program in _PROGRAMS if (found := shutil.which(program))), None)
    if program is None:
        raise UnreadableFileError(
            f"文件“{name}”是旧格式，这台服务器没有安装转换它的软件。请用 Word、Excel 或 WPS 打开，"
            f"另存为 .{target} 后再重新上传。"
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source = place / f"source.{kind}"
        source.write_bytes(data)
        _write_profile(place / "profile")
        _run(program, place, source, f"{target}:{export}")
        made = source.with_suffix(f".{target}")
        if not made.is_file():
            raise UnreadableFileError(
                f"文件“{name}”转换不出内容，可能已损坏或加了密码。请用原来的软件打开，另存为 .{target} 后再重新上传。"
            )
        return made.read_bytes()


def _run(program: str, place: Path, source: Path, target: str) -> None:
    """Convert within the time that the child has; what hangs ends with the child."""
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = (program, profile, "--headless", "--norestore", "--nolockcheck", "--convert-to", target)
    subprocess.run(
        (*command, "--outdir", str(place), str(source)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=limits.CONVERTING_SECONDS - _GRACE,
        check=False,
    )


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, key, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )
