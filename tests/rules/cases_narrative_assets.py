"""Cases of purchases, vehicles and equipment."""

from disclosures.plain.data import Disclosure
from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes


def purchase(total: str, goods: str = "14.00", works: str = "0", services: str = "47.50") -> Disclosure:
    text = (
        f"政府采购预算总额{total}万元。其中：政府采购货物预算{goods}万元、政府采购工程预算{works}万元、"
        f"政府采购服务预算{services}万元。"
    )
    return tiny(section("九", text))


def vehicles(quota: str, held: str, *types: str) -> Disclosure:
    kinds = "，".join(f"第{n}类用车{count}辆" for n, count in enumerate(types, start=1))
    return tiny(section("十一", f"共有公务用车编制{quota}辆，实有{held}辆，其中：{kinds}。"))


def equipment(low: str, high: str) -> Disclosure:
    text = f"价值50万元（原值）以上的通用设备{low}台（套）；价值100万元（原值）以上的通用设备{high}台（套）。"
    return tiny(section("十一", text))


CASES = [
    # N-PURCHASE
    passes("N-PURCHASE", purchase("61.50")),
    fails("N-PURCHASE", purchase("65.10"), "N/九/1", says="+3.60"),
    edge("N-PURCHASE", purchase("61.51")),
    edge("N-PURCHASE", purchase("61.52"), "N/九/1"),
    blank("N-PURCHASE", tiny(section("九", "政府采购预算总额61.50万元。")), silent=True),
    # N-VEHICLES
    passes("N-VEHICLES", vehicles("12", "9", "0", "5", "4")),
    fails("N-VEHICLES", vehicles("12", "9", "0", "5", "1"), "N/十一/1"),
    edge("N-VEHICLES", vehicles("12", "9", "0", "5", "5"), "N/十一/1"),
    blank("N-VEHICLES", vehicles("12", "9")),
    # N-VEHICLE-QUOTA
    passes("N-VEHICLE-QUOTA", vehicles("12", "9")),
    fails("N-VEHICLE-QUOTA", vehicles("10", "11"), "N/十一/1", says="大于"),
    edge("N-VEHICLE-QUOTA", vehicles("9", "9")),
    blank("N-VEHICLE-QUOTA", tiny(section("十一", "共有公务用车9辆。"))),
    # N-EQUIPMENT
    passes("N-EQUIPMENT", equipment("28", "2")),
    fails("N-EQUIPMENT", equipment("2", "28"), "N/十一/1"),
    edge("N-EQUIPMENT", equipment("2", "2")),
    edge("N-EQUIPMENT", equipment("2", "3"), "N/十一/1"),
    blank("N-EQUIPMENT", tiny(section("十一", "价值50万元以上的通用设备2台（套）。"))),
]
