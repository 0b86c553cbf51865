"""Cases of names of indicators, of blank fields and of the indicators of the department-wide form."""

from dataclasses import replace

from disclosures.plain.data import Disclosure, Funds, Horizon, Indicator
from tests.rules.builders import tiny
from tests.rules.cases import blank, edge, fails, passes
from tests.rules.form_builders import form, lasting, overall

P = "P/技能培训费"
I = f"{P}/indicators"  # noqa: E741 - the place of all indicators of the form
QUALITY, SOCIAL, ECOLOGY, SUSTAINED, COST = "质量指标", "社会效益", "生态效益", "可持续影响", "成本指标"
TEXTS = {
    "basis": "工作职责",
    "necessity": "提高技能水平",
    "safeguards": "内控制度",
    "objective_whole": "完成培训",
    "objective_annual": "完成培训",
}


def of(**changes: str | None) -> Disclosure:
    return tiny(targets=(form(指标=changes),))


def told(*doubtful: str, **changes: str | None) -> Disclosure:
    """A form with all fields of description, but for the changes."""
    return tiny(targets=(replace(form(), doubtful=doubtful, **{**TEXTS, **changes}),))  # type: ignore[arg-type]


def whole(level2: str, name: str, value: str) -> Disclosure:
    """A department-wide form with one indicator."""
    indicator = Indicator(Horizon.ANNUAL, "产出指标", level2, name, value)
    return replace(tiny(), overall_targets=(replace(overall(), indicators=(indicator,)),))


def costs(lines: str) -> Disclosure:
    """A lasting project of 300 000 元, of which this year 200 000 元."""
    return tiny(targets=(lasting(whole=Funds(total="300000", local="300000"), 指标={COST: lines}),))


CASES = [
    # P-RATE-PROSE
    passes("P-RATE-PROSE", of()),
    fails("P-RATE-PROSE", of(**{QUALITY: "培训合格率 | 合格"}), f"{I}/whole/质量指标"),
    edge("P-RATE-PROSE", of(**{QUALITY: "培训方案符合度 | 符合\n培训频率 | 适中"})),
    edge("P-RATE-PROSE", of(**{SOCIAL: "就业率 | 逐步提高"})),
    blank("P-RATE-PROSE", of(**{QUALITY: "培训合格率 |"})),
    # P-NAME-PROJECT
    passes("P-NAME-PROJECT", of()),
    fails("P-NAME-PROJECT", of(**{SOCIAL: "技能培训费 | 提高"}), f"{I}/whole/社会效益"),
    edge("P-NAME-PROJECT", of(**{COST: "技能培训费 | ≤20万元"})),
    edge("P-NAME-PROJECT", of(**{SOCIAL: "技能培训水平 | 提高"})),
    blank("P-NAME-PROJECT", tiny(targets=(form(None),))),
    # P-CLASS-OTHER
    passes("P-CLASS-OTHER", of(**{SUSTAINED: "长效管理机制建设 | 完善"})),
    fails("P-CLASS-OTHER", of(**{ECOLOGY: "长效管理机制建设 | 完善"}), f"{I}/whole/生态效益"),
    fails("P-CLASS-OTHER", of(**{QUALITY: "租车次数 | 10次"}), f"{I}/whole/质量指标"),
    edge("P-CLASS-OTHER", of(**{QUALITY: "培训次数完成率 | 100%"})),
    edge("P-CLASS-OTHER", of(**{SUSTAINED: "持续影响 | 提高", ECOLOGY: "长效管理机制 | 完善"})),
    blank("P-CLASS-OTHER", of(**{QUALITY: None})),
    # P-OVERALL-UNIT
    passes("P-OVERALL-UNIT", whole("数量指标", "预计用电量", "≤1500000度")),
    fails("P-OVERALL-UNIT", whole("数量指标", "预计用电量", "≤1500000吨"), "O/indicators/annual/数量指标"),
    edge("P-OVERALL-UNIT", whole("数量指标", "预计用水量", "≤120000吨")),
    blank("P-OVERALL-UNIT", replace(tiny(), overall_targets=(overall(),))),
    # P-OVERALL-YEAR
    passes("P-OVERALL-YEAR", whole("时效指标", "补贴时间", "2026年12月前")),
    fails("P-OVERALL-YEAR", whole("时效指标", "补贴时间", "2025年12月前"), "O/indicators/annual/时效指标"),
    edge("P-OVERALL-YEAR", whole("时效指标", "供暖时间", "2025年11月15日至2026年3月15日")),
    blank("P-OVERALL-YEAR", whole("时效指标", "补贴时间", "")),
    # P-TEXT-BLANK
    passes("P-TEXT-BLANK", told()),
    fails("P-TEXT-BLANK", told(plan=None), f"{P}/plan", says="没有填写项目实施计划"),
    edge("P-TEXT-BLANK", tiny(targets=(form(),))),  # a form of which only two fields were read
    edge("P-TEXT-BLANK", told("plan", plan=None)),
    blank("P-TEXT-BLANK", told(**dict.fromkeys((*TEXTS, "overview", "plan")))),
    # P-COST-ABOVE: the costs of the year are those of the whole period
    passes("P-COST-ABOVE", costs("课时费 | ≤20万元 | ≤12万元\n材料费 | ≤10万元 | ≤8万元")),
    fails("P-COST-ABOVE", costs("课时费 | ≤18万元\n材料费 | ≤12万元"), f"{I}/annual/成本指标/1", says="合计 30万元"),
    # P-COST-BELOW: the description names the amount as a part
    edge(
        "P-COST-BELOW",
        tiny(targets=(form(overview="培训15万元，欠款5万元。", 指标={COST: "培训费 | ≤15万元"}),)),
        f"{I}/whole/成本指标",
    ),
]
