"""Reading target forms: the lines of a form become a ProjectTarget or an OverallTarget. No Django.

Lives here: one door, `read_forms`; `split` tells forms apart, `vocabulary` knows their words,
`grid_forms*` and `indicators*` read project forms in a grid, `flow_forms*` those of a text layer,
`overall*` department-wide forms.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    return [_read(form, layout, department) for form in split_forms(lines)]


def _read(form: FormLines, layout: Layout, department: str) -> FormReading:
    if form.kind is FormKind.OVERALL:
        return read_overall_form(form.lines, layout, department)
    if layout is Layout.GRID:
        return read_grid_form(form)
    return read_flow_form(form.lines, department)
