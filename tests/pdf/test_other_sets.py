"""Sets of tables of other provinces: every table is kept, no amount is lost, no prose swallows a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from bench.support import read
from disclosures.plain.data import Disclosure
from disclosures.profiles import DEFAULT_PROFILE
from disclosures.reading import UnreadableFileError
from disclosures.recognise.assigned import read_as as read_other_as
from disclosures.synthetic.pdf_sheet import PdfStyle
from tests.pdf.other_sets import (
    SETS,
    Block,
    Heading,
    Maker,
    Printed,
    Prose,
    as_docx,
    as_pdf,
    as_xlsx,
    coded,
    document,
    is_amount,
)

PDF = {
    "ruled": PdfStyle(),
    "three lines": PdfStyle(rules="heads"),
    "lines between rows": PdfStyle(rules="rows"),
    "unruled": PdfStyle(rules="none"),
    "landscape": PdfStyle(landscape=True),
    "turned": PdfStyle(landscape=True, rotated=True, rules="heads"),
    "header once": PdfStyle(rules="none", repeat_header=False),
}
FILES = [*PDF, "docx", "xlsx"]
BY_FUNCTION = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"),)


def read_as(blocks: list[Block], kind: str) -> Disclosure:
    if kind in PDF:
        return read(as_pdf(blocks, PDF[kind]), "a.pdf")
    return read((as_docx if kind == "docx" else as_xlsx)(blocks), f"a.{kind}")


def amounts_of(disclosure: Disclosure) -> Counter[str]:
    declared = Counter(
        cell.value for table in disclosure.tables for row in table.rows for _, cell in row.cells if cell.value
    )
    return declared + Counter(
        text for other in disclosure.other_tables for row in other.rows for text in row if is_amount(text)
    )


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("tables_last", [False, True])
def test_every_table_is_kept(name: str, kind: str, tables_last: bool) -> None:
    tables = SETS[name](Maker(Random(name)))
    disclosure = read_as(document(tables, tables_last=tables_last), kind)
    assert amounts_of(disclosure) == Counter(amount for table in tables for amount in table.amounts)
    assert not disclosure.tables
    titles = [other.title or "" for other in disclosure.other_tables]
    assert len(titles) == len(tables)
    for table, title in zip(tables, titles, strict=True):
        assert (table.title or "").removeprefix("附表").lstrip("0123456789-：　 ") in title
        assert (table.caption or "") in title
    said = "".join(paragraph.text for section in disclosure.sections for paragraph in section.paragraphs)
    assert not any(title and title in said for title in titles)
    assert {section.numeral for section in disclosure.sections} >= {"概况", "一", "名词解释"}


@pytest.mark.parametrize("kind", ["ruled", "unruled", "docx"])
@pytest.mark.parametrize("part", ["第一部分 部门概况", "第三部分 2026年部门预算情况说明"])
def test_a_table_within_prose_leaves_the_prose_whole(part: str, kind: str) -> None:
    tables = SETS["lettered"](Maker(Random(1)))
    blocks = document(tables[:1])
    at = blocks.index(Heading(part)) + 2
    inner = Printed(
        None, None, False, (("单位", "编制人数", "实有人数"),), (("机关", "30", "28"), ("中心", "12", "11"))
    )
    behind = Prose("以上人员均由财政负担，编制以批复的数为准，其余人员另行说明，不在上表之内。")
    disclosure = read_as([*blocks[:at], inner, behind, *blocks[at:]], kind)
    assert [other.title is None for other in disclosure.other_tables].count(True) == 1
    paragraphs = [paragraph.text for section in disclosure.sections for paragraph in section.paragraphs]
    assert behind.text in paragraphs
    assert len(disclosure.other_tables) == 2


@pytest.mark.parametrize("kind", ["ruled", "docx", "xlsx"])
def test_a_declared_table_with_another_title_is_known_by_all_its_columns(kind: str) -> None:
    maker = Maker(Random(2))
    rows = tuple((code, name, *row[2:]) for code, name, *row in ((r[0], r[1], *r) for r in coded(maker, 3)))
    tables = [
        Printed("表1-2", "各项支出总表", True, BY_FUNCTION, rows),
        Printed("表5", "事业经费表", True, BY_FUNCTION, coded(maker, 3)),
    ]
    disclosure = read_as(document(tables), kind)
    assert [table.id for table in disclosure.tables] == ["T03"]
    assert [other.title for other in disclosure.other_tables] == ["表5 事业经费表"]
    assert any("标题是" in note.message for note in disclosure.notes if note.where == "T03")


@pytest.mark.parametrize("kind", ["ruled", "docx"])
def test_a_declared_title_over_other_columns_makes_no_declared_table(kind: str) -> None:
    maker = Maker(Random(3))
    head = (("科目编码", "科目名称", "上年执行数", "本年申报数", "财政核定数", "增减额", "增减比例"),)
    disclosure = read_as(document([Printed(None, "2026年预算支出总表", True, head, coded(maker, 5))]), kind)
    assert not disclosure.tables
    [other] = disclosure.other_tables
    assert sum(is_amount(text) for row in other.rows for text in row) == sum(amounts_of(disclosure).values())
    assert any("栏目" in note.message for note in disclosure.notes)


@pytest.mark.parametrize("kind", ["ruled", "three lines", "docx", "xlsx"])
def test_a_table_that_was_kept_can_be_assigned(kind: str) -> None:
    table = Printed("表5", "事业经费表", True, BY_FUNCTION, coded(Maker(Random(4)), 3))
    [other] = read_as(document([table]), kind).other_tables
    assigned = read_other_as(DEFAULT_PROFILE.table("T05"), other, "某某厅")
    assert sorted(cell.value for row in assigned.rows for _, cell in row.cells if cell.value) == sorted(table.amounts)
    assert [row.code or "" for row in assigned.rows] == [row[0] for row in table.rows]


def test_income_by_more_columns_than_declared_is_kept_whole() -> None:
    maker = Maker(Random(5))
    head = (
        ("科目编码", "科目名称", "合计", "上年结转结余", "本年收入", "<", "<", "<", "<", "<"),
        ("^", "^", "^", "^", "小计", "财政拨款收入", "<", "<", "事业收入", "其他收入"),
        ("^", "^", "^", "^", "^", "一般公共预算", "政府性基金", "国有资本经营", "^", "^"),
    )
    table = Printed(None, "部门收入总表", True, head, coded(maker, 8))
    disclosure = read_as(document([table]), "ruled")
    assert not disclosure.tables
    [other] = disclosure.other_tables
    assert [row[-8:] for row in other.rows[-len(table.rows) :]] == [row[-8:] for row in table.rows]


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", SETS)
def test_tables_alone_without_any_heading_are_imported_as_they_are(name: str, kind: str) -> None:
    tables = [
        replace(table, title=f"2026年{table.title}") if table.title else table
        for table in SETS[name](Maker(Random(name)))
    ]
    disclosure = read_as([*tables], kind)
    assert amounts_of(disclosure) == Counter(amount for table in tables for amount in table.amounts)
    assert len(disclosure.other_tables) == len(tables)
    assert not disclosure.tables
    assert (disclosure.department, disclosure.fiscal_year) == ("某某厅", 2026)


@pytest.mark.parametrize("kind", ["ruled", "unruled", "docx", "xlsx"])
def test_a_table_that_tells_of_no_money_makes_no_disclosure(kind: str) -> None:
    people = Printed(
        None, "通讯录表", False, (("姓名", "电话", "单位"),), (("张三", "1001", "甲"), ("李四", "1002", "乙"))
    )
    with pytest.raises(UnreadableFileError, match="没有找到部门预算公开的内容"):
        read_as([people], kind)


def test_whole_yuan_grouped_by_thousands_are_amounts_of_an_untitled_table() -> None:
    rows = (("机关运行", "1,234,567", "（12,000）"), ("信息中心", "2,345,678", "-3,000"))
    [other] = read_as([Printed(None, None, False, (("支出项目", "本年", "增减"),), rows)], "ruled").other_tables
    assert other.rows[1:] == rows
