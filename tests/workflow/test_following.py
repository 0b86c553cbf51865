"""Findings, and what people decided about them, follow their rows when other rows come and go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit import services as audit
from audit.models import Explanation, Finding, Waiver
from disclosures import editing, models
from disclosures.services.correcting import correct_cell
from disclosures.services.importing import import_file
from disclosures.services.remarks import add_remark
from disclosures.services.rows import NewRow, TableChanges, change_table
from disclosures.services.saving import Edit
from disclosures.services.undoing import undo_save
from disclosures.storage import load
from tests.workflow.conftest import file_of
from tests.workflow.test_restructuring import rows_of

TWICE = "人员支出"


@pytest.fixture
def repeated(sound, clerk) -> models.Disclosure:
    """T12 prints three projects of one name at its end; the sums of two of them are wrong."""
    table = sound.table("T12")
    assert table is not None
    rows = tuple(replace(table.rows[-1], name=TWICE) for _ in range(3))
    spoiled = replace(table, rows=table.rows[:-1] + rows)
    other = replace(sound, tables=tuple(spoiled if item.id == "T12" else item for item in sound.tables))
    for place, value in ((f"T12/{TWICE}#2/total", "7.77"), (f"T12/{TWICE}#3/total", "8.88")):
        other = editing.write(other, editing.find(other, place)[1], value)
    return import_file(file_of(other), "预算.json", clerk).record


def sums(record) -> dict[str, Finding]:
    """Findings about the sum of a row, by their place."""
    found = Finding.objects.filter(disclosure=record, rule="T-ROW-SUM").exclude(status="gone")
    return {item.where.removeprefix(f"T12/{TWICE}").removesuffix("/total"): item for item in found}


@pytest.fixture
def second(repeated) -> Finding:
    return sums(repeated)["#2"]


@pytest.fixture
def third(repeated) -> Finding:
    return sums(repeated)["#3"]


def statuses(record) -> dict[str, str]:
    return {place: item.status for place, item in sums(record).items()}


def test_a_waiver_and_an_explanation_go_with_their_rows(repeated, second, third, clerk, reviewer):
    audit.explain_finding(clerk, second.pk, "批复如此")
    audit.waive_finding(reviewer, third.pk, "情况属实")
    remark = add_remark(clerk, repeated.pk, "请看", fingerprint=third.fingerprint)
    before = next(n for n, row in enumerate(rows_of(load(repeated.pk), "T12")) if row.value("total") == "7.77")
    rows = TableChanges(added=[NewRow(before, {"project": TWICE})])
    result = change_table(Edit(clerk, repeated.pk, 0), "T12", rows)
    assert (statuses(repeated), result.lapsed) == ({"#3": "explained", "#4": "waived"}, ())
    assert (sums(repeated)["#3"].pk, sums(repeated)["#4"].pk) == (second.pk, third.pk)
    remark.refresh_from_db()
    assert remark.fingerprint == sums(repeated)["#4"].fingerprint
    undo_save(clerk, repeated.pk, 1, 1)
    assert statuses(repeated) == {"#2": "explained", "#3": "waived"}
    assert (Waiver.objects.get().ended_at, Explanation.objects.get().decision) == (None, "pending")


def test_the_finding_of_a_removed_row_goes_and_comes_back_as_itself(repeated, second, third, clerk, reviewer):
    audit.waive_finding(reviewer, third.pk, "情况属实")
    removed = TableChanges(removed=[f"T12/{TWICE}#2"])
    result = change_table(Edit(clerk, repeated.pk, 0), "T12", removed)
    assert [item.id for item in result.gone if item.rule == "T-ROW-SUM"] == [second.pk]
    assert (statuses(repeated), sums(repeated)["#2"].pk) == ({"#2": "waived"}, third.pk)
    undo_save(clerk, repeated.pk, 1, 1)
    assert {place: item.pk for place, item in sums(repeated).items()} == {"#2": second.pk, "#3": third.pk}
    assert statuses(repeated) == {"#2": "open", "#3": "waived"}


def test_a_waiver_falls_though_its_row_moved_when_its_values_change(repeated, third, clerk, reviewer):
    audit.waive_finding(reviewer, third.pk, "情况属实")
    change_table(Edit(clerk, repeated.pk, 0), "T12", TableChanges(removed=[f"T12/{TWICE}#2"]))
    result = correct_cell(Edit(clerk, repeated.pk, 1), f"T12/{TWICE}#2/total", "9.99")
    assert [item.id for item in result.lapsed] == [third.pk]
