"""The original of a stored disclosure with its findings written beside."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from audit.reports.annotating import child
from audit.reports.annotating.lines import SourceText, annotate_lines
from audit.reports.annotating.notes import AUTHOR, FRONT, Annotated, Note, listed, note_of
from audit.reports.annotating.pdf import unplaced_in
from audit.reports.content import DisclosureReport
from audit.reports.paper import Paper
from disclosures.errors import RefusedError
from disclosures.models import Disclosure
from disclosures.plain.sources import row_source
from disclosures.reading.formats import format_of
from disclosures.services.sandbox import run_child
from disclosures.services.sources import source_lines
from disclosures.storage import read_bytes
from disclosures.writing.pdf import NoOfficeError, to_pdf

NO_ORIGINAL = "这份公开文本没有原件，不能加批注"


def annotated_original(record: Disclosure, report: DisclosureReport) -> Annotated:
    """A copy with comments, in the format of the original where that carries any, else Word made of its lines.

    Raises RefusedError, UnreadableFileError.
    """
    source = record.source_file
    if source is None:
        raise RefusedError(NO_ORIGINAL)
    try:
        data = read_bytes(source)
    except FileNotFoundError as error:
        raise RefusedError("原件已不在服务器上，不能加批注，请联系管理员") from error
    notes = [note_of(item) for item in report.standing()]
    known = format_of(data)
    if known is None or known.key not in child.TASKS:
        return annotate_lines(_lines(record), source.name, notes)
    front = _front_page(report, unplaced_in(notes)) if known.key == "pdf" else b""
    return child.answered(run_child(child.NAME, child.asked(known.key, notes, front), front + data, source.name))


def _lines(record: Disclosure) -> list[SourceText]:
    found = [
        SourceText(line.text, tuple(dict.fromkeys((line.source, *line.cell_sources, row_source(line.source)))))
        for line in source_lines(record)
    ]
    if not found:
        raise RefusedError("没有保留这份原件的文字，不能加批注")
    return found


def _front_page(report: DisclosureReport, notes: Sequence[Note]) -> bytes:
    """A page that lists what has no place; empty where there is nothing, or no LibreOffice to make it."""
    if not notes:
        return b""
    paper = Paper(f"{report.head.department}\n核对批注")
    paper.head("核对批注", f"本页由{AUTHOR}添加，不属于原件", f"{report.head.year}年度")
    paper.prose(f"{FRONT}：")
    for line in listed(notes):
        paper.note(line)
    with suppress(NoOfficeError):
        return to_pdf(paper.saved())
    return b""
