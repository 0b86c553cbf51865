"""Units against their department: S-UNIT-LINE, S-UNIT-LISTED, S-UNIT-CODE, S-UNIT-SUM."""

from tests.rules.set_cases import HEAD, UNIT, blank, edge, fails, family, passes

T12_HEAD = f"""
    department: {HEAD} | 300.00 | 300.00
    unit: {HEAD} | 180.00 | 180.00
    project: 防汛经费 | 180.00 | 180.00
    unit: {UNIT} | 120.00 | 120.00
    project: 清淤工程 | 70.00 | 70.00
    project: 巡查经费 | 50.00 | 50.00
"""
T12_UNIT = f"""
    department: {UNIT} | 120.00 | 120.00
    project: 清淤工程 | 70.00 | 70.00
    project: 巡查经费 | 50.00 | 50.00
"""
T12_OTHER = f"""
    department: {UNIT} | 121.00 | 121.00
    project: 清淤工程 | 71.00 | 71.00
    project: 巡查经费 | 50.00 | 50.00
"""
T11_HEAD = f"""
    部门合计 | 50.00 | 50.00
    {HEAD} | 30.00 | 30.00
    {UNIT} | 20.00 | 20.00
"""


def t12(*pairs: tuple[str, str]) -> str:
    """A unit's T12 of some projects."""
    return "\n".join(f"{name} | {amount} | {amount}" for name, amount in pairs)


def t02(*rows: tuple[str, str, str]) -> str:
    """T02 rows of (label, total, carried over)."""
    return "\n".join(f"{label} | {total} | {total} | | | | | {carried}" for label, total, carried in rows)


CODES = (("合计", "300.00", ""), ("213 农林水支出", "300.00", ""), ("2130304 水利行业业务管理", "300.00", ""))


def few(total: str, carried: str = "", code: str = "2130304 水利行业业务管理") -> str:
    return t02(("合计", total, carried), ("213 农林水支出", total, carried), (code, total, carried))


CASES = [
    passes("S-UNIT-LINE", family({"T12": T12_HEAD, "T11": T11_HEAD}, (UNIT, {"T12": T12_UNIT}))),
    fails(
        "S-UNIT-LINE",
        family({"T12": T12_HEAD}, (UNIT, {"T12": T12_OTHER})),
        UNIT,
        f"T12/{UNIT}/total",
        "121.00 万元，与某市水务局部门预算中表十二“某市河道站” 120.00 万元不一致，相差 1.00 万元",
    ),
    fails(
        "S-UNIT-LINE",
        family({"T11": T11_HEAD}, (UNIT, {"T11": "部门合计 | 20.10 | 20.10"})),
        UNIT,
        "T11/部门合计/total",
    ),
    # 20 may be 19.95 to 20.05 where one decimal is printed.
    edge("S-UNIT-LINE", family({"T11": T11_HEAD}, (UNIT, {"T11": "部门合计 | 20.0 | 20.0"}))),
    edge("S-UNIT-LINE", family({"T11": T11_HEAD}, (UNIT, {"T11": "部门合计 | 20.01 | 20.01"}))),
    edge(
        "S-UNIT-LINE",
        family({"T11": T11_HEAD}, (UNIT, {"T11": "部门合计 | 20.02 | 20.02"})),
        UNIT,
        "T11/部门合计/total",
    ),
    # A line that may be either of two is no line to hold anything against.
    edge(
        "S-UNIT-LINE", family({"T11": T11_HEAD + f"    {UNIT} | 9.00 | 9.00\n"}, (UNIT, {"T11": "合计 | 1.00 | 1.00"}))
    ),
    blank("S-UNIT-LINE", family({"T12": T12_HEAD}, (UNIT, {"T12": None}))),
    blank("S-UNIT-LINE", family({"T12": None, "T11": T11_HEAD}, (UNIT, {"T12": T12_UNIT}))),
    blank("S-UNIT-LINE", family({}, (UNIT, {}))),
    passes("S-UNIT-LISTED", family({"T12": T12_HEAD}, (UNIT, {"T12": T12_UNIT}))),
    fails(
        "S-UNIT-LISTED",
        family(
            {"T12": T12_HEAD},
            ("某市水文站", {"T12": "department: 某市水文站 | 5.00 | 5.00\nproject: 测报 | 5.00 | 5.00"}),
        ),
        "某市水文站",
        "T12/某市水文站",
        "表十二没有列出某市水文站",
    ),
    # A shorter name of the same unit is that unit.
    edge(
        "S-UNIT-LISTED", family({"T11": T11_HEAD.replace(UNIT, "河道站")}, (UNIT, {"T11": "部门合计 | 20.00 | 20.00"}))
    ),
    # Whose table lists no units owes no line.
    edge("S-UNIT-LISTED", family({"T11": "部门合计 | 50.00 | 50.00"}, (UNIT, {"T11": "部门合计 | 20.00 | 20.00"}))),
    blank("S-UNIT-LISTED", family({"T11": T11_HEAD}, ("某市水文站", {"T11": "部门合计 | |"}))),
    passes("S-UNIT-CODE", family({"T02": few("300.00")}, (UNIT, {"T02": few("120.00")}))),
    fails(
        "S-UNIT-CODE",
        family({"T02": few("300.00")}, (UNIT, {"T02": few("120.00", code="2130305 水利工程建设")})),
        UNIT,
        "T02/2130305",
        "2130305 水利工程建设",
    ),
    # A department that prints 类 only owes no 项.
    edge(
        "S-UNIT-CODE",
        family({"T02": t02(("合计", "9.00", ""), ("213 农林水支出", "9.00", ""))}, (UNIT, {"T02": few("9.00")})),
    ),
    blank("S-UNIT-CODE", family({"T02": few("300.00")}, (UNIT, {"T02": few("", code="2130305 水利工程建设")}))),
    blank("S-UNIT-CODE", family({"T02": None}, (UNIT, {"T02": few("1.00")}))),
    passes(
        "S-UNIT-SUM",
        family({"T02": few("300.00")}, (UNIT, {"T02": few("120.00")}), ("某市水文站", {"T02": few("100.00")})),
    ),
    fails(
        "S-UNIT-SUM",
        family({"T02": few("300.00")}, (UNIT, {"T02": few("220.00")}), ("某市水文站", {"T02": few("100.00")})),
        HEAD,
        "T02/2130304/total",
        "多出 20.00 万元",
    ),
    fails("S-UNIT-SUM", family({"T02": few("300.00")}, (UNIT, {"T02": few("301.00")})), HEAD, "T02/2130304/total"),
    edge("S-UNIT-SUM", family({"T02": few("300.00")}, (UNIT, {"T02": few("300.01")}))),
    edge("S-UNIT-SUM", family({"T02": few("300.00")}, (UNIT, {"T02": few("300.02")})), HEAD, "T02/2130304/total"),
    blank("S-UNIT-SUM", family({"T02": few("300.00")}, (UNIT, {"T02": few("")}))),
    blank(
        "S-UNIT-SUM",
        family({"T02": few("300.00")}, (UNIT, {"T02": few("100.00", "5.00")})),
        HEAD,
        "T02/2130304/carried_over",
    ),
]
