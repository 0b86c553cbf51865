"""Reports are asked for by those who may, made by a worker, downloaded by who asked, cleared away after a week."""

from __future__ import annotations

import io
from datetime import timedelta
from unittest import mock

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Audit
from audit.services import Selection, start_audit
from audit.services.audits import run_audit
from audit.services.making import OF_ONE, ReportForm, request_audit_report, request_region_report, tidy_reports
from disclosures.errors import NotVisibleError
from disclosures.models import Action, Disclosure, Event, Role, Task, TaskState, User
from disclosures.tasks.running import run_queued
from disclosures.writing import pdf
from tests.reports.conftest import needs_office

_WITHOUT_OFFICE = [form for form in OF_ONE if form is not ReportForm.AUDIT_PDF]


def _ask(client, record, form) -> Task:
    answer = client.post(reverse("disclosure_report", args=[record.pk, form]))
    assert answer.status_code == 202, answer.content
    return Task.objects.get(pk=int(answer.json()["task"].strip("/").split("/")[-1]))


@pytest.mark.parametrize("form", _WITHOUT_OFFICE)
def test_each_report_is_made_and_downloaded(record, log_in, form):
    client = log_in(Role.CLERK)
    task = _ask(client, record, form)
    run_queued()
    task.refresh_from_db()
    assert (task.state, task.error, task.progress) == (TaskState.DONE, "", 100)
    answer = client.get(reverse("task_output", args=[task.pk]))
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert log_in(Role.REVIEWER).get(reverse("task_output", args=[task.pk])).status_code == 404
    event = Event.objects.get(disclosure=record, action=Action.EXPORTED)
    assert event.details["format"] == form


@needs_office
def test_the_report_as_pdf(record, log_in):
    client = log_in(Role.AUDITOR)
    task = _ask(client, record, ReportForm.AUDIT_PDF)
    run_queued()
    data = b"".join(client.get(reverse("task_output", args=[task.pk])).streaming_content)
    assert data.startswith(b"%PDF")


@pytest.mark.parametrize("role", list(Role))
def test_everybody_who_sees_it_may_have_a_report(record, log_in, role):
    assert _ask(log_in(role), record, ReportForm.AUDIT_DOCX).state == TaskState.QUEUED


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER])
def test_people_from_elsewhere_do_not_find_it(record, log_in, role):
    client = log_in(role, elsewhere=True)
    for form in OF_ONE:
        assert client.post(reverse("disclosure_report", args=[record.pk, form])).status_code == 404
    assert not Task.objects.filter(kind="report").exists()


def test_strangers_and_unknown_reports(record, log_in, client):
    address = reverse("disclosure_report", args=[record.pk, "audit_docx"])
    assert client.post(address).status_code == 401
    assert log_in(Role.AUDITOR).get(address).status_code == 405
    for form in ("exe", "region_docx", "selection_xlsx"):
        assert log_in(Role.AUDITOR).post(reverse("disclosure_report", args=[record.pk, form])).status_code == 404


def test_asking_twice_is_one_task(record, log_in):
    client = log_in(Role.CLERK)
    first = _ask(client, record, ReportForm.FINDINGS)
    assert _ask(client, record, ReportForm.FINDINGS) == first
    assert _ask(client, record, ReportForm.ANNOTATED) != first


def test_who_lost_their_department_meanwhile_gets_nothing(record, log_in, user_of):
    client = log_in(Role.CLERK)
    task = _ask(client, record, ReportForm.AUDIT_DOCX)
    User.objects.filter(pk=user_of(client).pk).update(department=None)
    run_queued()
    task.refresh_from_db()
    assert task.state == TaskState.FAILED
    assert "无权查看" in task.error
    assert not task.output_path.exists()


def test_without_an_office_program_pdf_is_refused_in_words(record, log_in, monkeypatch):
    monkeypatch.setattr(pdf, "_PROGRAMS", ())
    answer = log_in(Role.CLERK).post(reverse("disclosure_report", args=[record.pk, "audit_pdf"]))
    assert answer.status_code == 422
    assert "另存为 PDF" in answer.json()["message"]


def test_without_an_original_there_is_nothing_to_annotate(record, log_in):
    Disclosure.objects.filter(pk=record.pk).update(source_file=None)
    answer = log_in(Role.CLERK).post(reverse("disclosure_report", args=[record.pk, "annotated"]))
    assert answer.status_code == 422
    assert "没有原件" in answer.json()["message"]


def test_an_original_that_is_gone_from_the_disk_fails_in_words(record, log_in):
    task = _ask(log_in(Role.CLERK), record, ReportForm.ANNOTATED)
    record.source_file.path.unlink()
    run_queued()
    task.refresh_from_db()
    assert "原件已不在服务器上" in task.error


def test_reports_are_cleared_away_after_a_week(record, log_in):
    client = log_in(Role.CLERK)
    old, new = (_ask(client, record, form) for form in (ReportForm.AUDIT_DOCX, ReportForm.FINDINGS))
    run_queued()
    Task.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=8))
    assert tidy_reports() == 1
    assert not old.output_path.exists()
    assert new.output_path.exists()
    assert client.get(reverse("task_output", args=[old.pk])).status_code == 404


# ---------------------------------------------------------------- the list, audits, regions


def test_findings_of_the_ticked_lines_of_the_list(record, log_in, user_of):
    client = log_in(Role.REVIEWER)
    answer = client.post(reverse("report_findings"), {"ids": [record.pk]})
    assert answer.headers["Location"].startswith(reverse("tasks"))
    run_queued()
    task = Task.objects.get(kind="report", user=user_of(client))
    assert task.state == TaskState.DONE
    assert task.output_name.startswith("问题清单_")


def test_nothing_ticked_and_what_is_out_of_reach(record, log_in):
    client = log_in(Role.REVIEWER, elsewhere=True)
    assert client.post(reverse("report_findings"), {"ids": [record.pk]}).status_code == 404
    answer = client.post(reverse("report_findings"), {}, follow=True)
    assert "请先在列表中勾选公开文本" in answer.content.decode()
    assert not Task.objects.exists()


def _checked_audit(user: User | None) -> Audit:
    return run_audit(start_audit(user, Selection(2026), enqueue=False).pk)


def test_the_report_of_an_audit_and_of_a_region(record, log_in, user_of):
    client = log_in(Role.AUDITOR)
    audit = _checked_audit(user_of(client))
    assert client.post(reverse("report_audit", args=[audit.pk, "docx"])).status_code == 302
    address = reverse("report_region", args=["docx"])
    assert client.post(address, {"year": "2026", "region": str(record.department.region_id)}).status_code == 302
    run_queued()
    for task in Task.objects.filter(kind="report"):
        assert task.state == TaskState.DONE, task.error
        document = docx.Document(io.BytesIO(task.output_path.read_bytes()))
        text = "".join(paragraph.text for paragraph in document.paragraphs)
        cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
        assert "核对公开文本1份" in text
        assert record.department.name in cells
        assert any(finding.message in cells for finding in record.findings.filter(severity="error"))


def test_an_audit_out_of_reach_or_still_open(record, log_in, user_of):
    audit = start_audit(None, Selection(2026), enqueue=False)
    client = log_in(Role.AUDITOR)
    answer = client.post(reverse("report_audit", args=[audit.pk, "docx"]), follow=True)
    assert "还没有结束" in answer.content.decode()
    assert log_in(Role.CLERK).post(reverse("report_audit", args=[audit.pk, "docx"])).status_code == 403
    reviewer = log_in(Role.REVIEWER, elsewhere=True)
    assert reviewer.post(reverse("report_audit", args=[audit.pk, "docx"])).status_code == 404
    assert client.post(reverse("report_audit", args=[audit.pk, "exe"])).status_code == 404


def test_a_region_that_is_none_and_a_year_that_is_none(record, log_in, user_of):
    client = log_in(Role.AUDITOR)
    assert client.post(reverse("report_region", args=["docx"]), {"year": "x"}).status_code == 404
    assert client.post(reverse("report_region", args=["docx"]), {"year": "2026", "region": "99999"}).status_code == 404
    with pytest.raises(NotVisibleError):
        request_region_report(user_of(client), ReportForm.REGION_DOCX, 2026, 99999)


def test_people_see_of_a_region_only_what_is_theirs(record, log_in, user_of):
    client = log_in(Role.REVIEWER, elsewhere=True)
    request_region_report(user_of(client), ReportForm.REGION_DOCX, 2026, record.department.region_id)
    run_queued()
    text = Task.objects.get(kind="report").output_path.read_bytes()
    document = docx.Document(io.BytesIO(text))
    assert record.department.name not in "".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )


def test_a_worker_that_is_told_to_stop_stops(record, log_in, user_of):
    client = log_in(Role.CLERK)
    task = _ask(client, record, ReportForm.AUDIT_DOCX)

    def cancelled(*_: object) -> object:
        Task.objects.filter(pk=task.pk).update(cancel_requested=True)
        return mock.DEFAULT

    from audit.services import reports

    with mock.patch.object(reports, "disclosure_report", wraps=reports.disclosure_report, side_effect=cancelled):
        run_queued()
    task.refresh_from_db()
    assert task.state == TaskState.CANCELLED


def test_the_audit_of_others_is_asked_for_by_nobody_else(record, reviewer):
    audit = _checked_audit(None)
    with pytest.raises(NotVisibleError):
        request_audit_report(reviewer, ReportForm.REGION_DOCX, audit.pk)
