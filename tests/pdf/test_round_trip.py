"""What is written as PDF, ruled or not, upright or sideways, comes back whole."""

from __future__ import annotations

import pytest

from bench.measure_pdf_roundtrip import STYLES, round_trip
from disclosures.synthetic import SMALL, generate
from disclosures.synthetic.comparison import Verdict


@pytest.mark.parametrize("name", STYLES)
def test_every_value_comes_back(name: str) -> None:
    result = round_trip(generate(2, SMALL), STYLES[name])
    assert result.total(Verdict.EQUAL) > 400
    assert result.differences == []
