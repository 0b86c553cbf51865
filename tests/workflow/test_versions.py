"""A re-uploaded file becomes a new version that takes over the corrections that still apply."""

from __future__ import annotations

from typing import Any

import pytest

from disclosures import editing, models
from disclosures.plain.data import Surety
from disclosures.services.correcting import add_row, correct_cell, remove_row, revert_correction
from disclosures.services.corrections import active_corrections, correction_list
from disclosures.services.importing import import_file
from disclosures.services.saving import Edit
from disclosures.storage import load
from tests.workflow.conftest import PLACE, file_of, spoilt

OTHER = "N/一/1"


def _carried(record) -> dict[str, Any]:
    return record.events.get(action="carried_over").details


def test_a_reading_mistake_is_corrected_in_the_next_file_too(record, sound, clerk, right_value):
    correct_cell(Edit(clerk, record.pk, 0, "reading", "扫描不清"), PLACE, right_value)
    again = import_file(file_of(spoilt(spoilt(sound), OTHER, "改过的话。")), "b.json", clerk).record
    assert load(again.pk) == spoilt(sound, OTHER, "改过的话。")
    (taken,) = active_corrections(again.pk).values()
    assert (taken.place, taken.read_value, taken.new_value, taken.reason, taken.user) == (
        PLACE,
        "1.00",
        right_value,
        "扫描不清",
        clerk,
    )
    assert _carried(again) == {"from": 1, "applied": [PLACE], "settled": [], "left": [], "words": "沿用 1 处更正"}
    record.refresh_from_db()
    assert (record.state, again.based_on) == (models.State.SUPERSEDED, record)


def test_a_mistake_mended_in_the_file_is_settled(record, sound, clerk, right_value):
    correct_cell(Edit(clerk, record.pk, 0, "document"), PLACE, right_value)
    again = import_file(file_of(sound), "b.json", clerk).record
    assert (active_corrections(again.pk), correction_list(again.pk)) == ({}, [])
    assert _carried(again)["settled"] == [PLACE]


def test_a_value_that_is_neither_is_left_as_the_file_says(record, sound, clerk, right_value):
    correct_cell(Edit(clerk, record.pk, 0, "document"), PLACE, right_value)
    again = import_file(file_of(spoilt(sound, PLACE, "9.00")), "b.json", clerk).record
    assert editing.read(load(again.pk), editing.find(sound, PLACE)[1]) == "9.00"
    assert _carried(again)["left"] == [PLACE]


def test_what_is_taken_over_can_be_reverted_to_the_new_reading(record, sound, clerk, right_value):
    correct_cell(Edit(clerk, record.pk, 0), PLACE, right_value)
    read = editing.with_surety(spoilt(sound), editing.find(sound, PLACE)[1], Surety.DOUBTFUL)
    again = import_file(file_of(read), "b.json", clerk).record
    revert_correction(clerk, again.pk, 0, PLACE)
    assert load(again.pk) == read


def test_added_and_removed_rows_are_taken_over(sound, sound_record, clerk):
    code = sound.table("T03").rows[-1].code
    add_row(Edit(clerk, sound_record.pk, 0), "T03", 1, {"code": "2999999", "name": "漏读的科目"})
    correct_cell(Edit(clerk, sound_record.pk, 1), "T03/2999999/total", "3")
    remove_row(Edit(clerk, sound_record.pk, 2), f"T03/{code}")
    corrected = load(sound_record.pk)
    again = import_file(file_of(spoilt(sound, OTHER, "改过的话。")), "b.json", clerk).record
    assert load(again.pk).table("T03") == corrected.table("T03")
    assert set(_carried(again)["applied"]) == {"T03/2999999", "T03/2999999/total", f"T03/{code}"}


def test_a_published_version_is_not_superseded_by_an_upload(record, sound, clerk, in_state):
    in_state(record, models.State.PUBLISHED)
    import_file(file_of(sound), "b.json", clerk)
    record.refresh_from_db()
    assert record.state == models.State.PUBLISHED


@pytest.mark.parametrize("change", [None, ("T03/合计/basic", "1"), ("P", None)])
def test_differences_name_every_place_and_nothing_else(sound, change):
    if change is None:
        assert editing.differences(sound, sound) == ()
        return
    if change[0] == "P":
        from dataclasses import replace

        fewer = replace(sound, project_targets=sound.project_targets[1:])
        assert {item.place.split("/")[0] for item in editing.differences(sound, fewer)} == {"P"}
        return
    (difference,) = editing.differences(sound, spoilt(sound, *change))
    assert (difference.place, difference.second) == change


def test_the_order_of_rows_is_a_difference(sound):
    from dataclasses import replace

    table = sound.table("T12")
    turned = replace(table, rows=(table.rows[0], *reversed(table.rows[1:])))
    other = replace(sound, tables=tuple(turned if item.id == "T12" else item for item in sound.tables))
    assert any(item.place.startswith("T12") for item in editing.differences(sound, other))


def test_numbers_printed_otherwise_are_the_same_number(sound):
    path = editing.find(sound, PLACE)[1]
    first, second = editing.write(sound, path, "5.00"), editing.write(sound, path, "5.0")
    assert editing.differences(first, second) == ()
