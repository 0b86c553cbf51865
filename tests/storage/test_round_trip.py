"""Store and load give back exactly the same plain data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from disclosures import models
from disclosures.plain.codec import from_json
from disclosures.storage import load, store
from tests.storage.plain_strategies import disclosures as any_disclosure

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(disclosure=any_disclosure())
def test_loading_gives_back_what_was_stored(department, disclosure):
    assert load(store(disclosure, department).pk) == disclosure


def test_a_document_read_by_hand_survives(department):
    examples = sorted((SHARED / "examples").glob("*.disclosure.json"))
    if not examples:
        pytest.skip("../shared is not here")
    for example in examples:
        disclosure = from_json(json.loads(example.read_text(encoding="utf-8")))
        assert load(store(disclosure, department).pk) == disclosure


def test_amounts_can_be_queried_as_numbers_whatever_their_printed_form(department, make_disclosure):
    store(make_disclosure(2), department)
    lines = models.BudgetLine.objects.filter(table__code="T03", total="12.3")
    assert lines.count() == 3


def test_every_next_disclosure_of_a_department_and_year_is_a_new_version(department, make_disclosure):
    records = [store(make_disclosure(1), department) for _ in range(3)]
    assert [record.version for record in records] == [1, 2, 3]


def test_codes_stand_under_the_code_that_begins_them(department, make_disclosure):
    store(make_disclosure(4), department)
    lines = models.LINE_MODELS["T03"].objects.order_by("position")
    parents = {line.code: line.parent.code if line.parent else None for line in lines.select_related("parent")}
    assert parents == {"": None, "208": None, "20801": "208", "2080112": "20801", "2080113": "20801"}


def test_the_number_of_queries_does_not_depend_on_the_size(department, make_disclosure, django_assert_max_num_queries):
    counts = []
    for size in (5, 60):
        with django_assert_max_num_queries(20) as stored:
            record = store(make_disclosure(size), department)
        with django_assert_max_num_queries(12) as loaded:
            load(record.pk)
        counts.append((len(stored), len(loaded)))
    assert counts[0] == counts[1]
