"""Fields, funds and indicators of forms keep the place and the doubt that the reader gave their cells."""

from __future__ import annotations

from disclosures.plain.data import Horizon
from disclosures.plain.numbers import parse_amount
from disclosures.plain.text import fold
from disclosures.synthetic import GRID_STYLES, SMALL, generate
from tests.recognise.numbered import read_numbered


def test_fields_funds_and_indicators_of_forms_have_their_cells() -> None:
    disclosure, printed = read_numbered(7, next(iter(GRID_STYLES)))
    target = disclosure.project_targets[0]
    places = dict(target.part_sources)
    assert fold(printed[places["project"]]) == fold(target.project or "")
    assert parse_amount(printed[places["funds.whole.total"]]) == parse_amount(target.whole.total or "")
    for indicator in target.indicators:
        assert fold(indicator.level3) in fold(printed[indicator.source or ""])


def test_doubt_reaches_fields_funds_and_indicators_of_forms() -> None:
    first = generate(7, SMALL).project_targets[0]
    names = {fold(item.level3) for item in first.indicators if item.horizon is Horizon.WHOLE}
    total = parse_amount(first.whole.total or "")
    disclosure, _ = read_numbered(
        7,
        next(iter(GRID_STYLES)),
        lambda cell: parse_amount(cell) == total or fold(cell) in names | {fold(first.project or "")},
    )
    target = disclosure.project_targets[0]
    assert {"project", "funds.whole.total"} <= set(target.doubtful)
    assert all(item.doubtful for item in target.indicators if fold(item.level3) in names)
