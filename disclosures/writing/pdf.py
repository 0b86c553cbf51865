"""Word documents as PDF, by the LibreOffice of this machine; the pages on which headings come to stand.

Every conversion has its own profile folder (two at once do not wait for each other, nothing of a person's settings
comes in) and a time limit; macros do not run and links are not followed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from .docx_styles import BODY_FONT, HEAD_FONT, KAI_FONT, LATIN_FONT, TABLE_FONT, TITLE_FONT

SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")
_SERIF, _SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
# What stands in for the official fonts where they are not installed.
_STAND_INS = {
    TITLE_FONT: ("方正小标宋_GBK", "SimSun", _SERIF),
    HEAD_FONT: ("SimHei", _SANS),
    KAI_FONT: ("楷体", "KaiTi", _SERIF),
    BODY_FONT: ("仿宋", "FangSong", _SERIF),
    TABLE_FONT: ("SimSun", _SERIF),
    LATIN_FONT: ("Liberation Serif", "Nimbus Roman", _SERIF),
}


class NoOfficeError(Exception):
    """No LibreOffice on this machine, or it did not do its work; the message is plain Chinese."""


def office() -> str | None:
    """The program that converts; None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def to_pdf(docx: bytes, *, seconds: float = SECONDS) -> bytes:
    """The document as PDF. Raises NoOfficeError."""
    program = office()
    if program is None:
        raise NoOfficeError("这台服务器没有安装 LibreOffice，不能生成 PDF。请导出 Word，在 Word 或 WPS 中另存为 PDF。")
    with TemporaryDirectory(prefix="disclosure-pdf-") as folder:
        place = Path(folder)
        (place / "document.docx").write_bytes(docx)
        _write_profile(place / "profile")
        _write_fonts(place / "fonts.conf")
        _run(program, place, seconds)
        made = place / "document.pdf"
        if not made.is_file():
            raise NoOfficeError("LibreOffice 没有生成 PDF，请导出 Word 后另存为 PDF。")
        return made.read_bytes()


def _run(program: str, place: Path, seconds: float) -> None:
    command = (
        program,
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(place),
        str(place / "document.docx"),
    )
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "FONTCONFIG_FILE": str(place / "fonts.conf")},
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # the program starts another one that does the work
        process.wait()
        raise NoOfficeError(f"生成 PDF 超过 {seconds:.0f} 秒，已停止。请导出 Word 后另存为 PDF。") from error


def _write_profile(folder: Path) -> None:
    """Settings of this conversion: no macros, no links."""
    path = "/org.openoffice.Office.Common/Security/Scripting"
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in (("MacroSecurityLevel", "3"), ("BlockUntrustedRefererLinks", "true"))
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )


def _write_fonts(path: Path) -> None:
    """What stands in for the official fonts where they are not installed, for fontconfig."""
    aliases = "".join(
        f'<alias binding="same"><family>{font}</family><accept>{"".join(f"<family>{one}</family>" for one in others)}'
        "</accept></alias>"
        for font, others in _STAND_INS.items()
    )
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>',
        encoding="utf-8",
    )


def pages_of_contents(pdf: bytes) -> list[int]:
    """The printed page numbers of parts, tables and sections in order, from the bookmarks of the PDF.

    Cover and contents bear no number: the first heading stands on page 1.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = [
            place.get_index()
            for bookmark in document.get_toc(max_depth=3)
            if bookmark.level < 2 and (place := bookmark.get_dest()) is not None
        ]
    finally:
        document.close()
    return [index - found[0] + 1 for index in found if index is not None] if found else []
