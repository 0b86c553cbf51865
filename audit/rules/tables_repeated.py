"""Projects that stand twice under one unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.nesting import nesting
from audit.tables import IndexedRow
from disclosures.plain.text import fold


def _twice(rows: Iterable[IndexedRow]) -> Iterator[list[IndexedRow]]:
    """Rows with an amount that share their name."""
    groups: defaultdict[str, list[IndexedRow]] = defaultdict(list)
    for row in rows:
        if not row.is_blank:
            groups[fold(row.name)].append(row)
    return (group for group in groups.values() if len(group) > 1)


def _projects(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    # T13 may list what is left of one project from two years.
    table = context.table("T12")
    tree = nesting(context, table) if table.has_data else None
    if tree is None:
        return
    leaves = {id(row) for row in tree.leaves}
    for unit, children in tree.below:
        for group in _twice(row for row in children if id(row) in leaves):
            first, *others = group
            amounts = "、".join(row["total"].text or "空白" for row in group)
            yield rule.finding(
                first.place,
                {"line": first.name, "count": str(len(group)), "unit": unit.name, "amounts": amounts},
                evidence=[Evidence(row.place, row["total"].text, row["total"].source) for row in others],
                source=first["total"].source,
            )


RULES = (
    Rule(
        id="P-LINE-REPEATED",
        title="一个单位的项目不同名",
        statement="表十二中，同一单位之下的项目名称不重复",
        tables=("T12",),
        family=Family.PERFORMANCE_MATCH,
        severity=Severity.INFO,
        example="表十二“某中心”之下有 2 个同名项目“生活补助”（194.00、562.00），请核对是否重复立项。",
        check=_projects,
        message="表十二“{unit}”之下有 {count} 个同名项目“{line}”（{amounts}），请核对是否重复立项。",
    ),
)
