"""Cases of reasons with amounts."""

from disclosures.plain.data import Disclosure
from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes


def reasons(text: str, change: str = "减少3.86万元") -> Disclosure:
    vehicles = f"公务用车购置及运行费13.72万元，与上年相比预算数{change}，主要原因是{text}。"
    return tiny(section("七", vehicles), T10="公务用车购置及运行费 | 13.72 | 13.72\n合计 | 13.72 | 13.72")


CASES = [
    passes("N-REASON-SUM", reasons("甲单位减少公车运行费2万元，乙学院公车运行费减少2.36万元，丙中心增加0.5万元")),
    fails(
        "N-REASON-SUM", reasons("甲单位减少公车运行费2万元，乙学院公车运行费减少3.36万元，丙中心增加0.5万元"), "N/七/1"
    ),
    edge("N-REASON-SUM", reasons("甲单位公车报废减少2万元")),  # the main reason only
    edge("N-REASON-SUM", reasons("甲单位减少2万元，乙学院运行费1.2万元不再安排")),
    edge("N-REASON-SUM", reasons("甲单位减少2.00万元，乙学院减少1.87万元")),
    blank("N-REASON-SUM", reasons("人员变动")),
]
