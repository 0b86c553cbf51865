"""Formats of older programs: read where LibreOffice is installed, refused in words where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from disclosures.reading import UnreadableFileError, read_file
from disclosures.recognise.document import recognise
from disclosures.services.sandbox import read_source
from disclosures.synthetic import TINY, generate
from disclosures.synthetic.comparison import compare
from disclosures.writing.docx import write_docx
from disclosures.writing.xlsx import write_xlsx

pytestmark = pytest.mark.thorough  # minutes: run by `make test-everything`

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None and "CI" not in os.environ, reason="LibreOffice is not installed")


def converted(data: bytes, kind: str, target: str, folder: Path) -> bytes:
    """A file as LibreOffice saves it in another format."""
    assert OFFICE, "LibreOffice is not installed"
    source = folder / f"source.{kind}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = (OFFICE, profile, "--headless", "--convert-to", target, "--outdir", str(folder), str(source))
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return source.with_suffix(f".{target}").read_bytes()


@needs_office
@pytest.mark.parametrize(("kind", "target"), [("docx", "doc"), ("docx", "odt"), ("xlsx", "xls"), ("xlsx", "ods")])
def test_old_formats_are_read_to_equal_data(kind: str, target: str, tmp_path: Path) -> None:
    disclosure = generate(21, TINY)
    data = converted({"docx": write_docx, "xlsx": write_xlsx}[kind](disclosure), kind, target, tmp_path)
    found = recognise(read_source(data, f"a.{target}")).disclosure
    assert compare(disclosure, found).differences == []


def test_without_an_office_program_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnreadableFileError, match=r"另存为 \.docx"):
        read_file(b"{\\rtf1 \\ansi text}", "旧.rtf")
