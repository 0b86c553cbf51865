"""Unsure readings of a stored disclosure: what sums leave of them, confirmed in bulk, taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from audit.services.readings import confirm_readings, doubts_of
from disclosures import models
from disclosures.errors import NotVisibleError, RefusedError
from disclosures.models import Role
from disclosures.plain.data import Cell, Disclosure, Surety
from disclosures.services.correcting import correct_cell
from disclosures.services.saving import Edit
from disclosures.services.undoing import undo_save
from disclosures.storage import load, store
from tests.rules.builders import tiny

TABLE = """
    合计 | 30.00 | 12.00 | 18.00
    208 社会保障和就业支出 | 30.00 | 12.00 | 18.00
    20801 人力资源和社会保障管理事务 | 30.00 | 12.00 | 18.00
    2080101 行政运行 | 12.00 | 12.00 |
    2080102 一般行政管理事务 | 18.00 | | {project}
"""
PLACE = "T03/2080102/project"
OTHER = "T03/2080101/basic"


def doubted(disclosure: Disclosure, *places: str) -> Disclosure:
    table = disclosure.tables[0]
    rows = [
        replace(
            row,
            cells=tuple(
                (key, Cell(cell.value, cell.source, Surety.DOUBTFUL) if f"T03/{row.code}/{key}" in places else cell)
                for key, cell in row.cells
            ),
        )
        for row in table.rows
    ]
    return replace(disclosure, tables=(replace(table, rows=tuple(rows)),))


@pytest.fixture
def unsure(record):
    """A disclosure of the same department whose amounts at two places were not surely read."""

    def stored(project: str) -> models.Disclosure:
        disclosure = doubted(tiny(T03=TABLE.format(project=project)), PLACE, OTHER)
        return store(replace(disclosure, fiscal_year=2031), record.department)

    return stored


def test_what_sums_leave_is_told_in_words(unsure, log_in, queries_of):
    found = unsure("13.00")
    client = log_in(Role.CLERK)
    address = reverse("doubts", args=[found.pk])
    answer = client.get(address).json()
    assert (answer["total"], answer["names"]) == (2, 0)
    told = {one["place"]: one for one in answer["readings"]}
    assert (told[PLACE]["read"], told[PLACE]["value"]) == ("13.00", "18.00")
    assert told[OTHER]["read"] == told[OTHER]["value"] == "12.00"
    assert told[PLACE]["statements"] >= 2
    assert "一般行政管理事务" in told[PLACE]["words"]
    assert queries_of(client, address) <= 8
    assert log_in(Role.CLERK, elsewhere=True).get(address).status_code == 404


def test_confirming_clears_the_doubt_keeps_the_value_and_can_be_undone(unsure, log_in, user_of):
    found = unsure("18.00")
    client = log_in(Role.CLERK)
    body = {"revision": 0, "places": [PLACE, OTHER]}
    answer = client.post(reverse("confirm_readings", args=[found.pk]), body, content_type="application/json")
    assert answer.status_code == 200, answer.json()
    assert len(answer.json()["changed"]) == 2
    found.refresh_from_db()
    assert doubts_of(found).total == 0
    assert {row.code: row for row in load(found.pk).tables[0].rows}["2080102"].cell("project").value == "18.00"
    remembered = models.Correction.objects.get(disclosure=found, place=PLACE)
    assert (remembered.kind, remembered.reason) == ("reading", "按合计关系核实")
    undo_save(user_of(client), found.pk, 1, 1)
    found.refresh_from_db()
    assert doubts_of(found).total == 2


def test_only_what_sums_bear_out_is_confirmed(unsure, log_in, user_of):
    found = unsure("13.00")
    clerk = user_of(log_in(Role.CLERK))
    for places in ([PLACE], [PLACE, OTHER], ["T03/208/total"], ["nowhere"]):
        with pytest.raises(RefusedError):
            confirm_readings(clerk, found.pk, 0, places)
    found.refresh_from_db()
    assert (found.revision, doubts_of(found).total) == (0, 2)


def test_what_a_clerk_has_set_is_no_doubt(unsure, log_in, user_of):
    found = unsure("13.00")
    correct_cell(Edit(user_of(log_in(Role.CLERK)), found.pk, 0), PLACE, "18.00")
    found.refresh_from_db()
    assert [doubt.only.place for doubt in doubts_of(found).settled] == [OTHER]


def test_nobody_confirms_what_they_may_not_see_or_change(unsure, log_in, user_of):
    found = unsure("18.00")
    with pytest.raises(NotVisibleError):
        confirm_readings(user_of(log_in(Role.CLERK, elsewhere=True)), found.pk, 0, [PLACE])
    address = reverse("confirm_readings", args=[found.pk])
    body = {"revision": 0, "places": [PLACE]}
    assert log_in(Role.AUDITOR).post(address, body, content_type="application/json").status_code == 403


@pytest.mark.parametrize("body", [{}, {"revision": 0}, {"revision": 0, "places": []}, {"revision": 0, "places": [7]}])
def test_what_the_page_never_sends_is_refused_in_words(unsure, log_in, body):
    address = reverse("confirm_readings", args=[unsure("18.00").pk])
    answer = log_in(Role.CLERK).post(address, body, content_type="application/json")
    assert (answer.status_code, bool(answer.json()["message"])) == (400, True)
