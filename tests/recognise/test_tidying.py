"""Habits of exporters that change the columns or labels of whole tables leave no trace in what is read."""

from __future__ import annotations

import re

import pytest

from disclosures.plain.data import Disclosure
from tests.recognise.sample import DEPARTMENT, TABLES, TITLES, document, parse, table_text, values

CODED = ("T02", "T03", "T05")


def _rewritten(edit, tables=tuple(TABLES)) -> Disclosure:
    return parse(document({key: table_text(key, edit(TABLES[key])) for key in tables})).disclosure


def _same(disclosure: Disclosure) -> bool:
    sound = parse(document()).disclosure
    return [(t.id, values(t), t.no_data) for t in disclosure.tables] == [
        (t.id, values(t), t.no_data) for t in sound.tables
    ]


def _serials(rows: list[str]) -> list[str]:
    head = next(n for n, row in enumerate(rows) if re.search(r"\d\.\d\d|^合计|^部门合计|^1\t", row))
    return [
        row if not row or row.startswith("注") else f"{'序号' if n == 0 else '' if n < head else n - head + 1}\t{row}"
        for n, row in enumerate(rows)
    ]


def test_a_column_of_serial_numbers_is_left_out() -> None:
    assert _same(_rewritten(_serials, ("T02", "T03", "T05", "T06", "T11")))


@pytest.mark.parametrize("mark", [" ", ".", "-", "．"])
def test_codes_printed_in_parts_become_whole(mark: str) -> None:
    def parted(rows: list[str]) -> list[str]:
        return [
            re.sub(r"^(\d{3})(\d\d)(\d\d)?\t", lambda m: mark.join(filter(None, m.groups())) + "\t", r) for r in rows
        ]

    assert _same(_rewritten(parted, CODED))


def test_codes_in_three_columns_become_one() -> None:
    def three(rows: list[str]) -> list[str]:
        out = []
        for row in rows:
            if code := re.match(r"(\d{3})(\d\d)?(\d\d)?\t(.*)", row):
                out.append("\t".join(part or "" for part in code.groups()))
            elif row.startswith("科目编码"):
                out += [row.replace("科目编码\t", "科目编码\t\t\t"), "类\t款\t项" + "\t" * row.count("\t")]
            else:
                out.append(row.replace("\t", "\t\t\t", 1))
        return out

    assert _same(_rewritten(three, CODED))


def test_depth_shown_by_dashes_is_no_part_of_a_name() -> None:
    def dashed(rows: list[str]) -> list[str]:
        return [re.sub(r"^(\d{5,7})\t", lambda m: m.group(0) + " " * len(m.group(1)) + "-", row) for row in rows]

    assert _same(_rewritten(dashed, CODED))


def test_items_numbered_in_brackets_are_the_same_items() -> None:
    def bracketed(rows: list[str]) -> list[str]:
        return [re.sub(r"(^|\t)([一二三四五六七八九十]+)、", r"\1（\2）", row) for row in rows]

    assert _same(_rewritten(bracketed, ("T01", "T04")))


@pytest.mark.parametrize(
    "words",
    [
        "此表为空",
        "此表无内容",
        "本部门无此项支出",
        "（本单位2026年无此项预算）",
        "备注：我单位没有这类支出，故本表无数据。",
        "说明：本部门不涉及该项收支，以空表列示。",
        "本表为空表",
        "无",
    ],
)
@pytest.mark.parametrize("in_row", [False, True])
def test_an_empty_table_says_so_in_many_words(words: str, in_row: bool) -> None:
    said = words + "\t\t\t" if in_row else words
    assert _same(_rewritten(lambda rows: [*rows[:-1], said], ("T07", "T08")))


@pytest.mark.parametrize("mark", ["（续）", "续表", "（续表2）", "续上页", "{title}（续）", "续表：{title}"])
def test_every_mark_of_a_continued_page_is_known(mark: str) -> None:
    rows = TABLES["T12"]
    broken = [*rows[:5], "", mark.format(title=TITLES["T12"]), *rows[:3], *rows[5:]]
    assert _same(parse(document({"T12": table_text("T12", broken)})).disclosure)


@pytest.mark.parametrize(
    ("table_id", "title"),
    [
        ("T01", "2026年部门收支总体情况表"),
        ("T01", "部门收支总表"),
        ("T02", "2026年度部门收入预算总表"),
        ("T03", "部门支出总体情况表"),
        ("T05", "2026年一般公共预算支出表"),
        ("T06", "一般公共预算基本支出表"),
        ("T08", "2026年政府性基金支出预算表"),
        ("T10", "一般公共预算“三公”经费支出表"),
        ("T12", "2026年部门项目支出明细表"),
        ("T13", "2026年项目支出表（上年结转）"),
        ("T05", "表52026年一般公共预算支出预算表"),
        ("T12", "表12 2026年项目支出预算表（本年预算）"),
    ],
)
def test_titles_of_other_wording_name_the_same_tables(table_id: str, title: str) -> None:
    assert _same(parse(document({table_id: table_text(table_id, title=title)})).disclosure)


def test_no_table_needs_a_title_or_caption() -> None:
    untitled = {key: [f"部门名称：{DEPARTMENT}", "单位：万元", *rows, ""] for key, rows in TABLES.items()}
    assert _same(parse(document(untitled)).disclosure)


def test_header_cells_torn_over_two_rows_are_still_a_header() -> None:
    def torn(rows: list[str]) -> list[str]:
        halves = [
            (cell[: len(cell) // 2], cell[len(cell) // 2 :]) if len(cell) > 5 else (cell, "")
            for cell in rows[1].split("\t")
        ]
        return [rows[0], *("\t".join(half) for half in zip(*halves, strict=True)), *rows[2:]]

    assert _same(_rewritten(torn, ("T02", "T10", "T11")))
