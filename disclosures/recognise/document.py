"""The recogniser's doors: a file's lines (or its bytes) become disclosures with notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disclosures.plain.codec import NUMERALS
from disclosures.plain.data import Disclosure, Note, OverallTarget, Paragraph, ProjectTarget
from disclosures.plain.sources import source_words
from disclosures.profiles import DEFAULT_PROFILE, TemplateProfile
from disclosures.reading import read_file
from disclosures.reading.blocks import Layout, Line, SourceDocument, UnreadableFileError

from . import unknown
from .attachments import attachments_in
from .contents import seams, without_contents
from .furniture import remove_furniture
from .identity import identify
from .marks import without_marks
from .narrative import section_of
from .outline import Outline, shown_text
from .registry import form_reader
from .segment import cut
from .sheet_names import without_sheet_names
from .tables import TablesReading, read_tables

_COVER_LINES = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """One disclosure of a file, with what a clerk needs to choose it."""

    disclosure: Disclosure
    first_line: str  # place in the source

    @property
    def label(self) -> str:
        """Department, year and place, in Chinese, for a person to choose by."""
        place = source_words(self.first_line)
        return f"{self.disclosure.department}（{self.disclosure.fiscal_year} 年，自{place}起）"


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was recognised in one file: usually one disclosure, several where a file holds several."""

    document: SourceDocument
    candidates: tuple[Candidate, ...]

    @property
    def disclosure(self) -> Disclosure:
        """The first disclosure of the file."""
        return self.candidates[0].disclosure


def parse_bytes(data: bytes, name: str) -> Recognition:
    """Read a file and recognise the disclosure in it.

    Raises UnreadableFileError, in plain Chinese, when it cannot be read or is no disclosure.
    """
    return recognise(read_file(data, name))


def recognise(document: SourceDocument, profile: TemplateProfile = DEFAULT_PROFILE) -> Recognition:
    """Recognise the disclosure (or disclosures) in a file's lines.

    Raises UnreadableFileError when the file holds neither tables of money nor the parts of a disclosure.
    """
    cleaned, notes = _cleaned(document)
    lines = without_contents(cleaned)
    starts = (0, *seams(lines))
    candidates = []
    for start, end in zip(starts, (*starts[1:], len(lines)), strict=True):
        piece = lines[start:end]
        disclosure = _disclosure(document, piece, profile, notes if len(starts) == 1 else _within(notes, piece))
        if disclosure is not None:
            candidates.append(Candidate(disclosure, piece[0].source))
    if not candidates and (alone := _tables_alone(document, lines, profile, notes)) is not None:
        candidates.append(Candidate(alone, lines[0].source))
    if not candidates:
        raise UnreadableFileError(
            f"文件“{document.name}”里没有找到部门预算公开的内容（既没有预算报表，也没有“第一部分”等部分标题）。"
            "请确认上传的是部门（单位）预算公开文件的完整文本。"
        )
    return Recognition(document, tuple(candidates))


def _cleaned(document: SourceDocument) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
    """The lines without page furniture, and notes on watermarks and on bytes that could not be decoded."""
    lines = without_sheet_names(document.lines)
    notes = _spoilt(lines)
    if document.layout is Layout.FLOW:
        cleaned = remove_furniture(lines)
        marks = cleaned.watermarks
        lines = cleaned.lines
    else:
        lines, marks = without_marks(lines)
    marks = (*document.watermarks, *marks)
    notes += tuple(Note(f"文中有水印“{text}”，共 {count} 处", "doc", source) for text, source, count in marks)
    notes += tuple(Note(text, None, source) for text, source in document.remarks)
    return lines, notes


def _spoilt(lines: Sequence[Line]) -> tuple[Note, ...]:
    return tuple(
        Note("这一行有无法识别的字符，请核对原文", None, line.source) for line in lines if "\ufffd" in line.text
    )


def _within(notes: Sequence[Note], lines: Sequence[Line]) -> tuple[Note, ...]:
    sources = {line.source for line in lines}
    return tuple(note for note in notes if note.source in sources)


def _disclosure(
    document: SourceDocument, lines: Sequence[Line], profile: TemplateProfile, notes: tuple[Note, ...]
) -> Disclosure | None:
    """One disclosure; None when the lines hold nothing of one."""
    outline = cut(lines)
    return _read(document, lines, outline, profile, notes) if _is_disclosure(outline) else None


def _tables_alone(
    document: SourceDocument, lines: Sequence[Line], profile: TemplateProfile, notes: tuple[Note, ...]
) -> Disclosure | None:
    """A disclosure of tables that no declaration knows, without any heading; None when the lines hold none."""
    outline = cut(lines)
    if not any(unknown.tells_money(segment.lines) for segment in outline.tables):
        return None
    told = Note("文件里只有系统不认识的表格，没有部门预算公开的标题和各部分，请逐张指定是哪张表", "doc")
    return _read(document, lines, outline, profile, (*notes, told))


def _read(
    document: SourceDocument,
    lines: Sequence[Line],
    outline: Outline,
    profile: TemplateProfile,
    notes: tuple[Note, ...],
) -> Disclosure:
    """The disclosure, read as far as it goes."""
    identity = identify(outline)
    tables = read_tables(outline.tables, profile, document.layout, identity.department)
    overall, projects, told = _targets(outline, document.layout, identity.department or "")
    return Disclosure(
        department=identity.department or "",
        fiscal_year=identity.year or 0,
        kind=identity.kind,
        tables=tables.tables,
        sections=tuple(section_of(segment) for segment in outline.sections),
        overall_targets=overall,
        project_targets=projects,
        other_tables=tables.others,
        attachments=attachments_in(outline.attachments),
        notes=(*notes, *identity.notes, *outline.notes, *tables.notes, *told, *_gaps(outline, tables, lines)),
        profile=profile.id,
        title_lines=tuple(
            Paragraph(text, line.source) for line in outline.cover[:_COVER_LINES] if (text := shown_text(line))
        ),
    )


def _is_disclosure(outline: Outline) -> bool:
    """A budget table, or parts of a document whose headings speak of a budget."""
    if any(segment.options for segment in outline.tables):
        return True
    telling = [*outline.cover[:_COVER_LINES], *outline.part_headings.values()]
    return bool(outline.part_headings) and any("预算" in line.text for line in telling)


def _targets(
    outline: Outline, layout: Layout, department: str
) -> tuple[tuple[OverallTarget, ...], tuple[ProjectTarget, ...], tuple[Note, ...]]:
    if not outline.forms:
        return (), (), ()
    overall: list[OverallTarget] = []
    projects: list[ProjectTarget] = []
    notes: list[Note] = []
    for target, told in form_reader()(outline.forms, layout, department):
        if isinstance(target, OverallTarget):
            overall.append(target)
        else:
            projects.append(target)
        notes += told
    return tuple(overall), tuple(projects), tuple(notes)


def _gaps(outline: Outline, tables: TablesReading, lines: Sequence[Line]) -> tuple[Note, ...]:
    """Notes on parts and sections that a whole disclosure has and this file has not."""
    notes = []
    numerals = {segment.numeral for segment in outline.sections}
    last = lines[-1].source if lines else None
    if "概况" not in numerals:
        notes.append(Note("没有找到第一部分（概况）", "doc"))
    if not tables.tables:
        notes.append(Note("没有找到第二部分的预算报表", "doc"))
    missing = [numeral for numeral in NUMERALS if numeral not in numerals]
    if missing:
        notes.append(Note(f"第三部分没有找到以下各节：{'、'.join(missing)}", "doc"))
    if "名词解释" not in numerals:
        notes.append(Note("没有找到第四部分（名词解释），文件可能不完整，请核对文件末尾", "doc", last))
    if len(outline.cover) > _COVER_LINES:
        unplaced = outline.cover[_COVER_LINES:]
        notes.append(Note(f"文件开头有 {len(unplaced)} 行文字没有归入任何部分", "doc", unplaced[0].source))
    return tuple(notes)
