"""Rows of FLOW tables come back as they were printed, whatever the dump did to lines and spaces."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosures.plain.data import Level, Surety
from tests.recognise.flow_render import Style, project_table, render
from tests.recognise.flow_samples import header_of, read_sample

TABLES = ("T01", "T02", "T03", "T04", "T06", "T12", "T13")
STYLES = st.builds(
    Style,
    wrap=st.sampled_from((0, 7, 12, 15)),
    unit=st.sampled_from((1, 2)),
    numbers=st.sampled_from(("own", "first", "middle", "last")),
    blank_lines=st.booleans(),
    thousands=st.booleans(),
    page=st.sampled_from((0, 7)),
    # Nothing tells the lines of one name from those of the next when all are full, no blank line parts the rows
    # and amounts stand in the middle of a name; a wrapped name is then a guess.
).filter(lambda style: style.blank_lines or style.numbers != "middle")
SEEDS = st.integers(0, 100_000)


@pytest.mark.parametrize("table_id", TABLES)
@settings(max_examples=25, deadline=None)
@given(style=STYLES, seed=SEEDS)
def test_a_dump_that_keeps_its_spaces_is_read_exactly(table_id, style, seed):
    outcome = read_sample(table_id, seed, style)
    assert outcome.labels_read == outcome.labels_expected
    assert [cell for cell in outcome.cells() if cell[0] != cell[1]] == []
    assert not [cell for cell in outcome.cells() if cell[2] is Surety.DOUBTFUL]


@pytest.mark.parametrize("table_id", TABLES)
@settings(max_examples=25, deadline=None)
@given(style=STYLES, seed=SEEDS)
def test_lost_line_ends_leave_no_wrong_cell(table_id, style, seed):
    outcome = read_sample(table_id, seed, replace(style, trailing=False))
    assert outcome.labels_read == outcome.labels_expected
    assert [cell for cell in outcome.cells() if cell[0] != cell[1]] == []


@pytest.mark.parametrize("spaces", ["some", "none"])
@pytest.mark.parametrize("table_id", TABLES)
def test_lost_spaces_are_made_good_by_sums_or_marked(table_id, spaces):
    style = Style(spaces=spaces)
    outcomes = [read_sample(table_id, seed, style) for seed in range(15)]
    cells = [cell for outcome in outcomes for cell in outcome.cells()]
    assert all(outcome.labels_read == outcome.labels_expected for outcome in outcomes)
    assert [cell for outcome in outcomes for cell in outcome.wrong_but_sure] == []
    assert sum(1 for cell in cells if cell[0] != cell[1]) <= 0.07 * len(cells)


def test_doubtful_rows_have_a_note_that_names_their_line():
    outcomes = [read_sample("T12", seed, Style(spaces="none")) for seed in range(10)]
    doubtful = 0
    for outcome in outcomes:
        rows = [row for row in outcome.table.rows if row.cells[0][1].surety is Surety.DOUBTFUL]
        doubtful += len(rows)
        assert {row.source for row in rows} == {note.source for note in outcome.notes if note.source}
    assert doubtful > 0


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_projects_stand_under_their_units(seed):
    style = Style()
    sample = project_table(Random(seed), style, 5)
    outcome = read_sample("T12", seed, style)
    unit = None
    for printed, row in zip(sample.printed, outcome.table.rows, strict=True):
        assert row.level is (Level.DEPARTMENT, Level.UNIT, Level.PROJECT)[printed.depth]
        unit = row.name if printed.depth == 1 else unit
        assert row.unit_name == (unit if printed.depth == 2 else None)


@pytest.mark.parametrize("table_id", ["T02", "T03", "T12"])
def test_a_slip_in_one_cell_moves_no_amount(table_id):
    """The document may be wrong: a changed digit stays where its spaces put it."""
    for seed in range(20):
        rng = Random(seed)
        outcome = read_sample(table_id, seed, Style())
        lines = render(outcome.sample.printed, header_of(table_id, Style()), Style(), seed)
        hit = rng.choice(
            [n for n, line in enumerate(lines) if line.text.rstrip().endswith(tuple("0123456789")) and "." in line.text]
        )
        text = lines[hit].text
        place = text.rstrip().rindex(".") - 1
        digit = str((int(text[place]) + 4) % 10)
        lines[hit] = replace(lines[hit], text=text[:place] + digit + text[place + 1 :])
        changed = outcome.reread(lines)
        before = [[value is None for _, cell in row.cells for value in (cell.value,)] for row in outcome.table.rows]
        after = [[value is None for _, cell in row.cells for value in (cell.value,)] for row in changed.rows]
        assert after == before, f"seed {seed}, {lines[hit]}"
