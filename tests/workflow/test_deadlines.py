"""Twenty days after the approval of the budget, counted for many disclosures in one query."""

from __future__ import annotations

from datetime import date

import pytest

from disclosures import models
from disclosures.services.deadlines import Deadline, deadline, deadlines, missing_departments

APPROVED = date(2026, 2, 10)


@pytest.fixture
def dated(record, department) -> models.Disclosure:
    models.DepartmentYear.objects.create(
        department=department, fiscal_year=record.fiscal_year, budget_approved_on=APPROVED
    )
    return record


def _deadline(record, today: date) -> Deadline:
    found = deadline(record, today)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("today", "left"), [(APPROVED, 20), (date(2026, 3, 1), 1), (date(2026, 3, 2), 0), (date(2026, 3, 5), -3)]
)
def test_days_left(dated, today, left):
    found = _deadline(dated, today)
    assert (found.last_day, found.days_left, found.met) == (date(2026, 3, 2), left, False)


def test_the_number_of_days_is_a_setting(dated, settings):
    settings.DISCLOSURE_DEADLINE_DAYS = 30
    assert _deadline(dated, APPROVED).days_left == 30


def test_a_public_one_has_met_it(dated, in_state):
    assert _deadline(in_state(dated, models.State.PUBLISHED), APPROVED).met


def test_without_a_date_there_is_no_deadline(record, department):
    assert deadline(record) is None
    models.DepartmentYear.objects.create(department=department, fiscal_year=record.fiscal_year)
    assert deadline(record) is None


def test_many_in_one_query(dated, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert set(deadlines([dated] * 20)) == {dated.pk}


def test_departments_that_handed_in_nothing(record, people, department, in_state):
    def missing(name: str) -> set[str]:
        return set(missing_departments(people[name], record.fiscal_year).values_list("name", flat=True))

    assert missing("reviewer") == {department.name}
    assert missing("other reviewer") == {"南山市别的局"}
    in_state(record, models.State.IN_REVIEW)
    assert missing("reviewer") == set()
