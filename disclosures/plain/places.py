"""Places in a disclosure, in the grammar of the contract (`where`).

`T03/2080110/project`, `T06/办公费|办公经费/total`, `T01/expenditure/卫生健康支出/total`, `N/五/2`,
`P/残疾人就业保障金/funds.annual.total`, `O/funds`, `doc`. A key that repeats gets `#2`, `#3` … in
printed order; a `/` inside a name is written `∕` (U+2215).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from .data import ProjectTarget, Row, Section, Side, Table

TWO_SIDED = frozenset({"T01", "T04", "T09"})


_SUB_HEADING = re.compile(r"^(?:[（(](?P<chinese>[一二三四五六七八九十])[）)]|(?P<digit>\d{1,2})[、.．])")
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", start=1)}


def paragraph_places(section: Section) -> tuple[str, ...]:
    """Places of a section's paragraphs: by the sub-heading they stand under, `N/五/2` for all of its （二）;
    by their own ordinal where the section has no sub-headings."""
    matches = [_SUB_HEADING.match(paragraph.text.strip()) for paragraph in section.paragraphs]
    base = f"N/{section.numeral}"
    if not any(matches):
        return tuple(f"{base}/{n}" for n in range(1, len(matches) + 1))
    places = []
    under = base
    for match in matches:
        if match is not None:
            number = _NUMERALS.get(match["chinese"] or "") or int(match["digit"])
            under = f"{base}/{number}"
        places.append(under)
    return tuple(places)


def safe(name: str) -> str:
    """A name as it may stand between the slashes of a place."""
    return name.replace("/", "∕")


def row_label(table_id: str, row: Row) -> str:
    """A row's key without its counter: the code, or the printed name where there is none."""
    if table_id == "T06":
        if row.name == "合计" and not row.second_name:
            return "合计"
        return safe(f"{row.name}|{row.second_name}")
    return safe(row.code or row.name)


def row_keys(table: Table) -> tuple[str, ...]:
    """Keys of all rows of a table in order, with side prefix and `#n` counters: `income/合计`, `遗属补助#3`."""
    seen: Counter[str] = Counter()
    keys = []
    for row in table.rows:
        side = f"{row.side.value}/" if table.id in TWO_SIDED and row.side is not Side.ONE else ""
        key = side + row_label(table.id, row)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return tuple(keys)


def target_keys(targets: Iterable[ProjectTarget]) -> tuple[str, ...]:
    """Keys of target forms in order: the project's name, `#2` when repeated, `#17` when its head is lost."""
    seen: Counter[str] = Counter()
    keys = []
    for position, target in enumerate(targets, start=1):
        if target.project is None:
            keys.append(f"#{position}")
            continue
        name = safe(target.project)
        seen[name] += 1
        keys.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(keys)
