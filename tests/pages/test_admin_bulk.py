"""What the admin's list of disclosures does with many at once: asked first, then done, for those who may."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from openpyxl import load_workbook

from disclosures import models
from disclosures.models import Role, State

LIST = reverse("admin:disclosures_disclosure_changelist")
ACTIONS = {"recheck_chosen", "assign_chosen", "export_chosen"}


@pytest.fixture
def staff(record, log_in, user_of):
    """A browser of somebody whom the admin lets in."""

    def enter(role: Role, **more):
        client = log_in(role, **more)
        models.User.objects.filter(pk=user_of(client).pk).update(is_staff=True)
        return client

    return enter


def offered(client) -> set[str]:
    form = client.get(LIST).context["action_form"]
    return {value for value, _ in form.fields["action"].choices if value} if form else set()


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (Role.CLERK, ACTIONS - {"assign_chosen"}),
        (Role.REVIEWER, ACTIONS),
        (Role.AUDITOR, {"export_chosen"}),
        (Role.ADMINISTRATOR, ACTIONS),
    ],
)
def test_the_role_decides_what_is_offered_and_nobody_deletes(role, actions, staff):
    client = staff(role)
    assert offered(client) == actions


def test_a_recheck_is_asked_for_then_queued(staff, record):
    client = staff(Role.REVIEWER)
    wanted = {"action": "recheck_chosen", "_selected_action": [record.pk]}
    asked = client.post(LIST, {**wanted, "index": "0"})
    assert str(record) in asked.content.decode()
    assert not models.Task.objects.exists()
    answer = client.post(LIST, {**wanted, "confirmed": "1"})
    assert answer.status_code == 302
    assert said(answer) == ["1 份正在后台重新核对，进度见“后台任务”。"]
    assert models.Task.objects.get().params == {"disclosures": [record.pk]}


def test_assigning_needs_a_name_and_one_who_sees_it(staff, record, user_of):
    client = staff(Role.REVIEWER)
    wanted = {"action": "assign_chosen", "_selected_action": [record.pk], "confirmed": "1"}
    assert said(client.post(LIST, wanted)) == ["请选择由谁负责"]
    stranger = user_of(staff(Role.REVIEWER, elsewhere=True))
    assert "看不到" in said(client.post(LIST, {**wanted, "assignee": stranger.pk}))[-1]
    client.post(LIST, {**wanted, "assignee": user_of(client).pk})
    record.refresh_from_db()
    assert record.assigned_to == user_of(client)


def test_all_that_the_filter_lets_through_is_asked_for_by_its_number(staff, record):
    client = staff(Role.ADMINISTRATOR)
    for number in range(3):
        department = models.Department.objects.create(name=f"第{number}局", region=record.department.region)
        models.Disclosure.objects.create(
            department=department, fiscal_year=2026, kind=record.kind, version=1, profile=record.profile
        )
    wanted = {"action": "recheck_chosen", "_selected_action": [record.pk], "select_across": "1"}
    asked = client.post(LIST, {**wanted, "index": "0"}).content.decode()
    assert "4 份公开文本" in asked
    answer = client.post(LIST, {**wanted, "confirmed": "1"})
    assert said(answer)[0].startswith("4 份")


def test_the_list_goes_out_as_excel(staff, record):
    answer = staff(Role.AUDITOR).post(LIST, {"action": "export_chosen", "_selected_action": [record.pk], "index": "0"})
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][1] == record.department.name


def test_what_is_not_offered_is_not_done(staff, record):
    client = staff(Role.CLERK)
    models.Disclosure.objects.filter(pk=record.pk).update(state=State.IN_REVIEW)
    client.post(
        LIST, {"action": "assign_chosen", "_selected_action": [record.pk], "confirmed": "1", "assignee": "nobody"}
    )
    assert not models.Event.objects.filter(action=models.Action.ASSIGNED).exists()
