"""Quick check: text at once, other formats by a worker; files and results go, nobody else sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from audit.tasks_quick_check import KEPT, MOST_AT_ONCE
from disclosures import models
from disclosures.models import Role, Task, TaskState
from disclosures.plain.data import Kind
from disclosures.synthetic import SMALL, generate
from disclosures.synthetic.samples import spoilt
from disclosures.tasks import reaping
from disclosures.writing.xlsx import write_xlsx


@pytest.fixture(scope="module")
def sheet() -> bytes:
    bad, _ = spoilt(generate(42, SMALL, kind=Kind.DEPARTMENT, year=2026), 5, ("code_name", "table_digit"))
    return write_xlsx(bad)


def run(client, name: str, data: bytes):
    return client.post(reverse("quick_check_run"), {"file": SimpleUploadedFile(name, data)})


def state(client, pk: int):
    return client.get(reverse("quick_check_state", args=[pk]))


def stored() -> tuple[int, int]:
    return models.Disclosure.objects.count(), models.SourceFile.objects.count()


def files(settings) -> list[str]:
    return [path.name for folder in ("incoming", "outputs") for path in (settings.MEDIA_ROOT / folder).glob("*")]


def test_an_excel_file_is_read_by_the_worker_and_nothing_is_stored(log_in, sheet, settings):
    client, before = log_in(Role.AUDITOR), stored()
    events = models.Event.objects.count()
    answer = run(client, "草稿.xlsx", sheet)
    assert answer.status_code == 202
    pk = answer.json()["task"]["id"]
    assert len(files(settings)) == 1
    call_command("work", once=True)
    found = state(client, pk).json()
    assert (found["task"]["state"], found["task"]["disclosure"]) == ("done", "")
    assert found["disclosures"][0]["counts"]["errors"] == 2
    assert found["disclosures"][0]["reading"]["tables"] == 13
    assert (files(settings), stored(), models.Event.objects.count()) == ([], before, events)
    kept = [path for path in settings.MEDIA_ROOT.rglob("*.lines*") if "xlsx" in path.name]
    assert kept == []


def test_the_reading_is_not_kept(log_in, sheet, settings):
    before = sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())
    run(log_in(Role.CLERK), "草稿.xlsx", sheet)
    call_command("work", once=True)
    assert sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()) == before


@pytest.mark.parametrize("ended", [True, False])
def test_within_the_hour_file_result_and_record_are_gone(log_in, sheet, settings, ended):
    client = log_in(Role.CLERK)
    pk = run(client, "草稿.xlsx", sheet).json()["task"]["id"]
    if ended:
        call_command("work", once=True)
    reaping.reap()
    assert state(client, pk).status_code == 200
    assert timedelta(0) < KEPT < timedelta(hours=1)
    Task.objects.update(queued_at=timezone.now() - KEPT - timedelta(seconds=1))
    reaping.reap()
    assert not Task.objects.exists()
    assert files(settings) == []
    assert state(client, pk).status_code == 404


def test_a_file_that_cannot_be_read_is_deleted_as_well(log_in, settings):
    client = log_in(Role.CLERK)
    pk = run(client, "坏.pdf", b"%PDF-1.4\n").json()["task"]["id"]
    call_command("work", once=True)
    told = state(client, pk).json()["task"]
    assert (told["state"], "坏.pdf" in told["error"], files(settings)) == ("failed", True, [])


def test_only_its_user_sees_it(log_in, sheet):
    pk = run(log_in(Role.CLERK), "草稿.xlsx", sheet).json()["task"]["id"]
    for other in (log_in(Role.CLERK), log_in(Role.ADMINISTRATOR)):
        assert state(other, pk).status_code == 404
        assert other.get(reverse("task_state", args=[pk])).status_code == 404
        assert other.post(reverse("task_cancel", args=[pk])).status_code == 404
        assert "草稿" not in other.get(reverse("tasks")).content.decode()


def test_another_kind_of_task_is_no_quick_check(log_in, user_of):
    client = log_in(Role.CLERK)
    task = Task.objects.create(kind="import", title="导入", user=user_of(client))
    assert state(client, task.pk).status_code == 404


def test_it_can_be_cancelled(log_in, sheet):
    client = log_in(Role.CLERK)
    pk = run(client, "草稿.xlsx", sheet).json()["task"]["id"]
    assert client.post(reverse("task_cancel", args=[pk])).json()["state"] == "cancelled"
    call_command("work", once=True)
    assert Task.objects.get().state == TaskState.CANCELLED


def test_one_person_fills_no_queue(log_in, sheet):
    client = log_in(Role.CLERK)
    for _ in range(MOST_AT_ONCE):
        assert run(client, "草稿.xlsx", sheet).status_code == 202
    answer = run(client, "草稿.xlsx", sheet)
    assert (answer.status_code, "取消" in answer.json()["message"]) == (429, True)


def test_what_it_costs_in_queries(log_in, sheet, queries_of):
    client = log_in(Role.CLERK)
    pk = run(client, "草稿.xlsx", sheet).json()["task"]["id"]
    assert queries_of(client, reverse("quick_check_state", args=[pk])) == 4
