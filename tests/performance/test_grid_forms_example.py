"""The document read by hand in ../shared/examples, form by form."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from disclosures.plain.data import Funds, ProjectTarget
from disclosures.reading import read_file
from disclosures.reading.blocks import Line
from performance.recognise import read_forms
from performance.recognise.vocabulary import level2_of

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


def slid_left(cells: list[str], rng: random.Random) -> list[str]:
    return [cell for cell in cells if cell]


def pushed_right(cells: list[str], rng: random.Random) -> list[str]:
    at = rng.randrange(len(cells))
    return [*cells[:at], "", *cells[at:]]


def one_label_lost(cells: list[str], rng: random.Random) -> list[str]:
    lost = rng.choice([column for column, cell in enumerate(cells) if level2_of(cell)] or [0])
    return [*cells[:lost], "", *cells[lost + 1 :]]


@pytest.mark.parametrize("damage", [slid_left, pushed_right, one_label_lost])
def test_damage_done_to_its_rows_is_put_right(damage, by_hand):
    rng = random.Random(4)
    path = SHARED / "seeds" / f"{NAME}.txt"
    document = read_file(path.read_bytes(), path.name)
    lines = []
    for line in form_run(document.lines):
        cells = line.cells or ()
        if any(level2_of(cell) for cell in cells) and "三级指标" not in cells and rng.random() < 0.4:
            line = replace(line, cells=tuple(damage(list(cells), rng)))
        lines.append(line)
    got: Counter[tuple[str, ...]] = Counter()
    for position, (target, _) in enumerate(read_forms(lines, document.layout, "")):
        got += Counter((str(position), i.horizon.value, i.level2, i.level3, i.value or "") for i in target.indicators)
    keys = ("horizon", "level2", "level3", "value")
    want = Counter((str(n), *(i[key] for key in keys)) for n, t in enumerate(by_hand) for i in t["indicators"])
    assert 2 * (got & want).total() / (got.total() + want.total()) >= 0.98


def test_every_indicator_and_field_knows_its_line(read):
    for target in read:
        assert all(indicator.source for indicator in target.indicators)
        assert {"funds", "overview", "objective_whole"} <= dict(target.part_sources).keys()
