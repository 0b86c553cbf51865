"""The pages of tasks: each person their own, administrators all; cancelling, retrying, downloading."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from disclosures import tasks
from disclosures.models import Role, Task, TaskState
from disclosures.tasks.running import run

pytestmark = pytest.mark.django_db


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def mine(kind, make_user) -> Task:
    return tasks.enqueue(kind(lambda context: context.write_output("报告.html", b"<script>")), user=make_user())


def test_a_task_is_there_for_its_person_and_for_administrators(mine, make_user):
    address = reverse("task_state", args=[mine.pk])
    shown = browser(mine.user).get(address)
    assert (shown.status_code, shown.json()["state"]) == (200, "queued")
    assert browser(make_user(Role.ADMINISTRATOR)).get(address).json()["who"] == str(mine.user)
    for name in ("task_state", "task_output"):
        assert browser(make_user(Role.REVIEWER)).get(reverse(name, args=[mine.pk])).status_code == 404
    assert Client().get(address).status_code == 401


@pytest.mark.parametrize("name", ["task_cancel", "task_retry"])
def test_nobody_touches_the_tasks_of_another(mine, make_user, name):
    address = reverse(name, args=[mine.pk])
    assert browser(make_user()).post(address).status_code == 404
    assert browser(mine.user).get(address).status_code == 405
    mine.refresh_from_db()
    assert mine.state == TaskState.QUEUED


def test_cancelling_and_retrying(mine):
    client = browser(mine.user)
    cancelled = client.post(reverse("task_cancel", args=[mine.pk])).json()
    assert (cancelled["state"], cancelled["mayCancel"], cancelled["mayRetry"]) == ("cancelled", False, True)
    again = client.post(reverse("task_cancel", args=[mine.pk]))
    assert (again.status_code, again.json()["message"]) == (409, "这个任务已经结束，不用取消")
    assert client.post(reverse("task_retry", args=[mine.pk])).json()["state"] == "queued"


def test_a_file_is_downloaded_and_never_shown(mine):
    client = browser(mine.user)
    address = reverse("task_output", args=[mine.pk])
    assert client.get(address).status_code == 404
    assert run(mine.pk)
    answer = client.get(address)
    assert b"".join(answer) == b"<script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    Task.objects.get().output_path.unlink()
    assert client.get(address).status_code == 404


def test_the_list_shows_what_one_may_see_and_filters(mine, make_user):
    tasks.enqueue("made-up")
    page = reverse("tasks")
    assert [task["id"] for task in browser(mine.user).get(page).context["tasks"]] == [mine.pk]
    chief = browser(make_user(Role.ADMINISTRATOR))
    assert len(chief.get(page).context["tasks"]) == 2
    assert chief.get(page, {"mine": "1"}).context["tasks"] == []
    assert len(chief.get(page, {"state": "open"}).context["tasks"]) == 2
    assert chief.get(page, {"state": "done"}).context["tasks"] == []
    assert chief.get(page, {"state": "nonsense", "page": "-5"}).status_code == 200
    assert "还没有后台任务" in browser(make_user()).get(page).content.decode()


def test_the_list_asks_the_same_number_of_queries_whatever_its_length(mine, make_user, django_assert_max_num_queries):
    for _ in range(20):
        tasks.enqueue("made-up", user=mine.user)
    client = browser(mine.user)
    with django_assert_max_num_queries(8):
        client.get(reverse("tasks"))


def test_progress_is_asked_for_by_number(mine, make_user):
    address = reverse("task_data")
    assert [
        task["id"] for task in browser(mine.user).get(address, {"ids": f"{mine.pk},9,x,{'9' * 40}"}).json()["tasks"]
    ] == [mine.pk]
    assert browser(make_user()).get(address, {"ids": str(mine.pk)}).json()["tasks"] == []
