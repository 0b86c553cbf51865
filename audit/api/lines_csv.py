"""Lines of any number of disclosures as CSV, row by row: memory does not grow with them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from disclosures.models import MEASURES, BudgetLine, DisclosureKind, State
from disclosures.models.tables import LEVEL_LABELS, SIDE_LABELS
from disclosures.plain.cells import guarded
from disclosures.storage.printed import TABLE_PLACES, join

_CHUNK = 2000  # rows fetched at a time
_BLOCK = 500  # rows sent at a time
_BOM = "\ufeff"  # by which Excel knows UTF-8
_FIELDS = {
    "id": "行 id",
    "table__disclosure": "公开文本 id",
    "table__disclosure__department__region__name": "地区",
    "table__disclosure__department__name": "部门（单位）",
    "table__disclosure__fiscal_year": "预算年度",
    "table__disclosure__kind": "类型",
    "table__disclosure__version": "版本",
    "table__disclosure__state": "状态",
    "table__code": "表号",
    "position": "行序",
    "side": "收支",
    "level": "行的性质",
    "code": "科目编码",
    "name": "项目（科目）",
    "second_name": "第二名称",
    "unit_name": "所属单位",
    "source": "原件位置",
}
_WORDS: dict[str, dict[str, str]] = {
    "table__disclosure__kind": dict(DisclosureKind.choices),
    "table__disclosure__state": dict(State.choices),
    "side": dict(SIDE_LABELS) | {"": ""},
    "level": dict(LEVEL_LABELS),
}
HEADER = (*_FIELDS.values(), *(f"{label}（{key}）" for key, label in MEASURES.items()))


class _Line:
    """A file that gives back what the CSV writer writes."""

    def write(self, text: str) -> str:
        return text


def lines_as_csv(lines: QuerySet[BudgetLine]) -> StreamingHttpResponse:
    """The answer with all these lines. Amounts as printed, texts guarded against formulas."""
    response = StreamingHttpResponse(_blocks(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="lines.csv"'
    return response


def _blocks(lines: QuerySet[BudgetLine]) -> Iterator[str]:
    writer = csv.writer(_Line())
    block = [_BOM + writer.writerow(HEADER)]
    records = lines.values_list(*_FIELDS, *MEASURES, "printed").iterator(chunk_size=_CHUNK)
    for record in records:
        block.append(writer.writerow(_row(record)))
        if len(block) >= _BLOCK:
            yield "".join(block)
            block = []
    yield "".join(block)


def _row(record: Sequence[Any]) -> list[str]:
    *values, printed = record
    texts = [_text(key, value) for key, value in zip(_FIELDS, values, strict=False)]
    amounts = values[len(_FIELDS) :]
    return texts + [
        guarded(join(amount, key, printed, TABLE_PLACES) or "") for key, amount in zip(MEASURES, amounts, strict=True)
    ]


def _text(key: str, value: Any) -> str:
    if key in _WORDS:
        return _WORDS[key].get(value, str(value))
    return guarded(str(value)) if isinstance(value, str) else "" if value is None else str(value)
