"""One run of lines becomes the forms printed in it, whatever the layout.

Lives here: where one target form ends and the next begins, which pages belong to one form, and the
two halves of a page that was scanned in two. Must not enter: reading what a form says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from disclosures.plain.text import fold
from disclosures.reading.blocks import Line

from .vocabulary import (
    LEVEL2_ORDER,
    FormKind,
    field_of,
    foot_opened_by,
    form_title_kind,
    header_of,
    horizon_of,
    is_overall_mark,
    is_year_line,
    level2_of,
    names_project,
    reported_at_in,
)

_LAST_CLASS = LEVEL2_ORDER["服务对象满意度"]


@dataclass(frozen=True, slots=True)
class FormLines:
    """The lines of one form: its pages in order, and the right half of a page cut in two.

    `strays` are lines of text behind the form's pages that hold nothing of a form: words that spilled over.
    """

    kind: FormKind
    pages: tuple[tuple[Line, ...], ...]
    right_half: tuple[Line, ...] = ()
    strays: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for page in self.pages for line in page) + self.right_half


@dataclass(slots=True)
class _Page:
    """A stretch of lines between two titles, heads or feet, with what was seen in it."""

    kind: FormKind | None = None
    lines: list[Line] = field(default_factory=list)
    strays: list[Line] = field(default_factory=list)  # text behind it that holds nothing of a form
    project_key: str = ""
    unit_key: str = ""
    has_project: bool = False
    finished: bool = False  # 填报日期 was printed: the form ends here
    substance: bool = False  # at least one label of a form
    table: bool = False  # the indicator table began
    classes: list[int] = field(default_factory=list)  # level-2 labels in printed order
    annual_objective: bool = False
    starts_with_level2_header: bool = False  # 二级指标 before any 一级指标: the right half of a cut page

    @property
    def right_half(self) -> bool:
        return self.substance and not self.has_project and self.starts_with_level2_header


def split_forms(lines: Iterable[Line]) -> tuple[FormLines, ...]:
    """The forms of a run of lines in printed order; pages of one form are joined."""
    forms: list[tuple[list[_Page], _Page | None]] = []
    for page in _pages(lines):
        if forms and _cut_from(forms[-1], page):
            forms[-1] = (forms[-1][0], page)
        elif forms and forms[-1][1] is None and _continues(forms[-1][0], page):
            forms[-1][0].append(page)
        else:
            forms.append(([page], None))
    return tuple(_form(pages, right) for pages, right in forms)


def _form(pages: Sequence[_Page], right: _Page | None) -> FormLines:
    kind = next((page.kind for page in pages if page.kind), FormKind.PROJECT)
    halves = [*pages, right] if right else pages
    return FormLines(
        kind,
        tuple(tuple(page.lines) for page in pages),
        tuple(right.lines) if right else (),
        tuple(line for page in halves for line in page.strays),
    )


# ---------------------------------------------------------------- which pages belong together


def _cut_from(form: tuple[list[_Page], _Page | None], page: _Page) -> bool:
    """Whether a page is the right half of the form before it, whose own annual half is missing."""
    pages, right = form
    return right is None and page.right_half and not pages[-1].finished and not pages[-1].annual_objective


def _continues(pages: Sequence[_Page], page: _Page) -> bool:
    """Whether a page goes on with the form before it: that one is unfinished and this one is of the same."""
    last, first = pages[-1], pages[0]
    if FormKind.OVERALL in (first.kind, page.kind):
        return first.kind is page.kind and page.unit_key in ("", first.unit_key)
    if last.finished or _begins_anew(pages, page):
        return False
    if not page.has_project:
        return True
    same_unit = not page.unit_key or not first.unit_key or page.unit_key == first.unit_key
    return page.project_key == first.project_key and same_unit


def _begins_anew(pages: Sequence[_Page], page: _Page) -> bool:
    """Whether the earlier pages went through all classes of indicators and this one starts over."""
    earlier = [number for before in pages for number in before.classes]
    if not earlier or not page.classes:
        return False
    return max(earlier) == _LAST_CLASS and min(page.classes[:2]) < LEVEL2_ORDER["成本指标"]


# ---------------------------------------------------------------- pages


def _pages(lines: Iterable[Line]) -> list[_Page]:
    """The pages that hold something of a form; grid rows between them stay with the page before."""
    pages: list[_Page] = []
    page = _Page()
    for line in lines:
        cells = filled_cells(line)
        title = _title_kind(cells)
        project = names_project(cells[0]) if cells else False
        if title or (page.finished and cells) or (project and (page.has_project or page.substance)):
            _close(page, pages)
            page = _Page(kind=title)
        page.lines.append(line)
        if not title:
            _look(page, cells, project)
    _close(page, pages)
    return pages


def _close(page: _Page, pages: list[_Page]) -> None:
    if page.substance:
        pages.append(page)
    elif pages:
        pages[-1].lines.extend(line for line in page.lines if line.cells is not None)
        pages[-1].strays.extend(line for line in page.lines if line.cells is None and _is_stray(line))


def _is_stray(line: Line) -> bool:
    """Whether a line of text says something; titles and years repeat what the forms say."""
    return bool(line.text.strip()) and _title_kind(filled_cells(line)) is None and not is_year_line(line.text)


def filled_cells(line: Line) -> tuple[str, ...]:
    """The printed cells of a line without blanks; the words of a line that has no cells."""
    if line.cells is None:
        return tuple(line.text.split())
    return tuple(cell for cell in line.cells if cell)


def _title_kind(cells: Sequence[str]) -> FormKind | None:
    return form_title_kind("".join(cells)) if 0 < len(cells) <= 3 else None


def _look(page: _Page, cells: Sequence[str], project: bool) -> None:
    """Note on the page what a line tells about it."""
    if not cells or is_year_line("".join(cells[:2])):
        return
    if project:
        page.has_project = page.substance = True
        page.project_key = fold("".join(cells)).removeprefix("项目名称").lstrip(":")
    if is_overall_mark(cells[0]):
        page.kind = page.kind or FormKind.OVERALL
        page.substance = True
    for position, cell in enumerate(cells):
        if len(cell) > 24:
            page.finished = page.finished or (position == 0 and page.table and reported_at_in(cell) is not None)
            continue
        _look_at_label(page, cells, position, cell)


def _look_at_label(page: _Page, cells: Sequence[str], position: int, cell: str) -> None:
    level2 = level2_of(cell)
    if level2 is not None:
        page.classes.append(LEVEL2_ORDER[level2])
        page.substance = page.table = True
    elif foot_opened_by(cell) == "reported_at":
        page.finished = page.table  # a date above the table is not the foot
    elif field_of(cell) == "implementing_unit" or (page.kind is FormKind.OVERALL and cell in ("部门名称", "单位名称")):
        page.unit_key = page.unit_key or fold("".join(cells[position + 1 :]))
    elif position == 0 and header_of(cell) == "level2" and not page.classes:
        page.starts_with_level2_header = page.substance = page.table = True
    elif horizon_of(cell) is not None:
        page.annual_objective = page.annual_objective or horizon_of(cell) == "annual"
        page.substance = True
    elif header_of(cell):
        page.substance = page.table = True
    elif field_of(cell):
        page.substance = True
