"""The document read by hand in ../shared/examples, form by form."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from disclosures.plain.data import Funds, ProjectTarget
from disclosures.reading import read_file
from disclosures.reading.blocks import Line
from performance.recognise import read_forms

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
NAME = "004_92373f38d50879e6"
FIELDS = ("project", "supervisor", "implementing_unit", "attribute", "term", "reported_at")
FUNDS = ("total", "central", "provincial", "local", "self_raised", "other")

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not there")


def form_run(lines: tuple[Line, ...]) -> list[Line]:
    """The lines from the first form to section 十一."""
    start = next(i for i, line in enumerate(lines) if line.text.rstrip().endswith("项目支出绩效目标表"))
    end = next(i for i, line in enumerate(lines) if i > start and line.text.startswith("十一、"))
    return list(lines[start:end])


@pytest.fixture(scope="module")
def read() -> list[ProjectTarget]:
    path = SHARED / "seeds" / f"{NAME}.txt"
    document = read_file(path.read_bytes(), path.name)
    targets = [target for target, _ in read_forms(form_run(document.lines), document.layout, "")]
    return [target for target in targets if isinstance(target, ProjectTarget)]


@pytest.fixture(scope="module")
def by_hand() -> list[dict[str, Any]]:
    text = (SHARED / "examples" / f"{NAME}.disclosure.json").read_text(encoding="utf-8")
    targets: list[dict[str, Any]] = json.loads(text)["project_targets"]
    return targets


def test_every_head_field_is_as_read_by_hand(read, by_hand):
    assert [[getattr(target, name) for name in FIELDS] for target in read] == [
        [target[name] for name in FIELDS] for target in by_hand
    ]


def test_every_amount_of_both_horizons_is_as_read_by_hand(read, by_hand):
    def amounts(funds: Funds) -> dict[str, str | None]:
        return {name: getattr(funds, name) for name in FUNDS}

    assert [{"whole": amounts(target.whole), "annual": amounts(target.annual)} for target in read] == [
        target["funds"] for target in by_hand
    ]


def test_every_indicator_is_as_read_by_hand(read, by_hand):
    for target, reference in zip(read, by_hand, strict=True):
        got = Counter((i.horizon.value, i.level1, i.level2, i.level3, i.value) for i in target.indicators)
        want = Counter(
            tuple(i[key] for key in ("horizon", "level1", "level2", "level3", "value")) for i in reference["indicators"]
        )
        assert got == want, target.project


def test_every_indicator_and_field_knows_its_line(read):
    for target in read:
        assert all(indicator.source for indicator in target.indicators)
        assert {"funds", "overview", "objective_whole"} <= dict(target.part_sources).keys()
