"""The department-wide target form in both layouts."""

from __future__ import annotations

from disclosures.plain.data import OverallTarget
from disclosures.reading.blocks import Layout, Line
from performance.recognise.overall import read_overall_form

FLOW = """
云泽市市级预算部门（单位）整体支出绩效目标申报表
（2026）年度
部门基本
信息
部门名称 207-云泽市文化事务局
内设职能部门数 6个 所属预算单位数 3个
核定的人员编制数 84人
其中:在编人员数 79人
部门职责
（一）拟定全市文化事业发展规划，组织实施并监督检查；负责群众文化活
动的组织，履行市委市政府规定的其他
职责。
部门战略
目标
建成覆盖城乡的公共文化服务网络。
年度
预算情况
按资金来源划分 资金总额（万元） 按资金方向划分 资金总额（万元）
合 计 1,205.30 合 计 1,205.30
其中:一般公共预算资金 1105.30 其中:基本支出 805.30
政府性基金预算资金 0.00 项目支出 400.00
专户管理资金
单位资金 100.00
年度重点
任务
核心职能 重点任务
组织群众文化活动，办好全市文化艺术节和
送戏下乡
全年送戏下乡不少于三百场，举办文化艺术
节一次，覆盖全部乡镇
保护文化遗产
年度重点
任务
修缮北山石窟
年度绩效
目标
完成全年文化惠民任务。
一级指标 二级指标 三级指标 指标值
送戏下乡场次 ≥300场
参加基层文化骨干培训班的
学员人数
≥120人
产出指标
数量指标
修缮石窟面积 ≥40平方米
质量指标
修缮工程验收合格率 100%
年度绩效
指标
效益指标
社会效益指标
提高群众文化生活质量 提高
满意度指标 服务对象满意度指标
观众满意度 ≥95%
"""

GRID = [
    ("云泽市市级预算部门整体支出绩效目标表",),
    ("部门基本信息", "部门名称", "207-云泽市文化事务局", "", ""),
    ("部门基本信息", "内设职能部门数", "6个", "所属预算单位数", "3个"),
    ("部门职责", "拟定全市文化事业发展规划。", "拟定全市文化事业发展规划。", "", ""),
    ("部门战略目标", "建成公共文化服务网络。", "", "", ""),
    ("年度预算情况", "按资金来源划分", "资金总额（万元）", "按资金方向划分", "资金总额（万元）"),
    ("", "合 计", "1,205.30", "合 计", "1,205.30"),
    ("", "其中：一般公共预算资金", "1,105.30", "其中：基本支出", "805.30"),
    ("", "政府性基金预算资金", "—", "项目支出", "400.00"),
    ("年度重点任务", "核心职能", "重点任务", "", ""),
    ("年度重点任务", "保护文化遗产", "修缮北山石窟", "", ""),
    ("年度绩效目标", "完成全年文化惠民任务。", "", "", ""),
    ("年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"),
    ("年度绩效指标", "产出指标", "数量指标", "送戏下乡场次", "≥300场"),
    ("", "产出指标", "数量指标", "修缮石窟面积", "≥40平方米"),
    ("", "", "质量指标", "验收合格率", "100%"),
    ("", "效益指标", "经济效益指标", "", ""),
    ("", "", "社会效益指标", "提高群众文化生活质量", "提高"),
    ("", "满意度指标", "服务对象满意度指标", "服务对象满意度", "≥95%"),
]


def flow() -> OverallTarget:
    lines = [Line(f"line {n}", text) for n, text in enumerate(FLOW.strip("\n").splitlines(), start=1)]
    target, notes = read_overall_form(lines, Layout.FLOW, "某局")
    assert isinstance(target, OverallTarget)
    assert notes == ()
    return target


def grid() -> OverallTarget:
    lines = [Line(f"line {n}", "\t".join(cells), cells) for n, cells in enumerate(GRID, start=1)]
    target, notes = read_overall_form(lines, Layout.GRID, "某局")
    assert isinstance(target, OverallTarget)
    assert notes == ()
    return target


def rows(target: OverallTarget) -> list[tuple[str, str, str | None]]:
    return [(i.level2, i.level3, i.value) for i in target.indicators]


def test_unit_and_staff_of_a_text_dump():
    target = flow()
    assert target.unit == "207-云泽市文化事务局"
    assert target.form_title == "云泽市市级预算部门（单位）整体支出绩效目标申报表"
    assert target.staff == (
        ("内设职能部门数", "6个"),
        ("所属预算单位数", "3个"),
        ("核定的人员编制数", "84人"),
        ("其中:在编人员数", "79人"),
    )


def test_texts_of_a_text_dump():
    target = flow()
    assert (
        target.duties
        == "（一）拟定全市文化事业发展规划，组织实施并监督检查；负责群众文化活动的组织，履行市委市政府规定的其他职责。"
    )
    assert target.strategy == "建成覆盖城乡的公共文化服务网络。"
    assert target.objective == "完成全年文化惠民任务。"


def test_funds_of_a_text_dump():
    target = flow()
    assert target.funds_unit == "万元"
    assert dict(target.funds) == {
        "total_by_source": "1205.30",
        "general_public": "1105.30",
        "gov_fund": "0.00",
        "fiscal_account": None,
        "unit_funds": "100.00",
        "total_by_direction": "1205.30",
        "basic": "805.30",
        "project": "400.00",
    }


def test_tasks_of_a_text_dump_are_pairs_of_wrapped_cells():
    assert flow().tasks == (
        (
            "组织群众文化活动，办好全市文化艺术节和送戏下乡",
            "全年送戏下乡不少于三百场，举办文化艺术节一次，覆盖全部乡镇",
        ),
        ("保护文化遗产", "修缮北山石窟"),
    )


def test_indicators_of_a_text_dump_with_a_label_in_the_middle_of_its_rows():
    assert rows(flow()) == [
        ("数量指标", "送戏下乡场次", "≥300场"),
        ("数量指标", "参加基层文化骨干培训班的学员人数", "≥120人"),
        ("数量指标", "修缮石窟面积", "≥40平方米"),
        ("质量指标", "修缮工程验收合格率", "100%"),
        ("社会效益", "提高群众文化生活质量", "提高"),
        ("服务对象满意度", "观众满意度", "≥95%"),
    ]
    assert flow().indicators[1].source == "line 40"


def test_a_grid_with_merged_cells_repeated_or_empty():
    target = grid()
    assert target.unit == "207-云泽市文化事务局"
    assert target.staff == (("内设职能部门数", "6个"), ("所属预算单位数", "3个"))
    assert (target.duties, target.strategy) == ("拟定全市文化事业发展规划。", "建成公共文化服务网络。")
    assert target.objective == "完成全年文化惠民任务。"
    assert target.tasks == (("保护文化遗产", "修缮北山石窟"),)
    assert dict(target.funds) == {
        "total_by_source": "1205.30",
        "general_public": "1105.30",
        "gov_fund": None,
        "total_by_direction": "1205.30",
        "basic": "805.30",
        "project": "400.00",
    }


def test_indicators_of_a_grid():
    assert rows(grid()) == [
        ("数量指标", "送戏下乡场次", "≥300场"),
        ("数量指标", "修缮石窟面积", "≥40平方米"),
        ("质量指标", "验收合格率", "100%"),
        ("社会效益", "提高群众文化生活质量", "提高"),
        ("服务对象满意度", "服务对象满意度", "≥95%"),
    ]


def test_a_form_without_unit_takes_the_departments_and_says_so():
    target, notes = read_overall_form([Line("line 1", "部门职责"), Line("line 2", "办事。")], Layout.FLOW, "某局")
    assert isinstance(target, OverallTarget)
    assert (target.unit, target.duties) == ("某局", "办事。")
    assert len(notes) == 1
