"""A stored disclosure in the formats that outside programs and people take away."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.db.models import QuerySet

from disclosures import models
from disclosures.errors import RefusedError
from disclosures.plain.codec import to_json
from disclosures.plain.data import Disclosure
from disclosures.storage import load_record
from disclosures.writing.csv import write_csv
from disclosures.writing.docx import write_docx
from disclosures.writing.lines_csv import LINE_HEADER, line_rows, stream
from disclosures.writing.pdf import NoOfficeError, office, pages_of_contents, to_pdf
from disclosures.writing.xlsx import TooLongError, write_xlsx

from .matrix import Act
from .permissions import require

logger = logging.getLogger(__name__)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\ud800-\udfff]+')
_LONGEST_NAME = 100
_CHUNK = 2000


class Format(StrEnum):
    """What a disclosure can be exported as."""

    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: what people call it, its content type, the ending of its files, its writer."""

    label: str
    content_type: str
    ending: str
    write: Callable[[Disclosure], bytes]


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to hand out."""

    name: str
    content_type: str
    data: bytes


def as_json(disclosure: Disclosure) -> str:
    """The contract's JSON, readable by people too."""
    return json.dumps(to_json(disclosure), ensure_ascii=False, indent=1) + "\n"


KINDS: Final[Mapping[Format, Kind]] = MappingProxyType(
    {
        Format.DOCX: Kind("Word", f"{_OFFICE}.wordprocessingml.document", "docx", write_docx),
        Format.XLSX: Kind("Excel", f"{_OFFICE}.spreadsheetml.sheet", "xlsx", write_xlsx),
        Format.CSV: Kind("CSV（压缩包）", "application/zip", "zip", write_csv),
        Format.JSON: Kind("JSON", "application/json", "json", lambda disclosure: as_json(disclosure).encode()),
    }
)


def written(disclosure: Disclosure, form: Format) -> bytes:
    """A disclosure in a format. Raises RefusedError where the format cannot hold it."""
    try:
        return KINDS[form].write(disclosure)
    except TooLongError as error:
        raise RefusedError(str(error)) from error


def export_disclosure(user: models.User, disclosure_id: int, form: Format) -> ExportedFile:
    """A disclosure as a file for this person; its history tells who took it away and as what.

    Raises NotVisibleError, NotAllowedError, RefusedError.
    """
    record = require(user, Act.EXPORT, disclosure_id)
    kind = KINDS[form]
    data = written(load_record(record), form)
    name = f"{file_stem(record)}.{kind.ending}"
    models.Event.objects.create(
        disclosure=record, action=models.Action.EXPORTED, user=user, details={"file": name, "format": form.value}
    )
    return ExportedFile(name, kind.content_type, data)


def official_document(disclosure: Disclosure) -> bytes:
    """The Word document to publish: with the page numbers of its contents, where LibreOffice can tell them.

    Without it Word fills them in when the document is opened.
    """
    data = write_docx(disclosure)
    if office() is None:
        return data
    try:
        return write_docx(disclosure, pages=pages_of_contents(to_pdf(data)))
    except NoOfficeError as error:
        logger.warning("contents without page numbers: %s", error)
        return data


def file_stem(record: models.Disclosure) -> str:
    """What a file of a disclosure is called, without its ending; safe on every system."""
    title = f"{record.printed_department}{record.fiscal_year}年{record.get_kind_display()}公开（第{record.version}版）"
    return _UNSAFE.sub("_", title)[-_LONGEST_NAME:].strip(" .") or "预算公开"


def lines_of(disclosures: QuerySet[models.Disclosure]) -> QuerySet[models.BudgetLine]:
    """The lines of all tables of some disclosures as printed, with what `line_rows` asks of them."""
    chosen = models.BudgetLine.objects.filter(table__disclosure__in=disclosures.order_by().values("pk"))
    return chosen.select_related("table__disclosure").order_by("table__disclosure", "table__position", "position")


def stream_lines(disclosures: QuerySet[models.Disclosure]) -> Iterator[bytes]:
    """Those lines as CSV in pieces; memory does not grow with their number."""
    return stream(LINE_HEADER, line_rows(lines_of(disclosures).iterator(chunk_size=_CHUNK)))
