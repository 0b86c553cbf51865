"""Target forms of a PDF text dump: fields, funds, texts and indicators, however the page was laid out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from disclosures.plain.data import Horizon, Indicator, Note, ProjectTarget
from disclosures.reading.blocks import Line
from performance.recognise.flow_forms import read_flow_form
from tests.performance.flow_content import Style, made_up_target
from tests.performance.flow_rendering import render

HEAD = ("project", "supervisor", "implementing_unit", "attribute", "term", "reported_at", "whole", "annual")
TEXTS = ("overview", "basis", "necessity", "safeguards", "plan", "objective_whole", "objective_annual")
TABLE_HEAD = "一级指标 二级指标 三级指标 指标值 二级指标 三级指标 指标值"
STYLES = [
    Style(whole_clip=whole, annual_clip=annual, text=text, by_height=by_height, labels_repeat=repeat)
    for whole, annual, text in ((10, 7, 44), (12, 8, 48), (14, 9, 52))
    for by_height in (False, True)
    for repeat in (False, True)
]


def read(text: str) -> tuple[ProjectTarget, tuple[Note, ...]]:
    lines = [Line(f"line {number}", line) for number, line in enumerate(text.strip("\n").splitlines(), start=1) if line]
    target, notes = read_flow_form(lines, "云泽市文化事务局")
    assert isinstance(target, ProjectTarget)
    return target, notes


def read_rows(rows: str) -> list[tuple[str, str, str, str | None]]:
    """(horizon, level2, name, value) of a table given by the lines under its heading row."""
    head = f"项目名称 甲项目\n{TABLE_HEAD}\n"
    target, _ = read(head + rows.strip("\n") + "\n负责人： 经办人： 联系电话： 填报日期： 20260101080000")
    return [(i.horizon.value, i.level2, i.level3, i.value) for i in target.indicators]


def bag(indicators: Iterable[Indicator]) -> Counter[tuple[object, ...]]:
    return Counter((i.horizon, i.level1, i.level2, i.level3, i.value) for i in indicators)


# ---------------------------------------------------------------- made-up forms in many layouts


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_fields_funds_and_texts_come_back_from_every_layout(style: Style):
    for seed in range(12):
        target = made_up_target(seed, style)
        got, notes = read_flow_form(render(target, style), "云泽市文化事务局")
        wrong = {name: getattr(got, name) for name in (*HEAD, *TEXTS) if getattr(got, name) != getattr(target, name)}
        assert (seed, wrong, notes) == (seed, {}, ())


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_indicators_come_back_from_every_layout(style: Style):
    hit = got_count = want_count = 0
    for seed in range(12):
        target = made_up_target(seed, style)
        got, _ = read_flow_form(render(target, style), "云泽市文化事务局")
        want_bag, got_bag = bag(target.indicators), bag(got.indicators)
        hit += (want_bag & got_bag).total()
        want_count += want_bag.total()
        got_count += got_bag.total()
    assert 2 * hit / (want_count + got_count) >= 0.98


def test_indicators_keep_printed_order_and_name_their_lines():
    target = made_up_target(3, Style())
    lines = render(target, Style())
    got, _ = read_flow_form(lines, "云泽市文化事务局")
    assert isinstance(got, ProjectTarget)
    assert [i.horizon for i in got.indicators] == sorted((i.horizon for i in got.indicators), reverse=True)
    text_of = {line.source: line.text for line in lines}
    assert all(i.source and i.level3 in text_of[i.source] for i in got.indicators)
    assert [i.level3 for i in got.indicators] == [i.level3 for i in target.indicators]


# ---------------------------------------------------------------- the indicator table


def test_a_clipped_name_is_split_from_its_value_by_its_partner():
    assert read_rows("社会效益指标 解决1996年机构改革自愿辞有效解决 社会效益指标 解决1996年机构改有效解决") == [
        ("whole", "社会效益", "解决1996年机构改革自愿辞", "有效解决"),
        ("annual", "社会效益", "解决1996年机构改", "有效解决"),
    ]


def test_a_label_clipped_to_its_column_is_split_from_the_name_behind_it():
    rows = "满意度指标 服务对象满意度指服务对象满意度 ≥95% 服务对象满意度指标服务对象满意度 ≥95%"
    assert read_rows(rows) == [
        ("whole", "服务对象满意度", "服务对象满意度", "≥95%"),
        ("annual", "服务对象满意度", "服务对象满意度", "≥95%"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "产 出 指 标\n数量指标 补种株数 ≥60株 数量指标 补种株数 ≥60株\n"
        "满意度指标 服务对象满意度指标 农户满意度 ≥90% 服务对象满意度指标 农户满意度 ≥90%",
        "产出指标数量指标 补种株数 ≥60株 数量指标 补种株数 ≥60株\n"
        "满意度指标服务对象满意度指农户满意度 ≥90% 服务对象满意度指标农户满意度 ≥90%",
    ],
    ids=["spaced", "glued"],
)
def test_a_level1_label_spaced_out_or_glued_to_its_neighbour(rows: str):
    one = [("数量指标", "补种株数", "≥60株"), ("服务对象满意度", "农户满意度", "≥90%")]
    assert read_rows(rows) == [(horizon, *row) for horizon in ("whole", "annual") for row in one]


def test_labels_at_the_top_of_their_cells_cover_the_rows_below():
    table = """
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 补种株数 ≥60株
养护面积 ≥8公顷
质量指标 树苗成活率 ≥95%
验收合格率 100%
时效指标 补种完成时间 11月底前
养护完成时间 12月底前
成本指标 养护单价 400元/公顷
效益指标
生态效益
社会效益指标 改善人居环境 改善
满意度指标 服务对象满意度指标 居民满意度 ≥90%
"""
    target, _ = read(f"项目名称 甲项目\n年度资金总额： 5000\n{table.strip()}\n填报日期： 20260101080000")
    assert [(i.level2, i.level3) for i in target.indicators] == [
        ("数量指标", "补种株数"),
        ("数量指标", "养护面积"),
        ("质量指标", "树苗成活率"),
        ("质量指标", "验收合格率"),
        ("时效指标", "补种完成时间"),
        ("时效指标", "养护完成时间"),
        ("成本指标", "养护单价"),
        ("社会效益", "改善人居环境"),
        ("服务对象满意度", "居民满意度"),
    ]
    assert {i.horizon for i in target.indicators} == {Horizon.ANNUAL}


def test_labels_of_benefits_without_the_word_indicator():
    rows = """
产出指标
质量指标 验收合格率 100% 质量指标 验收合格率 100%
效益指标
经济效益 经济效益
社会效益
改善出行条件 改善
社会效益
改善出行条件 改善
保障灌区用水 保障 保障灌区用水 保障
满意度指标 服务对象满意度 农户满意度 ≥90% 服务对象满意度 农户满意度 ≥90%
"""
    one = [
        ("质量指标", "验收合格率", "100%"),
        ("社会效益", "改善出行条件", "改善"),
        ("社会效益", "保障灌区用水", "保障"),
        ("服务对象满意度", "农户满意度", "≥90%"),
    ]
    assert read_rows(rows) == [(horizon, *row) for horizon in ("whole", "annual") for row in one]


def test_a_benefit_by_name_is_no_label_where_labels_are_printed_in_full():
    rows = """
经济效益指标 经济效益指标
社会效益指标
社会效益 显著
社会效益指标
社会效益 显著
生态效益 良好 生态效益 良好
"""
    one = [("社会效益", "社会效益", "显著"), ("社会效益", "生态效益", "良好")]
    assert read_rows(rows) == [(horizon, *row) for horizon in ("whole", "annual") for row in one]


def test_a_name_that_begins_like_its_label_is_a_name():
    rows = "成本指标 成本指标控制率 ≤5% 成本指标 成本指标控制率 ≤5%"
    assert read_rows(rows) == [
        ("whole", "成本指标", "成本指标控制率", "≤5%"),
        ("annual", "成本指标", "成本指标控制率", "≤5%"),
    ]


def test_horizons_that_list_in_different_order_are_not_mixed():
    rows = """
成本指标
树苗补种及养护服务成本 ≤652万元
成本指标
围栏补贴 ≤36万元
围栏补贴 ≤36万元 树苗补种及养护服≤526万元
"""
    assert read_rows(rows) == [
        ("whole", "成本指标", "树苗补种及养护服务成本", "≤652万元"),
        ("whole", "成本指标", "围栏补贴", "≤36万元"),
        ("annual", "成本指标", "围栏补贴", "≤36万元"),
        ("annual", "成本指标", "树苗补种及养护服", "≤526万元"),
    ]


def test_rows_without_indicator_are_none():
    assert read_rows("效益指标\n经济效益指标 经济效益指标\n生态效益指标 生态效益指标 改善水质 改善") == [
        ("annual", "生态效益", "改善水质", "改善")
    ]


def test_a_blank_half_before_a_glued_label():
    assert read_rows("满意度指标 服务对象满意度指 服务对象满意度指标师生满意度 ≥95%") == [
        ("annual", "服务对象满意度", "师生满意度", "≥95%")
    ]


def test_a_date_is_not_cut_in_two():
    rows = "时效指标 监控设备的维修时间 2024年7月 时效指标 监控设备的维修时2024年7月"
    assert [(name, value) for _, _, name, value in read_rows(rows)] == [
        ("监控设备的维修时间", "2024年7月"),
        ("监控设备的维修时", "2024年7月"),
    ]


def test_a_row_that_fits_either_horizon_is_doubtful():
    rows = "质量指标\n路灯完好率 100%\n质量指标\n路灯完好率 100%\n道路平整率 95%"
    head = f"项目名称 甲项目\n{TABLE_HEAD}\n"
    target, _ = read(head + rows)
    assert [(i.level3, i.doubtful) for i in target.indicators if i.doubtful] == [("道路平整率", True)]


def test_a_wide_name_alone_in_its_row_is_the_whole_periods():
    rows = "数量指标\n新增座椅数 ≥5张\n数量指标\n新增座椅数 ≥5张\n全市新增公共阅览座椅 ≥90张"
    assert ("whole", "数量指标", "全市新增公共阅览座椅", "≥90张") in read_rows(rows)


def test_columns_kept_apart_by_spaces_tell_the_horizon_of_a_lone_row():
    target, _ = read(
        "项目名称 甲项目\n"
        "                                  实施期目标                              年度目标\n"
        "总体目标    年内完成全部路灯的更换，并对城区道路      年内完成全部路灯的更换。\n"
        "            进行平整。\n"
        "  一级指标   二级指标    三级指标      指标值     二级指标    三级指标    指标值\n"
        "  产出指标   质量指标    路灯完好率    100%       质量指标    路灯完好率  100%\n"
        "                                                             道路平整率  95%\n"
    )
    assert target.objective_whole == "年内完成全部路灯的更换，并对城区道路进行平整。"
    assert target.objective_annual == "年内完成全部路灯的更换。"
    assert [(i.horizon, i.level3) for i in target.indicators] == [
        (Horizon.WHOLE, "路灯完好率"),
        (Horizon.ANNUAL, "路灯完好率"),
        (Horizon.ANNUAL, "道路平整率"),
    ]
    assert not any(i.doubtful for i in target.indicators)


def test_wrapped_names_are_joined():
    rows = "数量指标\n参加基层文化骨干培训班\n的学员人数\n≥324人\n数量指标\n参加基层文化骨\n干培训班的学员人数\n≥324人"
    assert read_rows(rows) == [
        ("whole", "数量指标", "参加基层文化骨干培训班的学员人数", "≥324人"),
        ("annual", "数量指标", "参加基层文化骨干培训班的学员人数", "≥324人"),
    ]


def test_labels_go_on_over_a_page_that_repeats_the_head():
    page = f"某市项目支出绩效目标表\n项目名称 甲项目\n{TABLE_HEAD}\n"
    rows = (
        "数量指标 路灯数 ≥3盏 数量指标 路灯数 ≥3盏",
        "数量指标 井盖数 ≥4个 数量指标 井盖数 ≥4个\n围栏长度 5米 围栏长度 5米",
    )
    target, notes = read(page + rows[0] + "\n" + page + rows[1])
    assert [i.level3 for i in target.indicators if i.horizon is Horizon.WHOLE] == ["路灯数", "井盖数", "围栏长度"]
    assert target.project == "甲项目"
    assert [note.source for note in notes] == ["line 9"]  # no 填报日期


# ---------------------------------------------------------------- fields, funds and texts


def test_a_name_wrapped_behind_its_label_is_joined():
    target, _ = read(
        "项目名称 甲项目\n主管部门及代码 207-云泽市文化事务局 实施单位\n"
        "云泽市北山文化遗产保护\n服务中心\n项目属性 经常性项目"
    )
    assert (target.supervisor, target.implementing_unit) == ("207-云泽市文化事务局", "云泽市北山文化遗产保护服务中心")
    assert target.attribute == "经常性项目"


def test_a_wrapped_label_is_a_label():
    target, _ = read(
        "项目名称 甲项目\n主管部门及\n代码\n207-云泽市文化事务局 实施单位：云泽市群众文化馆\n"
        "立项依据 某文件\n保证项目实施的制\n度、措施\n按合同执行。\n项目实施计划\u3000六月完成"
    )
    assert (target.project, target.supervisor) == ("甲项目", "207-云泽市文化事务局")
    assert target.implementing_unit == "云泽市群众文化馆"
    assert (target.basis, target.safeguards, target.plan) == ("某文件", "按合同执行。", "六月完成")


def test_blank_funds_stay_blank_and_numbers_may_touch_their_labels():
    target, _ = read(
        "项目名称 甲项目\n项目资金（元）\n实施期资金总额：1,200,000.50 年度资金总额： 300,000\n"
        "其中：中央财政资金 其中：中央财政资金 0\n省级财政资金300,000 省级财政资金\n其他资金 其他资金 5"
    )
    assert (target.whole.total, target.whole.central, target.whole.provincial) == ("1200000.50", None, "300000")
    assert (target.annual.total, target.annual.central, target.annual.provincial) == ("300000", "0", None)
    assert (target.whole.other, target.annual.other) == (None, "5")
    assert dict(target.part_sources)["funds"] == "line 2"


def test_funds_in_another_unit_are_kept_and_reported():
    target, notes = read("项目名称 甲项目\n项目资金\n（万元）\n实施期资金总额： 12.50 年度资金总额： 12.50")
    assert target.whole.total == "12.50"
    assert any("万元" in note.message and note.source == "line 2" for note in notes)


def test_a_form_with_the_annual_horizon_only():
    target, _ = read(
        "项目名称 甲项目\n项目资金（元）\n年度资金总额： 300,000\n其中：中央财政资金 300,000\n总体目标 年内完成修缮。\n"
        "一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 修缮面积 ≥20平方米\n质量指标 合格率 100%"
    )
    assert (target.annual.total, target.annual.central, target.whole.central) == ("300000", "300000", None)
    assert target.objective_annual == "年内完成修缮。"
    assert [(i.horizon, i.level3) for i in target.indicators] == [
        (Horizon.ANNUAL, "修缮面积"),
        (Horizon.ANNUAL, "合格率"),
    ]


def test_prose_that_starts_like_a_label_is_prose():
    target, _ = read(
        "项目概况\n本年继续推进改造，具体安排见\n立项依据 某市〔2026〕3号文件\n项目设立必要性 保障\n项目概况 中所列事项"
    )
    assert target.overview == "本年继续推进改造，具体安排见"
    assert target.necessity == "保障项目概况中所列事项"


def test_a_form_that_lost_its_head_is_read_from_where_it_begins():
    target, _ = read(f"项目实施计划 六月完成。\n{TABLE_HEAD}\n数量指标 路灯数 3盏 数量指标 路灯数 3盏")
    assert target.project is None
    assert target.plan == "六月完成。"
    assert len(target.indicators) == 2


def test_a_person_in_charge_named_in_a_text_does_not_end_the_form():
    target, _ = read(
        f"项目名称 甲项目\n项目概况\n由各科室落实，项目负责人：科室长，效益\n指标\n立项依据 某文件\n{TABLE_HEAD}\n"
        "数量指标 路灯数 3盏 数量指标 路灯数 3盏\n负责人： 填报日期： 20260112093015"
    )
    assert (target.overview, target.basis) == ("由各科室落实，项目负责人：科室长，效益指标", "某文件")
    assert (len(target.indicators), target.reported_at) == (2, "20260112093015")


def test_lines_behind_the_foot_are_reported():
    target, notes = read("项目名称 甲项目\n负责人： 经办人： 填报日期： 20260112093015\n之前分别支付")
    assert target.reported_at == "20260112093015"
    assert "line 3" in [note.source for note in notes]


def test_lines_above_the_head_are_reported_unless_they_say_nothing():
    _, notes = read(
        "第四季度之前支付\n2026年度\n单位：元\n项目名称 甲项目\n负责人： 经办人： 填报日期： 20260112093015"
    )
    assert [note.source for note in notes if "没有读懂" in note.message] == ["line 1"]


def test_parts_a_form_lost_are_reported():
    _, notes = read("项目实施计划 六月完成。")
    assert len(notes) == 3
    assert all(note.source == "line 1" for note in notes)
