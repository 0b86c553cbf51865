"""Whatever people did to a disclosure, a new file of the same document loses none of it and doubles none of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from disclosures import editing, models
from disclosures.editing import Items, ListKind
from disclosures.errors import InvalidValueError, RefusedError
from disclosures.plain import data as plain
from disclosures.plain.codec import to_json
from disclosures.services.correcting import correct_cell
from disclosures.services.corrections import active_corrections
from disclosures.services.importing import import_file
from disclosures.services.items import add_item, move_item, remove_item
from disclosures.services.revising import revise
from disclosures.services.rows import NewRow, TableChanges, change_table
from disclosures.services.saving import Edit
from disclosures.services.undoing import undo_correction, undo_save
from disclosures.storage import load
from tests.workflow.conftest import file_of

READING = models.CorrectionKind.READING
TWICE = "人员支出"
Step = Callable[[models.User, models.Disclosure, int, int, int], object]


@pytest.fixture
def repeated(sound: plain.Disclosure) -> plain.Disclosure:
    """T12 prints three projects of one name at its end."""
    table = sound.table("T12")
    assert table is not None
    rows = tuple(replace(table.rows[-1], name=TWICE) for _ in range(3))
    spoiled = replace(table, rows=table.rows[:-1] + rows)
    return replace(sound, tables=tuple(spoiled if item.id == "T12" else item for item in sound.tables))


@pytest.fixture
def held(repeated, clerk) -> models.Disclosure:
    return import_file(file_of(repeated), "预算.json", clerk).record


def other_bytes(disclosure: plain.Disclosure) -> bytes:
    """The same content in a file that is not the same."""
    return json.dumps(to_json(disclosure), ensure_ascii=False, indent=1).encode()


def _row(user, record, revision: int, which: int, what: int) -> object:
    table = load(record.pk).table("T12")
    assert table is not None
    keys = editing.row_keys(table)
    key, before = keys[-1 - which % 4], len(keys) - which % 3
    match what % 4:
        case 0:
            return correct_cell(Edit(user, record.pk, revision), f"T12/{key}/total", f"{which + 1}.25")
        case 1:
            name = TWICE if which % 2 else f"项目{which}"
            return correct_cell(Edit(user, record.pk, revision), f"T12/{key}/project", name)
        case 2:
            changes = TableChanges(added=[NewRow(before, {"project": f"漏读{which}"})])
        case _:
            changes = TableChanges(removed=[f"T12/{key}"])
    return change_table(Edit(user, record.pk, revision, READING), "T12", changes)


def _item(user, record, revision: int, which: int, what: int) -> object:
    """Add, remove, move an item of one of the other lists."""
    now = load(record.pk)
    part = next(f"N/{s.numeral}" for s in now.sections if len(s.paragraphs) > 2)
    forms = Items(ListKind.FORMS)
    lists = [
        (Items(ListKind.PARAGRAPHS, part), {"text": f"漏读的第{which}段。"}),
        (forms, {"project": f"漏读的项目{which}"}),
        (
            Items(ListKind.INDICATORS, forms.place(now, which % len(now.project_targets))),
            {"level1": "产出指标", "level2": "数量指标", "level3": f"指标{which}", "value": "≥1"},
        ),
        (Items(ListKind.SECTIONS), {"numeral": f"附{which}", "heading": "附：漏读的一节"}),
    ]
    items, fields = lists[what % 4]
    count = len(items.items(now))
    if which % 3 == 0 or count < 2:
        return add_item(Edit(user, record.pk, revision, READING), items, which % (count + 1), fields)
    place = items.place(now, which % count)
    if which % 3 == 1:
        return remove_item(Edit(user, record.pk, revision, READING), items, place)
    return move_item(Edit(user, record.pk, revision, READING), items, place, (which + 1) % count)


def _undo(user, record, revision: int, _which: int, _what: int) -> object:
    return undo_save(user, record.pk, revision, revision)


EDITS: tuple[Step, ...] = (_row, _row, _item, _undo)
_STEPS = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 11), st.integers(0, 3)), min_size=1, max_size=6)
_FEW = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def edit(user, record, steps) -> None:
    for change, which, what in steps:
        revision = models.Disclosure.objects.get(pk=record.pk).revision
        try:
            change(user, record, revision, which, what)
        except (RefusedError, InvalidValueError):
            continue  # nothing to undo; a section that is there


def values(record) -> dict[str, tuple[str | None, str | None]]:
    standing = active_corrections(record.pk).items()
    return {place: (item.read_value, item.new_value) for place, item in standing if item.action == "set"}


@_FEW
@given(steps=_STEPS)
@example(steps=[(_item, 3, 1), (_item, 2, 1)])  # something added stands behind what was moved there afterwards
def test_a_new_file_that_says_the_same_keeps_everything(held, repeated, clerk, steps):
    with transaction.atomic():
        edit(clerk, held, steps)
        corrected, before = load(held.pk), values(held)
        again = import_file(other_bytes(repeated), "b.json", clerk).record
        told = again.events.get(action="carried_over").details
        assert told["left"] == []
        assert editing.differences(corrected, load(again.pk)) == ()
        assert values(again) == before
        transaction.set_rollback(True)


@_FEW
@given(steps=_STEPS)
def test_a_mended_file_needs_no_correction_any_more(held, clerk, steps):
    with transaction.atomic():
        edit(clerk, held, steps)
        corrected = load(held.pk)
        again = import_file(other_bytes(corrected), "b.json", clerk).record
        assert editing.differences(corrected, load(again.pk)) == ()
        assert active_corrections(again.pk) == {}
        assert again.events.get(action="carried_over").details["left"] == []
        transaction.set_rollback(True)


@_FEW
@given(steps=_STEPS)
def test_a_revision_can_take_back_one_by_one_what_was_done_before_it(held, repeated, clerk, steps):
    with transaction.atomic():
        edit(clerk, held, steps)
        models.Disclosure.objects.filter(pk=held.pk).update(state=models.State.WITHDRAWN)
        copy = revise(clerk, held.pk)
        assert values(copy) == values(held)
        while correction := copy.corrections.filter(active=True, ended_by=None).order_by("-pk").first():
            revision = models.Disclosure.objects.get(pk=copy.pk).revision
            undo_correction(clerk, copy.pk, revision, correction.pk)
        assert editing.differences(repeated, load(copy.pk)) == ()
        transaction.set_rollback(True)


def test_what_fits_no_more_is_told_to_the_clerk_in_words(held, repeated, clerk):
    row = f"T12/{TWICE}#2"
    correct_cell(Edit(clerk, held.pk, 0), f"{row}/total", "7")
    change_table(Edit(clerk, held.pk, 1, READING), "T12", TableChanges(removed=[f"T12/{TWICE}#3"]))
    table = repeated.table("T12")
    assert table is not None
    rows = table.rows
    other = tuple(
        editing.write(repeated, ("tables", 11, "rows", n, "cells", "total"), f"{n}9.00").tables[11].rows[n]
        for n in range(len(rows))
    )
    tables = tuple(replace(item, rows=other) if item.id == "T12" else item for item in repeated.tables)
    again = import_file(other_bytes(replace(repeated, tables=tables)), "b.json", clerk).record
    told = again.events.get(action="carried_over").details
    assert set(told["left"]) == {f"{row}/total", f"T12/{TWICE}#3"}
    assert "2 处在新文件中对不上" in told["words"]
    assert "7.00" in told["words"]
