"""Tables of Word documents laid out in the columns that are printed."""

from __future__ import annotations

import pytest

from disclosures.reading import UnreadableFileError
from tests.reading.word import p, read_word, span, tbl, tc, tr


def cells(*rows: str, widths: tuple[int, ...] = ()) -> list[tuple[str, ...] | None]:
    return [line.cells for line in read_word(tbl(*rows, widths=widths))]


def test_merged_cells_have_their_text_once() -> None:
    top = tr(tc("科目", '<w:vMerge w:val="restart"/>'), tc("收入", span(2)))
    middle = tr(tc("", "<w:vMerge/>"), "合计", "项目")
    assert cells(top, middle, tr("2080101", "1.00", "2.00")) == [
        ("科目", "收入", ""),
        ("", "合计", "项目"),
        ("2080101", "1.00", "2.00"),
    ]


def test_text_under_a_vertical_merge_is_not_printed() -> None:
    assert cells(tr(tc("甲", '<w:vMerge w:val="restart"/>'), "1"), tr(tc("藏", "<w:vMerge/>"), "2"))[1] == ("", "2")


def test_columns_are_those_where_cells_begin() -> None:
    rows = (tr(tc("项目", span(3)), tc("金额", span(4))), tr(tc("甲", span(3)), tc("1.00", span(4))))
    assert cells(*rows) == [("项目", "金额"), ("甲", "1.00")]


def test_edges_a_hair_apart_are_one() -> None:
    rows = (tr(tc("项目", span(2)), "金额"), tr("甲", tc("1.00", span(2))))
    assert cells(*rows, widths=(2000, 30, 2000)) == [("项目", "金额"), ("甲", "1.00")]
    assert cells(*rows, widths=(2000, 900, 2000)) == [("项目", "", "金额"), ("甲", "1.00", "")]


def test_cells_left_out_before_and_behind() -> None:
    rows = (tr("甲", "乙", "丙"), tr("1", properties='<w:gridBefore w:val="1"/>'), tr("2"))
    assert cells(*rows) == [("甲", "乙", "丙"), ("", "1", ""), ("2", "", "")]


def test_deleted_and_hidden_rows_are_not_printed() -> None:
    rows = (
        tr("甲", "1"),
        tr("乙", "2", properties="<w:del/>"),
        tr("丙", "3", properties="<w:hidden/>"),
        tr("丁", "4", properties="<w:ins/>"),
    )
    assert cells(*rows) == [("甲", "1"), ("丁", "4")]


def test_rows_and_cells_in_content_controls() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert cells(control.format(tr(control.format(tc("甲")), "1"))) == [("甲", "1")]


def test_a_nested_table_stands_behind_the_row_that_holds_it() -> None:
    inner = "<w:tc><w:tcPr/>" + p("里面：") + tbl(tr("甲", "1"), tr("乙", "2")) + p("") + "</w:tc>"
    lines = read_word(tbl(tr("外", inner), tr("尾", "9")))
    assert [(line.source, line.cells) for line in lines] == [
        ("table 1 row 1", ("外", "里面：")),
        ("table 2 row 1", ("甲", "1")),
        ("table 2 row 2", ("乙", "2")),
        ("table 1 row 2", ("尾", "9")),
    ]


def test_a_frame_of_one_cell_is_prose() -> None:
    frame = tbl(tr("<w:tc><w:tcPr/>" + p("第一段。") + p("第二段。") + tbl(tr("甲", "1")) + "</w:tc>"))
    assert [(line.text, line.cells) for line in read_word(frame)] == [
        ("第一段。", None),
        ("第二段。", None),
        ("甲\t1", ("甲", "1")),
    ]


def test_paragraphs_of_a_cell_run_together() -> None:
    broken = "<w:tc><w:tcPr/>" + p("一般公共") + p("服务支出") + "</w:tc>"
    english = "<w:tc><w:tcPr/>" + p("PM") + p("2.5") + "</w:tc>"
    assert cells(tr(broken, english)) == [("一般公共服务支出", "PM 2.5")]


def test_indentation_of_the_first_cell_is_kept_as_spaces() -> None:
    indented = '<w:tc><w:tcPr/><w:p><w:pPr><w:ind w:left="420"/></w:pPr><w:r><w:t>某项目</w:t></w:r></w:p></w:tc>'
    (line,) = read_word(tbl(tr(indented, "1.00")))
    assert line.text == "\u3000\u3000某项目\t1.00"
    assert line.cells == ("某项目", "1.00")


def test_a_text_box_in_a_cell_belongs_to_it() -> None:
    box = "<w:r><w:pict><v:textbox><w:txbxContent>" + p("框") + "</w:txbxContent></v:textbox></w:pict></w:r>"
    assert cells(tr("甲", f"<w:tc><w:tcPr/><w:p>{box}</w:p></w:tc>")) == [("甲", "框")]


def test_absurd_spans_and_nesting_cost_nothing() -> None:
    assert cells(tr(tc("甲", span(99999)), "1")) == [("甲", "1")]
    nested = tbl(tr("甲", "1"))
    for _ in range(25):
        nested = tbl(tr(f"<w:tc>{nested}{p('')}</w:tc>", "1"))
    with pytest.raises(UnreadableFileError, match="一层套一层"):
        read_word(nested)
