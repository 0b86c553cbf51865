"""Indicators out of tables damaged the way OCR damages them."""

from __future__ import annotations

import copy
import random
from collections import Counter

import pytest

from disclosures.plain.data import ProjectTarget
from disclosures.reading.blocks import Layout
from performance.recognise import read_forms
from tests.performance.grid_form_maker import DAMAGES, Damage, Form, Row, form_lines, make_form, to_lines

FORMS = 60
# A label one row too low, or gone, beside a benefit gives no sign in its wording; everything else can be told.
LEAST = {"labels_down": 0.97, "class_label_lost": 0.99}
PAIRS = [
    ("labels_up", "shifted"),
    ("labels_down", "shifted"),
    ("labels_lost", "labels_left"),
    ("labels_up", "doubled_columns"),
    ("rows_merged", "labels_left"),
    ("labels_lost", "group_repeated"),
]


def read(form: Form, rows: list[Row]) -> Counter[tuple[str, ...]]:
    ((target, _),) = read_forms(to_lines(form_lines(form, rows)), Layout.GRID, "")
    assert isinstance(target, ProjectTarget)
    return Counter((i.horizon.value, i.level2, i.level3, i.value or "") for i in target.indicators)


def printed(form: Form) -> Counter[tuple[str, ...]]:
    whole = [("whole", *item) for item in form.whole]
    return Counter(whole + [("annual", *item) for item in form.annual])


def f1(*damages: Damage) -> float:
    hits = total = 0
    for seed in range(FORMS):
        rng = random.Random(seed)
        form = make_form(rng)
        rows = copy.deepcopy(form.rows)
        for damage in damages:
            rows = damage(rows, rng)
        got, want = read(form, rows), printed(form)
        hits += (got & want).total()
        total += got.total() + want.total()
    return 2 * hits / total


def test_undamaged_forms_are_read_as_printed():
    assert f1() == 1


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_table_is_put_right(name):
    assert f1(DAMAGES[name]) >= LEAST.get(name, 0.995)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_damages_at_once_are_put_right(first, second):
    assert f1(DAMAGES[first], DAMAGES[second]) >= 0.97
