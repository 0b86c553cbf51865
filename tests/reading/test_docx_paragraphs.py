"""Paragraphs of Word documents read as they are printed."""

from __future__ import annotations

import pytest

from disclosures.reading import read_file
from tests.reading.word import FILLER, p, read_word, texts, word

RUN = "<w:r><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "printed"),
    [
        (RUN.format("支出") + "<w:ins>" + RUN.format("增加") + "</w:ins>", ["支出增加"]),
        (RUN.format("支出") + "<w:del><w:r><w:delText>减少</w:delText></w:r></w:del>", ["支出"]),
        ("<w:moveFrom>" + RUN.format("甲") + "</w:moveFrom><w:moveTo>" + RUN.format("乙") + "</w:moveTo>", ["乙"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>" + RUN.format("可见"), ["可见"]),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>', ["可见"]),
        ("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>", ["上", "下"]),
        ("<w:r><w:tab/><w:t>只有缩进</w:t></w:r>", ["只有缩进"]),
        ("<w:r><w:t>2024</w:t><w:noBreakHyphen/><w:t>2026</w:t></w:r>", ["2024-2026"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>一次性</w:t></w:r>', ["☑一次性"]),
        ("<w:hyperlink>" + RUN.format("链接") + "</w:hyperlink>", ["链接"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + RUN.format("控件") + "</w:sdtContent></w:sdt>", ["控件"]),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + RUN.format("点此")
            + "</w:sdtContent></w:sdt>",
            [],
        ),
        (
            "<w:ruby><w:rt>" + RUN.format("yin") + "</w:rt><w:rubyBase>" + RUN.format("音") + "</w:rubyBase></w:ruby>",
            ["音"],
        ),
        ('<w:fldSimple w:instr=" DATE ">' + RUN.format("2026年") + "</w:fldSimple>", ["2026年"]),
        ("<w:commentRangeStart/>" + RUN.format("正文") + "<w:r><w:commentReference/></w:r>", ["正文"]),
    ],
)
def test_what_is_printed_is_read(inner: str, printed: list[str]) -> None:
    assert texts(f"<w:p>{inner}</w:p>") == printed


def test_a_field_is_its_last_result() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
        '<w:r><w:t>代码里的字</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>12.50</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>万元</w:t></w:r>'
    )
    assert texts(f"<w:p>{field}</w:p>") == ["12.50万元"]


def test_a_paragraph_whose_end_is_deleted_runs_into_the_next() -> None:
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上半句，</w:t></w:r></w:p>"
    assert texts(first + p("下半句。")) == ["上半句，下半句。"]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent>" + p("框里的字") + "</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>" + box + "</wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>" + box + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(f"<w:p>{shape}{RUN.format('段落的字')}</w:p>") == ["段落的字", "框里的字"]


def test_an_old_text_box_is_read_too() -> None:
    box = "<w:r><w:pict><v:textbox><w:txbxContent>" + p("旧的文本框") + "</w:txbxContent></v:textbox></w:pict></w:r>"
    assert texts(f"<w:p>{box}</w:p>") == ["旧的文本框"]


def test_a_footnote_stands_behind_its_paragraph() -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="0">'
        + p("——")
        + '</w:footnote><w:footnote w:id="2">'
        + p("脚注")
        + "</w:footnote>"
    )
    body = "<w:p>" + RUN.format("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("下一段")
    assert texts(body, {"footnotes": notes}) == ["正文", "脚注", "下一段"]


def test_headings_are_known_by_outline_level_and_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a2"><w:basedOn w:val="a3"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a3"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    body = p("甲", '<w:pStyle w:val="a1"/>') + p("乙", '<w:pStyle w:val="a2"/>') + p("丙", '<w:outlineLvl w:val="3"/>')
    body += p("丁", '<w:pStyle w:val="a1"/><w:outlineLvl w:val="9"/>')
    assert [line.heading for line in read_word(body, {"styles": styles})] == [2, 1, 4, 0]


def test_places_count_printed_paragraphs_tables_and_rows() -> None:
    from tests.reading.word import tbl, tr

    lines = read_word(p("") + p("甲") + tbl(tr("一", "1")) + "<w:p/>" + p("乙") + tbl(tr("二", "2"), tr("三", "3")))
    assert [line.source for line in lines] == [
        "paragraph 1",
        "table 1 row 1",
        "paragraph 2",
        "table 2 row 1",
        "table 2 row 2",
    ]
    assert lines[-1].cell_sources == ("table 2 row 2 cell 1", "table 2 row 2 cell 2")


def test_headers_are_not_read_but_their_watermark_is_known() -> None:
    shape = '<w:pict><v:shape><v:textpath string="征求意见稿"/></v:shape></w:pict>'
    mark = f"<w:p><w:r><w:t>页眉文字</w:t></w:r><w:r>{shape}</w:r></w:p>"
    document = read_file(word(FILLER, {"header": mark}), "a.docx")
    assert document.watermarks == (("征求意见稿", "paragraph 1", 1),)
    assert "页眉文字" not in [line.text for line in document.lines]
