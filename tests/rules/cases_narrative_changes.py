"""Cases of changes against last year."""

from disclosures.plain.data import Disclosure
from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes


def operating(text: str) -> Disclosure:
    return tiny(section("八", f"机关运行经费财政拨款预算110.00万元，{text}。"), T11="部门合计 | 110.00")


def three_public(*texts: str) -> Disclosure:
    return tiny(section("七", *texts))


def totals(income: str, spent: str) -> Disclosure:
    return tiny(section("一", f"收入总计110.00万元，比上年{income}；支出总计110.00万元，比上年{spent}。"))


LAST_YEAR = tiny(T11="部门合计 | 100.00", year=2025)
PARTS = "公务接待费1.00万元，与上年相比预算数减少0.50万元；公务用车购置及运行费2.00万元，与上年相比预算数减少1.50万元。"
ABROAD = "其中：因公出国（境）费0万元，与上年预算数相同；"

CASES = [
    # N-CHANGE-RATE
    passes("N-CHANGE-RATE", operating("比2025年预算增加10.00万元，增长10.00%")),
    passes("N-CHANGE-RATE", operating("较上年减少10.00万元，下降8.33%")),
    fails("N-CHANGE-RATE", operating("比2025年预算减少10.00万元，下降0.8%"), "N/八/1", says="8.33%"),
    edge("N-CHANGE-RATE", operating("比2025年预算增加10.00万元，增长10.01%")),
    edge("N-CHANGE-RATE", operating("比2025年预算增加10.00万元，增长10.02%"), "N/八/1"),
    edge("N-CHANGE-RATE", operating("比2025年预算增加10.00万元，增长10%")),
    blank("N-CHANGE-RATE", operating("比2025年预算增加10.00万元")),
    blank("N-CHANGE-RATE", operating("比2025年预算增加110.00万元，增长100%"), silent=True),
    # N-CHANGE-OVER
    passes("N-CHANGE-OVER", operating("比2025年预算增加10.00万元，增长10.00%")),
    fails("N-CHANGE-OVER", operating("比2025年预算增加10.00亿元，增长10.00%"), "N/八/1", says="大于"),
    edge("N-CHANGE-OVER", operating("比2025年预算增加110.00万元，原因是上年无此项预算")),
    edge("N-CHANGE-OVER", operating("比2025年预算减少210.00万元")),
    blank("N-CHANGE-OVER", operating("比2025年预算有所增加")),
    # N-DIRECTION
    passes("N-DIRECTION", operating("比2025年预算增加10.00万元，增长10.00%")),
    fails("N-DIRECTION", operating("比2025年预算增加10.00万元，下降10.00%"), "N/八/1", says="自相矛盾"),
    edge("N-DIRECTION", operating("比2025年预算增加0万元，下降0%")),
    blank("N-DIRECTION", operating("比2025年预算增加10.00万元")),
    # N-COMPARE-YEAR
    passes("N-COMPARE-YEAR", operating("比2025年预算增加10.00万元")),
    fails("N-COMPARE-YEAR", operating("比2022年预算增加10.00万元"), "N/八/1", says="应与 2025 年比较"),
    fails("N-COMPARE-YEAR", three_public("“三公”经费预算1.00万元，与2023年持平。"), "N/七/1"),
    edge("N-COMPARE-YEAR", operating("比2026年预算增加10.00万元"), "N/八/1"),
    blank("N-COMPARE-YEAR", operating("比上年增加10.00万元")),
    # N-CHANGE-PARTS
    passes("N-CHANGE-PARTS", three_public("“三公”经费预算3.00万元比2025年减少2.00万元。", ABROAD + PARTS)),
    passes(
        "N-CHANGE-PARTS",
        three_public("“三公”经费预算3.00万元比2025年减少1.00万元。", ABROAD + PARTS.replace("减少0.50", "增加0.50")),
    ),
    fails("N-CHANGE-PARTS", three_public("“三公”经费预算3.00万元比2025年减少2.50万元。", ABROAD + PARTS), "N/七/1"),
    edge("N-CHANGE-PARTS", three_public("“三公”经费预算3.00万元比2025年减少2.01万元。", ABROAD + PARTS)),
    edge("N-CHANGE-PARTS", three_public("“三公”经费预算3.00万元比2025年减少2.03万元。", ABROAD + PARTS), "N/七/1"),
    blank("N-CHANGE-PARTS", three_public("“三公”经费预算3.00万元比2025年减少2.50万元。", ABROAD)),
    # N-CHANGE-TWIN
    passes("N-CHANGE-TWIN", totals("增加10.00万元，增长10.00%", "增加10.00万元，增长10.00%")),
    fails("N-CHANGE-TWIN", totals("增加10.00万元", "增加10.50万元"), "N/一/1", says="-0.50"),
    fails("N-CHANGE-TWIN", totals("增加10.00万元", "减少10.00万元"), "N/一/1"),
    fails(
        "N-CHANGE-TWIN", totals("增加10.00万元，增长14.94%", "增加10.00万元，增长16.94%"), "N/一/1", says="14.94%，与"
    ),
    edge("N-CHANGE-TWIN", totals("增加10.00万元", "增加10.0万元")),
    edge("N-CHANGE-TWIN", totals("增加10.00万元", "增加10.02万元"), "N/一/1"),
    blank("N-CHANGE-TWIN", totals("增加10.00万元", "增长10.00%")),
    # N-CHANGE-PREVIOUS
    passes("N-CHANGE-PREVIOUS", operating("比2025年预算增加10.00万元"), previous=LAST_YEAR),
    fails("N-CHANGE-PREVIOUS", operating("比2025年预算减少10.00万元"), "N/八/1", previous=LAST_YEAR),
    fails("N-CHANGE-PREVIOUS", operating("与上年持平"), "N/八/1", previous=LAST_YEAR),
    edge("N-CHANGE-PREVIOUS", operating("比2025年预算增加10.01万元"), previous=LAST_YEAR),
    edge("N-CHANGE-PREVIOUS", operating("比2025年预算增加10.02万元"), "N/八/1", previous=LAST_YEAR),
    blank("N-CHANGE-PREVIOUS", operating("比2025年预算增加10.00万元"), silent=True),
    blank("N-CHANGE-PREVIOUS", operating("比2025年预算增加10.00万元"), previous=tiny(year=2025), silent=True),
]
