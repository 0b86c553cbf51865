"""Cases of codes and names."""

from disclosures.catalogue import Catalogue, ClassEntry, ClassKind, EconomicPair
from tests.rules.builders import tiny
from tests.rules.cases import blank, edge, fails, passes

NAMES = Catalogue(
    {
        ClassKind.FUNCTIONAL: (
            ClassEntry("208", "社会保障和就业支出", verified=True),
            ClassEntry("2080701", "就业创业服务补贴", verified=True),
            ClassEntry("2080704", "社会保险补贴"),
            ClassEntry("2080799", "其他就业补助支出", valid_to=2024),
        ),
        ClassKind.DEPARTMENT_ECONOMIC: (ClassEntry("30101", "基本工资", verified=True),),
        ClassKind.GOVERNMENT_ECONOMIC: (ClassEntry("50101", "工资奖金津补贴"), ClassEntry("50501", "工资福利支出")),
    },
    (EconomicPair("30101", "50101"), EconomicPair("30101", "50501")),
)
RIGHT, WRONG = "2080110 劳动关系和维权 | 20.00", "2080110 劳动关系的维权 | 20.00"

CASES = [
    # C-NAME
    passes("C-NAME", tiny(T02=RIGHT, T03=RIGHT, T05=RIGHT)),
    fails("C-NAME", tiny(T02=RIGHT, T03=WRONG, T05=RIGHT), "T03/2080110", says="与表二、表五的“劳动关系和维权”不一致"),
    edge("C-NAME", tiny(T02="20103 政府办公厅（室） | 1.00", T03="20103 政府 办公厅(室) | 1.00")),
    edge(
        "C-NAME",
        tiny(T02="2080701 就业创业服务补助 | 1.00", T03="2080701 就业创业服务补贴 | 1.00"),
        "T02/2080701",
        names=NAMES,
    ),
    blank("C-NAME", tiny(T02=RIGHT, T03="2080110  | 20.00")),
    # C-CATALOGUE
    passes("C-CATALOGUE", tiny(T02="208 社会保障和就业支出 | 1.00"), names=NAMES),
    fails(
        "C-CATALOGUE",
        tiny(T02="2080701 就业创业服务补助 | 1.00"),
        "T02/2080701",
        names=NAMES,
        says="“就业创业服务补贴”",
    ),
    edge("C-CATALOGUE", tiny(T02="208 社会保障 和就业支出 | 1.00"), names=NAMES),
    edge("C-CATALOGUE", tiny(T02="2080799 其他补助 | 1.00"), names=NAMES),
    blank("C-CATALOGUE", tiny(T02="208 社会保障 | 1.00"), silent=True),
    # C-UNKNOWN
    passes("C-UNKNOWN", tiny(T02="208 社会保障和就业支出 | 1.00"), names=NAMES),
    fails("C-UNKNOWN", tiny(T02="2080177 某事务 | 1.00"), "T02/2080177", names=NAMES),
    edge("C-UNKNOWN", tiny(T02="2080799 其他就业补助支出 | 1.00", year=2024), names=NAMES),
    edge("C-UNKNOWN", tiny(T02="2080799 其他就业补助支出 | 1.00", year=2025), "T02/2080799", names=NAMES),
    blank("C-UNKNOWN", tiny(T02="2080177 某事务 | 1.00"), silent=True),
    # C-FORM
    passes("C-FORM", tiny(T03="208 社会保障 | 1.00\n20801 管理 | 1.00\n2080101 行政运行 | 1.00")),
    fails("C-FORM", tiny(T03="208011 行政运行 | 1.00"), "T03/208011", says="6 位"),
    edge("C-FORM", tiny(T07="103014801 土地出让价款收入 | 1.00")),
    edge("C-FORM", tiny(T03="20801010 行政运行 | 1.00"), "T03/20801010"),
    blank("C-FORM", tiny(T03="合计 | 1.00")),
    # C-PARENT
    passes("C-PARENT", tiny(T05="208 社会保障 | 1.00\n20801 管理 | 1.00\n2080101 行政运行 | 1.00")),
    fails(
        "C-PARENT", tiny(T05="208 社会保障 | 1.00\n20801 管理 | 1.00\n2080505 养老 | 1.00"), "T05/2080505", says="20805"
    ),
    edge("C-PARENT", tiny(T05="208 社会保障 | 1.00\n2080505 养老 | 1.00")),
    blank("C-PARENT", tiny(T05="合计 | 1.00")),
    # C-REPEATED
    passes("C-REPEATED", tiny(T03="2080101 行政运行 | 1.00\n2080102 一般事务 | 1.00")),
    fails("C-REPEATED", tiny(T03="2080101 行政运行 | 1.00\n2080101 行政运行 | 2.00"), "T03/2080101#2"),
    edge("C-REPEATED", tiny(T02="2080101 行政运行 | 1.00", T03="2080101 行政运行 | 1.00")),
    blank("C-REPEATED", tiny(T03="合计 | 1.00\n合计 | 1.00")),
    # C-PAIR
    passes("C-PAIR", tiny(T06="基本工资/工资奖金津补贴 | 1.00\n基本工资/工资福利支出 | 1.00"), names=NAMES),
    fails("C-PAIR", tiny(T06="基本工资/办公经费 | 1.00"), "T06/基本工资|办公经费", names=NAMES, says="工资奖金津补贴"),
    edge("C-PAIR", tiny(T06="没有登记的科目/办公经费 | 1.00"), names=NAMES),
    blank("C-PAIR", tiny(T06="基本工资/ | 1.00"), names=NAMES),
    blank("C-PAIR", tiny(T06="基本工资/办公经费 | 1.00"), silent=True),
    # C-ITEM
    passes("C-ITEM", tiny(T01="> 社会保障和就业支出 | 1.00\n> 卫生健康支出 | 1.00")),
    fails(
        "C-ITEM",
        tiny(T01="> 社会保障和就支出 | 1.00\n> 卫生健康支出 | 1.00"),
        "T01/expenditure/社会保障和就支出",
        says="应为“社会保障和就业支出”",
    ),
    fails("C-ITEM", tiny(T06="对人和家庭的补助 | 1.00 | 1.00"), "T06/对人和家庭的补助|"),
    fails("C-ITEM", tiny(T10="公务接费 | 1.00 | 1.00"), "T10/公务接费"),
    edge("C-ITEM", tiny(T01="> 资源勘探信息等支出 | 1.00\n> 年终结转结余 |", T10="公务用车购置 | 1.00")),
    edge("C-ITEM", tiny(T01="> 某省特有的一类支出 | 1.00")),
    blank("C-ITEM", tiny(T01="> 卫生健支出 |"), "T01/expenditure/卫生健支出"),
]
