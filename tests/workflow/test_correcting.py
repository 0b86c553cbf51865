"""Corrections: the finding goes, the memory stays, the second save is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disclosures import editing, models
from disclosures.errors import EditConflictError, InvalidValueError, NotAllowedError, RefusedError
from disclosures.plain.data import Surety, Table
from disclosures.services.correcting import (
    CellChange,
    add_row,
    correct_cell,
    correct_cells,
    remove_row,
    revert_correction,
)
from disclosures.services.corrections import active_corrections, correction_list, history
from disclosures.services.findings import desk
from disclosures.services.importing import import_file
from disclosures.services.remarks import add_remark
from disclosures.services.saving import Edit
from disclosures.storage import load
from tests.workflow.conftest import PLACE, file_of, spoilt

READING, DOCUMENT = models.CorrectionKind.READING, models.CorrectionKind.DOCUMENT


def _table(disclosure, table_id: str) -> Table:
    table = disclosure.table(table_id)
    assert table is not None
    return table


def _value(record, place: str):
    disclosure = load(record.pk)
    return editing.read(disclosure, editing.find(disclosure, place)[1])


def test_a_correction_makes_its_finding_go_away(record, clerk, right_value):
    (finding,) = desk().unsettled(record.pk, ["open"])
    assert finding.where == PLACE
    result = correct_cell(Edit(clerk, record.pk, 0, DOCUMENT, "录入错误"), PLACE, right_value)
    assert [item.fingerprint for item in result.gone] == [finding.fingerprint]
    assert (result.new, result.revision, result.counts.errors) == ((), 1, 0)
    assert _value(record, PLACE) == right_value


def test_a_new_error_comes_with_the_save_that_makes_it(sound_record, clerk):
    result = correct_cell(Edit(clerk, sound_record.pk, 0), PLACE, "1.00")
    assert [item.where for item in result.new] == [PLACE]
    assert result.counts.errors == 1


def test_the_memory_of_a_cell(record, clerk, people, right_value):
    correct_cell(Edit(clerk, record.pk, 0, DOCUMENT, "看错"), PLACE, "2")
    correct_cell(Edit(people["reviewer"], record.pk, 1, DOCUMENT, " 再改 "), PLACE, right_value)
    last, first = history(record.pk, PLACE)
    assert (first.read_value, first.old_value, first.new_value, first.reason, first.user) == (
        "1.00",
        "1.00",
        "2.00",
        "看错",
        clerk,
    )
    assert (last.read_value, last.old_value, last.new_value, last.reason) == ("1.00", "2.00", right_value, "再改")
    assert (first.active, last.active) == (False, True)
    assert active_corrections(record.pk) == {PLACE: last}


def test_reverting_restores_value_and_doubt_letter_for_letter(sound, clerk, department):
    doubtful = editing.with_surety(spoilt(sound, PLACE, "500"), editing.find(sound, PLACE)[1], Surety.DOUBTFUL)
    record = import_file(file_of(doubtful), "a.json", clerk).record
    correct_cell(Edit(clerk, record.pk, 0), PLACE, "600")
    result = revert_correction(clerk, record.pk, 1, PLACE)
    assert load(record.pk) == doubtful
    assert result.changed[0].corrected is False
    assert active_corrections(record.pk) == {}
    with pytest.raises(RefusedError, match="没有更正过"):
        revert_correction(clerk, record.pk, 2, PLACE)


def test_setting_the_same_value_confirms_a_doubtful_cell_and_is_nothing_for_a_sure_one(sound, clerk, department):
    path = editing.find(sound, PLACE)[1]
    record = import_file(file_of(editing.with_surety(sound, path, Surety.DOUBTFUL)), "a.json", clerk).record
    value = _value(record, PLACE)
    confirmed = correct_cell(Edit(clerk, record.pk, 0), PLACE, value)
    assert (confirmed.revision, confirmed.changed[0].corrected) == (1, False)
    assert load(record.pk) == sound
    assert correct_cell(Edit(clerk, record.pk, 1), PLACE, value).revision == 1
    assert history(record.pk).count() == 1


def test_what_is_typed_over_the_same_number_keeps_the_printed_form(sound, clerk, department):
    record = import_file(file_of(spoilt(sound, PLACE, "500")), "a.json", clerk).record
    assert correct_cell(Edit(clerk, record.pk, 0), PLACE, "500.00").changed == ()
    assert _value(record, PLACE) == "500"


@pytest.mark.parametrize(
    ("place", "value", "held"),
    [
        ("T03/合计/total", " 1，234.5 ", "1234.50"),
        ("T03/合计/total", "", None),
        ("T03/合计/total", "－12万元", "-12.00"),
        ("T13/@no_data", "是", True),
        ("T03/@printed_year", "2031", 2031),
        ("N/一/heading", "一、新标题", "一、新标题"),
        ("N/一/1", "另一段话。", "另一段话。"),
        ("doc/department", "青山市新名局", "青山市新名局"),
    ],
)
def test_what_can_be_set_and_how_it_is_held(sound_record, clerk, place, value, held):
    correct_cell(Edit(clerk, sound_record.pk, 0), place, value)
    assert _value(sound_record, place) == held


def test_target_forms_their_funds_and_indicators_can_be_set(sound, sound_record, clerk):
    project = sound.project_targets[0].project
    indicator = editing.indicator_places(f"P/{project}", sound.project_targets[0].indicators)[2]
    changes = [
        CellChange(f"P/{project}/overview", "新的概况"),
        CellChange(f"P/{project}/funds.annual.total", "98,765"),
        CellChange(f"{indicator}/value", "≥9人"),
        CellChange(f"{indicator}/level3", "新名称"),
    ]
    correct_cells(Edit(clerk, sound_record.pk, 0, DOCUMENT), changes)
    target = load(sound_record.pk).project_targets[0]
    assert (target.overview, target.annual.total) == ("新的概况", "98765")
    assert (target.indicators[2].value, target.indicators[2].level3) == ("≥9人", "新名称")
    untouched = replace(
        target, overview=sound.project_targets[0].overview, annual=sound.project_targets[0].annual, indicators=()
    )
    assert untouched == replace(sound.project_targets[0], indicators=())


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ("T03/合计/total", "一百", "表三“合计”合计应是金额"),
        ("T03/合计/total", "1" * 14, "金额过大"),
        ("T03/合计/basic", "1.1234567", "小数超过 6 位"),
        ("T03/@printed_year", "26", "四位年份"),
        ("N/一/heading", " ", "不能为空"),
        ("N/一/1", "坏\x00字", "控制字符"),
        ("T99/合计/total", "1", "没有“T99/合计/total”这个位置"),
        ("T03/没有/total", "1", "没有"),
        ("P/没有/overview", "1", "没有"),
    ],
)
def test_what_cannot_stand_there_is_refused_and_the_cell_named(sound_record, clerk, place, value, message):
    with pytest.raises(InvalidValueError, match=message):
        correct_cell(Edit(clerk, sound_record.pk, 0), place, value)
    sound_record.refresh_from_db()
    assert sound_record.revision == 0
    assert not history(sound_record.pk).exists()


def _block(disclosure) -> list[str]:
    rows = editing.row_keys(disclosure.table("T03"))
    return [f"T03/{key}/{column}" for key in rows[:10] for column in ("total", "basic", "project")]


def test_a_pasted_block_is_one_save(sound, sound_record, clerk):
    places = _block(sound)
    assert len(places) == 30
    result = correct_cells(Edit(clerk, sound_record.pk, 0), [CellChange(p, f"{n}.25") for n, p in enumerate(places)])
    assert (result.revision, len(result.changed)) == (1, 30)
    assert [_value(sound_record, place) for place in places] == [f"{n}.25" for n in range(30)]


def test_one_bad_value_of_a_block_keeps_all_out_and_every_bad_one_is_named(sound, sound_record, clerk):
    places = _block(sound)
    values = ["甲" if n in (3, 7) else "1" for n in range(30)]
    with pytest.raises(InvalidValueError) as refusal:
        correct_cells(Edit(clerk, sound_record.pk, 0), [CellChange(p, v) for p, v in zip(places, values, strict=True)])
    assert [place for place, _ in refusal.value.problems] == [places[3], places[7]]
    assert load(sound_record.pk) == sound


def test_the_second_of_two_saves_is_refused_with_both_versions(record, clerk, people):
    correct_cell(Edit(clerk, record.pk, 0), PLACE, "5")
    with pytest.raises(EditConflictError) as refusal:
        correct_cell(Edit(people["reviewer"], record.pk, 0), PLACE, "6")
    conflict = refusal.value
    assert (conflict.current_value, conflict.my_value, conflict.current_by) == ("5.00", "6", "经办")
    assert (conflict.revision, conflict.current_at is not None) == (1, True)
    assert _value(record, PLACE) == "5.00"
    assert correct_cell(Edit(people["reviewer"], record.pk, conflict.revision), PLACE, "6").revision == 2


def test_a_save_that_comes_between_reading_and_writing_is_noticed(record, clerk, people, monkeypatch):
    prepare = desk().prepare

    def prepare_slowly(stored, disclosure):
        prepared = prepare(stored, disclosure)
        monkeypatch.undo()
        correct_cell(Edit(people["reviewer"], record.pk, 0), PLACE, "5")
        return prepared

    monkeypatch.setattr(type(desk()), "prepare", lambda self, *given: prepare_slowly(*given))
    with pytest.raises(EditConflictError) as refusal:
        correct_cell(Edit(clerk, record.pk, 0), PLACE, "6")
    assert refusal.value.current_value == "5.00"
    assert _value(record, PLACE) == "5.00"


def test_a_renamed_row_keeps_its_corrections_and_remarks(sound, sound_record, clerk):
    project = sound.table("T12").rows[-1].name
    place = f"T12/{project}"
    correct_cell(Edit(clerk, sound_record.pk, 0), f"{place}/total", "7")
    remark = add_remark(clerk, sound_record.pk, "请看", place=place)
    result = correct_cell(Edit(clerk, sound_record.pk, 1), f"{place}/project", "改名后的项目")
    assert result.changed[0].place == "T12/改名后的项目/project"
    assert set(active_corrections(sound_record.pk)) == {"T12/改名后的项目/total", "T12/改名后的项目/project"}
    remark.refresh_from_db()
    assert remark.place == "T12/改名后的项目"


def test_rows_are_added_and_removed_and_the_others_keep_their_records(sound, sound_record, clerk):
    keys = dict(models.BudgetLine.objects.filter(table__code="T03").values_list("code", "pk"))
    add_row(Edit(clerk, sound_record.pk, 0, READING), "T03", 2, {"code": "2999999", "name": "新增科目"})
    correct_cell(Edit(clerk, sound_record.pk, 1), "T03/2999999/total", "3")
    table = _table(load(sound_record.pk), "T03")
    assert (table.rows[2].code, table.rows[2].name, table.rows[2].value("total")) == ("2999999", "新增科目", "3.00")
    now = dict(models.BudgetLine.objects.filter(table__code="T03").values_list("code", "pk"))
    assert {code: now[code] for code in keys} == keys
    remove_row(Edit(clerk, sound_record.pk, 2, READING), "T03/2999999")
    assert load(sound_record.pk) == sound
    assert "T03/2999999/total" not in active_corrections(sound_record.pk)


def test_a_removed_parent_leaves_its_children(sound, sound_record, clerk):
    parent = next(row.code for row in sound.table("T03").rows if len(row.code) == 5)
    remove_row(Edit(clerk, sound_record.pk, 0, DOCUMENT), f"T03/{parent}")
    expected = [row for row in sound.table("T03").rows if row.code != parent]
    assert list(_table(load(sound_record.pk), "T03").rows) == expected
    children = models.BudgetLine.objects.filter(table__code="T03", code__startswith=parent)
    assert set(children.values_list("parent__code", flat=True)) == {parent[:3]}


def test_the_correction_list_names_mistakes_of_the_document_only(record, clerk, right_value):
    correct_cell(Edit(clerk, record.pk, 0, DOCUMENT, "抄错"), PLACE, right_value)
    correct_cell(Edit(clerk, record.pk, 1, READING), "N/一/1", "看错的字")
    (change,) = correction_list(record.pk)
    assert (change.place, change.old, change.new, change.reason) == (PLACE, "1.00", right_value, "抄错")
    assert change.words == "表三“合计”合计"


@pytest.mark.parametrize("state", [state for state in models.State if state not in ("to_correct", "returned")])
def test_nothing_is_corrected_in_other_states(record, clerk, in_state, state):
    in_state(record, state)
    with pytest.raises(NotAllowedError, match=state.label):
        correct_cell(Edit(clerk, record.pk, 0), PLACE, "5")


def test_the_number_of_queries_does_not_grow(sound, sound_record, clerk, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        correct_cell(Edit(clerk, sound_record.pk, 0), PLACE, "5")
    with django_assert_max_num_queries(45):
        correct_cells(Edit(clerk, sound_record.pk, 1), [CellChange(place, "8") for place in _block(sound)])
