"""Tables are found by title, caption or columns, wherever and however often they are printed."""

from __future__ import annotations

import pytest

from disclosures.plain.data import Disclosure
from tests.recognise.sample import DEPARTMENT, TABLES, TITLES, document, parse, table_text, values

UNITS = [f"部门名称：{DEPARTMENT}", "单位：万元"]


def _read(changed: dict[str, list[str]]) -> Disclosure:
    return parse(document(changed)).disclosure


def _same_tables(disclosure: Disclosure) -> bool:
    sound = parse(document()).disclosure
    return [(t.id, values(t), t.no_data) for t in disclosure.tables] == [
        (t.id, values(t), t.no_data) for t in sound.tables
    ]


def test_the_sound_document_has_all_tables_and_nothing_to_note() -> None:
    disclosure = _read({})
    assert [table.id for table in disclosure.tables] == list(TABLES)
    assert disclosure.notes == ()


def test_what_is_printed_around_a_table_is_kept() -> None:
    table = _read({"T07": ["预算公开表7", *table_text("T07")]}).table("T07")
    assert table is not None
    assert (table.title, table.printed_year) == ("政府性基金预算收入表（不含上年结转）", 2026)
    assert (table.caption, table.printed_unit, table.printed_department) == ("预算公开表7", "万元", DEPARTMENT)
    assert table.no_data


@pytest.mark.parametrize("table_id", TABLES)
@pytest.mark.parametrize(
    "written",
    [
        lambda title: f"表三{title}",
        lambda title: f"附表3：{title}",
        lambda title: title.replace("（", "(").replace("）", ")"),
        lambda title: title.replace("（不含上年结转）", ""),
        lambda title: title.replace("2026年", "2026 年"),
        lambda title: title.replace("2026年", "2025年"),
        lambda title: title.replace("2026年", f"{DEPARTMENT}2026年部门"),
        lambda title: f"### **{title}**",
        lambda title: f"{title}\t\t\t",
        lambda title: f"{title[:9]}\n\n{title[9:]}",
        lambda title: f"{title[:-4]}\n{title[-4:]}",
        lambda title: f"预算公开表5 {title}",
        lambda title: f"部门公开表1\n{title}",
    ],
)
def test_titles_are_recognised_in_all_their_forms(table_id: str, written) -> None:
    text = table_text(table_id, title=written(TITLES[table_id]))
    assert _same_tables(_read({table_id: "\n".join(text).split("\n")}))


@pytest.mark.parametrize("table_id", TABLES)
def test_a_table_without_title_is_known_by_its_caption(table_id: str) -> None:
    text = [f"预算公开表{int(table_id[1:])}", *UNITS, *TABLES[table_id], ""]
    assert _same_tables(_read({table_id: text}))


@pytest.mark.parametrize("table_id", [key for key in TABLES if key != "T01"])
def test_a_table_without_title_or_caption_is_known_by_its_columns(table_id: str) -> None:
    disclosure = _read({table_id: [*UNITS, *TABLES[table_id], ""]})
    assert _same_tables(disclosure)
    assert any(note.where == table_id and "没有标题" in note.message for note in disclosure.notes)


def test_the_columns_outweigh_a_wrong_caption() -> None:
    text = ["预算公开表9", *UNITS, *TABLES["T06"], ""]
    assert _same_tables(_read({"T06": text}))


def test_order_is_not_counted_on() -> None:
    lines = document({"T02": table_text("T10"), "T10": table_text("T02")})
    assert _same_tables(parse(lines).disclosure)


def test_the_heading_of_part_two_inside_a_table_cuts_nothing() -> None:
    rows = [*TABLES["T01"][:28], "第二部分 2026年部门预算报表", *TABLES["T01"][28:]]
    assert _same_tables(_read({"T01": table_text("T01", rows)}))


def test_the_heading_of_part_three_inside_a_table_cuts_nothing() -> None:
    lines = [line for line in document() if not line.startswith("第三部分")]
    at = lines.index("设备运行维护经费（二期）\t5.00\t5.00\t\t\t\t")
    disclosure = parse([*lines[:at], "第三部分 2026年度部门预算情况说明", *lines[at:]]).disclosure
    assert _same_tables(disclosure)
    assert len([s for s in disclosure.sections if s.numeral != "概况"]) == 13


def test_a_table_that_runs_over_two_pages_is_one() -> None:
    rows = TABLES["T03"]
    for break_ in (
        ["", "- 7 -", "续表", *rows[:2]],
        ["", *UNITS, *rows[:2]],
        ["", TITLES["T03"], *UNITS, *rows[:2]],
    ):
        assert _same_tables(_read({"T03": table_text("T03", [*rows[:6], *break_, *rows[6:]])}))


@pytest.mark.parametrize("other", [False, True])
def test_a_table_printed_twice_is_read_once_and_noted(other: bool) -> None:
    second = [row.replace("30.00\t\t30.00", "31.00\t\t31.00") if other else row for row in TABLES["T03"]]
    disclosure = _read({"T03": [*table_text("T03"), *table_text("T03", second)]})
    assert _same_tables(disclosure)
    [note] = [note for note in disclosure.notes if note.where == "T03"]
    assert "印了两次" in note.message
    assert ("不完全相同" in note.message) is other
    assert note.source


def test_a_missing_table_is_absent_and_noted() -> None:
    disclosure = _read({"T05": []})
    assert disclosure.table("T05") is None
    assert [note.where for note in disclosure.notes] == ["T05"]
    assert len(disclosure.tables) == 12


def test_a_table_of_another_kind_is_kept_as_it_is() -> None:
    extra = ["2026年政府采购预算表", *UNITS, "采购项目\t金额", "计算机\t3.00", ""]
    disclosure = _read({"T11": [*table_text("T11"), *extra]})
    assert _same_tables(disclosure)
    [other] = disclosure.other_tables
    assert other.title == "政府采购预算表"
    assert ("计算机", "3.00") in other.rows
    assert any("不在十三张表之内" in note.message for note in disclosure.notes)


def test_another_amount_unit_is_noted_and_nothing_converted() -> None:
    disclosure = _read({"T03": [line.replace("万元", "元") for line in table_text("T03")]})
    assert _same_tables(disclosure)
    assert any("“元”" in note.message and note.where == "T03" for note in disclosure.notes)


def test_rows_of_one_table_without_separators_are_still_read() -> None:
    rows = [row.replace("\t", " ") if ".0" in row else row for row in TABLES["T03"]]
    disclosure = _read({"T03": table_text("T03", rows)})
    table = disclosure.table("T03")
    assert table is not None
    assert [row.value("total") for row in table.rows] == [
        "100.00", "70.00", "70.00", "40.00", "30.00", "30.00", "30.00", "30.00",
    ]  # fmt: skip
