"""Numbers that Word generates are part of what is printed."""

from __future__ import annotations

import pytest

from disclosures.reading.docx.counting import rendered
from tests.reading.word import p, texts


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, number: str = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>') -> dict[str, str]:
    return {"numbering": f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>{number}'}


def item(text: str, at: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def test_levels_count_and_start_over() -> None:
    parts = numbering(
        level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
    )
    body = item("甲") + item("子", 1) + item("丑", 1) + item("寅", 2) + item("乙") + item("卯", 1)
    assert texts(body, parts) == ["一、甲", "（一）子", "（二）丑", "1.寅", "二、乙", "（一）卯"]


def test_a_label_of_several_numbers_and_legal_numbering() -> None:
    plain = numbering(level(0, "chineseCounting", "第%1部分"), level(1, "decimal", "%1.%2"))
    assert texts(item("概况") + item("职责", 1), plain) == ["第一部分 概况", "一.1 职责"]
    legal = numbering(level(0, "chineseCounting", "第%1部分"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert texts(item("概况") + item("职责", 1), legal) == ["第一部分 概况", "1.1 职责"]


def test_another_instance_of_a_list_goes_on_unless_it_starts_over() -> None:
    two = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    two += '<w:num w:numId="2"><w:abstractNumId w:val="7"/>{}</w:num>'
    levels = level(0, "decimal", "%1、")
    body = item("甲") + item("乙") + item("丙", 0, 2)
    assert texts(body, numbering(levels, number=two.format("")))[-1] == "3、丙"
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert texts(body, numbering(levels, number=two.format(anew)))[-1] == "1、丙"


def test_bullets_and_unnumbered_paragraphs_have_no_number() -> None:
    parts = numbering(level(0, "bullet", "&#xF0B7;"))
    assert texts(item("甲") + p("乙", '<w:numPr><w:numId w:val="0"/></w:numPr>'), parts) == ["甲", "乙"]


def test_numbering_of_a_style() -> None:
    parts = numbering(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:pStyle w:val="s2"/>'))
    numbered = (
        '<w:style w:type="paragraph" w:styleId="{}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    parts["styles"] = numbered.format("s1") + numbered.format("s2")
    body = p("甲", '<w:pStyle w:val="s1"/>') + p("子", '<w:pStyle w:val="s2"/>')
    assert texts(body, parts) == ["一、甲", "1.子"]


@pytest.mark.parametrize(
    ("form", "number", "printed"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 19, "十九"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 2010, "二千零一十"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 20, "二〇"),
        ("ideographTraditional", 11, "甲"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 3, "03"),
        ("somethingNew", 4, "4"),
        ("none", 4, ""),
    ],
)
def test_counting_formats(form: str, number: int, printed: str) -> None:
    assert rendered(number, form) == printed
