"""Where one form ends and the next begins, in both layouts."""

from __future__ import annotations

from disclosures.plain.data import ProjectTarget
from disclosures.reading.blocks import Layout, Line
from performance.recognise import read_forms
from performance.recognise.split import FormLines, split_forms
from performance.recognise.vocabulary import FormKind

TITLE = " 云岭市市级预算部门（单位）项目支出绩效目标表"
INDICATORS = [
    "一级指标 二级指标 三级指标 指标值 二级指标 三级指标 指标值",
    "产出指标 数量指标 宣讲场次 ≥6场 数量指标 宣讲场次 ≥6场",
]
FOOT = "负责人： 经办人： 联系电话： 填报日期： 20260105093000"


def head(project: str, unit: str = "云岭市公共服务中心") -> list[str]:
    return [TITLE, "（2026年度）", f"项目名称 {project}", f"主管部门及代码 218-云岭市民政局 实施单位 {unit}"]


def split(*texts: str) -> tuple[FormLines, ...]:
    return split_forms([Line(f"line {number}", text) for number, text in enumerate(texts, start=1)])


def spans(forms: tuple[FormLines, ...]) -> list[tuple[str, str, int]]:
    return [(form.lines[0].source, form.lines[-1].source, len(form.pages)) for form in forms]


def test_forms_of_a_text_layer_follow_one_another():
    forms = split(*head("甲项目"), *INDICATORS, FOOT, *head("乙项目"), *INDICATORS, FOOT)
    assert spans(forms) == [("line 1", "line 7", 1), ("line 8", "line 14", 1)]
    assert {form.kind for form in forms} == {FormKind.PROJECT}


def test_pages_of_one_project_belong_together_until_the_date():
    page = [*head("甲项目"), *INDICATORS]
    assert spans(split(*page, *page, *page, FOOT, *page, FOOT)) == [("line 1", "line 19", 3), ("line 20", "line 26", 1)]


def test_the_same_project_of_another_unit_is_another_form():
    forms = split(*head("业务费"), *INDICATORS, *head("业务费", "云岭市图书馆"), *INDICATORS, FOOT)
    assert [len(form.pages) for form in forms] == [1, 1]


def test_what_stands_behind_the_last_date_without_any_label_is_no_form():
    assert len(split(*head("甲项目"), *INDICATORS, FOOT, "-40-", "云岭市民政局2026年部门预算公开报告")) == 1


def test_words_that_spilled_over_behind_a_form_are_kept_apart_and_noted():
    texts = [*head("甲项目"), *INDICATORS, FOOT, "第四季度之前支付", *head("乙项目"), *INDICATORS, FOOT]
    first, second = split(*texts)
    assert [line.text for line in first.strays] == ["第四季度之前支付"]
    assert second.strays == ()
    lines = [Line(f"line {number}", text) for number, text in enumerate(texts, start=1)]
    (target, notes), (_, others) = read_forms(lines, Layout.FLOW, "云岭市民政局")
    assert isinstance(target, ProjectTarget)
    assert target.reported_at == "20260105093000"
    assert [(note.source, "第四季度之前支付" in note.message) for note in notes if "不属于" in note.message] == [
        ("line 8", True)
    ]
    assert not [note for note in others if "不属于" in note.message]


def test_a_department_wide_form_is_told_by_its_title_or_by_its_labels():
    body = ["部门名称 218-云岭市民政局", "内设职能部门数 16个 所属预算单位数 10个", "部门职责", "统筹全市民政事务。"]
    titled = split(
        " 市级预算部门（单位）整体支出绩效目标申报表", "（2026）年度", *body, *head("甲项目"), *INDICATORS, FOOT
    )
    untitled = split(*body, *head("甲项目"), *INDICATORS, FOOT)
    for forms in (titled, untitled):
        assert [form.kind for form in forms] == [FormKind.OVERALL, FormKind.PROJECT]


def test_no_line_of_a_form_is_lost_or_given_to_two():
    texts = [*head("甲项目"), *INDICATORS, FOOT, *head("乙项目"), *INDICATORS, *head("乙项目"), *INDICATORS, FOOT]
    assert [line.text for form in split(*texts) for line in form.lines] == texts
