"""Tables of pages as Excel files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from disclosures.exchange.columns import Column
from disclosures.exchange.files import SheetDataset, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def excel(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], blank_rows: int = 0) -> HttpResponse:
    """A download; values become texts or numbers by their column, never formulas. `blank_rows` are for typing."""
    dataset = SheetDataset(columns, title)
    for row in rows:
        dataset.append(["" if value is None else str(value) for value in row])
    response = HttpResponse(write_xlsx(dataset, blank_rows), content_type=XLSX)
    name = f"{title}-{timezone.localdate():%Y%m%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store"
    return response
