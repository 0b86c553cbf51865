"""Cases of projects that stand twice."""

from disclosures.plain.data import Disclosure
from tests.rules.builders import of_tables
from tests.rules.cases import blank, edge, fails, passes


def projects(*lines: str) -> Disclosure:
    return of_tables({"T12": "\n".join(("department: 某市某局 | 9.00 | 9.00", *lines))})


CASES = [
    # P-LINE-REPEATED
    passes("P-LINE-REPEATED", projects("unit: 甲 | 9.00", "project: 补助 | 4.00", "project: 培训 | 5.00")),
    fails(
        "P-LINE-REPEATED",
        projects("unit: 甲 | 9.00", "project: 补助 | 4.00", "project: 补助 | 5.00"),
        "T12/补助#2",
        says="（4.00、5.00）",
    ),
    edge(
        "P-LINE-REPEATED",
        projects("unit: 甲 | 4.00", "project: 补助 | 4.00", "unit: 乙 | 5.00", "project: 补助 | 5.00"),
    ),
    blank("P-LINE-REPEATED", projects("unit: 甲 | 9.00", "project: 补助 | 9.00", "project: 补助 |")),
]
