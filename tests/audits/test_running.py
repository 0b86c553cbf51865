"""Audits over a selection: what is covered, incremental, idempotent, cancelled, one broken, a worker gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from audit.models import Audit, AuditItem, AuditRun, AuditState, Finding, FindingEvent, ItemState
from audit.services import audits, mute_rule
from audit.services.selection import Selection, disclosures_of
from disclosures import models, tasks
from disclosures.errors import InvalidValueError, NotAllowedError, NotVisibleError, RefusedError
from disclosures.services.correcting import correct_cell
from disclosures.services.saving import Edit
from disclosures.storage import load_record
from disclosures.tasks.running import run_queued
from tests.audits.conftest import run_chunk

HERE = Selection(2026)


def run(user: models.User, selection: Selection = HERE, **more) -> Audit:
    return audits.run_audit(audits.start_audit(user, selection, enqueue=False, **more).pk)


def states(audit: Audit) -> dict[str, int]:
    return audits.counts(audit.pk)


def test_every_disclosure_of_the_selection_is_checked_and_summed_up(put, spoil, auditor) -> None:
    put(1)
    wrong = put(2, spoil)
    put(3, year=2025)
    audit = run(auditor)
    assert (audit.state, audit.total, audit.checked, audit.failed) == (AuditState.DONE, 2, 2, 0)
    assert AuditRun.objects.count() == 2
    assert audit.summary["errors"] == Finding.objects.filter(severity="error").count() > 0
    assert [row["disclosure"] for row in audit.summary["departments"]] == [wrong.pk]
    assert audit.summary["clean"] == 1


def test_as_tasks_of_the_queue_it_comes_to_the_same(put, spoil, auditor, monkeypatch) -> None:
    monkeypatch.setattr(audits, "CHUNK", 2)
    for number in range(5):
        put(number, spoil)
    audit = audits.start_audit(auditor, HERE)
    run_queued()
    audit.refresh_from_db()
    assert (audit.state, audit.checked) == (AuditState.DONE, 5)
    kinds = list(models.Task.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["audit", *["audit_chunk"] * 3, "audit_finish"]
    assert set(models.Task.objects.values_list("queue", "state")) == {(tasks.Queue.BULK, "done")}


def test_only_what_changed_is_checked_again(put, auditor) -> None:
    records = [put(number) for number in range(3)]
    run(auditor)
    correct_cell(Edit(None, records[0].pk, 0), "T03/合计/total", "1.00")
    assert states(run(auditor)) == {ItemState.UNCHANGED: 3}  # the save itself was a check of the new content
    AuditRun.objects.filter(disclosure=records[1]).update(basis="other rules")
    assert states(run(auditor)) == {ItemState.UNCHANGED: 2, ItemState.CHECKED: 1}
    assert states(run(auditor, whole=True)) == {ItemState.CHECKED: 3}


def test_another_revision_of_last_year_s_disclosure_is_a_change(put, auditor) -> None:
    put(1)
    put(2)
    run(auditor)
    last_year = put(1, year=2025)
    assert states(run(auditor)) == {ItemState.UNCHANGED: 1, ItemState.CHECKED: 1}
    correct_cell(Edit(None, last_year.pk, 0), "T03/合计/total", "1.00")
    assert states(run(auditor)) == {ItemState.UNCHANGED: 1, ItemState.CHECKED: 1}
    assert states(run(auditor)) == {ItemState.UNCHANGED: 2}


def test_a_muted_rule_is_a_change_where_it_is_muted(put, region, auditor) -> None:
    put(1)
    put(2, where=models.Region.objects.create(name="南山市"))
    run(auditor)
    administrator = models.User.objects.create(username="guanli", role=models.Role.ADMINISTRATOR)
    mute_rule(administrator, "C-NAME", region, "误报")
    assert states(run(auditor)) == {ItemState.UNCHANGED: 1, ItemState.CHECKED: 1}


def test_a_chunk_delivered_twice_counts_once(put, spoil, auditor) -> None:
    record = put(1, spoil)
    audit = audits.start_audit(auditor, HERE, enqueue=False)
    audits.begin_audit(audit.pk)
    assert run_chunk(audit.pk, [record.pk]) == {"checked": 1}
    assert run_chunk(audit.pk, [record.pk]) == {}
    assert AuditRun.objects.count() == 1


def test_two_workers_with_the_same_chunk_write_once(put, spoil, auditor) -> None:
    first, second = put(1, spoil), put(2, spoil)
    audit = audits.start_audit(auditor, HERE, enqueue=False)
    audits.begin_audit(audit.pk)
    slow = audits.checking(audit.pk, [first.pk, second.pk])
    assert next(slow) == ItemState.CHECKED
    assert run_chunk(audit.pk, [first.pk, second.pk]) == {"checked": 1}
    assert list(slow) == [ItemState.CANCELLED]
    assert AuditRun.objects.count() == 2


def test_one_broken_disclosure_fails_alone(put, auditor, monkeypatch) -> None:
    broken, sound = put(1), put(2)
    real = load_record

    def load(record: models.Disclosure):
        if record.pk == broken.pk:
            raise ValueError("broken")
        return real(record)

    monkeypatch.setattr(audits, "load_record", load)
    audit = run(auditor)
    assert (audit.state, audit.checked, audit.failed) == (AuditState.DONE, 1, 1)
    item = AuditItem.objects.get(disclosure=broken)
    assert item.state == ItemState.FAILED
    assert "系统出错" in item.words
    assert AuditItem.objects.get(disclosure=sound).state == ItemState.CHECKED


def test_a_database_that_is_away_is_no_fault_of_the_disclosure(put, auditor, monkeypatch) -> None:
    record = put(1)

    def load(_record: models.Disclosure):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(audits, "load_record", load)
    audit = audits.start_audit(auditor, HERE, enqueue=False)
    audits.begin_audit(audit.pk)
    with pytest.raises(OperationalError):
        run_chunk(audit.pk, [record.pk])
    assert states(audit) == {ItemState.QUEUED: 1}


def test_a_cancelled_audit_keeps_what_was_checked(put, auditor) -> None:
    records = [put(number) for number in range(3)]
    audit = audits.start_audit(auditor, HERE, enqueue=False)
    audits.begin_audit(audit.pk)
    run_chunk(audit.pk, [records[0].pk])
    cancelled = audits.cancel_audit(auditor, audit.pk)
    assert cancelled.state == AuditState.CANCELLED
    assert states(audit) == {ItemState.CHECKED: 1, ItemState.CANCELLED: 2}
    assert run_chunk(audit.pk, [record.pk for record in records]) == {}
    with pytest.raises(RefusedError, match="已经结束"):
        audits.cancel_audit(auditor, audit.pk)


def test_an_audit_whose_workers_died_is_closed_in_words(put, auditor) -> None:
    records = [put(number) for number in range(2)]
    audit = audits.start_audit(auditor, HERE, enqueue=False)
    audits.begin_audit(audit.pk)
    run_chunk(audit.pk, [records[0].pk])
    assert audits.tidy_audits() == 0  # it may still be at work
    long_ago = timezone.now() - 2 * audits.STUCK
    Audit.objects.update(queued_at=long_ago, started_at=long_ago)
    AuditItem.objects.exclude(at=None).update(at=long_ago)
    assert audits.tidy_audits() == 1
    audit.refresh_from_db()
    assert (audit.state, audit.checked, audit.failed) == (AuditState.DONE, 1, 1)
    assert "中断" in AuditItem.objects.get(state=ItemState.FAILED).words


def test_an_audit_with_tasks_in_the_queue_is_left_alone(put, auditor) -> None:
    put(1)
    audits.start_audit(auditor, HERE)
    Audit.objects.update(queued_at=timezone.now() - timedelta(days=1))
    assert audits.tidy_audits() == 0


def test_an_open_audit_of_the_same_selection_is_not_begun_twice(put, auditor) -> None:
    put(1)
    first = audits.start_audit(auditor, HERE)
    assert audits.start_audit(auditor, Selection(2026, states=())).pk == first.pk


def test_a_content_that_changes_under_the_check_is_checked_again(put, auditor, monkeypatch) -> None:
    record = put(1)
    real, saves = load_record, iter(["1.00"])

    def load(found: models.Disclosure):
        content = real(found)
        for value in saves:
            correct_cell(Edit(None, record.pk, 0), "T03/合计/total", value)
        return content

    monkeypatch.setattr(audits, "load_record", load)
    audit = run(auditor)
    assert audit.checked == 1
    assert AuditRun.objects.latest("pk").revision == 1
    assert audit.summary["errors"] > 0


def test_the_latest_version_counts_or_the_latest_in_the_chosen_states(put, auditor) -> None:
    old, new = put(1), put(1)
    models.Disclosure.objects.filter(pk=old.pk).update(state=models.State.PUBLISHED)
    assert list(disclosures_of(HERE)) == [new]
    assert list(disclosures_of(Selection(2026, states=("published",)))) == [old]


def test_a_reviewer_audits_their_region_and_what_lies_below(put, region, reviewer, auditor) -> None:
    county = models.Region.objects.create(name="青山县", parent=region)
    far = models.Region.objects.create(name="南山市")
    near, below = put(1), put(2, where=county)
    put(3, where=far)
    audit = audits.start_audit(reviewer, HERE, enqueue=False)
    assert set(audit.items.values_list("disclosure", flat=True)) == {near.pk, below.pk}
    with pytest.raises(NotVisibleError):
        audits.start_audit(reviewer, Selection(2026, region=far.pk))
    with pytest.raises(NotVisibleError):
        audits.start_audit(reviewer, Selection(2026, departments=(models.Department.objects.get(region=far).pk,)))
    everywhere = audits.start_audit(auditor, HERE, enqueue=False)
    assert not audits.visible_audits(reviewer).filter(pk=everywhere.pk).exists()
    with pytest.raises(NotVisibleError):
        audits.cancel_audit(reviewer, everywhere.pk)


def test_clerks_do_not_audit_and_nonsense_is_refused(put, auditor) -> None:
    record = put(1)
    clerk = models.User.objects.create(username="jingban", role=models.Role.CLERK, department=record.department)
    with pytest.raises(NotAllowedError):
        audits.start_audit(clerk, HERE)
    with pytest.raises(InvalidValueError):
        audits.start_audit(auditor, Selection(2026, states=("elsewhere",)))
    with pytest.raises(RefusedError, match="没有公开文本"):
        audits.start_audit(auditor, Selection(1999))


def test_new_and_gone_findings_against_the_audit_before(put, spoil, auditor) -> None:
    records = [put(1, spoil), put(2)]
    first = run(auditor)
    held = first.summary["errors"]
    assert first.summary["trend"] == {"previous": None}
    correct_cell(Edit(None, records[1].pk, 0), "T03/合计/total", "1.00")
    right = generate_right(1)
    correct_cell(Edit(None, records[0].pk, 0), "T03/合计/total", right)
    second = run(auditor)
    trend = second.summary["trend"]
    assert (trend["previous"], trend["gone"]) == (first.pk, held)
    assert trend["new"] == Finding.objects.exclude(status="gone").count() > 0
    assert FindingEvent.objects.filter(what="closed").count() == held


def test_a_new_version_is_held_against_the_version_before(put, spoil, auditor) -> None:
    put(1, spoil)
    run(auditor)
    put(1, spoil)
    trend = run(auditor).summary["trend"]
    assert (trend["new"], trend["gone"], trend["joined"], trend["left"]) == (0, 0, 0, 0)
    put(1)
    assert run(auditor).summary["trend"]["gone"] > 0


def generate_right(number: int) -> str:
    """What stands at the spoilt place in the right document."""
    from disclosures import editing
    from disclosures.plain.data import Kind
    from disclosures.synthetic import TINY, generate

    right = generate(number, TINY, kind=Kind.DEPARTMENT, year=2026)
    return str(editing.read(right, editing.find(right, "T03/合计/total")[1]))
