"""Word documents through LibreOffice, where it is installed (always in CI)."""

from __future__ import annotations

import os
import shutil

import pypdfium2
import pytest

from disclosures.synthetic import generate
from disclosures.synthetic.sizes import TINY
from disclosures.writing import pdf
from disclosures.writing.docx import write_docx
from disclosures.writing.pdf import NoOfficeError, pages_of_contents, to_pdf

_HERE = shutil.which("soffice") is not None
needs_office = pytest.mark.skipif(not _HERE and not os.environ.get("CI"), reason="LibreOffice is not installed")


@needs_office
def test_contents_bear_the_pages_on_which_the_headings_stand() -> None:
    disclosure = generate(2, TINY)
    pages = pages_of_contents(to_pdf(write_docx(disclosure)))
    assert len(pages) == 4 + 13 + 12
    assert pages == sorted(pages)
    assert pages[0] == 1
    document = pypdfium2.PdfDocument(to_pdf(write_docx(disclosure, pages=pages)))
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert "概况" in texts[2]  # behind cover and contents
    assert "名词解释" in texts[1 + pages[-1]]
    assert f"— {pages[-1]} —" in texts[1 + pages[-1]]
    contents = [line for line in texts[1].splitlines() if "名词解释" in line]
    assert contents
    assert contents[0].endswith(str(pages[-1]))


def test_without_office_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_PROGRAMS", ())
    with pytest.raises(NoOfficeError, match="另存为 PDF"):
        to_pdf(b"")


@needs_office
def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(NoOfficeError, match="已停止"):
        to_pdf(write_docx(generate(2, TINY)), seconds=0.05)
