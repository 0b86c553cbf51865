"""Reading target forms: the lines of a form become a ProjectTarget or an OverallTarget. No Django.

Lives here: one door, `read_forms`; `split` tells forms apart, `vocabulary` knows their words,
`grid_forms*` and `indicators*` read project forms in a grid, `flow_forms*` those of a text layer,
`overall*` department-wide forms.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosures.plain.data import Note
from disclosures.reading.blocks import Layout, Line
from disclosures.recognise.registry import FormReading

from .flow_forms import read_flow_form
from .grid_forms import read_grid_form
from .overall import read_overall_form
from .split import FormLines, split_forms
from .vocabulary import FormKind

__all__ = ["read_forms"]


def read_forms(lines: Sequence[Line], layout: Layout, department: str) -> list[FormReading]:
    """The target forms of a run of lines in printed order, each with notes on what was unclear."""
    return [_with_strays(form, _read(form, layout, department)) for form in split_forms(lines)]


def _with_strays(form: FormLines, reading: FormReading) -> FormReading:
    """The reading with a note on words printed behind the form that belong to no form."""
    if not form.strays:
        return reading
    target, notes = reading
    words = " ".join(line.text.strip() for line in form.strays)
    message = f"绩效目标表后面有 {len(form.strays)} 行文字不属于任何一张表：{words[:60]}"
    return target, (*notes, Note(message, None, form.strays[0].source))


def _read(form: FormLines, layout: Layout, department: str) -> FormReading:
    if form.kind is FormKind.OVERALL:
        return read_overall_form(form.lines, layout, department)
    if layout is Layout.GRID:
        return read_grid_form(form)
    return read_flow_form(form.lines, department)
