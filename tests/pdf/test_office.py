"""What LibreOffice prints of our Word and Excel files comes back whole (it is installed in CI)."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest

from bench.support import read
from disclosures.editing import differences
from disclosures.reading.pdf import read_pdf
from disclosures.synthetic import TINY, generate
from disclosures.writing.docx import write_docx
from disclosures.writing.docx_styles import only_section, style_document
from disclosures.writing.pdf import to_pdf
from disclosures.writing.xlsx import write_xlsx

_OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(_OFFICE is None and os.environ.get("CI") != "true", reason="LibreOffice is missing")


def test_a_word_document_with_charts_printed_as_pdf_reads_equal() -> None:
    disclosure = generate(2, TINY)
    again = read(to_pdf(write_docx(disclosure, charts=True)), "a.pdf")
    assert len(again.tables) == 13
    assert list(differences(disclosure, again)) == []


def test_marks_at_the_end_of_justified_lines_are_printed() -> None:
    document = docx.Document()
    style_document(document)
    only_section(document)
    texts = [f"{'文' * before}{mark}2026年{'字' * 60}。" for before in range(18, 28) for mark in "，；"]
    for text in texts:
        document.add_paragraph(text)
    data = BytesIO()
    document.save(data)
    lines = read_pdf(to_pdf(data.getvalue()), "a.pdf").lines
    assert ["".join(line.text.split()) for line in lines] == texts


def test_a_workbook_printed_as_pdf_reads_equal(tmp_path: Path) -> None:
    disclosure = generate(3, TINY)
    (tmp_path / "a.xlsx").write_bytes(write_xlsx(disclosure))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [_OFFICE or "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=120)
    again = read((tmp_path / "a.pdf").read_bytes(), "a.pdf")
    assert len(again.tables) == 13
    assert list(differences(disclosure, again)) == []
