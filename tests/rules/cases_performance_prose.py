"""Cases of heads, years, dates and prose of target forms."""

from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes
from tests.rules.form_builders import LINE, form

P = "P/技能培训费"
TIME = "时效指标"
LONG = "为离校未就业毕业生提供见习岗位并按月发放见习补贴和保险费用"


def forms(*targets, **tables):
    return tiny(targets=targets, **tables)


def says(text, **more):
    """A form whose overview is the text."""
    return forms(form(overview=text, **more))


def timed(value):
    return forms(form(指标={TIME: f"培训时间 | {value}"}))


PARTS = "印刷费0.5万元、差旅费4万元、会议费0.37万元，"
NAMED = [form(name) for name in ("甲乙项目", "丙丁项目", "戊己项目")]

CASES = [
    # P-PLAN-YEAR
    passes("P-PLAN-YEAR", forms(form(plan="2026年1月至12月实施"))),
    fails("P-PLAN-YEAR", forms(form(plan="保障2025年各项工作顺利开展")), f"{P}/plan", says="2025 年"),
    edge("P-PLAN-YEAR", forms(form(plan="按照晋人社发〔2025〕12号和2025年印发的实施方案开展"))),
    edge("P-PLAN-YEAR", forms(form(plan="2025年签订合同，2026年维护"))),
    edge("P-PLAN-YEAR", forms(form(plan="2025年11月15日至2026年3月15日供暖"))),
    edge("P-PLAN-YEAR", forms(form(plan="自2022年起每年开展"))),
    fails("P-PLAN-YEAR", forms(form(plan="1.2025年6月底要签订合同；2.2025年10月底前要续费")), f"{P}/plan"),
    blank("P-PLAN-YEAR", forms(form(plan=None))),
    # P-INDICATOR-YEAR
    passes("P-INDICATOR-YEAR", timed("2026年全年")),
    fails("P-INDICATOR-YEAR", timed("2025年01月01日-12月31日"), f"{P}/indicators/whole/时效指标"),
    edge("P-INDICATOR-YEAR", timed("2026年11月至2027年3月")),
    edge("P-INDICATOR-YEAR", timed("1996年")),
    blank("P-INDICATOR-YEAR", timed("")),
    # P-NAME-YEAR
    passes("P-NAME-YEAR", forms(form("2026年慰问费"))),
    fails("P-NAME-YEAR", forms(form("2025年慰问费")), "P/2025年慰问费/project"),
    edge("P-NAME-YEAR", forms(form("2022年1月1日之后退休人员取暖费"))),
    edge("P-NAME-YEAR", forms(form("财社【2025】235号资金"))),
    edge("P-NAME-YEAR", forms(form("2025年慰问费"), T13="project: 2025年慰问费 | 20.00 | 20.00")),
    blank("P-NAME-YEAR", forms(form(None))),
    # P-DATE-IMPOSSIBLE
    passes("P-DATE-IMPOSSIBLE", forms(form(plan="11月30日前完成"))),
    fails("P-DATE-IMPOSSIBLE", forms(form(plan="2026年11月31日前完成")), f"{P}/plan", says="2026年11月31日"),
    fails("P-DATE-IMPOSSIBLE", tiny(section("一", "截至13月底。")), "N/一/1"),
    edge("P-DATE-IMPOSSIBLE", forms(form(plan="2月29日前完成，12月31日结束，共13个月"))),
    edge("P-DATE-IMPOSSIBLE", forms(form(plan="2026年2月29日前完成")), f"{P}/plan"),
    blank("P-DATE-IMPOSSIBLE", forms(form(plan=None, overview=None))),
    # P-VALUE-DATE-IMPOSSIBLE
    passes("P-VALUE-DATE-IMPOSSIBLE", timed("12月25日前")),
    fails("P-VALUE-DATE-IMPOSSIBLE", timed("11月31日前"), f"{P}/indicators/whole/时效指标"),
    edge("P-VALUE-DATE-IMPOSSIBLE", timed("12月")),
    blank("P-VALUE-DATE-IMPOSSIBLE", timed("")),
    # P-REPORTED-AT
    passes("P-REPORTED-AT", forms(form())),
    fails("P-REPORTED-AT", forms(form(reported_at="20241230173550")), f"{P}/reported_at", says="20241230"),
    edge("P-REPORTED-AT", forms(form(reported_at="20250101000000"))),
    blank("P-REPORTED-AT", forms(form(reported_at=None))),
    # P-TEXT-ARITHMETIC
    passes("P-TEXT-ARITHMETIC", says(f"{PARTS}合计4.87万元。")),
    fails("P-TEXT-ARITHMETIC", says(f"{PARTS}合计9.87万元。"), f"{P}/overview", says="4.87万元"),
    fails("P-TEXT-ARITHMETIC", says("共10人，每人每月500元，全年共需7万元。"), f"{P}/overview", says="×12"),
    fails(
        "P-TEXT-ARITHMETIC", says("租赁费5万(库房1万,宿舍2万,车库1万),水费0.3万"), f"{P}/overview", says="计算为 4万元"
    ),
    fails(
        "P-TEXT-ARITHMETIC",
        says("1.宣传5万，用于横幅1万元、短片2万元、制品1万元，共计5万元；2.培训15万。"),
        f"{P}/overview",
        says="计算为 4万元",
    ),
    edge("P-TEXT-ARITHMETIC", says("车辆费2.05万(保险0.45万元,维修0.7万元,加油0.75万元,过路费0.15万元)")),
    edge("P-TEXT-ARITHMETIC", says("印刷费5万元（包括手册2万元、海报1万元），运行费5万（人工每月2千元、耗材3万元）")),
    edge("P-TEXT-ARITHMETIC", says("1.宣传5万，用于横幅1万元、短片4万元，共计5万元；2.培训15万。")),
    fails(
        "P-TEXT-ARITHMETIC",
        says("覆盖全市176万人，汇集社保、就业和人才信息供人员查询，按照人均7900元，共计需139万元。"),
        f"{P}/overview",
        says="176万人×7900元",
    ),
    edge(
        "P-TEXT-ARITHMETIC",
        says("服务全市300名职工，开展线上线下各类文化体育和技能活动多场次，人均80元，共计需2万元。"),
    ),
    edge("P-TEXT-ARITHMETIC", says(f"{PARTS}合计4.88万元。")),
    edge("P-TEXT-ARITHMETIC", says("共19295人，标准3360元，共需6483万元。")),
    edge("P-TEXT-ARITHMETIC", says("办公费12万元（其中复印纸6万元）、邮电费4万元，共计16万元。")),
    edge("P-TEXT-ARITHMETIC", says("1.甲办3万元；2.乙办1.2万元。其中水费0.2万元，电费1万元；共计4.2万元。")),
    edge("P-TEXT-ARITHMETIC", says("共148人，每人1980元/月，共计1980*10*148=293.04万元。")),
    blank("P-TEXT-ARITHMETIC", says(None)),
    # P-TEXT-FUNDS
    passes("P-TEXT-FUNDS", says("每年共计20万元。")),
    fails("P-TEXT-FUNDS", says("每年所需经费15万。"), f"{P}/overview", says="相差 5万元"),
    fails("P-TEXT-FUNDS", says("办公费20万元、印刷费6万元，共计26万元。"), f"{P}/overview"),
    edge("P-TEXT-FUNDS", says("总预算26万元，2026年安排20万元，以后年度共计6万元。")),
    edge("P-TEXT-FUNDS", says("补助标准每人500元。上年共计15万元。")),
    fails(
        "P-TEXT-FUNDS",
        tiny(targets=(form(objective_annual="2026年安排经费60万元，完成培训任务。"),)),
        f"{P}/objective_annual",
        says="年度总体目标写 60万元",
    ),
    edge("P-TEXT-FUNDS", tiny(targets=(form(objective_annual="2026年安排经费20万元，力争带动投资60万元。"),))),
    blank("P-TEXT-FUNDS", says(None)),
    # P-TEXT-PARTS
    passes("P-TEXT-PARTS", says("维护费14万元/每年，租赁费6万元/每年。")),
    fails("P-TEXT-PARTS", says("维护费14万元/每年，租赁费8万元/每年。"), f"{P}/overview", says="22万元"),
    edge("P-TEXT-PARTS", says("维护费14万元，租赁费约8万元。")),
    edge("P-TEXT-PARTS", says("维护费14万元，租赁费8万元，共计22万元。")),
    blank("P-TEXT-PARTS", says(None)),
    # P-TEXT-SHARED
    passes("P-TEXT-SHARED", forms(form(overview=LONG), form("设备购置费", overview="更新机房设备" * 5))),
    fails("P-TEXT-SHARED", forms(form(overview=LONG), form("设备购置费", overview=LONG)), "P/设备购置费/overview"),
    fails(
        "P-TEXT-SHARED",
        forms(form(necessity=LONG), form("设备购置费", overview="更新机房设备", necessity=LONG)),
        "P/设备购置费/necessity",
        says="项目设立必要性",
    ),
    edge("P-TEXT-SHARED", forms(form(necessity=LONG[:17]), form("设备购置费", overview="更新", necessity=LONG[:17]))),
    edge("P-TEXT-SHARED", forms(form("补贴（上半年）", overview=LONG), form("补贴（下半年）", overview=LONG))),
    edge("P-TEXT-SHARED", forms(form(overview=LONG[:20]), form("设备购置费", overview=LONG[:20]))),
    blank("P-TEXT-SHARED", forms(form(overview=None), form("设备购置费", overview=None))),
    # P-PROJECT-TWICE
    passes("P-PROJECT-TWICE", forms(form("新春慰问", plan=LONG), form("设备购置费", plan=LONG))),
    fails(
        "P-PROJECT-TWICE",
        forms(form("2025年人员新春慰问费", plan=LONG), form("人员新春慰问", plan=LONG)),
        "P/人员新春慰问",
        says="重复立项",
    ),
    edge("P-PROJECT-TWICE", forms(form("生活补贴上半年", plan=LONG), form("生活补贴下半年", plan=LONG))),
    edge("P-PROJECT-TWICE", forms(form("慰问费", plan=LONG[:23]), form("慰问", plan=LONG[:23]))),
    blank("P-PROJECT-TWICE", forms(form("2025年慰问费", plan=None), form("慰问", plan=None))),
    # P-TEXT-ALL-SAME
    passes("P-TEXT-ALL-SAME", forms(form())),
    fails("P-TEXT-ALL-SAME", forms(form(overview="甲", basis="甲", necessity="甲。", plan="甲")), f"{P}/overview"),
    edge("P-TEXT-ALL-SAME", forms(form(overview="甲", basis="甲", necessity="甲", plan="乙"))),
    blank("P-TEXT-ALL-SAME", forms(form(overview=None, plan=None))),
    # P-TEXT-UNFINISHED
    passes("P-TEXT-UNFINISHED", forms(form())),
    fails("P-TEXT-UNFINISHED", says("办公用品购置，"), f"{P}/overview"),
    edge("P-TEXT-UNFINISHED", says("办公用品购置")),
    blank("P-TEXT-UNFINISHED", says(None)),
    # P-SUPERVISOR
    passes("P-SUPERVISOR", forms(*NAMED)),
    fails(
        "P-SUPERVISOR",
        forms(*NAMED, form(supervisor="905-社保股")),
        f"{P}/supervisor",
        says="其余 3 张",
    ),
    edge("P-SUPERVISOR", forms(NAMED[0], form(supervisor="905-社保股"))),
    blank("P-SUPERVISOR", forms(*NAMED, form(supervisor=None))),
    # P-UNIT-UNKNOWN
    passes("P-UNIT-UNKNOWN", forms(form(), T12=f"unit: 某市某中心 | 20.00\n{LINE}")),
    fails(
        "P-UNIT-UNKNOWN",
        forms(form(implementing_unit="社保科单位"), T12=f"unit: 某市某中心 | 20.00\n{LINE}"),
        f"{P}/implementing_unit",
    ),
    edge("P-UNIT-UNKNOWN", forms(form(implementing_unit="社保科单位"), T12=LINE)),
    blank("P-UNIT-UNKNOWN", forms(form(implementing_unit=None), T12=f"unit: 某市某中心 | 20.00\n{LINE}")),
    # P-HEAD-NONE
    passes("P-HEAD-NONE", forms(form())),
    fails("P-HEAD-NONE", forms(form(None), T12=LINE), "T12/技能培训费", says="表十二的“技能培训费”"),
    edge(
        "P-HEAD-NONE", forms(form(None, funds=None, 指标={"成本指标": "总成本 | ≤20万元"}), T12=LINE), "T12/技能培训费"
    ),
    blank("P-HEAD-NONE", forms(form(None, funds=None, indicators=())), "P/#1"),
    # P-HEAD-BLANK
    passes("P-HEAD-BLANK", forms(form())),
    fails("P-HEAD-BLANK", forms(form(term=None)), P, says="项目期"),
    edge("P-HEAD-BLANK", forms(form(None, term=None))),
    blank("P-HEAD-BLANK", forms(form(term=None, attribute=None, implementing_unit=None, supervisor=None))),
    # P-ATTRIBUTE-TERM
    passes("P-ATTRIBUTE-TERM", forms(form())),
    fails("P-ATTRIBUTE-TERM", forms(form(term="99年")), f"{P}/term"),
    edge("P-ATTRIBUTE-TERM", forms(form(attribute="延续性项目", term="3年"))),
    blank("P-ATTRIBUTE-TERM", forms(form(term=None))),
]
