"""The way from draft to publication, and what stands in it."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from audit import services as audit
from disclosures import models
from disclosures.errors import InvalidValueError, NotVisibleError, RefusedError
from disclosures.plain.codec import from_json
from disclosures.services.correcting import correct_cell
from disclosures.services.findings import desk
from disclosures.services.importing import import_file
from disclosures.services.publishing import SignOff, attach_final_file, is_intact, publish, sign_off, withdraw
from disclosures.services.reading import UnreadableFileError
from disclosures.services.remarks import add_remark, remarks_of, resolve_remark
from disclosures.services.revising import revise, versions
from disclosures.services.saving import Edit
from disclosures.services.workflow import SubmissionRefusedError, approve, assign, recall, return_for_correction, submit
from disclosures.storage import load, read_bytes
from tests.workflow.conftest import PLACE, file_of, spoilt

State = models.State
SIGNED = SignOff("甲", date(2026, 1, 5), "乙", date(2026, 1, 6))


def _events(record) -> list[str]:
    return [event.action for event in record.events.order_by("pk")]


@pytest.fixture
def published(sound, sound_record, clerk, people) -> models.Disclosure:
    submit(clerk, sound_record.pk, confirm_warnings=True)
    approve(people["reviewer"], sound_record.pk)
    sign_off(clerk, sound_record.pk, SIGNED)
    assert attach_final_file(clerk, sound_record.pk, file_of(sound) + b"\n", "定稿.json").accepted
    publish(people["reviewer"], sound_record.pk)
    sound_record.refresh_from_db()
    return sound_record


def test_open_errors_keep_a_disclosure_from_being_submitted(record, clerk, right_value):
    with pytest.raises(SubmissionRefusedError, match="还有 1 个错误") as refusal:
        submit(clerk, record.pk, confirm_warnings=True)
    assert [item.where for item in refusal.value.errors] == [PLACE]
    assert "表三合计 1.00" in refusal.value.reasons[0]
    correct_cell(Edit(clerk, record.pk, 0), PLACE, right_value)
    assert submit(clerk, record.pk, confirm_warnings=True).state == State.IN_REVIEW
    record.refresh_from_db()
    assert (record.submitted_by, record.submitted_at is not None) == (clerk, True)


def test_an_explained_error_can_be_submitted_but_not_approved_before_it_is_decided(record, clerk, reviewer):
    (finding,) = desk().unsettled(record.pk, ["open"])
    audit.explain_finding(clerk, finding.id, "上级要求如此列示")
    submit(clerk, record.pk, confirm_warnings=True)
    with pytest.raises(RefusedError, match="1 个问题"):
        approve(reviewer, record.pk)
    waiver = audit.accept_explanation(reviewer, finding.id)
    assert waiver.reason == "上级要求如此列示"
    assert approve(reviewer, record.pk).state == State.APPROVED


def test_a_refused_explanation_leaves_the_error_open(record, clerk, reviewer):
    (finding,) = desk().unsettled(record.pk, ["open"])
    audit.explain_finding(clerk, finding.id, "就是这样")
    submit(clerk, record.pk, confirm_warnings=True)
    audit.refuse_explanation(reviewer, finding.id, "请更正")
    with pytest.raises(RefusedError, match="1 个问题"):
        approve(reviewer, record.pk)
    return_for_correction(reviewer, record.pk, "见问题答复")
    with pytest.raises(SubmissionRefusedError):
        submit(clerk, record.pk)


def test_warnings_want_to_be_confirmed(sound_record, clerk, monkeypatch):
    from audit.models import Finding

    finding = {"rule": "T-01", "family": "other", "where": "doc", "values_digest": "x"}
    run = audit.check_stored(sound_record.pk)
    monkeypatch.setattr(type(desk()), "check", lambda *given: None)
    Finding.objects.create(
        disclosure=sound_record, fingerprint="f", severity="warning", first_run=run, last_run=run, **finding
    )
    with pytest.raises(SubmissionRefusedError, match="1 条提醒") as refusal:
        submit(clerk, sound_record.pk)
    assert (refusal.value.errors, len(refusal.value.warnings)) == ((), 1)
    submit(clerk, sound_record.pk, confirm_warnings=True)
    assert sound_record.events.get(action="submitted").details["confirmed"] == ["f"]


def test_the_whole_way_leaves_its_events(published):
    assert published.state == State.PUBLISHED
    assert _events(published) == ["imported", "submitted", "approved", "signed_off", "final_file", "published"]
    way = [(e.details["from"], e.details["to"]) for e in published.events.order_by("pk") if "to" in e.details]
    assert way == [("to_correct", "in_review"), ("in_review", "approved"), ("approved", "published")]


def test_returned_with_a_remark_answered_and_submitted_again(sound_record, clerk, reviewer):
    submit(clerk, sound_record.pk, confirm_warnings=True)
    with pytest.raises(InvalidValueError, match="退回的原因"):
        return_for_correction(reviewer, sound_record.pk, " ")
    return_for_correction(reviewer, sound_record.pk, "请核实表三")
    (remark,) = remarks_of(sound_record.pk)
    answer = add_remark(clerk, sound_record.pk, "已核实", answers=remark.pk)
    assert (answer.answers, list(remarks_of(sound_record.pk))) == (remark, [remark, answer])
    assert resolve_remark(reviewer, remark.pk).resolved
    assert submit(clerk, sound_record.pk, confirm_warnings=True).state == State.IN_REVIEW


def test_a_submission_can_be_recalled(sound_record, clerk):
    submit(clerk, sound_record.pk, confirm_warnings=True)
    assert recall(clerk, sound_record.pk).state == State.TO_CORRECT


def test_a_remark_of_another_disclosure_cannot_be_answered_here(sound_record, record, clerk, reviewer):
    stranger = models.Department.objects.create(name="南局")
    other = models.Disclosure.objects.create(
        department=stranger, fiscal_year=2026, kind="unit_budget", version=1, profile="shanxi-2024"
    )
    remark = models.Remark.objects.create(disclosure=other, text="秘密", user=reviewer)
    with pytest.raises(NotVisibleError):
        add_remark(clerk, record.pk, "答", answers=remark.pk)
    with pytest.raises(NotVisibleError):
        resolve_remark(clerk, remark.pk)


def test_publication_wants_sign_off_and_the_final_file(sound_record, clerk, reviewer, sound):
    submit(clerk, sound_record.pk, confirm_warnings=True)
    approve(reviewer, sound_record.pk)
    with pytest.raises(RefusedError) as refusal:
        publish(reviewer, sound_record.pk)
    assert len(refusal.value.reasons) == 3
    late = timezone.localdate() + timedelta(days=1)
    with pytest.raises(InvalidValueError, match="晚于今天"):
        sign_off(clerk, sound_record.pk, SignOff("甲", late, "乙", late))
    sign_off(clerk, sound_record.pk, SIGNED)
    with pytest.raises(RefusedError, match="定稿文件"):
        publish(reviewer, sound_record.pk)
    assert not models.Snapshot.objects.exists()


def test_a_final_file_that_says_something_else_is_refused_with_the_differences(sound_record, clerk, reviewer, sound):
    submit(clerk, sound_record.pk, confirm_warnings=True)
    approve(reviewer, sound_record.pk)
    wrong = spoilt(spoilt(sound), "N/一/1", "别的话。")
    result = attach_final_file(clerk, sound_record.pk, file_of(wrong), "定稿.json")
    assert not result.accepted
    assert [(item.place, item.second) for item in result.differences] == [(PLACE, "1.00"), ("N/一/1", "别的话。")]
    sound_record.refresh_from_db()
    assert sound_record.final_file is None
    with pytest.raises(UnreadableFileError):
        attach_final_file(clerk, sound_record.pk, b"{", "坏.json")


@pytest.mark.parametrize(("kind", "accepted"), [("reading", True), ("document", False)])
def test_the_file_need_not_be_changed_where_only_the_reading_was_wrong(
    record, clerk, reviewer, sound, right_value, kind, accepted
):
    """The reader misreads the final file just as it misread the first one; a mistake of the document must go."""
    correct_cell(Edit(clerk, record.pk, 0, kind), PLACE, right_value)
    submit(clerk, record.pk, confirm_warnings=True)
    approve(reviewer, record.pk)
    unchanged = file_of(spoilt(sound)) + b"\n"
    assert attach_final_file(clerk, record.pk, unchanged, "定稿.json").accepted is accepted
    assert attach_final_file(clerk, record.pk, file_of(sound), "定稿.json").accepted


def test_a_return_after_approval_voids_sign_off_and_final_file(sound_record, clerk, reviewer, sound):
    submit(clerk, sound_record.pk, confirm_warnings=True)
    approve(reviewer, sound_record.pk)
    sign_off(clerk, sound_record.pk, SIGNED)
    attach_final_file(clerk, sound_record.pk, file_of(sound), "定稿.json")
    returned = return_for_correction(reviewer, sound_record.pk, "还要改")
    assert (returned.final_file, returned.leader, returned.signed_on) == (None, "", None)


def test_the_snapshot_is_what_was_published_and_cannot_be_changed(published, sound):
    snapshot = published.snapshot
    assert from_json(json.loads(snapshot.content)) == sound
    assert snapshot.sha256 == hashlib.sha256(snapshot.content.encode()).hexdigest()
    assert snapshot.file_sha256 == hashlib.sha256(read_bytes(published.final_file)).hexdigest()
    assert is_intact(snapshot)
    snapshot.content = "{}"
    assert not is_intact(snapshot)
    for change in (snapshot.save, snapshot.delete, models.Snapshot.objects.all().delete):
        with pytest.raises(models.AppendOnlyError):
            change()
    with pytest.raises(models.AppendOnlyError):
        models.Snapshot.objects.update(content="{}")


def test_a_damaged_final_file_is_not_published(sound_record, clerk, reviewer, sound):
    submit(clerk, sound_record.pk, confirm_warnings=True)
    approve(reviewer, sound_record.pk)
    sign_off(clerk, sound_record.pk, SIGNED)
    attach_final_file(clerk, sound_record.pk, file_of(sound), "定稿.json")
    sound_record.refresh_from_db()
    sound_record.final_file.path.write_bytes(b"else")
    with pytest.raises(RefusedError, match="损坏"):
        publish(reviewer, sound_record.pk)


def test_withdrawn_keeps_its_snapshot(published, reviewer):
    assert withdraw(reviewer, published.pk, "发现错误").state == State.WITHDRAWN
    assert models.Snapshot.objects.filter(disclosure=published).exists()


def test_a_revision_is_a_copy_and_supersedes_when_it_is_published(published, sound, clerk, people):
    copy = revise(clerk, published.pk)
    assert (copy.version, copy.state, copy.based_on, copy.source_file) == (
        2,
        State.TO_CORRECT,
        published,
        published.source_file,
    )
    assert load(copy.pk) == sound
    with pytest.raises(RefusedError, match="第 2 版"):
        revise(clerk, published.pk)
    place = "N/一/1"
    correct_cell(Edit(clerk, copy.pk, 0, "document"), place, "修订后的话。")
    submit(clerk, copy.pk, confirm_warnings=True)
    approve(people["reviewer"], copy.pk)
    sign_off(clerk, copy.pk, SIGNED)
    attach_final_file(clerk, copy.pk, file_of(spoilt(sound, place, "修订后的话。")), "定稿.json")
    published.refresh_from_db()
    assert published.state == State.PUBLISHED
    publish(people["reviewer"], copy.pk)
    published.refresh_from_db()
    assert published.state == State.SUPERSEDED
    assert [item.version for item in versions(published)] == [2, 1]
    assert models.Snapshot.objects.count() == 2


def test_an_import_of_the_original_finds_the_first_version_not_the_copy(published, sound, clerk):
    revise(clerk, published.pk)
    assert import_file(file_of(sound), "again.json", clerk).record == published


def test_assigning(sound_record, reviewer, clerk, people):
    assert assign(reviewer, [sound_record.pk, sound_record.pk], clerk) == 1
    assert assign(reviewer, [sound_record.pk], clerk) == 0
    with pytest.raises(RefusedError, match="看不到"):
        assign(reviewer, [sound_record.pk], people["other clerk"])
    assert assign(reviewer, [sound_record.pk], None) == 1


def test_a_step_that_fails_leaves_neither_state_nor_event(sound_record, clerk, monkeypatch):
    def fail(*given, **fields):
        raise ConnectionError("lost")

    monkeypatch.setattr(models.Event.objects, "create", fail)
    with pytest.raises(ConnectionError), transaction.atomic():
        submit(clerk, sound_record.pk, confirm_warnings=True)
    sound_record.refresh_from_db()
    assert sound_record.state == State.TO_CORRECT
