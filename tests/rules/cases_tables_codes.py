"""Cases of the rules between tables by functional code."""

from tests.rules.builders import of_tables, tiny
from tests.rules.cases import blank, edge, fails, passes

T02_ONE = "208 社会保障 | 10.00 | 10.00"


def spent(table_id: str, amount: str):
    """T02 with 10.00 of general public, 20.00 of fund and 30.00 of capital money, and one spending table."""
    side = "> " if table_id == "T09" else ""
    income = "208 社会保障 | 60.00 | 10.00 | 20.00 | 30.00"
    return of_tables({"T02": income, table_id: f"{side}208 社会保障 | {amount} | | {amount}"})


CASES = [
    # X-T02-T03
    passes(
        "X-T02-T03",
        tiny(
            T02="合计 | 10.00 | | | | | | 2.00\n208 社会保障 | 10.00 | | | | | | 2.00",
            T03="合计 | 12.00\n208 社会保障 | 12.00",
        ),
    ),
    passes("X-T02-T03", tiny(T02="合计 | 10.00", T03="合计 | 9.00", T01="> 年终结转 | 1.00")),
    fails(
        "X-T02-T03",
        tiny(T02="208 社会保障 | 10.00 | | | | | | 2.00", T03="208 社会保障 | 21.00"),
        "T03/208/total",
        says="之和 12.00",
    ),
    fails(
        "X-T02-T03",
        tiny(T02="208 社会保障 | 10.00", T03="208 社会保障 | 11.00", T01="> 年终结转 | 1.00"),
        "T03/208/total",
    ),
    edge("X-T02-T03", tiny(T02="208 社会保障 | 10.00 | | | | | | 2.00", T03="208 社会保障 | 12.01")),
    edge("X-T02-T03", tiny(T02="208 社会保障 | 10.00 | | | | | | 2.00", T03="208 社会保障 | 12.02"), "T03/208/total"),
    blank("X-T02-T03", tiny(T02="208 社会保障 | | | | | | | 2.00", T03="208 社会保障 | 2.00")),
    blank("X-T02-T03", tiny(T02=T02_ONE), silent=True),
    # X-T02-T05, X-T02-T08, X-T02-T09
    passes("X-T02-T05", spent("T05", "10.00")),
    fails("X-T02-T05", spent("T05", "60.00"), "T05/208/total"),
    fails(
        "X-T02-T05", tiny(T02="合计 | 6946.92 | 6946.92", T05="合计 | 6964.92"), "T05/合计/total", says="疑为数字颠倒"
    ),
    edge("X-T02-T05", spent("T05", "10.01")),
    edge("X-T02-T05", spent("T05", "10.02"), "T02/208/general_public"),
    blank("X-T02-T05", tiny(T02="208 社会保障 | 1.00", T05="208 社会保障 |")),
    blank("X-T02-T05", tiny(T02=T02_ONE), silent=True),
    passes("X-T02-T08", spent("T08", "20.00")),
    fails("X-T02-T08", spent("T08", "10.00"), "T08/208/total"),
    edge("X-T02-T08", spent("T08", "20.01")),
    edge("X-T02-T08", spent("T08", "20.02"), "T08/208/total"),
    blank("X-T02-T08", tiny(T02=T02_ONE, T08=None)),
    passes("X-T02-T09", spent("T09", "30.00")),
    fails("X-T02-T09", spent("T09", "10.00"), "T09/expenditure/208/total"),
    edge("X-T02-T09", spent("T09", "30.01")),
    edge("X-T02-T09", spent("T09", "30.02"), "T09/expenditure/208/total"),
    blank("X-T02-T09", tiny(T02=T02_ONE, T09=None)),
    # X-PARTS-T03
    passes("X-PARTS-T03", tiny(T03="208 社会保障 | 10.00 | 4.00 | 6.00", T05="208 社会保障 | 9.00 | 4.00 | 5.00")),
    fails(
        "X-PARTS-T03",
        tiny(T03="208 社会保障 | 10.00 | 4.00 | 6.00", T05="208 社会保障 | 10.00 | 3.00 | 7.00"),
        "T05/208/project",
        says="大于",
    ),
    fails(
        "X-PARTS-T03",
        tiny(T03="208 社会保障 | 10.00 | | 10.00", T05="208 社会保障 | 9.00", T08="208 社会保障 | 2.00"),
        "T08/208/total",
    ),
    edge("X-PARTS-T03", tiny(T03="208 社会保障 | 10.00", T05="208 社会保障 | 10.01")),
    edge("X-PARTS-T03", tiny(T03="208 社会保障 | 10.00", T05="208 社会保障 | 10.02"), "T05/208/total"),
    blank("X-PARTS-T03", tiny(T03="208 社会保障 | 10.00 | |", T05="208 社会保障 | 10.00 | 1.00"), "T05/208/basic"),
    # X-LINE-MISSING
    passes("X-LINE-MISSING", tiny(T02=T02_ONE, T05="208 社会保障 | 10.00")),
    fails(
        "X-LINE-MISSING",
        tiny(T02=T02_ONE + "\n210 卫生 | 3.00 | 3.00", T05="208 社会保障 | 10.00"),
        "T05/210/total",
        says="表五缺少“210 卫生”一行",
    ),
    fails(
        "X-LINE-MISSING", tiny(T01="> 教育支出 | 1.00", T03="208 社会保障 | 10.00"), "T01/expenditure/社会保障/total"
    ),
    edge("X-LINE-MISSING", tiny(T02=T02_ONE + "\n20801 管理 | 10.00 | 10.00", T05="208 社会保障 | 10.00")),
    edge("X-LINE-MISSING", tiny(T02=T02_ONE + "\n210 卫生 | 3.00 | 0.00", T05="208 社会保障 | 10.00")),
    blank(
        "X-LINE-MISSING",
        tiny(
            T02=T02_ONE + "\n2080704 社会保险补贴 | | | | | | | 105.00",
            T05="208 社会保障 | 10.00\n2080101 行政运行 | 1.00",
            T03="2080704 社会保险补贴 | 105.00\n208 社会保障 | 10.00",
        ),
        "T02/2080101/total",
    ),
]
