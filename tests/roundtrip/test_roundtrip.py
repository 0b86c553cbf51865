"""What is written as text is read back: both layouts, from clean to rough exports."""

from __future__ import annotations

import pytest

from bench.measure_roundtrip import STYLE_NAMES, TABLES, round_trip
from disclosures.synthetic import MEDIUM, SMALL, TINY
from disclosures.synthetic.comparison import Comparison, Verdict

SAMPLE = ((1, TINY), (2, SMALL), (3, SMALL), (4, SMALL), (5, MEDIUM), (6, MEDIUM))


@pytest.fixture(scope="module", params=STYLE_NAMES)
def outcome(request: pytest.FixtureRequest) -> Comparison:
    result = Comparison()
    for seed, size in SAMPLE:
        result.merge(round_trip(seed, size, request.param))
    return result


def test_no_table_cell_comes_back_wrong_without_a_mark(outcome: Comparison) -> None:
    assert [item for item in outcome.differences if item.where[:3] in TABLES and not item.marked] == []


def test_few_marked_cells_are_wrong(outcome: Comparison) -> None:
    cells = sum(sum(outcome.counts[table].values()) for table in TABLES)
    assert outcome.total(Verdict.MARKED, TABLES) <= cells * 0.002


def test_head_titles_levels_and_narrative_come_back(outcome: Comparison) -> None:
    assert outcome.total(Verdict.WRONG, ("head", "titles", "levels", "narrative")) == 0


def test_forms_come_back(outcome: Comparison) -> None:
    assert outcome.total(Verdict.WRONG, ("forms", "form fields", "form funds")) == 0
    for part, share in (("form texts", 0.005), ("indicators", 0.01), ("overall", 0.0)):
        counts = outcome.counts.get(part)
        assert counts is None or counts[Verdict.WRONG] <= share * sum(counts.values()), part
