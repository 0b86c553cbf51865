"""Cases of reasons with amounts."""

from disclosures.plain.data import Disclosure
from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes


def reasons(text: str, change: str = "减少3.86万元") -> Disclosure:
    vehicles = f"公务用车购置及运行费13.72万元，与上年相比预算数{change}，主要原因是{text}。"
    return tiny(section("七", vehicles), T10="公务用车购置及运行费 | 13.72 | 13.72\n合计 | 13.72 | 13.72")


def named(text: str, lines: str = "project: 意外伤害保险保费 | 360.00 | 360.00") -> Disclosure:
    income = f"2026年预算收入总计900.00万元，比上年增加500.00万元，主要原因是今年的项目有{text}。"
    return tiny(section("一", income), T12=f"department: 某市某局 | 900.00 | 900.00\n{lines}")


HALVES = "project: 生活补贴（上半年） | 100.00 | 100.00\nproject: 生活补贴（下半年） | 120.00 | 120.00"

CASES = [
    passes("N-REASON-SUM", reasons("甲单位减少公车运行费2万元，乙学院公车运行费减少2.36万元，丙中心增加0.5万元")),
    fails(
        "N-REASON-SUM", reasons("甲单位减少公车运行费2万元，乙学院公车运行费减少3.36万元，丙中心增加0.5万元"), "N/七/1"
    ),
    edge("N-REASON-SUM", reasons("甲单位公车报废减少2万元")),  # the main reason only
    edge("N-REASON-SUM", reasons("甲单位减少2万元，乙学院运行费1.2万元不再安排")),
    edge("N-REASON-SUM", reasons("甲单位减少2.00万元，乙学院减少1.87万元")),
    blank("N-REASON-SUM", reasons("人员变动")),
    passes("N-REASON-PROJECT", named("意外伤害保险保费360万元，其他经费12万元")),
    passes("N-REASON-PROJECT", named("生活补贴220万元", HALVES)),
    fails("N-REASON-PROJECT", named("意外伤害保险费306万元"), "T12/意外伤害保险保费/total", says="表十二所列为 360.00"),
    edge("N-REASON-PROJECT", named("意外伤害保险保费增加306万元")),
    edge("N-REASON-PROJECT", named("生活补贴100万元", HALVES)),
    blank("N-REASON-PROJECT", named("意外伤害保险保费306万元", "project: 培训费 | 900.00 | 900.00")),
]
