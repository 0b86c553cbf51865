"""Cases of the rules between tables by source and category."""

from disclosures.plain.data import Disclosure
from tests.rules.builders import tiny
from tests.rules.cases import blank, edge, fails, passes


def t04(gp: str = "10.00", carried: str = "2.00", spent: str = "12.00", fund: str = "") -> str:
    return (
        f"< 一般公共预算 | {gp}\n< 政府性基金预算 | {fund}\n< 本年收入合计 | {gp}\n< 上年财政拨款结转 | {carried}\n"
        f"< 一般公共预算 | {carried}\n< 收入总计 | 12.00\n> 支出总计 | {spent} | {spent}"
    )


def category(spent: str, *, fiscal: str = "2.00", all_carried: str = "2.00") -> Disclosure:
    """T04 with one category, and T02 with 10.00 this year and something carried over."""
    income = f"< 一般公共预算 | 10.00\n< 上年财政拨款结转 | {fiscal}\n< 一般公共预算 | {fiscal}"
    row = f"10.00 | 10.00 | | | | | {all_carried}"
    return tiny(
        T04=f"{income}\n> 教育支出 | {spent} | {spent}\n> 本年支出合计 | {spent} | {spent}",
        T02=f"合计 | {row}\n205 教育支出 | {row}",
    )


CASES = [
    # X-T01-T02
    passes(
        "X-T01-T02", tiny(T01="< 单位资金 | 267.80\n< 上年结转 | 1.00", T02="合计 | 267.80 | | | | | 267.80 | 1.00")
    ),
    fails(
        "X-T01-T02", tiny(T01="< 单位资金 | 267.80", T02="合计 | | | | | | 276.80"), "T02/合计/unit_funds", says="颠倒"
    ),
    edge("X-T01-T02", tiny(T01="< 单位资金 | 267.80", T02="合计 | | | | | | 267.81")),
    edge("X-T01-T02", tiny(T01="< 单位资金 | 267.80", T02="合计 | | | | | | 267.82"), "T01/income/单位资金/amount"),
    edge("X-T01-T02", tiny(T01="< 单位资金 | 268", T02="合计 | | | | | | 267.52")),
    blank("X-T01-T02", tiny(T01="< 单位资金 |\n< 上年结转 | 2.00", T02="合计 | 1.00 | | | | | | 2.00")),
    blank("X-T01-T02", tiny(T01="< 单位资金 | 3.00", T02="合计 | 1.00"), "T02/合计/unit_funds"),
    # X-T01-T04
    passes("X-T01-T04", tiny(T01="< 一般公共预算 | 10.00", T04="< 一般公共预算 | 10.00")),
    fails(
        "X-T01-T04", tiny(T01="< 一般公共预算 | 10.00", T04="< 一般公共预算 | 11.00"), "T04/income/一般公共预算/amount"
    ),
    edge("X-T01-T04", tiny(T01="< 一般公共预算 | 10.00", T04="< 一般公共预算 | 10.01")),
    edge(
        "X-T01-T04", tiny(T01="< 一般公共预算 | 10.00", T04="< 一般公共预算 | 10.02"), "T01/income/一般公共预算/amount"
    ),
    blank("X-T01-T04", tiny(T01="< 一般公共预算 | 10.00"), silent=True),
    # X-T04-CARRY
    passes("X-T04-CARRY", tiny(T01="< 上年结转 | 670.66", T04="< 上年财政拨款结转 | 661.98")),
    fails(
        "X-T04-CARRY",
        tiny(T01="< 上年结转 | 169.30", T04="< 上年财政拨款结转 | 196.30"),
        "T04/income/上年财政拨款结转/amount",
    ),
    edge("X-T04-CARRY", tiny(T01="< 上年结转 | 10.00", T04="< 上年财政拨款结转 | 10.01")),
    edge("X-T04-CARRY", tiny(T01="< 上年结转 | 10.00", T04="< 上年财政拨款结转 | 10.02"), "T01/income/上年结转/amount"),
    blank(
        "X-T04-CARRY",
        tiny(T01="< 上年结转 |\n< 单位资金 | 1.00", T04="< 上年财政拨款结转 | 1.00"),
        "T01/income/上年结转/amount",
    ),
    # X-T01-YEARS
    passes("X-T01-YEARS", tiny(T01="< 本年收入合计 | 10.00\n< 上年结转 | 2.00\n> 本年支出合计 | 12.00 | 10.00 | 2.00")),
    fails(
        "X-T01-YEARS",
        tiny(T01="< 本年收入合计 | 10.00\n< 上年结转 | 3.00\n> 本年支出合计 | 12.00 | 10.00 | 2.00"),
        "T01/expenditure/本年支出合计/carried_over",
    ),
    edge("X-T01-YEARS", tiny(T01="< 本年收入合计 | 10.01\n< 上年结转 | 1.99\n> 本年支出合计 | 12.00 | 10.00 | 2.00")),
    edge(
        "X-T01-YEARS",
        tiny(T01="< 本年收入合计 | 10.02\n> 本年支出合计 | 12.00 | 10.00 | 2.00"),
        "T01/income/本年收入合计/amount",
    ),
    blank("X-T01-YEARS", tiny(T01="< 本年收入合计 | 10.00\n< 上年结转 |\n> 本年支出合计 | 10.00 | 10.00 |")),
    blank(
        "X-T01-YEARS", tiny(T01="< 本年收入合计 | 10.00\n> 本年支出合计 | 9.00 | 9.00\n> 年终结转 | 1.00"), silent=True
    ),
    # X-T04-SOURCES
    passes("X-T04-SOURCES", tiny(T04=t04())),
    fails("X-T04-SOURCES", tiny(T04=t04(spent="21.00")), "T04/expenditure/支出总计/general_public", says="+9.00"),
    fails("X-T04-SOURCES", tiny(T04=t04(fund="5.00")), "T04/income/政府性基金预算/amount"),
    edge("X-T04-SOURCES", tiny(T04=t04(spent="12.01"))),
    edge("X-T04-SOURCES", tiny(T04=t04(spent="12.02")), "T04/expenditure/支出总计/general_public"),
    blank("X-T04-SOURCES", tiny(T04=t04(carried="", spent="10.00"))),
    blank("X-T04-SOURCES", tiny(T04=t04() + "\n> 年终结转 | 1.00"), silent=True),
    # X-T01-T03
    passes(
        "X-T01-T03",
        tiny(T01="> 教育支出 | 12.00 | 10.00 | 2.00", T02="205 教育 | 10.00 | | | | | | 2.00", T03="205 教育 | 12.00"),
    ),
    fails("X-T01-T03", tiny(T01="> 教育支出 | 12.00", T02="", T03="205 教育支出 | 21.00"), "T03/205/total"),
    fails(
        "X-T01-T03",
        tiny(T01="> 教育支出 | 12.00 | 10.00", T02="205 教育支出 | 11.00", T03="205 教育支出 | 12.00"),
        "T01/expenditure/教育支出/current_year",
    ),
    fails("X-T01-T03", tiny(T01="> 新类支出 | 12.00", T03="298 新类支出 | 21.00"), "T01/expenditure/新类支出/total"),
    edge("X-T01-T03", tiny(T01="> 教育支出 | 12.00", T03="205 教育支出 | 12.01")),
    edge("X-T01-T03", tiny(T01="> 教育支出 | 12.00", T03="205 教育支出 | 12.02"), "T01/expenditure/教育支出/total"),
    blank("X-T01-T03", tiny(T01="> 教育支出 |\n> 国防支出 | 1.00", T03="205 教育支出 |"), silent=True),
    # X-CATEGORY
    passes("X-CATEGORY", tiny(T01="> 教育支出 | 12.00", T03="205 教育支出 | 12.00")),
    fails(
        "X-CATEGORY",
        tiny(T01="> 教育支出 | 12.00", T03="208 社会保障 | 12.00"),
        "T01/expenditure/教育支出/total",
        says="没有“205”",
    ),
    edge("X-CATEGORY", tiny(T01="> 教育支出 | 0.00", T03="208 社会保障 | 12.00")),
    blank("X-CATEGORY", tiny(T01="> 教育支出 |", T03="208 社会保障 | 12.00")),
    # X-T02-T04
    passes("X-T02-T04", category("12.00")),
    passes("X-T02-T04", category("11.50", fiscal="1.50")),
    fails("X-T02-T04", category("21.00"), "T04/expenditure/教育支出/general_public"),
    fails("X-T02-T04", category("9.00", fiscal="1.50"), "T04/expenditure/教育支出/general_public"),
    edge("X-T02-T04", category("12.01")),
    edge("X-T02-T04", category("12.02"), "T04/expenditure/教育支出/total"),
    blank("X-T02-T04", category("10.00", fiscal="", all_carried="")),
    # X-T04-T05
    passes("X-T04-T05", tiny(T04="< 一般公共预算 | 10.00", T05="合计 | 10.00")),
    fails("X-T04-T05", tiny(T04="< 一般公共预算 | 10.00", T05="合计 | 12.00"), "T05/合计/total"),
    edge("X-T04-T05", tiny(T04="< 一般公共预算 | 10.00", T05="合计 | 10.01")),
    edge("X-T04-T05", tiny(T04="< 一般公共预算 | 10.00", T05="合计 | 10.02"), "T05/合计/total"),
    blank("X-T04-T05", tiny(T04="< 一般公共预算 | 10.00"), silent=True),
    # X-T07-T08
    passes("X-T07-T08", tiny(T04="< 政府性基金预算 | 5.00", T07="合计 | 5.00", T08="合计 | 5.00 | | 5.00")),
    fails(
        "X-T07-T08",
        tiny(T04="< 政府性基金预算 | 5.00", T07="合计 | 6.00", T08="合计 | 5.00 | | 5.00"),
        "T07/合计/amount",
    ),
    edge("X-T07-T08", tiny(T04="< 政府性基金预算 | 5.00", T07="合计 | 5.01", T08="合计 | 4.99 | | 4.99")),
    edge(
        "X-T07-T08",
        tiny(T04="< 政府性基金预算 | 5.00", T07="合计 | 5.00", T08="合计 | 4.98 | | 4.98"),
        "T08/合计/total",
    ),
    blank("X-T07-T08", tiny(T04="< 政府性基金预算 |\n< 一般公共预算 | 1.00", T07=None, T08=None)),
    blank("X-T07-T08", tiny(T04="< 政府性基金预算 | 5.00"), silent=True),
    # X-T04-T09
    passes("X-T04-T09", tiny(T04="< 国有资本经营预算 | 5.00", T09="< 合计 | 5.00\n> 合计 | 5.00 | | 5.00")),
    fails(
        "X-T04-T09",
        tiny(T04="< 国有资本经营预算 | 5.00", T09="< 合计 | 5.00\n> 合计 | 7.00 | | 7.00"),
        "T09/expenditure/合计/total",
    ),
    edge("X-T04-T09", tiny(T04="< 国有资本经营预算 | 5.00", T09="< 合计 | 5.01\n> 合计 | 5.00")),
    edge(
        "X-T04-T09", tiny(T04="< 国有资本经营预算 | 5.00", T09="< 合计 | 5.02\n> 合计 | 5.00"), "T09/income/合计/amount"
    ),
    blank("X-T04-T09", tiny(T04="< 国有资本经营预算 |", T09="< 合计 |")),
]
