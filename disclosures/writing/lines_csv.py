"""Lines of budget tables across any number of disclosures as CSV that streams: memory does not grow with their number.

    stream(LINE_HEADER, line_rows(queryset.iterator(chunk_size=2000))) -> Iterator[bytes]

for `StreamingHttpResponse`. `line_rows` takes anything that yields lines with their table, disclosure and department
at hand; `services.exporting.lines_of` makes such a query.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Protocol

from disclosures.plain.cells import canonical, guarded
from disclosures.plain.data import SIDE_WORDS, Side
from disclosures.profiles import PROFILES

_CHUNK = 64 * 1024
MEASURES = {
    key: label
    for profile in reversed(PROFILES.values())
    for table in reversed(profile.tables)
    for side in table.sides
    for key, label in ((column.key, column.label) for column in side.columns)
}
_ORDINALS = {table.id: f"表{table.ordinal}" for profile in PROFILES.values() for table in profile.tables}
_LABELS = ("公开文本", "部门（单位）", "年度", "版本", "表", "行序", "收支", "编码", "名称", "第二名称", "所属单位")
LINE_HEADER: tuple[str, ...] = (*_LABELS, *MEASURES.values())


class Line(Protocol):
    """What a line must tell: a `BudgetLine` with its table and disclosure."""

    table: Any
    position: int
    side: str
    code: str
    name: str
    second_name: str
    unit_name: str | None
    printed: Any


def line_rows(lines: Iterable[Line]) -> Iterator[list[str]]:
    """One row for each line, under LINE_HEADER; amounts as printed, blanks blank."""
    for line in lines:
        table = line.table
        record = table.disclosure
        yield [
            str(record.pk),
            record.printed_department,
            str(record.fiscal_year),
            str(record.version),
            _ORDINALS.get(table.code, table.code),
            str(line.position + 1),
            SIDE_WORDS[Side(line.side)],
            line.code,
            line.name,
            line.second_name,
            line.unit_name or "",
            *(_amount(line, key) for key in MEASURES),
        ]


def _amount(line: Line, key: str) -> str:
    printed = line.printed.get(key)
    if printed is not None:
        return str(printed)
    value: Decimal | None = getattr(line, key)
    return "" if value is None else f"{value:.2f}"


def stream(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Iterator[bytes]:
    """A CSV file in pieces of some 64 KB, guarded against formulas, with the mark that tells Excel it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(canonical(cell)) for cell in row])
        if out.tell() >= _CHUNK:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    if out.tell():
        yield out.getvalue().encode()
