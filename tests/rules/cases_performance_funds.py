"""Cases of the funds of target forms and of their partners in T12 and T13."""

from dataclasses import replace

from disclosures.plain.data import Funds
from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes
from tests.rules.form_builders import LINE, form, lasting, overall

P = "P/技能培训费"
OTHER = "project: 设备购置费 | 5.00 | 5.00"


def forms(*targets, **tables):
    return tiny(targets=targets, **tables)


def with_overall(target, *sections, **tables):
    return replace(tiny(*sections, **tables), overall_targets=(target,))


TABLE_3 = "合计 | 30.00 | 10.00 | 20.00"
SAYS_SO = "1、整体绩效目标：2026年编报部门整体支出绩效目标，涉及资金30.00万元。"

CASES = [
    # P-FUNDS-SUM
    passes("P-FUNDS-SUM", forms(form())),
    fails("P-FUNDS-SUM", forms(form(annual=Funds(total="200000", local="180000"))), f"{P}/funds.annual.total"),
    edge("P-FUNDS-SUM", forms(form(whole=Funds(total="100001", central="50000", local="50000")))),
    edge(
        "P-FUNDS-SUM",
        forms(form(whole=Funds(total="100002", central="50000", local="50000"))),
        f"{P}/funds.whole.total",
    ),
    blank("P-FUNDS-SUM", forms(form(annual=Funds(total="200000"))), silent=True),
    blank("P-FUNDS-SUM", forms(form(annual=Funds(local="200000"))), f"{P}/funds.annual.total"),
    # P-FUNDS-ONE-YEAR
    passes("P-FUNDS-ONE-YEAR", forms(form())),
    fails(
        "P-FUNDS-ONE-YEAR",
        forms(form(whole=Funds(total="334000", local="334000"))),
        f"{P}/funds.whole.total",
        says="334000 元",
    ),
    edge("P-FUNDS-ONE-YEAR", forms(form(annual=Funds(total="200000.49")))),
    edge("P-FUNDS-ONE-YEAR", forms(lasting(whole=Funds(total="900000")))),
    blank("P-FUNDS-ONE-YEAR", forms(form(whole=Funds(), annual=Funds()))),
    blank("P-FUNDS-ONE-YEAR", forms(form(whole=Funds())), f"{P}/funds.whole.total"),
    # P-FUNDS-SEVERAL-YEARS
    passes("P-FUNDS-SEVERAL-YEARS", forms(lasting(whole=Funds(total="900000")))),
    fails("P-FUNDS-SEVERAL-YEARS", forms(lasting(whole=Funds(total="100000"))), f"{P}/funds.annual.total"),
    edge("P-FUNDS-SEVERAL-YEARS", forms(lasting())),
    blank("P-FUNDS-SEVERAL-YEARS", forms(lasting(whole=Funds(), annual=Funds()))),
    # P-FUNDS-BLANK
    passes("P-FUNDS-BLANK", forms(form())),
    fails("P-FUNDS-BLANK", forms(form(funds=None)), f"{P}/funds"),
    edge("P-FUNDS-BLANK", forms(form(whole=Funds()))),
    blank("P-FUNDS-BLANK", forms()),
    # P-FUNDS-TABLE
    passes("P-FUNDS-TABLE", forms(form(), T12=LINE)),
    fails("P-FUNDS-TABLE", forms(form(funds="260000"), T12=LINE), "T12/技能培训费/total"),
    edge("P-FUNDS-TABLE", forms(form(funds="200050"), T12=LINE)),
    edge("P-FUNDS-TABLE", forms(form(funds="200051"), T12=LINE), f"{P}/funds.annual.total"),
    edge("P-FUNDS-TABLE", forms(form(funds="260000"), T12=LINE, T13="project: 技能培训费 | 6.00 | 6.00")),
    blank("P-FUNDS-TABLE", forms(form(), T12=None)),
    # P-FORMS-NONE
    passes("P-FORMS-NONE", forms(form(), T12=LINE)),
    fails("P-FORMS-NONE", forms(T12=LINE), "P", says="1 个项目"),
    edge("P-FORMS-NONE", forms(T12=None)),
    blank("P-FORMS-NONE", forms(T12="project: 技能培训费 |  | ")),
    # P-LINE-WITHOUT-FORM
    passes("P-LINE-WITHOUT-FORM", forms(form(), T12=LINE)),
    fails("P-LINE-WITHOUT-FORM", forms(form(), T12=f"{LINE}\n{OTHER}"), "T12/设备购置费", says="5.00 万元"),
    edge("P-LINE-WITHOUT-FORM", forms(form("技能培训费 "), T12="project: 技能培训 费 | 20.00 | 20.00")),
    edge("P-LINE-WITHOUT-FORM", forms(form(), T12=f"{LINE}\nproject: 技能培训费 | 8.00 | 8.00"), "T12/技能培训费#2"),
    edge("P-LINE-WITHOUT-FORM", forms(form(project=None), T12=LINE)),
    blank("P-LINE-WITHOUT-FORM", forms(form(), T12=f"{LINE}\nproject: 设备购置费")),
    # P-CARRIED-WITHOUT-FORM
    passes("P-CARRIED-WITHOUT-FORM", forms(form(), T12=LINE, T13="project: 技能培训费 | 6.00 | 6.00")),
    fails("P-CARRIED-WITHOUT-FORM", forms(form(), T12=LINE, T13=OTHER), "T13", says="设备购置费"),
    edge("P-CARRIED-WITHOUT-FORM", forms(form(), form("设备购置费", "50000"), T12=LINE, T13=OTHER)),
    blank("P-CARRIED-WITHOUT-FORM", forms(form(), T12=LINE, T13=None)),
    # P-FORM-WITHOUT-LINE
    passes("P-FORM-WITHOUT-LINE", forms(form(), T12=LINE)),
    fails("P-FORM-WITHOUT-LINE", forms(form(), form("差旅费", "90000"), T12=LINE), "P/差旅费", says="9万元"),
    edge("P-FORM-WITHOUT-LINE", forms(form(), form("设备购置费", "50000"), T12=LINE, T13=OTHER)),
    edge("P-FORM-WITHOUT-LINE", forms(form(), form(), T12=LINE)),
    blank("P-FORM-WITHOUT-LINE", forms(form(), T12=None), silent=True),
    blank("P-FORM-WITHOUT-LINE", forms(form(), form(None, "1"), T12=LINE), silent=True),
    # P-FORM-REPEATED
    passes("P-FORM-REPEATED", forms(form(), T12=LINE)),
    fails("P-FORM-REPEATED", forms(form(), form(), T12=LINE), "P/技能培训费#2", says="疑重复刊印"),
    edge("P-FORM-REPEATED", forms(form(), form(funds="80000"), T12=f"{LINE}\nproject: 技能培训费 | 8.00 | 8.00")),
    blank("P-FORM-REPEATED", forms(form(), form(), T12=None)),
    # P-NAME-DIFFERS
    passes("P-NAME-DIFFERS", forms(form(), T12=LINE)),
    fails("P-NAME-DIFFERS", forms(form("职业技能培训费"), T12=LINE), "T12/技能培训费", says="“技能培训费”不一致"),
    edge("P-NAME-DIFFERS", forms(form("技能(培训)费"), T12="project: 技能（培训）费 | 20.00 | 20.00")),
    edge("P-NAME-DIFFERS", forms(form("技能、培训费"), T12=LINE), "P/技能、培训费", says="仅标点不同"),
    blank("P-NAME-DIFFERS", forms(form(None), T12=LINE)),
    # P-NAME-WIDTH
    passes("P-NAME-WIDTH", forms(form(), T12=LINE)),
    fails("P-NAME-WIDTH", forms(form("技能(培训)费"), T12="project: 技能（培训）费 | 20.00 | 20.00"), "T12"),
    edge("P-NAME-WIDTH", forms(form("技能 培训费"), T12=LINE)),
    blank("P-NAME-WIDTH", forms(form(None), T12=LINE)),
    # P-OVERALL-NONE
    passes("P-OVERALL-NONE", with_overall(overall(basic="10.00"), section("十", SAYS_SO))),
    fails("P-OVERALL-NONE", tiny(section("十", SAYS_SO)), "N/十/1"),
    fails("P-OVERALL-NONE", tiny(section("十", "1、整体绩效目标", SAYS_SO, "2、项目绩效目标")), "N/十/1"),
    edge("P-OVERALL-NONE", tiny(section("十", "本部门未编报整体支出绩效目标。"))),
    blank("P-OVERALL-NONE", tiny(section("十"))),
    # P-OVERALL-SUM
    passes("P-OVERALL-SUM", with_overall(overall(total_by_source="30.00", general_public="30.00"))),
    fails(
        "P-OVERALL-SUM",
        with_overall(overall(total_by_source="30.00", general_public="20.00")),
        "O/funds.general_public",
    ),
    edge("P-OVERALL-SUM", with_overall(overall(total_by_direction="30.01", basic="10.00", project="20.00"))),
    edge(
        "P-OVERALL-SUM",
        with_overall(overall(total_by_direction="30.02", basic="10.00", project="20.00")),
        "O/funds.total_by_direction",
    ),
    blank("P-OVERALL-SUM", with_overall(overall(total_by_source="30.00", general_public=None))),
    # P-OVERALL-TABLE
    passes("P-OVERALL-TABLE", with_overall(overall(basic="10.00", project="20.00"), T03=TABLE_3)),
    fails("P-OVERALL-TABLE", with_overall(overall(basic="11.00"), T03=TABLE_3), "O/funds.basic", says="11.00"),
    edge("P-OVERALL-TABLE", with_overall(overall(basic="10.01"), T03=TABLE_3)),
    edge("P-OVERALL-TABLE", with_overall(overall(basic="10.02"), T03=TABLE_3), "T03/合计/basic"),
    blank("P-OVERALL-TABLE", with_overall(overall(basic=None), T03=TABLE_3)),
    # P-OVERALL-REPEATED
    passes("P-OVERALL-REPEATED", with_overall(overall())),
    fails(
        "P-OVERALL-REPEATED",
        replace(tiny(), overall_targets=(overall(), overall())),
        "O#2",
    ),
    edge(
        "P-OVERALL-REPEATED",
        replace(tiny(), overall_targets=(overall(), overall("某市某中心"))),
    ),
    blank("P-OVERALL-REPEATED", tiny()),
]
