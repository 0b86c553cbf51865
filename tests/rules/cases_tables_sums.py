"""Cases of the sums inside a table."""

from tests.rules.builders import tiny
from tests.rules.cases import blank, edge, fails, passes


def coded(top: str, first: str = "4.00", second: str = "6.00", total: str = "10.00") -> str:
    return f"合计 | {total}\n208 社会保障 | {top}\n20801 管理 | {first}\n20805 养老 | {second}"


CASES = [
    # T-ROW-SUM
    passes("T-ROW-SUM", tiny(T03="合计 | 10.00 | 4.00 | 6.00", T12="project: 甲 | 1.50 | 1.00 | | | | 0.50")),
    fails("T-ROW-SUM", tiny(T03="208 社会保障 | 10.00 | 4.00 | 7.00"), "T03/208/total", says="本行各分项之和 11.00"),
    edge("T-ROW-SUM", tiny(T03="合计 | 10.01 | 4.00 | 6.00")),
    edge("T-ROW-SUM", tiny(T03="合计 | 10.02 | 4.00 | 6.00"), "T03/合计/total", says="+0.02"),
    edge("T-ROW-SUM", tiny(T03="合计 | 500 | 4.00 | 496.50")),
    blank("T-ROW-SUM", tiny(T03="合计 | 10.00 | | 10.00\n208 社会保障 | |")),
    blank("T-ROW-SUM", tiny(T03="合计 | | 4.00 | 6.00"), "T03/合计/total", says="漏填"),
    blank("T-ROW-SUM", tiny(T01="> 年终结转 | 5.00 | |")),
    blank("T-ROW-SUM", tiny(T01="> 本年支出合计 | 9.00 | 9.00\n> 年终结转 | 5.00 | |\n> 支出总计 | 14.00 | 9.00")),
    # T-ITEM-SUM
    passes(
        "T-ITEM-SUM",
        tiny(T10="公务接待费 | 2.60\n公务用车购置及运行费 | 13.72\n公务用车运行维护费 | 13.72\n合计 | 16.32"),
    ),
    passes(
        "T-ITEM-SUM", tiny(T01="< 一般公共预算 | 9.00\n< 单位资金 | 1.00\n< 本年收入合计 | 10.00\n< 收入总计 | 10.00")
    ),
    passes("T-ITEM-SUM", tiny(T10="公务接待费 | 2.60\n公务用车运行维护费 | 13.72\n合计 | 16.32")),
    fails(
        "T-ITEM-SUM",
        tiny(T10="公务接待费 | 2.60\n公务用车购置及运行费 | 13.72\n公务用车运行维护费 | 13.72\n合计 | 18.32"),
        "T10/合计/total",
        says="+2.00",
    ),
    fails(
        "T-ITEM-SUM",
        tiny(
            T04="< 一般公共预算 | 9.00\n< 本年收入合计 | 9.00\n< 上年财政拨款结转 | 2.00\n< 一般公共预算 | 3.00\n"
            "< 收入总计 | 11.00"
        ),
        "T04/income/一般公共预算#2/amount",
    ),
    fails(
        "T-ITEM-SUM",
        tiny(T01="> 新设类支出 | 3.00\n> 本年支出合计 | 2.00\n> 支出总计 | 2.00"),
        "T01/expenditure/新设类支出/total",
    ),
    edge("T-ITEM-SUM", tiny(T01="< 一般公共预算 | 9.00\n< 单位资金 | 1.00\n< 本年收入合计 | 10.01")),
    edge(
        "T-ITEM-SUM",
        tiny(T01="< 一般公共预算 | 9.00\n< 单位资金 | 1.00\n< 本年收入合计 | 10.02"),
        "T01/income/本年收入合计/amount",
    ),
    blank("T-ITEM-SUM", tiny(T10="因公出国（境）费 |\n公务接待费 | 2.60\n合计 | 2.60")),
    blank("T-ITEM-SUM", tiny(T10="因公出国（境）费 |\n公务接待费 | 2.60\n合计 |"), "T10/合计/total"),
    blank("T-ITEM-SUM", tiny(T10="公务接待费 | 2.60"), silent=True),
    blank("T-ITEM-SUM", tiny(T01="> 本年支出合计 | 9.00 | 9.00\n> 年终结转 | 5.00 | |\n> 支出总计 | 14.00 | 14.00")),
    blank("T-ITEM-SUM", tiny(T04="< 上年财政拨款结转 | 5.00\n< 收入总计 | 5.00"), silent=True),
    fails("T-ITEM-SUM", tiny(T01="< 新设来源 | 3.00\n< 本年收入合计 | 2.00"), "T01/income/新设来源/amount"),
    # T-BALANCE
    passes("T-BALANCE", tiny(T01="< 收入总计 | 10.00\n> 支出总计 | 10.00")),
    fails(
        "T-BALANCE",
        tiny(T01="< 收入总计 | 7134.22\n> 支出总计 | 7143.22"),
        "T01/income/收入总计/amount",
        says="相差 -9.00",
    ),
    edge("T-BALANCE", tiny(T04="< 收入总计 | 10.00\n> 支出总计 | 10.01")),
    edge("T-BALANCE", tiny(T04="< 收入总计 | 10.00\n> 支出总计 | 10.02"), "T04/expenditure/支出总计/total"),
    blank("T-BALANCE", tiny(T01="< 收入总计 | 10.00\n> 支出总计 |"), "T01/expenditure/支出总计/total"),
    blank("T-BALANCE", tiny(T01="< 收入总计 | 10.00"), silent=True),
    # T-CODE-SUM
    passes("T-CODE-SUM", tiny(T02=coded("10.00"))),
    passes("T-CODE-SUM", tiny(T02="208 社会保障 | 10.00\n2080101 行政运行 | 4.00\n2080505 养老 | 6.00")),
    fails("T-CODE-SUM", tiny(T02=coded("12.00")), "T02/208/total", says="下级科目之和 10.00"),
    edge("T-CODE-SUM", tiny(T02=coded("10.01"))),
    edge("T-CODE-SUM", tiny(T02=coded("10.02")), "T02/208/total"),
    blank("T-CODE-SUM", tiny(T02=coded("10.00", "", "10.00"))),
    blank("T-CODE-SUM", tiny(T02=coded("10.00", "4.00", "")), "T02/208/total"),
    # T-CODE-TOTAL
    passes("T-CODE-TOTAL", tiny(T05=coded("10.00"))),
    fails("T-CODE-TOTAL", tiny(T05=coded("10.00", total="1.00")), "T05/合计/total", says="各类科目之和 10.00"),
    edge("T-CODE-TOTAL", tiny(T05=coded("10.01"))),
    edge("T-CODE-TOTAL", tiny(T05=coded("10.02")), "T05/合计/total"),
    blank("T-CODE-TOTAL", tiny(T05="合计 | 10.00\n208 社会保障 | 10.00\n210 卫生 |")),
    blank("T-CODE-TOTAL", tiny(T05="208 社会保障 | 10.00"), silent=True),
    # T-GROUP-SUM
    passes(
        "T-GROUP-SUM",
        tiny(T06="合计/ | 9.00\n工资福利支出/ | 9.00\n基本工资/工资福利支出 | 4.00\n奖金/工资福利支出 | 5.00"),
    ),
    fails(
        "T-GROUP-SUM",
        tiny(T06="合计/ | 9.00\n工资福利支出/ | 9.00\n基本工资/工资福利支出 | 4.00"),
        "T06/工资福利支出|/total",
    ),
    fails("T-GROUP-SUM", tiny(T06="合计/ | 9.00\n工资福利支出/ | 5.00\n商品和服务支出/ | 5.00"), "T06/合计/total"),
    edge(
        "T-GROUP-SUM",
        tiny(T06="工资福利支出/ | 9.01\n基本工资/工资福利支出 | 4.00\n奖金/工资福利支出 | 5.00\n合计/ | 9.01"),
    ),
    edge(
        "T-GROUP-SUM",
        tiny(T06="合计/ | 9.02\n工资福利支出/ | 9.02\n基本工资/工资福利支出 | 4.00\n奖金/工资福利支出 | 5.00"),
        "T06/工资福利支出|/total",
    ),
    blank("T-GROUP-SUM", tiny(T06="合计/ | 4.00\n工资福利支出/ | 4.00\n基本工资/ | 4.00\n奖金/工资福利支出 |")),
    passes("T-GROUP-SUM", tiny(T06="合计/ | 9.00\n新类支出/ | 9.00\n甲/办公经费 | 4.00\n乙/办公经费 | 5.00")),
    # T-UNIT-SUM
    passes("T-UNIT-SUM", tiny(T11="部门合计 | 9.00\n甲局 | 4.00\n乙中心 | 5.00")),
    fails("T-UNIT-SUM", tiny(T11="部门合计 | 8.00\n甲局 | 4.00\n乙中心 | 5.00"), "T11/部门合计/total"),
    edge("T-UNIT-SUM", tiny(T11="部门合计 | 9.01\n甲局 | 4.00\n乙中心 | 5.00")),
    edge("T-UNIT-SUM", tiny(T11="部门合计 | 9.02\n甲局 | 4.00\n乙中心 | 5.00"), "T11/部门合计/total"),
    blank("T-UNIT-SUM", tiny(T11="部门合计 | 4.00\n甲局 | 4.00\n乙中心 |")),
    blank("T-UNIT-SUM", tiny(T11="部门合计 | 4.00"), silent=True),
]
