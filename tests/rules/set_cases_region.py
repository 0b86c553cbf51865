"""A region's departments side by side: S-MISSING, S-LATE, S-NAME."""

from datetime import date

from disclosures.catalogue import load_catalogue
from tests.rules.set_cases import TODAY, blank, context, edge, fails, member, names, passes

APPROVED = date(2026, 1, 20)
CODE = "2089977"
USUAL = [names(f"甲{n}局", (CODE, "创业补贴")) for n in range(3)]
ODD = names("乙局", (CODE, "创业补助"))
KNOWN = [names(f"甲{n}局", ("2080101", "行政运行")) for n in range(3)]
SHIPPED = load_catalogue()

CASES = [
    passes("S-MISSING", context(member("甲局"), member("乙局"))),
    fails(
        "S-MISSING",
        context(member("甲局"), member("乙局", disclosure=None, kind=None)),
        "乙局",
        "doc",
        "乙局还没有 2026 年",
    ),
    edge("S-MISSING", context()),
    blank("S-MISSING", context(member("", disclosure=None, kind=None)), "", "doc"),
    passes("S-LATE", context(member("甲局", approved_on=APPROVED, last_day=date(2026, 2, 9), public=True))),
    fails(
        "S-LATE", context(member("甲局", approved_on=APPROVED, last_day=date(2026, 2, 9))), "甲局", "doc", "2026-02-09"
    ),
    fails(
        "S-LATE",
        context(member("甲局", disclosure=None, approved_on=APPROVED, last_day=date(2026, 2, 9))),
        "甲局",
        "doc",
    ),
    edge("S-LATE", context(member("甲局", approved_on=APPROVED, last_day=TODAY))),
    edge("S-LATE", context(member("甲局", approved_on=APPROVED, last_day=date(2026, 2, 28))), "甲局", "doc"),
    blank("S-LATE", context(member("甲局"))),
    passes("S-NAME", context(*USUAL)),
    fails("S-NAME", context(*USUAL, ODD), "乙局", f"T02/{CODE}", "3 家写作“创业补贴”"),
    # Two against one, and three against two, settle nothing.
    edge("S-NAME", context(*USUAL[:2], ODD)),
    edge("S-NAME", context(*USUAL, ODD, names("丙局", (CODE, "创业资助")))),
    # Brackets of either width are the same name.
    edge(
        "S-NAME",
        context(*[names(f"甲{n}局", (CODE, "补贴（创业）")) for n in range(3)], names("乙局", (CODE, "补贴(创业)"))),
    ),
    # A code of the catalogue is C-CATALOGUE's business.
    edge("S-NAME", context(*KNOWN, names("乙局", ("2080101", "行政运转")), catalogue=SHIPPED)),
    # A disclosure at odds with itself is C-NAME's business.
    edge("S-NAME", context(*USUAL, names("乙局", (CODE, "创业补贴"), (CODE, "创业补助")))),
    blank("S-NAME", context(*USUAL, names("乙局"))),
]
