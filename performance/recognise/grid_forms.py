"""A project target form printed as a grid becomes a ProjectTarget.

Lives here: which rows are head, funds, texts, objectives, indicators and foot, and putting the pages
and halves of a form together. The head is read in `grid_forms_head`, indicators in `indicators`.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosures.plain.data import Funds, Horizon, Note, ProjectTarget
from disclosures.reading.blocks import Line
from disclosures.recognise.registry import FormReading

from .grid_forms_head import Head, HeadReader, read_right_half
from .indicators import read_indicators
from .split import FormLines, filled_cells
from .vocabulary import (
    field_of,
    foot_opened_by,
    form_title_kind,
    header_of,
    is_year_line,
    level1_of,
    level2_of,
    reported_at_in,
)

_NARROW = 12  # a label is never longer


def read_grid_form(form: FormLines) -> FormReading:
    """The target a form prints, with notes on what could not be read."""
    reader = HeadReader()
    tables: list[tuple[Line, ...]] = []
    title: str | None = None
    for page in form.pages:
        head, table, foot, page_title = _parts(page, table_began=any(tables))
        title = title or page_title
        reader.read(head)
        reader.read_foot(foot)
        tables.append(table)
    right_notes: tuple[Note, ...] = ()
    right_tables: list[tuple[Line, ...]] = []
    if form.right_half:
        head, table, foot, right_title = _parts(form.right_half)
        title = "".join(part for part in (title, right_title) if part) or None
        right_notes = read_right_half(reader.head, head)
        reader.read_foot(foot)
        right_tables.append(table)
    return _target(form, reader, title, tables, right_tables, right_notes)


def _target(
    form: FormLines,
    reader: HeadReader,
    title: str | None,
    tables: Sequence[Sequence[Line]],
    right_tables: Sequence[Sequence[Line]],
    right_notes: tuple[Note, ...],
) -> FormReading:
    head = reader.head
    indicators, notes = read_indicators(tables, right_tables, _lone_horizon(head), _expects_annual(head))
    texts = head.texts
    target = ProjectTarget(
        project=texts.get("project"),
        supervisor=texts.get("supervisor"),
        implementing_unit=texts.get("implementing_unit"),
        attribute=texts.get("attribute"),
        term=texts.get("term"),
        whole=Funds(**head.funds[Horizon.WHOLE]),
        annual=Funds(**head.funds[Horizon.ANNUAL]),
        overview=texts.get("overview"),
        basis=texts.get("basis"),
        necessity=texts.get("necessity"),
        safeguards=texts.get("safeguards"),
        plan=texts.get("plan"),
        objective_whole=texts.get("objective_whole"),
        objective_annual=texts.get("objective_annual"),
        indicators=indicators,
        reported_at=head.reported_at,
        form_title=title,
        source=_source(form),
        part_sources=tuple(head.sources.items()),
        doubtful=tuple(dict.fromkeys(head.doubtful)),
    )
    return target, (*_lost_notes(form, head, bool(indicators)), *head.notes, *right_notes, *notes)


def _expects_annual(head: Head) -> bool:
    return bool(head.funds[Horizon.ANNUAL]) or "objective_annual" in head.texts


def _lone_horizon(head: Head) -> Horizon:
    """The horizon of a form that prints one group of columns: the year where nothing else is spoken of."""
    if _expects_annual(head) and not head.funds[Horizon.WHOLE] and "objective_whole" not in head.texts:
        return Horizon.ANNUAL
    return Horizon.WHOLE


def _source(form: FormLines) -> str:
    first = next((line for line in form.lines if filled_cells(line)), form.lines[0])
    return first.source


def _lost_notes(form: FormLines, head: Head, has_indicators: bool) -> tuple[Note, ...]:
    """Notes on parts that every form has and this one does not print."""
    source = _source(form)
    notes = []
    if "project" not in head.texts:
        notes.append(Note("绩效目标表缺少表头（项目名称、资金等），可能丢失了前半部分", source=source))
    if head.reported_at is None:
        notes.append(Note("绩效目标表没有填报日期，可能缺少最后一页", source=form.lines[-1].source))
    if not has_indicators:
        notes.append(Note("绩效目标表没有读出任何指标", source=source))
    return tuple(notes)


# ---------------------------------------------------------------- the parts of a page


def _parts(
    page: Sequence[Line], table_began: bool = False
) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...], str | None]:
    """Head, indicator table and foot of a page, and its title.

    A page that does not repeat the head goes on with the table that an earlier page began.
    """
    head: list[Line] = []
    table: list[Line] = []
    foot: list[Line] = []
    title: str | None = None
    part = table if table_began and not any(map(_is_head_row, map(filled_cells, page))) else head
    for line in page:
        cells = filled_cells(line)
        if not cells or is_year_line("".join(cells[:2])):
            continue
        if len(cells) <= 3 and form_title_kind("".join(cells)):
            title = title or "".join(cells)
            continue
        if part is head and reported_at_in(" ".join(cells)):
            foot.append(line)  # printed above the table
            continue
        if part is not head and _is_foot(cells):
            part = foot
        elif part is not head or not _is_head_row(cells):
            part = table if part is head and _opens_table(cells) else part
        part.append(line)
    return tuple(head), tuple(table), tuple(foot), title


def _is_foot(cells: Sequence[str]) -> bool:
    return any(foot_opened_by(cell) for cell in cells)


def _is_head_row(cells: Sequence[str]) -> bool:
    return bool(cells) and field_of(cells[0]) is not None


def _opens_table(cells: Sequence[str]) -> bool:
    """Whether a row belongs to the indicator table: it prints its headings or its classes."""
    if any(header_of(cell) for cell in cells[:2] if len(cell) <= _NARROW):
        return True
    return any(level1_of(cell) or level2_of(cell) for cell in cells if len(cell) <= _NARROW)
