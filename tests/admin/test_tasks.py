"""Administrators look at background tasks and workers; nobody changes them there."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from disclosures.models import Role, Task, TaskQueue, TaskState, Worker

LIST, WORKERS = "admin:disclosures_task_changelist", "admin:disclosures_worker_changelist"


@pytest.fixture
def task(db) -> Task:
    words = "处理它的进程中断了 3 次，没有完成；可以重试，仍然不行请告诉管理员，并说明是哪一个文件、什么时候上传的"
    return Task.objects.create(
        kind="import",
        title="导入文件",
        file_name="预算.docx",
        state=TaskState.FAILED,
        error=words,
        started_at=timezone.now(),
        finished_at=timezone.now(),
    )


def test_an_administrator_finds_a_task_and_reads_why_it_failed(login, task):
    client = login(Role.ADMINISTRATOR)
    Worker.objects.create(name="server:1:bulk", queue=TaskQueue.BULK)
    page = client.get(reverse(LIST), {"q": "预算"}).content.decode()
    assert "预算.docx" in page
    assert "…" in page
    one = client.get(reverse("admin:disclosures_task_change", args=[task.pk])).content.decode()
    assert task.error in one
    assert 'name="_save"' not in one
    assert "server:1:bulk" in client.get(reverse(WORKERS)).content.decode()


def test_nothing_can_be_changed(login, task):
    client = login(Role.ADMINISTRATOR)
    change, delete = (reverse(f"admin:disclosures_task_{what}", args=[task.pk]) for what in ("change", "delete"))
    assert client.post(change, {"state": "done"}).status_code == 403
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:disclosures_task_add")).status_code == 403
    assert Task.objects.get().state == TaskState.FAILED


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.AUDITOR])
def test_others_do_not_see_the_tasks_of_everybody(login, task, role):
    client = login(role)
    for name in (LIST, WORKERS):
        assert client.get(reverse(name)).status_code in (302, 403)


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    login, task, django_assert_num_queries, django_assert_max_num_queries
):
    client = login(Role.ADMINISTRATOR)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(14) as few:
        client.get(reverse(LIST))
    Task.objects.bulk_create(Task(kind="import", title="导入文件", user=None) for _ in range(30))
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(reverse(LIST))
