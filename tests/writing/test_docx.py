"""The Word document: read again equal, whole, and safe whatever the texts hold."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from disclosures.editing import differences
from disclosures.plain.data import Disclosure, Kind, Paragraph, Section
from disclosures.synthetic import generate
from disclosures.synthetic.sizes import SMALL, TINY
from disclosures.writing.docx import write_docx

from .conftest import read_again


def test_what_is_written_reads_again_equal(sample: Disclosure) -> None:
    again = read_again(write_docx(sample), "定稿.docx")
    assert differences(sample, again) == ()
    assert again.title_lines
    assert [line.text for line in again.title_lines] == [line.text for line in sample.title_lines]
    for table in sample.tables:
        other = again.table(table.id)
        assert other is not None
        assert [(row.code, row.name, row.second_name, row.cells) for row in table.rows] == [
            (row.code, row.name, row.second_name, tuple((key, replace(cell, source=None)) for key, cell in row.cells))
            for row in other.rows
        ]


def test_the_same_data_gives_the_same_text() -> None:
    disclosure = generate(1, TINY)
    with (
        zipfile.ZipFile(io.BytesIO(write_docx(disclosure))) as one,
        zipfile.ZipFile(io.BytesIO(write_docx(disclosure))) as two,
    ):
        assert one.read("word/document.xml") == two.read("word/document.xml")


def test_contents_name_parts_tables_and_sections_with_their_pages() -> None:
    disclosure = generate(1, SMALL)
    document = docx.Document(io.BytesIO(write_docx(disclosure, pages=list(range(1, 30)))))
    lines = [
        p.text for p in document.paragraphs if p.style is not None and (p.style.name or "").startswith(("TOC", "toc"))
    ]
    assert len(lines) == 4 + 13 + 12
    assert lines[0].endswith("\t1")
    assert any(line.startswith("表十三  ") for line in lines)
    assert "TOC" in "".join(element.text or "" for element in document.element.iter(qn("w:instrText")))


def test_without_known_pages_word_is_asked_to_fill_them_in() -> None:
    document = docx.Document(io.BytesIO(write_docx(generate(1, TINY))))
    assert [e for e in document.element.iter(qn("w:fldChar")) if e.get(qn("w:dirty")) == "true"]


def test_tables_repeat_their_head_on_every_page_and_stand_on_turned_pages() -> None:
    document = docx.Document(io.BytesIO(write_docx(generate(1, SMALL))))
    heads = list(document.tables[1]._tbl.iter(qn("w:tblHeader")))
    assert len(heads) == 2
    sizes = [(section.page_width or 0) > (section.page_height or 0) for section in document.sections]
    assert sizes == [False, False, True, False]


def test_charts_are_native_parts_and_can_be_left_out() -> None:
    disclosure = generate(2, SMALL)
    with zipfile.ZipFile(io.BytesIO(write_docx(disclosure))) as archive:
        charts = [name for name in archive.namelist() if name.startswith("word/charts/")]
        assert charts
        assert not any(name.startswith("word/media") for name in archive.namelist())
    with zipfile.ZipFile(io.BytesIO(write_docx(disclosure, charts=False))) as archive:
        assert not [name for name in archive.namelist() if name.startswith("word/charts/")]


@pytest.mark.parametrize(
    "text",
    [
        "<w:p>&amp;",
        "\x00\x0b坏字符\ufffe",
        "=1+1",
        "两行\n一段",
        "引号\"与'撇号",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_no_text_breaks_the_document(text: str) -> None:
    section = Section("一", "一、收支数据变动情况", (Paragraph(text),))
    disclosure = Disclosure("某局" + text, 2026, Kind.DEPARTMENT, sections=(section,), title_lines=(Paragraph(text),))
    document = docx.Document(io.BytesIO(write_docx(disclosure)))
    assert document.paragraphs


def test_an_empty_disclosure_is_still_a_document() -> None:
    document = docx.Document(io.BytesIO(write_docx(Disclosure("某局", 2026, Kind.UNIT))))
    assert document.paragraphs[0].text == "某局"
