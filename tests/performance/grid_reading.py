"""Target forms printed in a grid, read again."""

from __future__ import annotations

from disclosures.plain.data import Horizon, Indicator, Note, ProjectTarget
from disclosures.reading.blocks import Layout
from performance.recognise import read_forms
from tests.performance.grid_form_maker import (
    HEADINGS,
    Form,
    foot_line,
    head_lines,
    to_lines,
)

Reading = tuple[ProjectTarget, tuple[Note, ...]]


def read(texts: list[str]) -> list[Reading]:
    readings = read_forms(to_lines(texts), Layout.GRID, "云岭市民政局")
    return [(target, notes) for target, notes in readings if isinstance(target, ProjectTarget)]


def read_rows(*rows: str, headings: str = HEADINGS) -> list[Indicator]:
    """The indicators of a form whose table consists of these rows."""
    form = Form("便民服务站建设经费", [], [])
    ((target, _),) = read([*head_lines(form), headings, *rows, foot_line(form)])
    return list(target.indicators)


def said(indicators: list[Indicator], horizon: Horizon) -> list[tuple[str, str, str | None]]:
    return [(i.level2, i.level3, i.value) for i in indicators if i.horizon is horizon]
