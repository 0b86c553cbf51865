"""Indicators of forms in a grid: horizons, values glued to names, classes, and what is told about lost parts."""

from __future__ import annotations

import pytest

from disclosures.plain.data import Horizon
from tests.performance.grid_form_maker import (
    HEADINGS,
    Form,
    foot_line,
    head_lines,
)
from tests.performance.grid_reading import read, read_rows, said


def test_an_indicator_printed_for_one_horizon_only_stays_there():
    found = read_rows(
        "\t产出指标\t数量指标\t宣讲活动场次\t≥6场\t数量指标\t宣讲活动场次\t≥6场",
        "\t\t成本指标\t\t\t成本指标\t课酬支出\t≤2万元",
        "\t\t经济效益\t带动农户收入\t增加\t经济效益\t\t",
    )
    assert said(found, Horizon.WHOLE) == [("数量指标", "宣讲活动场次", "≥6场"), ("经济效益", "带动农户收入", "增加")]
    assert said(found, Horizon.ANNUAL) == [("数量指标", "宣讲活动场次", "≥6场"), ("成本指标", "课酬支出", "≤2万元")]


def test_a_value_glued_to_a_clipped_name_is_cut_off_by_the_other_horizon():
    found = read_rows("\t产出指标\t数量指标\t2026年补助困难群众人数\t符合条件的人\t数量指标\t2026年补助符合条件的人\t")
    (annual,) = [indicator for indicator in found if indicator.horizon is Horizon.ANNUAL]
    assert (annual.level3, annual.value, annual.doubtful) == ("2026年补助", "符合条件的人", True)


def test_a_value_glued_to_its_name_is_cut_off_at_the_operator():
    found = read_rows("\t产出指标\t成本指标\t印刷宣传经费≤9万元\t\t成本指标\t印刷宣传经\t≤9万元")
    assert said(found, Horizon.WHOLE) == [("成本指标", "印刷宣传经费", "≤9万元")]


@pytest.mark.parametrize(
    ("whole", "annual", "name", "value"),
    [
        ("设备验收合格率100%", "设备验收合格率100%", "设备验收合格率", "100%"),
        ("工程完工时间2026年11月前", "工程完工时2026年11月前", "工程完工时间", "2026年11月前"),
        ("补助拨付及时性及时", "补助拨付及时性及时", "补助拨付及时性", "及时"),
        ("长效管护机制建设健全", "长效管护机制健全", "长效管护机制建设", "健全"),
    ],
)
def test_a_value_glued_to_its_name_in_both_horizons_is_cut_off_and_doubtful(whole, annual, name, value):
    first, _ = read_rows(f"\t产出指标\t质量指标\t{whole}\t\t质量指标\t{annual}\t")
    assert (first.level3, first.value, first.doubtful) == (name, value, True)


def test_a_figure_that_belongs_to_the_words_before_it_is_not_cut_off():
    (first, *_) = read_rows("\t产出指标\t数量指标\t全年培训不少于200人\t\t数量指标\t\t")
    assert (first.level3, first.value) == ("全年培训不少于200人", None)


def test_a_lost_value_is_null_and_noted():
    form = Form("便民服务站建设经费", [], [])
    row = "\t\t质量指标\t设备验收合格率\t100%\t质量指标\t设备验收合格率\t"
    ((target, notes),) = read([*head_lines(form), HEADINGS, row, foot_line(form)])
    assert said(list(target.indicators), Horizon.ANNUAL) == [("质量指标", "设备验收合格率", None)]
    assert any("没有读到指标值：设备验收合格率" in note.message for note in notes)


def test_an_odd_class_printed_beside_its_indicator_is_believed():
    found = read_rows(
        "\t产出指标\t数量指标\t残保金缴纳\t85910.70元\t数量指标\t残保金缴纳\t85910.70元",
        "\t\t质量指标\t故障修复时间\t≤2小时\t质量指标\t故障修复时间\t≤2小时",
        "\t\t时效指标\t采购及时性\t及时\t时效指标\t采购及时性\t及时",
        "\t\t成本指标\t按时发放\t实际测算\t成本指标\t按时发放\t实际测算",
    )
    assert [level2 for level2, _, _ in said(found, Horizon.WHOLE)] == ["数量指标", "质量指标", "时效指标", "成本指标"]


def test_a_name_that_reads_like_a_class_is_a_name():
    found = read_rows(
        "\t满意度指标\t服务对象满意度\t学员满意度\t≥98%\t服务对象满意度\t服务对象满意度\t≥98%",
        "\t\t\t服务对象满意度\t≥98%\t\t学员满意度\t≥98%",
    )
    names = {(i.horizon.value, i.level3) for i in found}
    assert names == {(h, n) for h in ("whole", "annual") for n in ("学员满意度", "服务对象满意度")}


def test_labels_in_other_spellings_take_their_standard_form():
    found = read_rows(
        "\t效益指标\t社会效益指标\t群众防灾意识\t增强\t社会效益指标\t群众防灾意识\t增强",
        "\t\t可持續发展影响\t长效管护机制\t健全\t可持续性\t长效管护机制\t健全",
        "\t满意度 指标\t服务对象满意\t学员满意度\t≥9成\t服务对象满意度指标\t学员满意度\t≥9成",
    )
    assert [(i.level1, i.level2) for i in found[:3]] == [
        ("效益指标", "社会效益"),
        ("效益指标", "可持续影响"),
        ("满意度指标", "服务对象满意度"),
    ]


def test_one_group_of_columns_in_a_form_of_the_year_is_the_years():
    rows = ["绩效指标\t一级指标\t二级指标\t三级指标\t指标值", "\t产出指标\t数量指标\t宣讲活动场次\t≥6场"]
    head = [
        "项目名称\t\t便民服务站建设经费",
        "项目资金(元)\t年度资金总额:\t300",
        "年度目标\t\t",
        "总体目标\t完成任务。",
    ]
    ((target, _),) = read([*head, *rows, "\t填报日期:\t20260105093000"])
    assert [i.horizon for i in target.indicators] == [Horizon.ANNUAL]


def test_a_row_printed_twice_is_read_once_and_noted():
    form = Form("便民服务站建设经费", [], [])
    row = "\t{}\t课酬支出\t≤2万元\t{}\t课酬支出\t≤2万元"
    rows = [row.format("成本指标", "成本指标"), row.format("", "")]
    ((target, notes),) = read([*head_lines(form), HEADINGS, *rows, foot_line(form)])
    assert said(list(target.indicators), Horizon.WHOLE) == [("成本指标", "课酬支出", "≤2万元")]
    assert [note.source for note in notes if "重复印刷" in note.message] == [f"line {len(head_lines(form)) + 3}"]


def test_rows_hidden_behind_headings_are_noted():
    covered = "\t\t\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值"
    form = Form("便民服务站建设经费", [], [])
    ((target, notes),) = read([*head_lines(form), HEADINGS, covered, covered, foot_line(form)])
    assert not target.indicators
    assert any("有 2 行的内容被表头文字" in note.message for note in notes)


@pytest.mark.parametrize("number", ["— 45 —", "45", "\t\t- 45 -\t", "第 45 页\t\t"])
def test_page_numbers_between_rows_are_no_indicators(number):
    found = read_rows(
        "\t产出指标\t数量指标\t宣讲活动场次\t≥6场\t数量指标\t宣讲活动场次\t≥6场",
        number,
        "\t\t质量指标\t设备验收合格率\t100%\t质量指标\t设备验收合格率\t100%",
    )
    assert len(found) == 4


def test_a_label_lost_before_a_blank_class_is_not_taken_for_that_class():
    found = read_rows(
        "\t效益指标\t经济效益\t\t\t经济效益\t\t",
        "\t\t\t系统防护水平\t提高\t\t系统防护水\t提高",
        "\t\t生态效益\t\t\t生态效益\t\t",
        "\t\t可持续影响\t长效管护机制\t健全\t可持续影响\t长效管护机制\t健全",
    )
    assert [level2 for level2, _, _ in said(found, Horizon.WHOLE)] == ["社会效益", "可持续影响"]


def test_a_rate_of_what_is_done_in_time_is_timeliness():
    found = read_rows(
        "\t产出指标\t质量指标\t设备验收合格率\t100%\t质量指标\t设备验收合格率\t100%",
        "\t\t\t补助在规定时间内下达率\t100%\t\t补助在规定时间\t100%",
        "\t\t成本指标\t印刷宣传经费\t≤2万元\t成本指标\t印刷宣传经费\t≤2万元",
    )
    assert [level2 for level2, _, _ in said(found, Horizon.WHOLE)] == ["质量指标", "时效指标", "成本指标"]
