"""Cases of expense lists, units and years."""

from disclosures.plain.data import Disclosure
from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes

T06 = """
    合计/ | 9.00 | 5.00 | 4.00
    基本工资/工资奖金津补贴 | 5.00 | 5.00
    办公费/办公经费 | 3.00 | | 3.00
    维修（护）费/维修（护）费 | 1.00 | | 1.00
"""
T11 = "部门合计 | 9.00\n某市某局 | 5.00\n某市甲中心 | 4.00"


def listed(text: str, table: str | None = T06) -> Disclosure:
    return tiny(section("六", f"公用经费4.00万元，主要包括：{text}。"), T06=table)


def units(text: str, table: str | None = T11) -> Disclosure:
    return tiny(section("八", f"本部门2026年所属{text}机关运行经费财政拨款预算9.00万元。"), T11=table)


CASES = [
    # N-ITEMS
    passes("N-ITEMS", listed("办公费、维修（护）费等")),
    fails("N-ITEMS", listed("办公费、维修（护）费、会议费等"), "N/六/1", says="会议费"),
    fails("N-ITEMS", listed("办公费、会议费"), "N/六/1"),
    fails("N-ITEMS", listed("办公费、维修（护）费、办公费等"), "N/六/1", says="2 次"),
    edge("N-ITEMS", listed("办公费、维修(护)费等")),
    edge("N-ITEMS", listed("办公费、差旅费等"), "T06/维修（护）费|维修（护）费/public_use", says="没有写"),
    fails("N-ITEMS", listed("办公费、维修（护）费、13812345678等"), "N/六/1", says="138*****678"),
    blank("N-ITEMS", listed("办公费、维修（护）费等", None), silent=True),
    # N-UNITS
    passes("N-UNITS", units("某市某局、某市甲中心等2家单位")),
    fails("N-UNITS", units("某市某局、某市乙中心等2家单位"), "N/八/1", says="某市甲中心"),
    fails("N-UNITS", units("某市某局等2家单位"), "N/八/1", says="没有写到"),
    edge("N-UNITS", units("某市某局和某市甲中心2家单位")),
    blank("N-UNITS", units("2家单位")),
    # N-UNIT-COUNT
    passes("N-UNIT-COUNT", units("某市某局、某市甲中心等2家单位")),
    passes("N-UNIT-COUNT", units("某市某局、某市甲中心等1家行政、1家参公单位")),
    fails("N-UNIT-COUNT", units("某市某局、某市甲中心等5家单位"), "N/八/1", says="5 家"),
    edge("N-UNIT-COUNT", units("某市某局、某市甲中心等3家单位"), "N/八/1"),
    blank("N-UNIT-COUNT", units("某市某局等2家单位", None)),
    # N-YEAR
    passes("N-YEAR", tiny(section("三", "2026年度某市某局支出预算9.00万元。"))),
    passes("N-YEAR", tiny(section("十一", "截至2025年12月31日，某市某局实有9辆。"))),
    fails("N-YEAR", tiny(section("三", "2025年度某市某局支出预算9.00万元。")), "N/三/1", says="应为 2026"),
    fails("N-YEAR", tiny(section("八", "本部门2025年机关运行经费9.00万元。")), "N/八/1"),
    edge("N-YEAR", tiny(section("十一", "截至2026年1月1日，某市某局实有9辆。"))),
    edge("N-YEAR", tiny(section("十一", "截至2024年12月31日，某市某局实有9辆。")), "N/十一/1"),
    edge("N-YEAR", tiny(section("十一", "截至2026年12月31日，某市某局实有9辆。")), "N/十一/1", says="2025 年末"),
    edge("N-YEAR", tiny(section("十一", "截至2025年1月1日，某市某局实有9辆。")), "N/十一/1"),
    edge("N-YEAR", tiny(section("十一", "截至2025年末，某市某局实有9辆。"))),
    blank("N-YEAR", tiny(section("三", "支出预算9.00万元。"))),
]
