"""A whole document: its parts in all their forms, what is missing, what is twice, what is no disclosure."""

from __future__ import annotations

import pytest

from disclosures.plain.data import Disclosure, Kind
from disclosures.plain.text import fold
from disclosures.reading import Layout, UnreadableFileError
from tests.recognise.conftest import FormsSeen
from tests.recognise.sample import (
    DEPARTMENT,
    FORM,
    PART_FOUR,
    SECTIONS,
    TITLES,
    cover_and_part_one,
    document,
    parse,
    part_three,
    table_text,
    values,
)

CONTENTS = [
    "目 录",
    "第一部分 概况",
    "一、本部门职责",
    "二、机构设置情况",
    "第二部分 2026年部门预算报表",
    *(f"表{n}{title}" for n, title in zip("一二三四五六七八九十", TITLES.values(), strict=False)),
    "第三部分 2026年度部门预算情况说明",
    *(f"{number}、{heading}" for number, (heading, _) in SECTIONS.items()),
    "（一）政府购买服务指导性目录",
    "（二）其他",
    "第四部分 名词解释",
]


def _sections(disclosure: Disclosure) -> dict[str, list[str]]:
    return {section.numeral: [p.text for p in section.paragraphs] for section in disclosure.sections}


def _same(disclosure: Disclosure) -> bool:
    sound = parse(document()).disclosure
    return [values(table) for table in disclosure.tables] == [values(table) for table in sound.tables] and _sections(
        disclosure
    ) == _sections(sound)


def _with_contents(entries: list[str]) -> list[str]:
    lines = document()
    return [*lines[:2], *entries, *lines[2:]]


# ---------------------------------------------------------------- cover, contents, who and when


def test_department_year_and_kind_are_read() -> None:
    recognition = parse(document())
    disclosure = recognition.disclosure
    assert (disclosure.department, disclosure.fiscal_year, disclosure.kind) == (DEPARTMENT, 2026, Kind.DEPARTMENT)
    assert [p.text for p in disclosure.title_lines] == [DEPARTMENT, "2026年度部门预算公开"]
    assert len(recognition.candidates) == 1


def test_a_unit_budget_is_told_by_its_wording() -> None:
    lines = [line.replace("部门预算", "单位预算").replace("部门名称", "单位名称") for line in document()]
    assert parse(lines).disclosure.kind is Kind.UNIT


@pytest.mark.parametrize(
    "entries",
    [
        [f"{entry}.....{n}" if n else entry for n, entry in enumerate(CONTENTS)],
        [f"{entry}\t{n}" if n else entry for n, entry in enumerate(CONTENTS)],
        [f"<b>{entry}</b> ……… {n}" if n else f"# {entry}" for n, entry in enumerate(CONTENTS)],
        [f"{entry}{'.' * 8}{n}" for n, entry in enumerate(CONTENTS[1:], 1)],
        CONTENTS,
    ],
    ids=["dots", "tabs", "markup", "no heading", "no page numbers"],
)
def test_a_table_of_contents_is_not_mistaken_for_the_document(entries: list[str]) -> None:
    disclosure = parse(_with_contents(entries)).disclosure
    assert _same(disclosure)
    assert disclosure.notes == ()


def test_dots_in_prose_are_no_table_of_contents() -> None:
    lines = document()
    at = lines.index("负责测试工作。")
    prose = [f"第{n}项工作……如此等等。" for n in range(8)]
    lines[at : at + 1] = prose
    assert _sections(parse(lines).disclosure)["概况"][1:9] == prose


def test_a_year_that_differs_is_noted_with_its_place() -> None:
    title = TITLES["T06"].replace("2026", "2025")
    lines = document({"T06": table_text("T06", title=title)})
    disclosure = parse(lines).disclosure
    assert disclosure.fiscal_year == 2026
    [note] = disclosure.notes
    assert "2025" in note.message
    assert note.source == f"line {lines.index(title) + 1}"


def test_a_kind_that_differs_is_noted() -> None:
    lines = [line.replace("2026年度部门预算公开", "2026年度单位预算公开") for line in document()]
    disclosure = parse(lines).disclosure
    assert disclosure.kind is Kind.DEPARTMENT
    assert any("单位预算" in note.message and "部门预算" in note.message for note in disclosure.notes) is False
    lines = [line.replace("部门预算", "单位预算") for line in document()]
    assert any("单位预算" in note.message for note in parse(lines).disclosure.notes)


def test_a_department_that_differs_is_noted() -> None:
    lines = document({"T06": [line.replace(DEPARTMENT, "云岭市别的局") for line in table_text("T06")]})
    disclosure = parse(lines).disclosure
    assert disclosure.department == DEPARTMENT
    assert any("云岭市别的局" in note.message for note in disclosure.notes)


# ---------------------------------------------------------------- sections


def test_sections_have_their_paragraphs_and_items_are_no_sections() -> None:
    sections = _sections(parse(document()).disclosure)
    assert list(sections) == ["概况", *SECTIONS, "名词解释"]
    assert sections["概况"] == ["一、本部门职责", "负责测试工作。", "二、机构设置情况", "内设3个科室。"]
    for number, (_, paragraphs) in SECTIONS.items():
        assert sections[number] == paragraphs


@pytest.mark.parametrize(
    "written",
    [
        lambda line: "### " + line,
        lambda line: "## **" + line + "**",
        lambda line: line.replace("、", "．", 1),
        lambda line: line.replace("、", " 、 ", 1),
        lambda line: "　　" + line,
        lambda line: line + "：",
    ],
)
def test_headings_of_sections_in_other_forms(written) -> None:
    headings = {f"{number}、{heading}" for number, (heading, _) in SECTIONS.items()}
    lines = [written(line) if line in headings else line for line in document()]
    assert _same(parse(lines).disclosure)


def test_a_heading_glued_to_its_paragraph_is_parted() -> None:
    lines = document()
    at = lines.index("七、“三公”经费增减变动原因说明")
    lines[at : at + 3] = ["七、“三公”经费增减变动原因说明2026年安排的经费预算8.00万元。"]
    section = parse(lines).disclosure.section("七")
    assert section is not None
    assert (section.heading, section.text) == ("七、“三公”经费增减变动原因说明", "2026年安排的经费预算8.00万元。")


def test_a_misnumbered_section_goes_where_its_subject_belongs_and_is_noted() -> None:
    lines = [line.replace("九、政府采购", "八、政府采购") for line in document()]
    disclosure = parse(lines).disclosure
    assert _same(disclosure)
    assert any(note.where == "N/九" for note in disclosure.notes)


def test_prose_wrapped_by_the_file_is_joined_and_short_lines_are_not() -> None:
    long = "比上年增加" + "某某某某某某某某某某" * 4
    lines = document()
    at = lines.index("九、政府采购情况") + 2
    lines[at : at + 1] = [long, "", "12.50万元，主要原因是业务增加。", "采购分布图", "其中：货物0万元。"]
    section = parse(lines).disclosure.section("九")
    assert section is not None
    assert [p.text for p in section.paragraphs] == [
        long + "12.50万元，主要原因是业务增加。",
        "采购分布图",
        "其中：货物0万元。",
    ]


def test_parts_without_their_headings_are_still_found() -> None:
    lines = [line for line in document() if not line.startswith(("第三部分", "第二部分"))]
    assert _same(parse(lines).disclosure)


# ---------------------------------------------------------------- forms


def test_all_lines_of_the_forms_go_to_the_form_reader(forms_seen: FormsSeen) -> None:
    lines = document(forms=[*FORM, "一、这是表中的一行文字", "- 12 -", *FORM])
    disclosure = parse(lines).disclosure
    assert [line.text.strip() for line in forms_seen.lines] == [
        *(text.strip() for text in FORM if text),
        "一、这是表中的一行文字",
        *(text.strip() for text in FORM if text),
    ]
    assert (forms_seen.layout, forms_seen.department) == (Layout.GRID, DEPARTMENT)
    assert len(disclosure.project_targets) == 1
    assert _sections(disclosure)["十一"] == SECTIONS["十一"][1]


@pytest.mark.parametrize("first", [2, 4], ids=["no title", "only its indicators"])
def test_a_form_that_lost_its_beginning_still_begins_the_forms(forms_seen: FormsSeen, first: int) -> None:
    parse(document(forms=FORM[first:]))
    assert forms_seen.lines[0].text == FORM[first]


def test_a_short_heading_of_section_eleven_ends_the_forms(forms_seen: FormsSeen) -> None:
    lines = [line.replace("十一、国有资产占有使用情况", "十一、国有资产") for line in document()]
    assert _sections(parse(lines).disclosure)["十一"] == SECTIONS["十一"][1]
    assert len(forms_seen.lines) == len([line for line in FORM if line])


def test_forms_behind_everything_else_are_found(forms_seen: FormsSeen) -> None:
    parse([*document(forms=[]), "附件", *FORM])
    assert len(forms_seen.lines) == len([line for line in FORM if line])


def test_the_words_of_section_ten_about_forms_are_no_form(forms_seen: FormsSeen) -> None:
    lines = document(forms=["（项目绩效目标表公开情况见附件）"])
    assert _sections(parse(lines).disclosure)["十"][-1] == "（项目绩效目标表公开情况见附件）"
    assert forms_seen.lines == []


# ---------------------------------------------------------------- attachments, marks


def test_what_follows_section_twelve_is_an_attachment() -> None:
    attached = [
        "云岭市财政局文件",
        "云财〔2023〕4号",
        "云岭市财政局关于印发服务",
        "目录的通知",
        "代码\t一级目录\t二级目录",
        "A01\t公共服务\t安全服务",
        "2026年财政拨款收支总表",
    ]
    lines = document()
    at = lines.index(PART_FOUR[0])
    disclosure = parse([*lines[:at], *attached, *lines[at:]]).disclosure
    assert _same(disclosure)
    assert [item.title for item in disclosure.attachments] == ["云岭市财政局关于印发服务目录的通知"]
    assert disclosure.other_tables == ()


def test_draft_marks_are_noted_once_with_their_count_and_leave_the_text() -> None:
    lines = document()
    at = lines.index(TITLES["T05"])
    marked = [*lines[:at], "仅供内部审核", *lines[at : at + 6], "仅供内部审核", *lines[at + 6 :]]
    disclosure = parse(marked).disclosure
    assert _same(disclosure)
    [note] = disclosure.notes
    assert note.message == "文中有水印“仅供内部审核”，共 2 处"
    assert note.source == f"line {at + 1}"


def test_running_headers_leave_the_text() -> None:
    lines = document()
    for at in range(len(lines) - 10, 20, -40):
        lines[at:at] = [f"{DEPARTMENT}2026年部门预算公开报告", f"- {at} -"]
    assert _same(parse(lines).disclosure)


# ---------------------------------------------------------------- not whole, not one, none


def test_a_truncated_file_is_read_as_far_as_it_goes() -> None:
    lines = document()
    cut = lines[: lines.index(TITLES["T06"]) + 8]
    disclosure = parse(cut).disclosure
    assert [table.id for table in disclosure.tables] == ["T01", "T02", "T03", "T04", "T05", "T06"]
    messages = [note.message for note in disclosure.notes]
    assert any("表七" in message for message in messages)
    assert any("可能不完整" in message for message in messages)
    assert any("一、二、三" in message for message in messages)


def test_two_disclosures_are_two_candidates() -> None:
    other = [line.replace(DEPARTMENT, "云岭市别的局").replace("2026", "2025") for line in document()]
    lines = document()
    recognition = parse([*lines, "", *other])
    assert [(c.disclosure.department, c.disclosure.fiscal_year, c.first_line) for c in recognition.candidates] == [
        (DEPARTMENT, 2026, "line 1"),
        ("云岭市别的局", 2025, f"line {len(lines) + 2}"),
    ]
    assert _same(recognition.candidates[0].disclosure)
    assert len(recognition.candidates[1].disclosure.tables) == 13
    assert "云岭市别的局" in recognition.candidates[1].label


def test_two_disclosures_with_contents_are_parted_before_the_second_cover() -> None:
    lines = _with_contents([f"{entry}.....{n}" if n else entry for n, entry in enumerate(CONTENTS)])
    recognition = parse([*lines, *lines])
    assert [c.first_line for c in recognition.candidates] == ["line 1", f"line {len(lines) + 1}"]


@pytest.mark.parametrize(
    "lines",
    [
        ["会议纪要", "今天讨论了三件事情，都已经有了结果，会后请各科室落实。"],
        ["姓名\t电话\t单位", "张三\t1\t甲", "李四\t2\t乙", "王五\t3\t丙"],
        ["第一部分", "这是一本小说的第一部分，讲的是一个人的故事，很长很长。"],
        ["第一季度预算执行情况", "收入完成100.00万元，支出完成90.00万元，一切正常。"],
    ],
)
def test_what_is_no_disclosure_is_refused(lines: list[str]) -> None:
    with pytest.raises(UnreadableFileError, match="没有找到部门预算公开的内容"):
        parse(lines)


def test_part_one_alone_and_tables_alone_are_read() -> None:
    alone = parse([*cover_and_part_one(), *part_three([])]).disclosure
    assert alone.tables == ()
    assert any("第二部分" in note.message for note in alone.notes)
    tables_only = parse(table_text("T03")).disclosure
    assert fold(tables_only.tables[0].title) == "预算支出总表"


def test_spoilt_characters_are_noted_by_line() -> None:
    lines = document()
    at = lines.index("负责测试工作。")
    lines[at] = "负责测\ufffd工作。"
    disclosure = parse(lines).disclosure
    assert [note.source for note in disclosure.notes] == [f"line {at + 1}"]
