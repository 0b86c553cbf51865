"""Project forms in a grid: fields, funds, texts, pages, and what is told about lost parts."""

from __future__ import annotations

import random

import pytest

from disclosures.plain.data import Horizon
from tests.performance.grid_form_maker import (
    Form,
    foot_line,
    form_lines,
    head_lines,
    make_form,
    table_lines,
)
from tests.performance.grid_reading import read, said


@pytest.fixture
def form() -> Form:
    return make_form(random.Random(7))


# ---------------------------------------------------------------- head and foot


def test_the_head_is_read_field_by_field(form):
    ((target, _),) = read(form_lines(form))
    assert (target.project, target.supervisor) == ("便民服务站建设经费", "218-云岭市民政局")
    assert (target.implementing_unit, target.attribute, target.term) == (
        "云岭市公共服务中心",
        "一次性项目(1年结束)",
        "1年",
    )
    assert (target.overview, target.plan) == ("关于项目概况的说明。", "关于项目实施计划的说明。")
    assert (target.objective_whole, target.objective_annual) == ("建成服务站。", "完成年度任务。")
    assert target.reported_at == "20260105093000"
    assert target.form_title == "云岭市市级预算部门（单位）项目支出绩效目标表"


def test_amounts_lose_their_separators_and_blanks_stay_blank(form):
    form.total = "85,910.7"
    ((target, _),) = read(form_lines(form))
    for funds in (target.whole, target.annual):
        assert (funds.total, funds.local, funds.central, funds.other) == ("85910.7", "85910.7", "0", None)


def test_parts_know_their_lines(form):
    ((target, _),) = read(form_lines(form))
    places = dict(target.part_sources)
    assert (target.source, places["funds"], places["overview"]) == ("line 1", "line 6", "line 12")
    assert places["funds.annual.local"] == "line 9"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("负责人:\t经办人:\t联系电话:\t填报日期: 20251120095302", "20251120095302"),
        ("负责人:\t经办人:\t联系电话:\t填报日期:\t2025-11-20 09:53:02", "20251120095302"),
        ("负责人:\t经办人:\t联系电话:\t填报日期20251120095302", "20251120095302"),
        ("负责人：\t经办人：\t联系电话：\t填报日期：\t2025年11月20日", "2025年11月20日"),
    ],
)
def test_the_date_of_the_foot_is_kept_as_printed(form, printed, expected):
    ((target, _),) = read([*form_lines(form)[:-1], printed])
    assert target.reported_at == expected


def test_a_date_and_a_manager_printed_above_the_table_do_not_end_the_form(form):
    texts = form_lines(form)[:-1]
    texts[3:3] = ["填报单位:云岭市民政局\t填报日期:\t20260105093000", "项目负责人\t张某\t联系电话\t0357-2110000"]
    ((target, _),) = read(texts)
    ((printed_below, _),) = read(form_lines(form))
    assert target.reported_at == "20260105093000"
    assert (target.term, len(target.indicators)) == ("1年", len(printed_below.indicators))


def test_labels_glued_to_their_values_come_apart(form):
    texts = form_lines(form)
    texts[2] = "项目名称：便民服务站建设经费\t\t\t"
    texts[5] = "项目资金（元）\t实施期资金总额：120,000\t\t年度资金总额：90,000\t"
    ((target, _),) = read(texts)
    assert (target.project, target.whole.total, target.annual.total) == ("便民服务站建设经费", "120000", "90000")


def test_a_name_wrapped_over_two_rows_is_joined_and_a_repeated_one_is_not(form):
    lines = form_lines(form)
    name = next(at for at, line in enumerate(lines) if line.startswith("项目名称"))
    wrapped = [*lines[:name], "项目名称\t\t便民服务站\t\t\t\t\t", "\t\t建设经费\t\t\t\t\t", *lines[name + 1 :]]
    repeated = [*lines[: name + 1], "\t\t便民服务站建设经费\t\t\t\t\t", *lines[name + 1 :]]
    for texts in (wrapped, repeated):
        ((target, _),) = read(texts)
        assert target.project == "便民服务站建设经费"


def test_the_caption_of_the_funds_glued_to_the_total_comes_apart(form):
    lines = [line.replace("项目资金(元)\t", "项目资金(元) ") for line in form_lines(form)]
    ((target, _),) = read(lines)
    assert (target.whole.total, target.annual.total) == ("120000", "120000")


def test_a_fund_line_of_one_horizon_goes_where_its_total_stands(form):
    texts = form_lines(form)
    texts[6] = "\t\t\t\t其中:中央财政资金\t70\t\t"
    ((target, _),) = read(texts)
    assert (target.whole.central, target.annual.central) == (None, "70")


def test_a_dash_is_nil_and_a_unit_behind_an_amount_is_left_out(form):
    texts = form_lines(form)
    texts[6] = "\t其中:中央财政资金\t—\t\t其中:中央财政资金\t70元\t\t"
    ((target, notes),) = read(texts)
    assert (target.whole.central, target.annual.central, notes) == (None, "70", ())


def test_funds_in_ten_thousands_are_kept_as_printed_and_noted(form):
    texts = form_lines(form)
    texts[5] = texts[5].replace("项目资金(元)", "项目资金（万元）").replace("120,000", "12.00")
    ((target, notes),) = read(texts)
    assert (target.whole.total, target.doubtful) == ("12.00", ("funds",))
    assert any("以万元印出" in note.message for note in notes)


def test_amounts_without_labels_are_told_by_their_order(form):
    texts = form_lines(form)
    texts[8] = "\t\t120,000\t\t\t120,000"
    ((target, _),) = read(texts)
    assert (target.whole.local, target.annual.local, target.whole.self_raised) == ("120000", "120000", "0")
    assert {"funds.whole.local", "funds.annual.local"} <= set(target.doubtful)


def test_a_text_wrapped_over_two_rows_is_joined(form):
    texts = form_lines(form)
    texts.insert(12, "\t\t另有补充说明。\t\t\t")
    ((target, _),) = read(texts)
    assert target.overview == "关于项目概况的说明。另有补充说明。"


def test_what_is_not_understood_is_said_with_its_line(form):
    texts = form_lines(form)
    texts.insert(5, "项目编码库\t\t0451\t\t")
    ((_, notes),) = read(texts)
    assert ("绩效目标表中这一格没有读懂：项目编码库", "line 6") in [(note.message, note.source) for note in notes]


def test_rows_between_two_forms_are_said_not_dropped(form):
    other = make_form(random.Random(8), project="河道保洁经费")
    (_, notes), _ = read([*form_lines(form), "另附清单\t共三项", *form_lines(other)])
    assert [note.message for note in notes] == ["绩效目标表中这一格没有读懂：另附清单 共三项"]


# ---------------------------------------------------------------- pages and forms


def test_pages_that_repeat_their_head_are_one_form(form):
    pages = [*head_lines(form), *table_lines(form.rows[:6]), *head_lines(form), *table_lines(form.rows[6:])]
    ((target, _),) = read([*pages, foot_line(form)])
    ((one_page, _),) = read(form_lines(form))
    assert [(i.level2, i.level3, i.value) for i in target.indicators] == [
        (i.level2, i.level3, i.value) for i in one_page.indicators
    ]
    assert target.overview == one_page.overview


def test_a_page_that_repeats_only_the_title_goes_on_with_the_table(form):
    whole = form_lines(form)
    ((one_page, _),) = read(whole)
    first = len(head_lines(form)) + 1
    for cut in range(first + 1, len(whole) - 1):
        ((target, _),) = read([*whole[:cut], *whole[:2], *whole[cut:]])
        assert [(i.level2, i.level3, i.value) for i in target.indicators] == [
            (i.level2, i.level3, i.value) for i in one_page.indicators
        ]


def test_a_form_printed_twice_is_two_forms(form):
    assert [target.project for target, _ in read([*form_lines(form), *form_lines(form)])] == [form.project] * 2


def test_a_form_printed_twice_without_its_first_date_is_two_forms(form):
    assert len(read([*form_lines(form)[:-1], *form_lines(form)])) == 2


def test_forms_without_titles_are_told_apart_by_their_heads(form):
    other = make_form(random.Random(8), project="河道保洁经费")
    texts = [*form_lines(form)[2:], *form_lines(other)[2:]]
    assert [target.project for target, _ in read(texts)] == ["便民服务站建设经费", "河道保洁经费"]


def test_a_form_that_lost_its_head_has_no_project_and_says_so(form):
    other = make_form(random.Random(8))
    texts = [*form_lines(form), *table_lines(other.rows[3:], headings=""), foot_line(other)]
    (_, (target, notes)) = read(texts)
    assert target.project is None
    assert len(target.indicators) > 8
    assert any("缺少表头" in note.message for note in notes)


def test_a_form_without_a_date_is_read_and_noted(form):
    other = make_form(random.Random(8), project="河道保洁经费")
    (first, notes), (second, _) = read([*form_lines(form)[:-1], *form_lines(other)])
    assert (first.reported_at, second.project) == (None, "河道保洁经费")
    assert any("没有填报日期" in note.message for note in notes)


def test_a_page_scanned_in_two_halves_is_one_form(form):
    left = [
        "云岭市市级预算部门（单位）项目支出",
        "（2026年度）",
        f"项目名称\t\t{form.project}\t\t",
        "主管部门及代码\t\t218-云岭市民政局\t\t",
        "项目属性\t\t一次性项目(1年结束)\t\t",
        "项目资金（元）\t实施期资金总额：\t300\t年度资金总\t",
        "\t其中：中央财政资金\t0\t其中：中\t",
        "\t省级财政资金\t100\t省级\t",
        "\t市县（区）财政资金\t200\t市县\t",
        "\t单位自筹\t0\t单\t",
        "\t其他资金\t\t其\t",
        "实施期目标\t\t\t",
        "总体目标\t建成服务站。\t\t",
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值",
        "\t产出指标\t数量指标\t宣讲活动场次\t≥6场",
        "\t满意度指标\t服务对象满意度\t受训学员满意度\t≥90%",
        "负责人：\t\t经办人：\t",
    ]
    right = [
        "绩效目标表",
        "实施单位\t云岭市公共服务中心\t",
        "项目期\t1年\t",
        *("额\t250", "央财政资金\t0", "财政资金\t100", "区)财政资金\t150", "位自筹\t0", "他资金\t"),
        "年度目标\t",
        "完成年度任务。\t",
        "二级指标\t三级指标\t指标值",
        "数量指标\t宣讲活动场次\t≥5场",
        "服务对象满意度\t受训学员满意度\t≥90%",
        "\t填报日期:\t20260105093000",
    ]
    ((target, notes),) = read([*left, *right])
    assert (target.implementing_unit, target.reported_at) == ("云岭市公共服务中心", "20260105093000")
    assert (target.whole.total, target.annual.total, target.annual.local) == ("300", "250", "150")
    assert target.objective_annual == "完成年度任务。"
    assert said(list(target.indicators), Horizon.ANNUAL)[0] == ("数量指标", "宣讲活动场次", "≥5场")
    assert any("左右两半" in note.message for note in notes)
