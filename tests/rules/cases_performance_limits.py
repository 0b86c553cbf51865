"""Cases of the bounds of indicators, and of objectives against the description."""

from tests.rules.builders import tiny
from tests.rules.cases import blank, edge, fails, passes
from tests.rules.cases_performance_indicators import I, four, of
from tests.rules.form_builders import form, lasting

NUMBER, QUALITY, TIME, SATISFIED = "数量指标", "质量指标", "时效指标", "服务对象满意度"
P = "P/技能培训费"


def aiming(overview, objective):
    return tiny(targets=(form(overview=overview, objective_annual=objective),))


CASES = [
    # P-BOUND-SIDE
    *four(
        "P-BOUND-SIDE",
        {SATISFIED: "学员满意度 | ≤95%"},
        f"{I}/whole/服务对象满意度",
        near={QUALITY: "培训差错率 | ≤60%\n设备完好率 | 98%"},
        empty={SATISFIED: None},
        says="疑应为“≥”",
    ),
    fails("P-BOUND-SIDE", of(**{QUALITY: "培训合格率 | ＜95%"}), f"{I}/whole/质量指标"),
    edge("P-BOUND-SIDE", of(**{QUALITY: "项目支出占比 | ≤95%\n宣传覆盖率 | ≤30%"})),
    # P-SATISFACTION-LOW
    *four(
        "P-SATISFACTION-LOW",
        {SATISFIED: "学员满意度 | ≥9.5%"},
        f"{I}/whole/服务对象满意度",
        near={SATISFIED: "学员满意度 | ≥60%\n不满意率 | 5%"},
        empty={SATISFIED: "学员满意度 | "},
        says="明显偏低",
    ),
    # P-RATE-OVER
    *four(
        "P-RATE-OVER",
        {QUALITY: "培训合格率 | ≥120%"},
        f"{I}/whole/质量指标",
        right={QUALITY: "培训合格率 | 100%"},
        near={QUALITY: "学员收入增长率 | ≥120%\n投入产出率 | 150%"},
        empty={QUALITY: "培训合格率 | "},
        says="部分不可能多于整体",
    ),
    # P-QUANTITY-UNIT
    *four(
        "P-QUANTITY-UNIT",
        {NUMBER: "开展技能培训 | ≥35"},
        f"{I}/whole/数量指标",
        near={NUMBER: "培训人数 | 35\n购置设备(台) | 3\n年度 | 全年"},
        empty={NUMBER: "开展技能培训 | "},
        says="没有计量单位",
    ),
    # P-DEADLINE-YEAR
    *four(
        "P-DEADLINE-YEAR",
        {TIME: "完成时间 | 2031年12月底前"},
        f"{I}/whole/时效指标",
        near={TIME: "完成时间 | 2027年3月底前\n资金下达 | 2025年12月底前"},
        empty={TIME: "完成时间 | "},
        says="不在项目期内",
    ),
    fails("P-DEADLINE-YEAR", of(**{TIME: "完成时间 | 2021年底前"}), f"{I}/annual/时效指标"),
    edge(
        "P-DEADLINE-YEAR",
        tiny(targets=(lasting(指标={TIME: "完成时间 | 2031年12月底前\n建设周期 | 2021年至2031年"}),)),
    ),
    # P-COUNT-OBJECTIVE
    passes("P-COUNT-OBJECTIVE", aiming("本年新建服务站点15个。", "完成服务站点建设任务15个。")),
    fails(
        "P-COUNT-OBJECTIVE",
        aiming("本年新建服务站点15个。", "完成服务站点建设任务46个。"),
        f"{P}/objective_annual",
        says="写的是 15个",
    ),
    edge("P-COUNT-OBJECTIVE", aiming("新建城区服务站点9个、乡镇服务站点6个。", "完成服务站点建设15个。")),
    edge("P-COUNT-OBJECTIVE", aiming("本年新建服务站点15个。", "约46个服务站点建成，办理业务46个小时。")),
    edge("P-COUNT-OBJECTIVE", aiming("本年新建服务站点15个。", "年内培训骨干30个。")),
    blank("P-COUNT-OBJECTIVE", aiming(None, "完成服务站点建设任务46个。")),
    blank("P-COUNT-OBJECTIVE", aiming("本年新建服务站点15个。", None)),
]
