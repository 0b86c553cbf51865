"""Rows, paragraphs, sections, forms, indicators and tables added, removed and moved; every save taken back whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disclosures import editing, models
from disclosures.editing import Items, ListKind
from disclosures.errors import EditConflictError, InvalidValueError, RefusedError
from disclosures.plain import data as plain
from disclosures.services.correcting import CellChange, correct_cell, correct_cells
from disclosures.services.corrections import active_corrections, history
from disclosures.services.importing import import_file
from disclosures.services.items import add_item, move_item, remove_item
from disclosures.services.remarks import add_remark
from disclosures.services.revising import revise
from disclosures.services.rows import NewRow, TableChanges, change_table
from disclosures.services.saving import Edit
from disclosures.services.tables import assign_other_table, declare_no_data
from disclosures.services.undoing import undo_correction, undo_save
from disclosures.storage import load
from tests.workflow.conftest import file_of, spoilt

READING, DOCUMENT = models.CorrectionKind.READING, models.CorrectionKind.DOCUMENT
TWICE = "人员支出"


def rows_of(disclosure: plain.Disclosure, table_id: str) -> tuple[plain.Row, ...]:
    table = disclosure.table(table_id)
    assert table is not None
    return table.rows


@pytest.fixture
def repeated(sound, clerk) -> models.Disclosure:
    """T12 prints three projects of one name at its end."""
    table = sound.table("T12")
    assert table is not None
    rows = tuple(replace(table.rows[-1], name=TWICE) for _ in range(3))
    spoiled = replace(table, rows=table.rows[:-1] + rows)
    tables = tuple(spoiled if item.id == "T12" else item for item in sound.tables)
    return import_file(file_of(replace(sound, tables=tables)), "预算.json", clerk).record


def active(record) -> dict[str, str | None]:
    return {place: item.new_value for place, item in active_corrections(record.pk).items()}


def keys_of(record, table_id: str) -> tuple[str, ...]:
    table = load(record.pk).table(table_id)
    assert table is not None
    return editing.row_keys(table)


def test_a_pasted_block_longer_than_the_table_is_one_save(sound_record, clerk, django_assert_max_num_queries):
    count = len(rows_of(load(sound_record.pk), "T12"))
    key = keys_of(sound_record, "T12")[-1]
    new = [
        NewRow(count, {"project": f"新项目{n}"}, {"total": f"{n}.5", "general_public": f"{n}.5"}) for n in range(200)
    ]
    changes = TableChanges([CellChange(f"T12/{key}/total", "8")], (), new)
    with django_assert_max_num_queries(50):
        result = change_table(Edit(clerk, sound_record.pk, 0, READING), "T12", changes)
    rows = rows_of(load(sound_record.pk), "T12")
    assert (result.revision, len(rows), result.rearranged) == (1, count + 200, True)
    assert (rows[-1].name, rows[-1].value("total"), rows[-1].level) == ("新项目199", "199.50", plain.Level.PROJECT)
    before = load(sound_record.pk)
    undo_save(clerk, sound_record.pk, 1, 1)
    assert active(sound_record) == {}
    undo_save(clerk, sound_record.pk, 2, 2)
    assert load(sound_record.pk) == before


def test_every_bad_value_of_new_rows_is_named_and_nothing_is_written(sound, sound_record, clerk):
    new = [NewRow(0, {"project": "甲"}, {"total": "一百"}), NewRow(99999, {"project": "乙"}), NewRow(0, {"code": "1"})]
    with pytest.raises(InvalidValueError) as refusal:
        change_table(Edit(clerk, sound_record.pk, 0, READING), "T12", TableChanges(added=new))
    assert len(refusal.value.problems) == 3
    assert "一百" in str(refusal.value)
    assert load(sound_record.pk) == sound


def test_corrections_follow_the_numbers_of_repeated_rows(repeated, clerk):
    before = load(repeated.pk)
    correct_cell(Edit(clerk, repeated.pk, 0), f"T12/{TWICE}#3/total", "7")
    correct_cell(Edit(clerk, repeated.pk, 1), f"T12/{TWICE}#2/total", "6")
    remark = add_remark(clerk, repeated.pk, "请看", place=f"T12/{TWICE}#3")
    corrected = load(repeated.pk)
    change_table(Edit(clerk, repeated.pk, 2, DOCUMENT), "T12", TableChanges(removed=[f"T12/{TWICE}#2"]))
    assert active(repeated)[f"T12/{TWICE}#2/total"] == "7.00"
    assert f"T12/{TWICE}#3/total" not in active(repeated)
    remark.refresh_from_db()
    assert remark.place == f"T12/{TWICE}#2"
    assert [item.new_value for item in history(repeated.pk, f"T12/{TWICE}#2/total")] == ["7.00"]
    undo_save(clerk, repeated.pk, 3, 3)
    assert load(repeated.pk) == corrected
    assert active(repeated) == {f"T12/{TWICE}#3/total": "7.00", f"T12/{TWICE}#2/total": "6.00"}
    undo_save(clerk, repeated.pk, 4, 2)
    undo_save(clerk, repeated.pk, 5, 1)
    assert (load(repeated.pk), active(repeated)) == (before, {})


def test_a_removed_row_comes_back_between_its_neighbours_though_others_were_added(sound, sound_record, clerk):
    keys = editing.row_keys(sound.table("T03"))
    change_table(Edit(clerk, sound_record.pk, 0, READING), "T03", TableChanges(removed=[f"T03/{keys[4]}"]))
    removal = models.Correction.objects.get(action="remove_row")
    change_table(Edit(clerk, sound_record.pk, 1, READING), "T03", TableChanges(added=[NewRow(1, {"code": "299"})]))
    undo_correction(clerk, sound_record.pk, 2, removal.pk)
    now = keys_of(sound_record, "T03")
    assert now == (keys[0], "299", *keys[1:])
    assert list(active(sound_record)) == ["T03/299"]


@pytest.mark.parametrize("undone_first", [0, 1])
def test_neighbours_removed_one_by_one_come_back_in_their_order(sound, sound_record, clerk, undone_first):
    keys = editing.row_keys(sound.table("T03"))
    for revision, key in enumerate((keys[4], keys[3])):
        change_table(Edit(clerk, sound_record.pk, revision, READING), "T03", TableChanges(removed=[f"T03/{key}"]))
    removals = list(models.Correction.objects.filter(action="remove_row").order_by("pk"))
    undo_correction(clerk, sound_record.pk, 2, removals.pop(undone_first).pk)
    undo_correction(clerk, sound_record.pk, 3, removals.pop().pk)
    assert load(sound_record.pk) == sound


def test_what_was_changed_again_since_is_not_taken_back_over_the_newer_value(sound_record, clerk):
    correct_cell(Edit(clerk, sound_record.pk, 0), "T03/合计/total", "5")
    correct_cell(Edit(clerk, sound_record.pk, 1), "T03/合计/total", "6")
    with pytest.raises(RefusedError, match="后来又改过"):
        undo_save(clerk, sound_record.pk, 2, 1)
    with pytest.raises(EditConflictError):
        undo_save(clerk, sound_record.pk, 1, 2)
    assert undo_save(clerk, sound_record.pk, 2, 2).changed[0].value == "5.00"


def test_undo_gives_back_print_and_doubt_letter_for_letter(sound, clerk, department):
    place = "T03/合计/total"
    doubtful = editing.with_surety(spoilt(sound, place, "500"), editing.find(sound, place)[1], plain.Surety.DOUBTFUL)
    record = import_file(file_of(doubtful), "a.json", clerk).record
    correct_cells(Edit(clerk, record.pk, 0), [CellChange(place, "600"), CellChange("N/一/1", "另一段")])
    undo_save(clerk, record.pk, 1, 1)
    assert load(record.pk) == doubtful
    assert active_corrections(record.pk) == {}


def test_no_data_takes_the_rows_away_and_undo_brings_them_back(sound, sound_record, clerk):
    declare_no_data(Edit(clerk, sound_record.pk, 0), "T05", no_data=True)
    table = load(sound_record.pk).table("T05")
    assert table is not None
    assert (table.no_data, table.rows) == (True, ())
    undo_save(clerk, sound_record.pk, 1, 1)
    assert load(sound_record.pk) == sound
    assert active(sound_record) == {}


def test_a_row_added_to_a_table_without_data_says_that_it_has_some(sound_record, clerk):
    declare_no_data(Edit(clerk, sound_record.pk, 0), "T05", no_data=True)
    new = NewRow(0, {"code": "208", "name": "社会保障和就业支出"}, {"total": "3"})
    change_table(Edit(clerk, sound_record.pk, 1, READING), "T05", TableChanges(added=[new]))
    table = load(sound_record.pk).table("T05")
    assert table is not None
    assert (table.no_data, len(table.rows)) == (False, 1)


def test_level_and_unit_of_a_project_row(sound, sound_record, clerk):
    key = editing.row_keys(sound.table("T12"))[-1]
    changes = [CellChange(f"T12/{key}/@level", "单位"), CellChange(f"T12/{key}/@unit_name", "别的单位")]
    correct_cells(Edit(clerk, sound_record.pk, 0), changes)
    row = rows_of(load(sound_record.pk), "T12")[-1]
    assert (row.level, row.unit_name) == (plain.Level.UNIT, "别的单位")
    assert active(sound_record)[f"T12/{key}/@level"] == "单位"
    with pytest.raises(InvalidValueError, match="行的性质应是"):
        correct_cell(Edit(clerk, sound_record.pk, 1), f"T12/{key}/@level", "处室")
    undo_save(clerk, sound_record.pk, 1, 1)
    assert load(sound_record.pk) == sound


def test_paragraphs_and_sections(sound, sound_record, clerk):
    paragraphs = Items(ListKind.PARAGRAPHS, "N/一")
    add_item(Edit(clerk, sound_record.pk, 0), paragraphs, 0, {"text": "先说一句。"})
    correct_cell(Edit(clerk, sound_record.pk, 1), "N/一/1", "先说两句。")
    move_item(Edit(clerk, sound_record.pk, 2), paragraphs, "N/一/1", 1)
    assert set(active(sound_record)) == {"N/一/2"}
    section = load(sound_record.pk).section("一")
    assert section is not None
    assert section.paragraphs[1].text == "先说两句。"
    remove_item(Edit(clerk, sound_record.pk, 3), Items(ListKind.SECTIONS), "N/二")
    assert load(sound_record.pk).section("二") is None
    fields = {"numeral": "一", "heading": "一、重复"}
    with pytest.raises(InvalidValueError, match="已经有"):
        add_item(Edit(clerk, sound_record.pk, 4), Items(ListKind.SECTIONS), 0, fields)
    for revision in (4, 3, 2, 1):
        undo_save(clerk, sound_record.pk, 8 - revision, revision)
    assert load(sound_record.pk) == sound
    assert active(sound_record) == {}


def test_forms_and_indicators(sound, sound_record, clerk):
    forms = Items(ListKind.FORMS)
    first = sound.project_targets[0].project
    add_item(Edit(clerk, sound_record.pk, 0), forms, 1, {"project": "新增项目"})
    indicators = Items(ListKind.INDICATORS, "P/新增项目")
    fields = {"horizon": "annual", "level1": "产出指标", "level2": "数量指标", "level3": "完成数量", "value": "≥9人"}
    add_item(Edit(clerk, sound_record.pk, 1), indicators, 0, fields)
    correct_cell(Edit(clerk, sound_record.pk, 2), "P/新增项目/indicators/annual/数量指标/1/level2", "质量指标")
    correct_cell(Edit(clerk, sound_record.pk, 3), "P/新增项目/project", "改名项目")
    place = "P/改名项目/indicators/annual/质量指标/1"
    assert f"{place}/level2" in active(sound_record)
    added = load(sound_record.pk).project_targets[1]
    assert (added.project, added.indicators[0].level2, added.indicators[0].value) == ("改名项目", "质量指标", "≥9人")
    remove_item(Edit(clerk, sound_record.pk, 4), forms, f"P/{first}")
    remove_item(Edit(clerk, sound_record.pk, 5), Items(ListKind.INDICATORS, "P/改名项目"), place)
    remove_item(Edit(clerk, sound_record.pk, 6), forms, "P/改名项目")
    assert active(sound_record).keys() == {f"P/{first}"}
    for revision in range(7, 0, -1):
        undo_save(clerk, sound_record.pk, 14 - revision, revision)
    assert load(sound_record.pk) == sound
    assert active(sound_record) == {}


def test_the_overall_form(sound, sound_record, clerk):
    overall, number = Items(ListKind.OVERALL), len(sound.overall_targets)
    add_item(Edit(clerk, sound_record.pk, 0), overall, number, {})
    assert load(sound_record.pk).overall_targets[-1] == plain.OverallTarget(sound.department)
    place = "O" if number == 0 else f"O#{number + 1}"
    correct_cell(Edit(clerk, sound_record.pk, 1), f"{place}/duties", "职责")
    remove_item(Edit(clerk, sound_record.pk, 2), overall, place)
    assert load(sound_record.pk) == sound
    undo_save(clerk, sound_record.pk, 3, 3)
    assert load(sound_record.pk).overall_targets[-1].duties == "职责"


@pytest.fixture
def unnamed(sound, clerk) -> models.Disclosure:
    """T07 was not recognised: its cells are kept as another table."""
    rows = (
        ("科目编码", "科目名称", "政府性基金收入预算"),
        ("", "合计", "12.00"),
        ("103", "非税收入", "12.00"),
    )
    other = plain.OtherTable("一张没有认出的表", rows, "line 9")
    tables = tuple(table for table in sound.tables if table.id != "T07")
    return import_file(file_of(replace(sound, tables=tables, other_tables=(other,))), "a.json", clerk).record


def test_an_unrecognised_table_is_assigned_and_given_back(unnamed, clerk):
    before = load(unnamed.pk)
    result = assign_other_table(Edit(clerk, unnamed.pk, 0), 0, "T07")
    now = load(unnamed.pk)
    assert [table.id for table in now.tables] == [f"T{n:02d}" for n in range(1, 14)]
    assert [(row.code, row.name, row.value("amount")) for row in rows_of(now, "T07")] == [
        ("", "合计", "12.00"),
        ("103", "非税收入", "12.00"),
    ]
    assert now.other_tables == ()
    assert any("T07" in finding.where for finding in result.gone)
    undo_save(clerk, unnamed.pk, 1, 1)
    assert load(unnamed.pk) == before
    assert active(unnamed) == {}


def test_a_table_that_holds_no_such_row_is_not_assigned(unnamed, clerk):
    record = unnamed
    models.OtherTable.objects.filter(disclosure=record).update(rows=[["甲", "乙"]])
    models.Disclosure.objects.filter(pk=record.pk).update(revision=1)
    with pytest.raises(RefusedError, match="没有认定"):
        assign_other_table(Edit(clerk, record.pk, 1), 0, "T07")
    with pytest.raises(InvalidValueError):
        assign_other_table(Edit(clerk, record.pk, 1), 5, "T07")


def test_a_new_version_knows_what_was_added_and_removed(sound_record, clerk, in_state, reviewer):
    changes = TableChanges(added=[NewRow(1, {"code": "299", "name": "新"}, {"total": "1"})])
    change_table(Edit(clerk, sound_record.pk, 0, DOCUMENT), "T03", changes)
    in_state(sound_record, models.State.WITHDRAWN)
    copy = revise(clerk, sound_record.pk)
    correction = models.Correction.objects.get(disclosure=copy)
    undo_correction(clerk, copy.pk, copy.revision, correction.pk)
    assert "299" not in keys_of(copy, "T03")


# A failing run is short enough to read; shrinking it would take minutes.
_NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
_STEPS = st.lists(
    st.tuples(st.sampled_from(("set", "rename", "add", "remove", "undo")), st.integers(0, 9), st.integers(0, 9)),
    min_size=1,
    max_size=5,
)


@settings(
    max_examples=12, deadline=None, phases=_NO_SHRINKING, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=_STEPS)
def test_whatever_was_done_can_be_taken_back_step_by_step(repeated, clerk, steps):
    """After every undo, content and standing corrections are what they were before that save."""
    with transaction.atomic():
        states = [(load(repeated.pk), active(repeated))]
        for action, first, second in steps:
            done = len(states) - 1
            revision = models.Disclosure.objects.get(pk=repeated.pk).revision
            if action == "undo":
                if done and revision == done:
                    undo_save(clerk, repeated.pk, revision, revision)
                    assert (load(repeated.pk), active(repeated)) == states[-2]
                    undo_save(clerk, repeated.pk, revision + 1, revision + 1)
                    assert (load(repeated.pk), active(repeated)) == states[-1]
                    break
                continue
            if _step(repeated, clerk, revision, action, first, second):
                states.append((load(repeated.pk), active(repeated)))
        else:
            top = len(states) - 1
            for saved in range(top, 0, -1):
                undo_save(clerk, repeated.pk, 2 * top - saved, saved)
                assert (load(repeated.pk), active(repeated)) == states[saved - 1]
        transaction.set_rollback(True)


def _step(record, clerk, revision: int, action: str, first: int, second: int) -> bool:
    keys = keys_of(record, "T12")
    key = keys[-1 - first % 4]
    if action == "set":
        result = correct_cell(Edit(clerk, record.pk, revision), f"T12/{key}/total", f"{second + 1}.25")
    elif action == "rename":
        result = correct_cell(
            Edit(clerk, record.pk, revision), f"T12/{key}/project", TWICE if second % 2 else f"项目{second}"
        )
    else:
        changes = (
            TableChanges(added=[NewRow(len(keys) - first % 3, {"project": TWICE})])
            if action == "add"
            else TableChanges(removed=[f"T12/{key}"])
        )
        result = change_table(Edit(clerk, record.pk, revision, READING), "T12", changes)
    return result.revision > revision
