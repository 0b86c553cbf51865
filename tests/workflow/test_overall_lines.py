"""Lines of the department-wide target form are added and removed; projects follow a row that becomes a unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disclosures import models
from disclosures.errors import InvalidValueError
from disclosures.plain import data as plain
from disclosures.services.correcting import CellChange, correct_cells
from disclosures.services.importing import import_file
from disclosures.services.revising import revise
from disclosures.services.saving import Edit
from disclosures.services.undoing import undo_save
from disclosures.storage import load
from tests.workflow.conftest import file_of

STAFF = (("在职", "20"), ("离退休", "3"))
FUNDS = (("total_by_source", "12.5"), ("general_public", "12.5"))
TASKS = (("管理", "完成一件事"),)


@pytest.fixture
def record(sound, clerk) -> models.Disclosure:
    """A disclosure with a department-wide form."""
    form = plain.OverallTarget(sound.department, staff=STAFF, funds=FUNDS, tasks=TASKS)
    return import_file(file_of(replace(sound, overall_targets=(form,))), "预算.json", clerk).record


def rows_of(disclosure: plain.Disclosure) -> tuple[plain.Row, ...]:
    table = disclosure.table("T12")
    assert table is not None
    return table.rows


def form_of(record) -> plain.OverallTarget:
    return load(record.pk).overall_targets[0]


def test_lines_come_and_go_and_come_back(record, clerk):
    before = load(record.pk)
    changes = [
        CellChange("O/@staff", "在职\t20\n编外\t4"),
        CellChange("O/@funds", "按来源合计\t12.5\n单位资金\t1,000"),
        CellChange("O/@tasks", "管理\t完成一件事\n服务\t完成另一件事"),
    ]
    correct_cells(Edit(clerk, record.pk, 0), changes)
    form = form_of(record)
    assert form.staff == (("在职", "20"), ("编外", "4"))
    assert form.funds == (("total_by_source", "12.50"), ("unit_funds", "1000.00"))
    assert form.tasks[1] == ("服务", "完成另一件事")
    kept = record.corrections.get(place="O/@funds")
    assert kept.read_value == "按来源合计\t12.5\n一般公共预算\t12.5"
    undo_save(clerk, record.pk, 1, 1)
    assert load(record.pk) == before  # letter for letter


@pytest.mark.parametrize(
    ("place", "text"),
    [("O/@staff", "在职\t1\n在职\t2"), ("O/@staff", "\t2"), ("O/@funds", "单位资金\t很多")],
)
def test_lines_that_cannot_be_are_refused(place, text, record, clerk):
    with pytest.raises(InvalidValueError):
        correct_cells(Edit(clerk, record.pk, 0), [CellChange(place, text)])
    assert form_of(record).staff == STAFF


def test_changed_lines_go_with_the_next_version(record, clerk):
    correct_cells(Edit(clerk, record.pk, 0), [CellChange("O/@staff", "在职\t20")])
    models.Disclosure.objects.filter(pk=record.pk).update(state=models.State.PUBLISHED)
    assert form_of(revise(clerk, record.pk)).staff == (("在职", "20"),)


def test_a_better_file_keeps_the_changed_lines(record, sound, clerk):
    correct_cells(Edit(clerk, record.pk, 0), [CellChange("O/@staff", "在职\t20")])
    form = plain.OverallTarget(sound.department, staff=STAFF, funds=FUNDS, tasks=(*TASKS, ("服务", "又一件事")))
    second = import_file(file_of(replace(sound, overall_targets=(form,))), "第二份.json", clerk).record
    assert second.version == 2
    assert form_of(second).staff == (("在职", "20"),)
    assert len(form_of(second).tasks) == 2


def test_projects_follow_a_row_that_becomes_a_unit(sound, clerk):
    table = sound.table("T12")
    assert table is not None
    rows = (*table.rows, *(replace(table.rows[-1], name=name) for name in ("下属单位", "甲项目", "乙项目")))
    tables = tuple(replace(table, rows=rows) if item is table else item for item in sound.tables)
    record = import_file(file_of(replace(sound, tables=tables)), "预算.json", clerk).record
    before = load(record.pk)
    assert rows[-1].level is plain.Level.PROJECT
    correct_cells(Edit(clerk, record.pk, 0), [CellChange("T12/下属单位/@level", "单位")])
    *_, unit, first, second = rows_of(load(record.pk))
    assert (unit.level, unit.unit_name) == (plain.Level.UNIT, None)
    assert (first.unit_name, second.unit_name) == ("下属单位", "下属单位")
    correct_cells(Edit(clerk, record.pk, 1), [CellChange("T12/下属单位/@level", "项目")])
    assert {row.unit_name for row in rows_of(load(record.pk))[-3:]} == {rows[-1].unit_name}
    undo_save(clerk, record.pk, 2, 2)
    undo_save(clerk, record.pk, 3, 1)
    assert load(record.pk) == before
