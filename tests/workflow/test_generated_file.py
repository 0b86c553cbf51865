"""The final file that the system writes: kept only when it reads back equal, made as a background task."""

from __future__ import annotations

import pytest

from disclosures import models
from disclosures.editing import differences
from disclosures.errors import NotAllowedError, NotVisibleError
from disclosures.services import publishing
from disclosures.services.generating import request_final_file
from disclosures.services.publishing import generate_final_file
from disclosures.services.reading import read_disclosures
from disclosures.services.workflow import approve, submit
from disclosures.storage import load, read_bytes
from disclosures.tasks.running import run
from disclosures.writing import pdf
from disclosures.writing.docx import write_docx

from .conftest import spoilt


@pytest.fixture
def approved(sound_record, clerk, reviewer, monkeypatch) -> models.Disclosure:
    monkeypatch.setattr(pdf, "_PROGRAMS", ())  # page numbers are `tests/writing`'s affair
    submit(clerk, sound_record.pk, confirm_warnings=True)
    approve(reviewer, sound_record.pk)
    return sound_record


def test_the_generated_file_says_what_was_approved(approved, clerk):
    assert generate_final_file(clerk, approved.pk).accepted
    approved.refresh_from_db()
    assert approved.final_file is not None
    assert approved.final_file.name.endswith(".docx")
    again = read_disclosures(read_bytes(approved.final_file), "x.docx")[0]
    assert differences(load(approved.pk), again) == ()
    event = approved.events.filter(action=models.Action.FINAL_FILE).get()
    assert (event.user, event.details["sha256"]) == (clerk, approved.final_file.sha256)


def test_a_writer_that_goes_wrong_is_found_out(approved, clerk, monkeypatch):
    monkeypatch.setattr(publishing, "official_document", lambda disclosure: write_docx(spoilt(disclosure)))
    result = generate_final_file(clerk, approved.pk)
    assert not result.accepted
    assert result.differences
    approved.refresh_from_db()
    assert approved.final_file is None


def test_as_a_task_it_tells_the_result(approved, clerk):
    task = request_final_file(clerk, approved.pk)
    assert request_final_file(clerk, approved.pk) == task
    run(task.pk)
    task.refresh_from_db()
    assert (task.state, task.result) == (models.TaskState.DONE, {"accepted": True, "differences": []})
    assert task.disclosure_id == approved.pk


def test_what_is_no_longer_allowed_fails_in_words(approved, clerk, reviewer):
    task = request_final_file(clerk, approved.pk)
    models.Disclosure.objects.filter(pk=approved.pk).update(state=models.State.RETURNED)
    run(task.pk)
    task.refresh_from_db()
    assert task.state == models.TaskState.FAILED
    assert "上传定稿文件" in task.error


def test_only_those_who_may_hand_in_a_final_file_may_have_one_written(approved, people):
    with pytest.raises(NotAllowedError):
        request_final_file(people["auditor"], approved.pk)
    with pytest.raises(NotVisibleError):
        request_final_file(people["other clerk"], approved.pk)
