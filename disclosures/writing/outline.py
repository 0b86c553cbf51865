"""A disclosure in its official order, as blocks that every format renders in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from disclosures.plain.data import Disclosure, Kind, OtherTable, Section

from .cells import Cell, Grid, Role
from .charts import Chart
from .figures import charts_of
from .forms import overall_form, project_form
from .tables import Sheet, sheet_of

_SUBHEADING = re.compile(
    r"^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}、)[^。；;]{1,30}$"
)
_PART_ONE, _PART_FOUR = "概况", "名词解释"
_TARGETS = "十"  # the section behind which the target forms stand


@dataclass(frozen=True, slots=True)
class Cover:
    """The lines of the cover: whose, and of what."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartHeading:
    """第一部分 概况."""

    text: str


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """一、…"""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph; `heading` for a sub-heading such as （一）其他."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A target form."""

    title: str
    year: str
    grid: Grid
    subject: str  # the project or unit


@dataclass(frozen=True, slots=True)
class Attached:
    """The title of an attached document, whose text is not kept in records."""

    title: str


@dataclass(frozen=True, slots=True)
class Other:
    """A table beyond the declared ones."""

    title: str
    grid: Grid


Block = Cover | PartHeading | SectionHeading | Prose | Sheet | Chart | Form | Attached | Other


def blocks_of(disclosure: Disclosure, *, charts: bool = True) -> Iterator[Block]:
    """The whole document, cover to glossary. Contents are the affair of the format."""
    word = "部门" if disclosure.kind is Kind.DEPARTMENT else "单位"
    year = disclosure.fiscal_year
    yield cover_of(disclosure, word)
    yield from _part(disclosure.section(_PART_ONE))
    if disclosure.tables or disclosure.other_tables:
        yield PartHeading(f"第二部分 {year}年{word}预算报表")
    for table in disclosure.tables:
        yield sheet_of(disclosure, table)
    yield from map(_other, disclosure.other_tables)
    yield from _part_three(disclosure, f"第三部分 {year}年度{word}预算情况说明", charts)
    yield from (Attached(item.title) for item in disclosure.attachments)
    yield from _part(disclosure.section(_PART_FOUR))


def cover_of(disclosure: Disclosure, word: str) -> Cover:
    """The printed cover lines; where none were kept, those every cover has."""
    printed = tuple(paragraph.text for paragraph in disclosure.title_lines)
    return Cover(printed or (disclosure.department, f"{disclosure.fiscal_year}年度{word}预算公开"))


def _part(section: Section | None) -> Iterator[Block]:
    """Part one or four, whose heading is that of the part."""
    if section is not None:
        yield PartHeading(section.heading)
        yield from _prose(section)


def _prose(section: Section) -> Iterator[Block]:
    for paragraph in section.paragraphs:
        yield Prose(paragraph.text, _SUBHEADING.match(paragraph.text) is not None)


def _part_three(disclosure: Disclosure, heading: str, charts: bool) -> Iterator[Block]:
    sections = [section for section in disclosure.sections if section.numeral not in (_PART_ONE, _PART_FOUR)]
    forms = list(forms_of(disclosure))
    if sections or forms:
        yield PartHeading(heading)
    drawn = charts_of(disclosure) if charts else {}
    for section in sections:
        yield SectionHeading(section.heading)
        yield from _prose(section)
        yield from drawn.get(section.numeral, ())
        if section.numeral == _TARGETS:
            yield from forms
    if all(section.numeral != _TARGETS for section in sections):
        yield from forms


def forms_of(disclosure: Disclosure) -> Iterator[Form]:
    """The department-wide forms, then those of the projects."""
    year = disclosure.fiscal_year
    for overall in disclosure.overall_targets:
        yield Form(overall.form_title or "", f"（{year}年度）", overall_form(overall), overall.unit)
    for number, target in enumerate(disclosure.project_targets, start=1):
        subject = target.project or f"第 {number} 张"
        yield Form(target.form_title or "", f"（{year}年度）", project_form(target), subject)


def _other(table: OtherTable) -> Other:
    columns = max((len(row) for row in table.rows), default=1)
    rows = tuple(tuple(Cell(text, Role.WORD) for text in (*row, *[""] * (columns - len(row)))) for row in table.rows)
    return Other(table.title or "", Grid(rows, (1.0,) * columns))
