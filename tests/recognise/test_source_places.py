"""Places in source files: written, read back, said in words."""

from __future__ import annotations

import pytest

from disclosures.plain.sources import PagePlace, line_number, page_place, page_source, source_words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("line 361", "第 361 行"),
        ("page 12", "第 12 页"),
        ("page 12 @72.0,100.5,540.0,118.0", "第 12 页"),
        ("sheet 表三!C7", "工作表“表三”C7"),
        ("sheet 表三!7", "工作表“表三”第 7 行"),
        ("table 3 row 5 cell 2", "第 3 个表格第 5 行第 2 格"),
        ("paragraph 4", "第 4 段"),
        (None, ""),
    ],
)
def test_a_place_is_said_in_words(source, words):
    assert source_words(source) == words


def test_a_box_on_a_page_reads_back():
    box = (72.0, 100.5, 540.0, 118.0)
    assert page_place(page_source(12, box)) == PagePlace(12, box)
    assert page_place(page_source(12)) == PagePlace(12)
    assert page_place("line 3") is None


def test_only_text_files_have_line_numbers():
    assert line_number("line 361") == 361
    assert line_number("page 12") is None
