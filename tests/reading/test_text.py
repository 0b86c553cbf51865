"""Text exports: encodings, line numbers, rows, and what is refused."""

from __future__ import annotations

import codecs

import pytest

from disclosures.reading import Layout, SourceDocument, UnreadableFileError, read_file

PROSE = "第一部分 概况\n\n一、本部门职责\n负责测试工作，并完成交办的其他任务。\n"
ROWS = "2080101\t行政运行\t40.00\t40.00\t\n2080102\t一般行政管理事务\t30.00\t\t30.00\n"


def read(text: str, encoding: str = "utf-8") -> SourceDocument:
    return read_file(text.encode(encoding), "test.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_lines(encoding: str) -> None:
    assert read(PROSE + ROWS, encoding).lines == read(PROSE + ROWS).lines


def test_a_file_cut_off_inside_a_character_is_read() -> None:
    assert read_file((PROSE + "末尾").encode()[:-1], "cut.txt").lines[-1].text == "末"


def test_a_few_spoilt_bytes_stay_visible_in_their_line() -> None:
    data = (PROSE * 40).encode().replace("测试".encode(), b"\xff\xfe", 1)
    document = read_file(data, "spoilt.txt")
    assert [line.source for line in document.lines if "\ufffd" in line.text] == ["line 4"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_as_in_the_file(end: str) -> None:
    document = read((PROSE + ROWS).replace("\n", end))
    assert [line.source for line in document.lines] == ["line 1", "line 3", "line 4", "line 5", "line 6"]


def test_a_form_feed_parts_a_line_but_not_its_number() -> None:
    document = read(f"{PROSE}页末\f第二部分 预算报表\n\f下一页的文字\n")
    assert [(line.source, line.text) for line in document.lines[3:]] == [
        ("line 5", "页末"),
        ("line 5", "第二部分 预算报表"),
        ("line 6", "下一页的文字"),
    ]


def test_a_tab_row_carries_trimmed_cells_and_keeps_its_text() -> None:
    row = read("\u3000会议费 \t4.00\t\n" + ROWS).lines[0]
    assert row.cells == ("会议费", "4.00", "")
    assert row.text.startswith("\u3000会议费")


def test_markdown_tables_are_rows_and_their_rule_is_none() -> None:
    document = read(PROSE + "| 项目 | 合计 |\n|:---|---:|\n| 甲\\|乙 | 4.00 |\n")
    assert [(line.source, line.cells) for line in document.lines[3:]] == [
        ("line 5", ("项目", "合计")),
        ("line 7", ("甲|乙", "4.00")),
    ]


def test_html_tables_on_one_line_become_rows_with_spans_laid_out() -> None:
    table = (
        '<table><tr><td colspan="2">收入</td><td>支出</td></tr>'
        '<tr><td rowspan="2">甲</td><td>1.00</td><td>a&amp;b</td></tr><tr><td>2.00</td><td></td></tr></table>'
    )
    document = read(PROSE + "前文" + table + "后文\n")
    assert [line.cells for line in document.lines[3:]] == [
        None,
        ("收入", "", "支出"),
        ("甲", "1.00", "a&b"),
        ("", "2.00", ""),
        None,
    ]
    assert {line.source for line in document.lines[3:]} == {"line 5"}


def test_html_rows_on_several_lines_keep_the_line_they_begin_on() -> None:
    document = read(
        PROSE + "<table>\n<tr>\n<td>甲</td>\n<td>1.00</td>\n</tr>\n<tr><td>乙</td><td>2.00</td></tr>\n</table>\n"
    )
    assert [(line.source, line.cells) for line in document.lines[3:]] == [
        ("line 6", ("甲", "1.00")),
        ("line 10", ("乙", "2.00")),
    ]


def test_headings_and_emphasis_lose_their_marks() -> None:
    document = read("## **二、机构设置情况**\n<b>第一部分 概况</b>\n1#楼维修，面积#2和#3都是说明文字。\n")
    assert [(line.heading, line.text) for line in document.lines] == [
        (2, "二、机构设置情况"),
        (0, "第一部分 概况"),
        (0, "1#楼维修，面积#2和#3都是说明文字。"),
    ]


def test_spaces_of_a_flow_document_are_kept() -> None:
    document = read(PROSE + "  合计 70.00  30.00 \n2080101 行政运行 40.00 40.00  \n")
    assert document.layout is Layout.FLOW
    assert document.lines[3].text == "  合计 70.00  30.00 "
    assert document.lines[3].cells is None


def test_the_layout_follows_the_greater_number_of_rows() -> None:
    flow = "2080101 行政运行 40.00 40.00\n"
    assert read(ROWS + flow).layout is Layout.GRID
    assert read(ROWS + flow * 3).layout is Layout.FLOW
    mixed = read(ROWS + flow * 3)
    assert mixed.lines[0].cells is not None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空的"),
        (b"\xef\xbb\xbf \r\n", "是空的"),
        ("短".encode(), "几乎没有内容"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "Word、Excel"),
        (bytes(range(256)) * 20, "二进制"),
        (b"\x81\x00\x99" * 400, "二进制"),
        (b"\x01\x02\x03\x04 abc " * 300, "二进制"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41\x00" * 30, "已损坏"),
        (b"\xff\xfa\x80\x92\xfe" * 400, "编码无法识别"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words) as refused:
        read_file(data, "附件.txt")
    message = str(refused.value)
    assert "附件.txt" in message
    assert "请" in message
