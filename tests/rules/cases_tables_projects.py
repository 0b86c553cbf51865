"""Cases of basic and project expenditure."""

from tests.rules.builders import DEPARTMENT, of_tables, tiny
from tests.rules.cases import blank, edge, fails, passes

NESTED = (
    "department: 某局 | {0} | {0}\nunit: 某局 | {1} | {1}\nproject: 甲 | 4.00 | 4.00\nproject: 乙 | {2} | {2}\n"
    "unit: 某中心 | 3.00 | 3.00\nproject: 丙 | 3.00 | 3.00"
)
FLAT = "某市某局 | {0} | {0}\n甲 | 4.00 | 4.00\n乙 | 6.00 | 6.00"


def whole(table_12: str, project: str = "10.00", carried: str | None = None, **more: str | None):
    """T12 with one total row, T05 and T03 with their project column, T13 with one total row."""
    tables: dict[str, str | None] = {
        "T12": f"{DEPARTMENT} | {table_12} | {table_12}",
        "T05": "合计 | 10.00 | | 10.00",
        "T03": f"合计 | {project} | | {project}",
    }
    if carried is not None:
        tables["T13"] = f"{DEPARTMENT} | {carried} | {carried}"
    return of_tables({**tables, **more})


def carried(printed: str | None, basic: str = "", fiscal: str = "5.00"):
    """T13 with one total row against the carry-over of T04; `basic` is T03's basic expenditure, T05 has none."""
    table = None if printed is None else f"{DEPARTMENT} | {printed} | {printed}"
    return tiny(
        T01="< 收入总计 | 20.00",
        T02="合计 | 15.00",
        T03=f"合计 | 20.00 | {basic} | 20.00",
        T04=f"< 上年财政拨款结转 | {fiscal}\n< 一般公共预算 | {fiscal}",
        T05="合计 | 15.00 | | 15.00",
        T12=f"{DEPARTMENT} | 15.00 | 15.00",
        T13=table,
    )


INSTITUTION = (
    "合计/ | 9.00 | | {0}\n商品和服务支出/ | 9.00 | | 9.00\n"
    "办公费/办公经费 | 4.00 | | 4.00\n办公费/商品和服务支出 | {1} | | {1}"
)

CASES = [
    # T-NEST-SUM
    passes("T-NEST-SUM", tiny(T12=NESTED.format("13.00", "10.00", "6.00"))),
    passes("T-NEST-SUM", tiny(T12=FLAT.format("10.00"))),
    passes("T-NEST-SUM", tiny(T12="某市某局 | 10.00\n某市某局 | 7.00\n甲 | 4.00\n乙 | 3.00\n某中心 | 3.00\n丙 | 3.00")),
    passes("T-NEST-SUM", tiny(T12="合计 | 10.00\n某市某局 | 10.00\n某市某局 | 10.00\n甲 | 4.00\n乙 | 6.00")),
    passes("T-NEST-SUM", tiny(T12="甲 | 4.00\n乙 | 6.00\n合计 | 10.00")),
    fails("T-NEST-SUM", tiny(T12="甲 | 4.00\n乙 | 6.00\n合计 | 12.00"), "T12/合计/total"),
    fails("T-NEST-SUM", tiny(T12=NESTED.format("13.00", "10.00", "8.00")), "T12/乙/total"),
    fails(
        "T-NEST-SUM", tiny(T12=NESTED.format("31.00", "10.00", "6.00")), "T12/某局/total", says="其下各单位之和 13.00"
    ),
    fails("T-NEST-SUM", tiny(T12=FLAT.format("12.00")), "T12/某市某局/total", says="其下各项目之和"),
    edge("T-NEST-SUM", tiny(T12=FLAT.format("10.01"))),
    edge("T-NEST-SUM", tiny(T12=FLAT.format("10.02")), "T12/某市某局/total"),
    edge("T-NEST-SUM", tiny(T12="甲 | 10.00\n乙 | 4.00\n丙 | 7.00"), silent=True),
    blank("T-NEST-SUM", tiny(T13=NESTED.format("7.00", "4.00", ""))),
    blank("T-NEST-SUM", tiny(T13=None)),
    # T-NEST-EMPTY
    passes("T-NEST-EMPTY", tiny(T12=NESTED.format("13.00", "10.00", "6.00"))),
    fails("T-NEST-EMPTY", tiny(T12=NESTED.format("13.00", "10.00", "6.00") + "\nunit: 空站 | 2.00"), "T12/空站/total"),
    edge("T-NEST-EMPTY", tiny(T12="unit: 某局 | 2.00")),
    blank("T-NEST-EMPTY", tiny(T12=NESTED.format("13.00", "10.00", "6.00") + "\nunit: 空站 |")),
    # X-T05-T12
    passes("X-T05-T12", whole("10.00")),
    fails("X-T05-T12", whole("12.00"), f"T12/{DEPARTMENT}/general_public", says="不等于表五项目支出合计 10.00 万元"),
    fails(
        "X-T05-T12",
        tiny(T02="合计 | | | | | | 1.00", T05="合计 | 1.00", T12=f"{DEPARTMENT} | 2.00 | | | | | 2.00"),
        f"T12/{DEPARTMENT}/unit_funds",
        says="大于",
    ),
    edge("X-T05-T12", whole("10.01")),
    edge("X-T05-T12", whole("10.02"), "T05/合计/project"),
    blank("X-T05-T12", whole("", T05="合计 | | |")),
    blank("X-T05-T12", whole("10.00", T05=None, T12="甲 | 1.00\n乙 | 9.00"), silent=True),
    # X-T03-T12
    passes("X-T03-T12", whole("10.00", "12.00", "2.00")),
    passes(
        "X-T03-T12",
        whole("10.00", "12.50", "2.00", T02="合计 | 1.00 | | | | | | 3.00", T04="< 上年财政拨款结转 | 2.00"),
    ),
    passes("X-T03-T12", whole("10.00", "12.00", T13=None, T04="< 上年财政拨款结转 | 2.00")),
    fails("X-T03-T12", whole("10.00", "21.00", "2.00"), "T03/合计/project"),
    fails(
        "X-T03-T12",
        whole("10.00", "13.50", "2.00", T02="合计 | 1.00 | | | | | | 3.00", T04="< 上年财政拨款结转 | 2.00"),
        "T03/合计/project",
    ),
    edge("X-T03-T12", whole("10.00", "12.01", "2.00")),
    edge("X-T03-T12", whole("10.00", "12.02", "2.00"), "T03/合计/project"),
    blank("X-T03-T12", whole("10.00", "10.00", "")),
    blank("X-T03-T12", tiny(T12=f"{DEPARTMENT} | 10.00"), silent=True),
    # X-T04-T13
    passes("X-T04-T13", carried("5.00")),
    passes("X-T04-T13", carried("3.00", basic="2.00")),
    fails("X-T04-T13", carried("6.00"), f"T13/{DEPARTMENT}/general_public", says="不等于"),
    fails("X-T04-T13", carried("6.00", basic="2.00"), f"T13/{DEPARTMENT}/general_public", says="大于"),
    fails("X-T04-T13", carried("2.00", basic="2.00"), f"T13/{DEPARTMENT}/total"),
    edge("X-T04-T13", carried("5.01")),
    edge("X-T04-T13", carried("5.02"), "T04/income/一般公共预算/amount"),
    blank("X-T04-T13", carried("", fiscal="")),
    # X-TABLE-EMPTY
    passes(
        "X-TABLE-EMPTY",
        tiny(
            T04="< 上年财政拨款结转 | 2.00",
            T13=f"{DEPARTMENT} | 2.00",
            T02="合计 | 1.00",
            T01="< 收入总计 | 1.00",
            T03="合计 | 1.00",
        ),
    ),
    fails("X-TABLE-EMPTY", carried(None), "T13", says="表十三注明本表无数据"),
    fails("X-TABLE-EMPTY", tiny(T05="合计 | 5.00 | 2.00 | 3.00"), "T12", says="表十二缺失"),
    fails("X-TABLE-EMPTY", tiny(T06="公务接待费/公务接待费 | 1.00", T10=None), "T10", says="表十注明本表无数据"),
    edge("X-TABLE-EMPTY", tiny(T05="合计 | 0.00 | 0.00 | 0.00")),
    edge("X-TABLE-EMPTY", carried(None, basic="5.00"), silent=True),
    blank("X-TABLE-EMPTY", tiny(T05="合计 | | |", T06=None)),
    # X-T05-UNLISTED
    passes("X-T05-UNLISTED", tiny(T05="合计 | | | 9.00\n208 社会保障 | | | 9.00", T12=f"{DEPARTMENT} | 9.00 | 9.00")),
    fails(
        "X-T05-UNLISTED",
        tiny(
            T05="合计 | | | 9.00\n2081099 福利 | | | 2.45\n2080102 事务 | | | 6.55", T12=f"{DEPARTMENT} | 6.55 | 6.55"
        ),
        "T05/2081099/project",
    ),
    edge(
        "X-T05-UNLISTED",
        tiny(
            T05="合计 | | | 9.00\n2081099 福利 | | | 2.43\n2080102 事务 | | | 6.57", T12=f"{DEPARTMENT} | 6.55 | 6.55"
        ),
    ),
    edge(
        "X-T05-UNLISTED",
        tiny(
            T05="合计 | | | 10.00\n2081099 福利 | | | 2.00\n2080102 事务 | | | 2.00\n2080103 事务 | | | 6.00",
            T12=f"{DEPARTMENT} | 8.00 | 8.00",
        ),
    ),
    blank("X-T05-UNLISTED", tiny(T05="合计 | | | 9.00\n2081099 福利 | | |", T12=f"{DEPARTMENT} | 6.55 | 6.55")),
    # X-T05-T06
    passes("X-T05-T06", tiny(T05="合计 | 9.00 | 9.00", T06="合计/ | 9.00")),
    fails("X-T05-T06", tiny(T05="合计 | 9.00 | 9.00", T06="合计/ | 8.00"), "T06/合计/total"),
    edge("X-T05-T06", tiny(T05="合计 | 9.00 | 9.00", T06="合计/ | 9.01")),
    edge("X-T05-T06", tiny(T05="合计 | 9.00 | 9.00", T06="合计/ | 9.02"), "T05/合计/basic"),
    blank("X-T05-T06", tiny(T05="合计 | 9.00 | | 9.00", T06=None)),
    # X-T06-T10
    passes(
        "X-T06-T10",
        tiny(T06="公务接待费/公务接待费 | 1.50\n公务接待费/商品和服务支出 | 0.60", T10="公务接待费 | 2.60 | 2.60"),
    ),
    fails(
        "X-T06-T10",
        tiny(T06="公务接待费/公务接待费 | 1.50\n公务接待费/商品和服务支出 | 1.60", T10="公务接待费 | 2.60 | 2.60"),
        "T10/公务接待费/general_public",
        says="大于",
    ),
    fails(
        "X-T06-T10",
        tiny(T06="因公出国（境）费用/因公出国（境）费用 | 3.00", T10="合计 | 1.00"),
        "T06/因公出国（境）费用|因公出国（境）费用/total",
    ),
    edge("X-T06-T10", tiny(T06="公务接待费/公务接待费 | 2.61", T10="公务接待费 | 2.60 | 2.60")),
    edge(
        "X-T06-T10",
        tiny(T06="公务接待费/公务接待费 | 2.62", T10="公务接待费 | 2.60 | 2.60"),
        "T06/公务接待费|公务接待费/total",
    ),
    blank("X-T06-T10", tiny(T06="公务接待费/公务接待费 |", T10="公务接待费 |")),
    blank(
        "X-T06-T10",
        tiny(T06="公务接待费/公务接待费 | 1.00", T10="公务接待费 |\n合计 | 1.00"),
        "T06/公务接待费|公务接待费/total",
    ),
    # X-T06-T11
    passes("X-T06-T11", tiny(T06="合计/ | 9.00 | | 9.00", T11="部门合计 | 5.00 | 5.00")),
    fails(
        "X-T06-T11", tiny(T06="合计/ | 9.00 | | 9.00", T11="部门合计 | 12.00 | 12.00"), "T11/部门合计/general_public"
    ),
    edge("X-T06-T11", tiny(T06="合计/ | 9.00 | | 9.00", T11="部门合计 | 9.01 | 9.01")),
    edge("X-T06-T11", tiny(T06="合计/ | 9.00 | | 9.00", T11="部门合计 | 9.02 | 9.02"), "T06/合计/public_use"),
    blank("X-T06-T11", tiny(T06="合计/ | 9.00 | 9.00 |", T11="部门合计 | |")),
    # X-T11-INSTITUTIONS
    passes("X-T11-INSTITUTIONS", tiny(T06=INSTITUTION.format("9.00", "5.00"), T11="部门合计 | 4.00 | 4.00")),
    fails(
        "X-T11-INSTITUTIONS",
        tiny(T06=INSTITUTION.format("9.00", "5.00"), T11="部门合计 | 9.00 | 9.00"),
        "T06/办公费|商品和服务支出/public_use",
    ),
    edge("X-T11-INSTITUTIONS", tiny(T06=INSTITUTION.format("9.00", "5.00"), T11="部门合计 | 8.98 | 8.98")),
    blank("X-T11-INSTITUTIONS", tiny(T06=INSTITUTION.format("4.00", ""), T11="部门合计 | 4.00 | 4.00")),
]
