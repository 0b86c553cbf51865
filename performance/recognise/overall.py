"""部门/单位整体支出绩效目标表: the form of a whole department or unit, in both layouts.

Lives here: what the sections of the form are called and how they become an OverallTarget. How a layout
prints a section is the business of overall_flow and overall_grid.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosures.plain.data import Note, OverallTarget
from disclosures.reading.blocks import Layout, Line
from disclosures.recognise.registry import FormReading

from . import vocabulary
from .overall_flow import read_flow_sections
from .overall_grid import read_grid_sections
from .overall_words import Sections


def read_overall_form(lines: Sequence[Line], layout: Layout, department: str) -> FormReading:
    """One department-wide or unit-wide form; `department` stands in where the form names no unit."""
    title = next((line.text.strip() for line in lines[:3] if vocabulary.form_title_kind(line.text.strip())), None)
    body = [
        line
        for line in lines
        if vocabulary.form_title_kind(line.text.strip()) is None and not vocabulary.is_year_line(line.text)
    ]
    sections = read_grid_sections(body) if layout is Layout.GRID else read_flow_sections(body)
    notes = list(sections.notes)
    if sections.unit is None:
        notes.append(Note("整体支出绩效目标表没有读出单位名称，暂用部门名称", None, lines[0].source if lines else None))
    return _target(sections, title, department, lines), tuple(notes)


def _target(sections: Sections, title: str | None, department: str, lines: Sequence[Line]) -> OverallTarget:
    return OverallTarget(
        unit=sections.unit or department,
        form_title=title,
        staff=tuple(sections.staff),
        duties=sections.duties,
        strategy=sections.strategy,
        objective=sections.objective,
        funds_unit=sections.funds_unit,
        funds=tuple(sections.funds),
        tasks=tuple(sections.tasks),
        indicators=tuple(sections.indicators),
        source=lines[0].source if lines else None,
    )
