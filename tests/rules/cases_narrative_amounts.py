"""Cases of amounts, copies, shares and categories in the prose."""

from disclosures.plain.data import Disclosure
from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes

T01 = "< 一般公共预算 | 90.00\n< 上年结转 | 10.00\n< 收入总计 | 100.00\n> 支出总计 | 100.00 | 90.00 | 10.00"
T03 = "合计 | 100.00 | 36.40 | 63.60"
T05 = "合计 | 100.00 | 40.00 | 60.00\n208 社会保障和就业支出 | 70.00\n210 卫生健康支出 | 30.00"


def third(text: str, table: str | None = T03) -> Disclosure:
    return tiny(section("三", text), T01=T01, T03=table)


T04_SPENT = "> 社会保障和就业支出 | 70.00 | 70.00\n> 卫生健康支出 | 30.00 | 30.00\n> 其他支出 |"

CASES = [
    # N-AMOUNT
    passes("N-AMOUNT", third("支出预算100.00万元，其中：基本支出36.40万元；项目支出63.60万元。")),
    fails("N-AMOUNT", third("支出预算100.00万元，其中：基本支出34.60万元。"), "N/三/1", says="疑为数字颠倒"),
    fails("N-AMOUNT", tiny(section("二", "收入100.00万元，其中：上年结转1.00万元。"), T01=T01), "N/二/1"),
    fails("N-AMOUNT", tiny(section("五", "主要用于：教育支出5.00万元。"), T05=T05), "N/五/1", says="教育支出"),
    edge("N-AMOUNT", third("支出预算100万元，其中：基本支出36.4万元。")),
    edge("N-AMOUNT", third("支出预算100万元，其中：基本支出36.5万元。"), "N/三/1"),
    edge("N-AMOUNT", third("其中：基本支出364000元。")),
    blank("N-AMOUNT", third("其中：基本支出0万元。", "合计 | 63.60 | | 63.60")),
    blank("N-AMOUNT", third("其中：基本支出1.00万元。", "合计 | 63.60 | | 63.60"), "N/三/1"),
    blank("N-AMOUNT", tiny(section("三", "其中：基本支出1.00万元。")), silent=True),
    blank("N-AMOUNT", tiny(section("三", "其中：水电开支1.00万元。"), T03=T03), silent=True),
    blank("N-AMOUNT", tiny(section("三", "其中：基本支出36.40，项目支出63.60。"), T03=T03), silent=True),
    # N-COPY
    passes("N-COPY", third("其中：基本支出36.40万元。")),
    fails("N-COPY", third("其中：基本支出36.41万元。"), "N/三/1", says="末位不同"),
    edge("N-COPY", third("其中：基本支出36.4万元。")),
    blank("N-COPY", third("其中：基本支出0.01万元。", "合计 | 63.60 | | 63.60")),
    # N-SHARE
    passes("N-SHARE", third("基本支出36.40万元，占36.40%；项目支出63.60万元，占支出总计的比重为63.6%。")),
    passes("N-SHARE", tiny(section("五", "卫生健康支出30.00万元（占30%）。"), T05=T05)),
    fails("N-SHARE", third("基本支出36.40万元，占34.60%。"), "N/三/1"),
    edge("N-SHARE", third("基本支出36.40万元，占36.41%。")),
    edge("N-SHARE", third("基本支出36.40万元，占36.42%。"), "N/三/1"),
    edge("N-SHARE", third("基本支出36.40万元，占36%。")),
    blank("N-SHARE", tiny(section("三", "基本支出0万元，占0%。"), T01="> 支出总计 |"), silent=True),
    blank("N-SHARE", tiny(section("三", "基本支出1.00万元，占1%。")), silent=True),
    # N-CATEGORY
    passes("N-CATEGORY", tiny(section("五", "社会保障和就业支出70.00万元，卫生健康支出30.00万元等。"), T05=T05)),
    fails("N-CATEGORY", tiny(section("五", "社会保障和就业支出70.00万元等。"), T05=T05), "N/五/1", says="卫生健康支出"),
    edge("N-CATEGORY", tiny(section("五", "一般公共预算当年支出100.00万元。"), T05=T05)),
    fails(
        "N-CATEGORY",
        tiny(section("四", "支出包括：社会保障和就业支出70.00万元。"), T04=T04_SPENT),
        "N/四/1",
        says="没有写到表四的“卫生健康支出” 30.00 万元",
    ),
    edge(
        "N-CATEGORY",
        tiny(section("四", "支出包括：社会保障和就业支出70.00万元、卫生健康支出30.00万元。"), T04=T04_SPENT),
    ),
    blank(
        "N-CATEGORY",
        tiny(section("五", "社会保障和就业支出70.00万元。"), T05="208 社会保障和就业支出 | 70.00\n229 其他支出 |"),
    ),
]
