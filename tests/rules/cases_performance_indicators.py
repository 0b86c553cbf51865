"""Cases of indicators: required classes, values, horizons, costs."""

from tests.rules.builders import tiny
from tests.rules.cases import blank, edge, fails, passes
from tests.rules.form_builders import form, lasting

I = "P/技能培训费/indicators"  # noqa: E741 - the place of all indicators of the form
NUMBER, QUALITY, TIME, COST = "数量指标", "质量指标", "时效指标", "成本指标"
SATISFIED, SOCIAL, ECOLOGY = "服务对象满意度", "社会效益", "生态效益"
ONLY_SATISFIED = "学员满意度 | ≥90%"
NO_ANNUAL = {
    NUMBER: "培训人数 | ≥100人 | -",
    QUALITY: "培训合格率 | ≥95% | -",
    TIME: "培训完成时间 | 12月底 | -",
    COST: "培训总成本 | ≤20万元 | -",
    SOCIAL: "就业水平 | 提高 | -",
}


def of(**changes):
    return tiny(targets=(form(指标=changes),))


def four(rule, wrong, where, right=None, near=None, empty=None, **more):
    """The four cases of a rule on the value of one indicator; each argument is a change of indicators."""
    return [
        passes(rule, of(**(right or {}))),
        fails(rule, of(**wrong), where, **more),
        edge(rule, of(**(near or {}))),
        blank(rule, of(**(empty or {}))),
    ]


def described(overview, quantity):
    return tiny(targets=(form(overview=overview, 指标={NUMBER: quantity}),))


CASES = [
    # P-INDICATORS-NONE
    passes("P-INDICATORS-NONE", of()),
    fails("P-INDICATORS-NONE", tiny(targets=(form(indicators=()),)), I),
    edge("P-INDICATORS-NONE", tiny(targets=(form(indicators=form().indicators[:1]),))),
    blank("P-INDICATORS-NONE", tiny(targets=(form(indicators=(), doubtful=("indicators",)),)), silent=True),
    # P-HORIZON-NONE
    *four(
        "P-HORIZON-NONE",
        NO_ANNUAL,
        f"{I}/annual",
        near={NUMBER: "培训人数 | ≥100人 | -", TIME: "培训完成时间 | 12月底 | -"},
        empty=dict.fromkeys(NO_ANNUAL),
        says="年度绩效指标整体缺失",
    ),
    # P-CLASS-NONE
    *four("P-CLASS-NONE", {COST: None}, f"{I}/whole/成本指标", near=NO_ANNUAL, says="没有填写成本指标"),
    edge("P-CLASS-NONE", of(**{COST: "培训总成本 | ≤20万元 | -"}), f"{I}/annual/成本指标", says="两期不一致"),
    edge(
        "P-CLASS-NONE",
        of(**{QUALITY: "培训合格率 | ≥95%\n培训完成时间 | 及时", TIME: None}),
        f"{I}/whole/时效指标",
        says="可能误列在质量指标之下",
    ),
    # P-BENEFIT-ONE-HORIZON
    *four(
        "P-BENEFIT-ONE-HORIZON",
        {"经济效益": "增收 | - | 明显"},
        f"{I}/whole/经济效益",
        right={"经济效益": "增收 | 明显"},
        near={SOCIAL: "就业水平 | 提高 | -"},
        empty={SOCIAL: None},
        says="只填了年度",
    ),
    # P-INDICATOR-BLANK
    *four(
        "P-INDICATOR-BLANK",
        {NUMBER: "培训人数 | | ≥100人"},
        f"{I}/whole/数量指标",
        near={NUMBER: "培训人数 | 100"},
        empty={NUMBER: None},
        says="（空）",
    ),
    # P-NAME-IS-VALUE
    *four(
        "P-NAME-IS-VALUE",
        {QUALITY: "按要求完成 | 按要求完成"},
        f"{I}/whole/质量指标",
        near={QUALITY: "12月底完成 | 12月底完成"},
        empty={QUALITY: "按要求完成 | "},
        says="实施期、年度质量指标",
    ),
    # P-BENEFIT-NAME-IS-VALUE
    *four(
        "P-BENEFIT-NAME-IS-VALUE",
        {SOCIAL: "改善生活 | 改善生活。"},
        f"{I}/whole/社会效益",
        near={SOCIAL: "改善生活 | 明显改善生活"},
        empty={SOCIAL: "改善生活 | "},
    ),
    # P-QUANTITY-PROSE
    *four(
        "P-QUANTITY-PROSE",
        {NUMBER: "培训人数 | 符合条件的人"},
        f"{I}/whole/数量指标",
        near={NUMBER: "培训批次 | 一批"},
        empty={NUMBER: "培训人数 | "},
    ),
    edge("P-QUANTITY-PROSE", of(**{NUMBER: "培训完成时间 | 及时"})),
    # P-QUANTITY-MONEY
    *four(
        "P-QUANTITY-MONEY",
        {NUMBER: "补助金额 | 46616元"},
        f"{I}/whole/数量指标",
        near={NUMBER: "补助标准 | 100元/人/天"},
        empty={NUMBER: "补助金额 | "},
    ),
    # P-COST-PROSE
    *four(
        "P-COST-PROSE",
        {COST: "培训成本 | 实际测算"},
        f"{I}/whole/成本指标",
        near={COST: "培训成本 | 不高于最低工资标准"},
        empty={COST: "培训成本 | "},
    ),
    # P-COST-NAME
    *four(
        "P-COST-NAME",
        {COST: "按时发放 | 实际测算"},
        f"{I}/whole/成本指标",
        near={COST: "发放及时性 | 及时"},
        empty={COST: None},
    ),
    # P-SATISFACTION-PROSE
    *four(
        "P-SATISFACTION-PROSE",
        {SATISFIED: "学员满意度 | 满意度高"},
        f"{I}/whole/服务对象满意度",
        near={SATISFIED: "学员满意度 | 90分"},
        empty={SATISFIED: "学员满意度 | "},
    ),
    # P-SATISFACTION-OVER
    *four(
        "P-SATISFACTION-OVER",
        {SATISFIED: "学员满意度 | ≥100.1%"},
        f"{I}/whole/服务对象满意度",
        near={SATISFIED: "学员满意度 | 100%"},
        empty={SATISFIED: "学员满意度 | "},
    ),
    # P-OUTPUT-PROSE
    *four(
        "P-OUTPUT-PROSE",
        {QUALITY: "案件质量 | 确保每个案件的处理都符合规定"},
        f"{I}/whole/质量指标",
        near={QUALITY: "案件质量 | 案件的处理全部都符合规定"},
        empty={QUALITY: "案件质量 | "},
    ),
    edge("P-OUTPUT-PROSE", of(**{TIME: "定期组织招聘活动 | 每周五定期举办现场招聘会及其宣传"})),
    # P-RATE-UNIT
    *four(
        "P-RATE-UNIT",
        {QUALITY: "完成率 | 100元"},
        f"{I}/whole/质量指标",
        near={QUALITY: "电价费率 | 1元"},
        empty={QUALITY: "完成率 | "},
        says="是比率",
    ),
    # P-RATE-COUNT
    *four(
        "P-RATE-COUNT",
        {QUALITY: "合格率 | 95人"},
        f"{I}/whole/质量指标",
        near={QUALITY: "事故发生率 | 0起"},
        empty={QUALITY: "合格率 | "},
    ),
    # P-UNIT-IMPOSSIBLE
    *four(
        "P-UNIT-IMPOSSIBLE",
        {NUMBER: "预计用电量 | ≤5000吨"},
        f"{I}/whole/数量指标",
        right={NUMBER: "预计用电量 | ≤5000度"},
        near={NUMBER: "预计用水量 | ≤5000吨"},
        empty={NUMBER: "预计用电量 | "},
    ),
    # P-RATE-WHOLE
    *four(
        "P-RATE-WHOLE",
        {QUALITY: "发放准确率 | ≥100%"},
        f"{I}/whole/质量指标",
        near={QUALITY: "发放准确率 | ≥99.9%"},
        empty={QUALITY: "发放准确率 | "},
    ),
    # P-VALUE-ABOUT
    *four(
        "P-VALUE-ABOUT",
        {NUMBER: "投保人数 | 约15万人"},
        f"{I}/whole/数量指标",
        near={NUMBER: "预约人数 | 15万人"},
        empty={NUMBER: "投保人数 | "},
    ),
    # P-ECOLOGY-OTHER
    *four(
        "P-ECOLOGY-OTHER",
        {ECOLOGY: "就业岗位 | 得到保障"},
        f"{I}/whole/生态效益",
        right={ECOLOGY: "生态环境 | 改善"},
        near={ECOLOGY: "环保就业岗位 | 增加"},
        empty={ECOLOGY: None},
    ),
    # P-VALUE-DOUBLED
    *four(
        "P-VALUE-DOUBLED",
        {SOCIAL: "保障度 | 保障保障"},
        f"{I}/whole/社会效益",
        near={QUALITY: "合格数 | 1010"},
        empty={SOCIAL: "保障度 | "},
    ),
    # P-NAMES-SHARED
    *four(
        "P-NAMES-SHARED",
        {NUMBER: "人事档案工作 | 6人", QUALITY: "人事档案工作 | 100%"},
        f"{I}/whole/数量指标",
        near={NUMBER: "档案工作 | 6人", QUALITY: "档案工作 | 100%"},
        empty={NUMBER: None, QUALITY: "人事档案工作 | 100%"},
    ),
    # P-INDICATOR-REPEATED
    *four(
        "P-INDICATOR-REPEATED",
        {NUMBER: "宣传次数 | ≥4次\n宣传次数 | ≥4次"},
        f"{I}/whole/数量指标/2",
        near={NUMBER: "宣传次数 | ≥4次\n宣传次数 | ≥5次"},
        empty={NUMBER: "宣传次数 | \n宣传次数 | "},
    ),
    # P-HORIZONS-DIFFER
    *four(
        "P-HORIZONS-DIFFER",
        {NUMBER: "培训人数 | ≥100人 | ≥150人"},
        f"{I}/annual/数量指标",
        near={COST: "培训总成本 | ≤20万元 | ≤200000元"},
        empty={NUMBER: "培训人数 | ≥100人 | "},
        says="两者应相等",
    ),
    edge("P-HORIZONS-DIFFER", of(**{NUMBER: "培训人员总人数 | ≥100人\n培训人员总批数 | ≥3批 | ≥3批"})),
    edge("P-HORIZONS-DIFFER", tiny(targets=(lasting(指标={NUMBER: "培训人数 | ≥300人 | ≥100人"}),))),
    edge(
        "P-HORIZONS-DIFFER",
        tiny(targets=(lasting(指标={NUMBER: "培训人数 | ≥30人/年 | ≥20人/年"}),)),
        f"{I}/whole/数量指标",
        says="相互矛盾",
    ),
    # P-COST-ABOVE
    *four(
        "P-COST-ABOVE",
        {COST: "培训总成本 | ≤20万元 | ≤60万元"},
        f"{I}/annual/成本指标",
        near={COST: "培训总成本 | 20.00万元"},
        empty={COST: "培训总成本 | "},
        says="多出 40万元",
    ),
    edge("P-COST-ABOVE", of(**{COST: "培训总成本 | ≤20.01万元"}), f"{I}/whole/成本指标", says="多出 100元"),
    edge("P-COST-ABOVE", of(**{COST: "培训收费标准 | 30万元\n教师课酬 | 500000元/人"})),
    # P-COST-BELOW
    *four(
        "P-COST-BELOW",
        {COST: "培训总成本 | ≤15万元"},
        f"{I}/whole/成本指标",
        near={COST: "教师课酬成本 | ≤5万元\n场地租赁成本 | ≤15万元"},
        empty={COST: "培训总成本 | "},
        says="相差 5万元",
    ),
    edge("P-COST-BELOW", tiny(targets=(form(funds="200001"),)), f"{I}/whole/成本指标", says="相差 1元"),
    edge("P-COST-BELOW", of(**{COST: "课酬 | 2000元"})),
    # P-COST-UNIT
    *four(
        "P-COST-UNIT",
        {COST: "补助发放金额 | 2640年"},
        f"{I}/whole/成本指标",
        near={COST: "补助发放标准 | 2640元/年"},
        empty={COST: "补助发放金额 | "},
    ),
    # P-COST-FLOOR
    *four(
        "P-COST-FLOOR",
        {COST: "宣传费 | ≥3万元"},
        f"{I}/whole/成本指标",
        near={COST: "成本节约率 | ≥3%"},
        empty={COST: "宣传费 | "},
    ),
    # P-COUNT-TEXT
    passes("P-COUNT-TEXT", described("为54台康养专业设备付款。", "康养专业设备 | 54台")),
    fails(
        "P-COUNT-TEXT",
        described("8万元用于康养专业51台设备，另购31台套智能设备。", "康养专业设备 | 54台"),
        f"{I}/whole/数量指标",
        says="51台",
    ),
    fails(
        "P-COUNT-TEXT",
        described("更换40台机房电脑，另购20台多媒体教学设备。", "购置机房电脑数量 | 20台"),
        f"{I}/whole/数量指标",
        says="40台",
    ),
    edge("P-COUNT-TEXT", described("更换40台机房电脑，其中20台电脑已到货。", "购置机房电脑数量 | 20台")),
    edge("P-COUNT-TEXT", described("补助遗属三人。", "遗属补助人数 | ≥3人")),
    edge("P-COUNT-TEXT", described("补助遗属三人。", "遗属补助人数 | ≥4人"), f"{I}/whole/数量指标", says="三人"),
    edge("P-COUNT-TEXT", described("补助遗属约3人，每年培训学员3人。", "遗属补助人数 | 5人")),
    blank("P-COUNT-TEXT", described(None, "遗属补助人数 | 5人")),
]
