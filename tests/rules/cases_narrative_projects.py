"""Cases of section 十: counts and sums of projects."""

from dataclasses import replace

from disclosures.plain.data import Disclosure, Funds, ProjectTarget
from tests.rules.builders import of_tables, section, tiny
from tests.rules.cases import blank, edge, fails, passes

T12 = "department: 某市某局 | 6.00 | 6.00\nproject: 甲 | 1.00 | 1.00\nproject: 乙 | 5.00 | 5.00"
T03 = "合计 | 10.00 | 4.00 | 6.00"
FORMS = tuple(
    ProjectTarget(project=name, annual=Funds(total=total)) for name, total in (("甲", "10000"), ("乙", "50000"))
)


def claims(  # the wording of section 十, one argument for each figure that a case spoils
    count: str = "2", amount: str = "6.00", operating: str = "1", specific: str = "1", specific_amount: str = "5.00",
    disclosed: str = "2", disclosed_amount: str = "6.00", share: str = "100", forms: tuple[ProjectTarget, ...] = FORMS,
    **tables: str | None,
) -> Disclosure:  # fmt: skip
    text = (
        f"纳入绩效目标管理的二级项目{count}个，共计金额{amount}万元。其中：其他运转类项目{operating}个，涉及金额1.00万元；"
        f"特定目标类项目{specific}个，涉及金额{specific_amount}万元。公开项目绩效目标{disclosed}个，"
        f"涉及项目金额{disclosed_amount}万元，占部门（单位）项目支出总额的{share}%。"
    )
    return replace(of_tables({"T12": T12, "T03": T03} | tables), sections=(section("十", text),), project_targets=forms)


def overall(funds: str, basic: str = "4.00", project: str = "6.00", **tables: str | None) -> Disclosure:
    text = f"编报部门整体支出绩效目标，涉及部门预算资金{funds}万元，其中基本支出{basic}万元，项目支出{project}万元。"
    return replace(
        of_tables({"T01": "< 本年收入合计 | 10.00", "T03": T03, "T12": T12} | tables), sections=(section("十", text),)
    )


CASES = [
    # N-PROJECT-CLASSES
    passes("N-PROJECT-CLASSES", claims()),
    fails("N-PROJECT-CLASSES", claims(specific="3"), "N/十/1"),
    edge("N-PROJECT-CLASSES", claims(specific="2"), "N/十/1"),
    blank("N-PROJECT-CLASSES", tiny(section("十", "二级项目2个，共计金额6.00万元。"))),
    # N-PROJECT-CLASS-SUM
    passes("N-PROJECT-CLASS-SUM", claims()),
    fails("N-PROJECT-CLASS-SUM", claims(specific_amount="9.00"), "N/十/1"),
    edge("N-PROJECT-CLASS-SUM", claims(specific_amount="5.01")),
    edge("N-PROJECT-CLASS-SUM", claims(specific_amount="5.02"), "N/十/1"),
    blank("N-PROJECT-CLASS-SUM", tiny(section("十", "二级项目2个，共计金额6.00万元。其中：其他运转类项目1个。"))),
    # N-PROJECT-SCOPES
    passes("N-PROJECT-SCOPES", claims()),
    fails("N-PROJECT-SCOPES", claims(disclosed="1"), "N/十/1"),
    fails("N-PROJECT-SCOPES", claims(disclosed="9", share="90"), "N/十/1"),
    edge("N-PROJECT-SCOPES", claims(disclosed="1", disclosed_amount="5.00", share="83.33")),
    edge("N-PROJECT-SCOPES", claims(disclosed_amount="6.02"), "N/十/1"),
    blank("N-PROJECT-SCOPES", tiny(section("十", "二级项目2个，共计金额6.00万元。"))),
    # N-PROJECT-COUNT
    passes("N-PROJECT-COUNT", claims()),
    passes("N-PROJECT-COUNT", claims(count="3", T13="project: 丙 | 1.00 | 1.00")),
    fails("N-PROJECT-COUNT", claims(count="5"), "N/十/1", says="表十二列有 2 个"),
    edge("N-PROJECT-COUNT", claims(count="3"), "T12"),
    blank("N-PROJECT-COUNT", claims(T12=None), silent=True),
    # N-FORM-COUNT
    passes("N-FORM-COUNT", claims()),
    fails("N-FORM-COUNT", claims(disclosed="52"), "N/十/1", says="目标表 2 个"),
    edge("N-FORM-COUNT", claims(forms=FORMS[:1]), "P"),
    blank("N-FORM-COUNT", tiny(section("十", "本单位没有项目。"))),
    # N-PROJECT-AMOUNT
    passes("N-PROJECT-AMOUNT", claims()),
    passes("N-PROJECT-AMOUNT", claims(amount="7.00", T13="department: 某市某局 | 1.00 | 1.00")),
    fails("N-PROJECT-AMOUNT", claims(amount="60.00"), "N/十/1"),
    edge("N-PROJECT-AMOUNT", claims(amount="6.01")),
    edge("N-PROJECT-AMOUNT", claims(amount="6.02"), "N/十/1"),
    blank("N-PROJECT-AMOUNT", claims(T12=None), "N/十/1"),
    # N-FORM-AMOUNT
    passes("N-FORM-AMOUNT", claims()),
    fails("N-FORM-AMOUNT", claims(disclosed_amount="16.00"), "N/十/1", says="2 张目标表"),
    edge("N-FORM-AMOUNT", claims(disclosed_amount="6")),
    edge("N-FORM-AMOUNT", claims(disclosed_amount="6.02"), "N/十/1"),
    blank("N-FORM-AMOUNT", claims(forms=(ProjectTarget(project="甲"), FORMS[1])), silent=True),
    # N-PROJECT-SHARE
    passes("N-PROJECT-SHARE", claims()),
    fails("N-PROJECT-SHARE", claims(T03="合计 | 12.00 | 4.00 | 8.00"), "N/十/1", says="75.00%"),
    edge("N-PROJECT-SHARE", claims(T03="合计 | 10.01 | 4.00 | 6.01")),
    edge("N-PROJECT-SHARE", claims(T03="合计 | 10.04 | 4.00 | 6.04"), "N/十/1", says="还有 0.04 万元未公开"),
    edge("N-PROJECT-SHARE", claims(share="99.34", T03="合计 | 10.04 | 4.00 | 6.04")),
    # An amount that is wrong itself is told by N-PROJECT-AMOUNT; the share is judged by what T12 says.
    passes("N-PROJECT-SHARE", claims(amount="9.00", disclosed_amount="9.00")),
    edge("N-PROJECT-SHARE", claims(T03="合计 | 10.05 | 4.00 | 6.05"), "N/十/1"),
    blank("N-PROJECT-SHARE", claims(T03="合计 | 4.00 | 4.00 |"), silent=True),
    # N-OVERALL
    passes("N-OVERALL", overall("10.00")),
    passes(  # 0.50 of the 4.00 basic expenditure come from last year
        "N-OVERALL",
        overall("10.00", basic="3.50", T02="合计 | 10.00 | | | | | | 1.50", T13="department: 某市某局 | 1.00 | 1.00"),
    ),
    fails("N-OVERALL", overall("9.00"), "N/十/1", says="本年收入合计"),
    fails("N-OVERALL", overall("10.00", basic="3.00"), "N/十/1"),
    edge("N-OVERALL", overall("10")),
    edge("N-OVERALL", overall("10.02"), "N/十/1"),
    blank("N-OVERALL", tiny(section("十", "编报部门整体支出绩效目标，涉及资金9.00万元。")), silent=True),
    # N-OVERALL-SUM
    passes("N-OVERALL-SUM", overall("10.00")),
    fails("N-OVERALL-SUM", overall("19.00"), "N/十/1"),
    edge("N-OVERALL-SUM", overall("10.01")),
    edge("N-OVERALL-SUM", overall("10.02"), "N/十/1"),
    blank("N-OVERALL-SUM", tiny(section("十", "编报部门整体支出绩效目标，涉及资金9.00万元。"))),
]
