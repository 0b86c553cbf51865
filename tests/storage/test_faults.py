"""What cannot be stored leaves nothing behind and says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disclosures import models
from disclosures.plain import data as plain
from disclosures.storage import StorageError, registry, store


def _nothing_stored() -> bool:
    return not any(
        model.objects.exists()
        for model in (models.Disclosure, models.BudgetTable, models.BudgetLine, models.NarrativeSection, models.Note)
    )


class _FailingStorage:
    def store(self, record, project_targets, overall_targets):
        raise ConnectionError("lost in the middle")


def test_a_failure_in_the_middle_leaves_nothing(department, make_disclosure, monkeypatch):
    monkeypatch.setattr(registry, "_target_storage", _FailingStorage())
    with pytest.raises(ConnectionError):
        store(make_disclosure(3), department)
    assert _nothing_stored()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"notes": (plain.Note("坏\x00字"),)}, "控制字符"),
        ({"sections": (plain.Section("一" * 17, "标题"),)}, "超过 16 个字"),
        ({"profile": "atlantis"}, "atlantis"),
        ({"fiscal_year": 20260}, "20260"),
        ({"tables": (plain.Table("T07", "甲"), plain.Table("T07", "乙"))}, "T07"),
        ({"tables": (plain.Table("T07", "甲", printed_year=10**12),)}, "表上年度"),
        ({"tables": (plain.Table("T07", "", rows=(plain.Row("合计", ()),)),)}, "表七第 1 行"),
    ],
)
def test_what_a_database_would_not_take_is_refused_alike_on_both(department, make_disclosure, change, message):
    with pytest.raises(StorageError, match=message):
        store(replace(make_disclosure(1), **change), department)
    assert _nothing_stored()


def test_history_is_append_only(department, make_disclosure):
    record = store(make_disclosure(1), department)
    event = models.Event.objects.create(disclosure=record, action=models.Action.IMPORTED)
    for change in (event.save, event.delete, models.Event.objects.all().delete):
        with pytest.raises(models.AppendOnlyError):
            change()
    with pytest.raises(models.AppendOnlyError):
        models.Event.objects.update(details={})
