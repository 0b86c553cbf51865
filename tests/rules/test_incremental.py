"""Checking one state after another says what a full check of each says, whatever was changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from audit.engine import check
from audit.incremental import IncrementalCheck
from disclosures.catalogue import load_catalogue
from disclosures.editing import places
from disclosures.editing.paths import read, write
from disclosures.editing.values import ValueKind, kind_of
from disclosures.plain.data import Disclosure
from disclosures.synthetic import SIZES, generate
from disclosures.synthetic.errors import UnspoilableError, mutate

BASE = generate(5, SIZES["small"])
LAST = generate(6, SIZES["small"])
CATALOGUE = load_catalogue()
PLACES = [
    path for part in places.parts(BASE) for path in places.places_of_part(BASE, part).values() if path[-1] != "level"
]
AMOUNTS = ("12.34", "0.00", None, "500", "-7.10")
TEXTS = ("合计", "某某项目经费", "2025年预算100.00万元，比上年增加3.00万元，增长3%。", "（", "张三，电话13800000000")
_CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(0, len(PLACES) - 1), st.integers(0, 4)),
        st.tuples(st.just("spoil"), st.integers(0, 200), st.just(0)),
        st.tuples(st.just("drop"), st.integers(0, 20), st.integers(0, 5)),
        st.tuples(st.just("last year"), st.integers(0, 1), st.just(0)),
    ),
    min_size=1,
    max_size=6,
)


def _set(disclosure: Disclosure, number: int, choice: int) -> Disclosure:
    path = PLACES[number]
    kind = kind_of(path)
    values: dict[ValueKind, object] = {
        ValueKind.AMOUNT: AMOUNTS[choice],
        ValueKind.FUNDS: AMOUNTS[choice],
        ValueKind.YEAR: (2019, 2026, None, 2025, 2024)[choice],
        ValueKind.FLAG: choice % 2 == 0,
    }
    try:
        read(disclosure, path)
    except (IndexError, KeyError):
        return disclosure  # dropped before
    return write(disclosure, path, values.get(kind, TEXTS[choice]))


def _drop(disclosure: Disclosure, number: int, which: int) -> Disclosure:
    name = ("tables", "sections", "project_targets", "overall_targets", "attachments", "title_lines")[which]
    items = getattr(disclosure, name)
    if not items:
        return disclosure
    at = number % len(items)
    return replace(disclosure, **{name: items[:at] + items[at + 1 :]})


def _spoil(disclosure: Disclosure, seed: int) -> Disclosure:
    try:
        return mutate(disclosure, seed)[0]
    except (UnspoilableError, StopIteration, IndexError, KeyError, AttributeError):
        return disclosure


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(changes=_CHANGES)
def test_incremental_is_full(changes):
    checker, state, last = IncrementalCheck(), BASE, LAST
    assert checker.check(state, last, CATALOGUE) == check(state, last, CATALOGUE)
    for action, number, choice in changes:
        if action == "set":
            state = _set(state, number, choice)
        elif action == "drop":
            state = _drop(state, number, choice)
        elif action == "spoil":
            state = _spoil(state, number)
        else:
            last = LAST if number else BASE
        assert checker.check(state, last, CATALOGUE) == check(state, last, CATALOGUE)


@pytest.mark.parametrize("seed", range(0, 120, 24))
def test_planted_errors_one_upon_the_other(seed):
    checker, state = IncrementalCheck(), BASE
    checker.check(state, None, CATALOGUE)
    for step in range(3):
        state = _spoil(state, seed + step)
        assert checker.check(state, None, CATALOGUE) == check(state, None, CATALOGUE)


def test_an_edit_of_the_forms_leaves_rules_of_the_tables_alone():
    checker = IncrementalCheck()
    first = checker.check(BASE)
    said = dict(checker._said)
    target = replace(BASE.project_targets[0], overview="另一段概况")
    second = checker.check(replace(BASE, project_targets=(target, *BASE.project_targets[1:])))
    assert first.rules_run == second.rules_run
    assert checker._said["T-ROW-SUM"] is said["T-ROW-SUM"]
