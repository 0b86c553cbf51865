"""The list of disclosures: filters that are kept, order, and what is done with many at once."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import cast

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from disclosures import models
from disclosures.models import Role, State
from disclosures.services.bulk import run_recheck
from disclosures.services.saved import MOST
from disclosures.services.workflow import assign
from disclosures.tasks import TaskContext
from disclosures.tasks.kinds import kind_of


@pytest.fixture
def reviewer(record, log_in):
    return log_in(Role.REVIEWER)


@pytest.fixture
def calm(record) -> models.Disclosure:
    """A second disclosure of the region that was never checked, waiting for a review."""
    department = models.Department.objects.create(name="青山市档案馆", region=record.department.region)
    return models.Disclosure.objects.create(
        department=department,
        fiscal_year=2026,
        kind="department_budget",
        version=1,
        profile=record.profile,
        state=State.IN_REVIEW,
    )


def shown(client, query: str) -> list[int]:
    return [row.record.pk for row in client.get(f"{reverse('list')}?{query}").context["rows"]]


def said(answer) -> str:
    """The last sentence that the next page will show."""
    return [str(message) for message in get_messages(answer.wsgi_request)][-1]


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("findings=errors", "record"),
        ("findings=unchecked", "calm"),
        ("findings=explained", None),
        ("turn=clerk", "record"),
        ("turn=reviewer", "calm"),
        ("holder=me", None),
        ("q=档案", "calm"),
        ("state=in_review", "calm"),
    ],
)
def test_filters_narrow_the_list(query, finds, reviewer, record, calm):
    wanted = {"record": [record.pk], "calm": [calm.pk], None: []}[finds]
    assert shown(reviewer, query) == wanted


def test_a_filter_that_makes_no_sense_is_left_out(reviewer, record, calm):
    assert len(shown(reviewer, "state=nonsense&year=x&region=999999&order=nonsense&page=77")) == 2


def test_regions_are_filtered_with_those_below(reviewer, record, calm):
    county = models.Region.objects.create(name="青山县", parent=record.department.region)
    models.Department.objects.filter(pk=calm.department_id).update(region=county)
    assert set(shown(reviewer, f"region={record.department.region_id}")) == {record.pk, calm.pk}
    assert shown(reviewer, f"region={county.pk}") == [calm.pk]


def test_orders(reviewer, record, calm):
    assert shown(reviewer, "order=errors") == [record.pk, calm.pk]
    today = timezone.localdate()
    for item, days in ((record, 3), (calm, 15)):
        models.DepartmentYear.objects.create(
            department=item.department, fiscal_year=2026, budget_approved_on=today - timedelta(days=days)
        )
    assert shown(reviewer, "order=due") == [calm.pk, record.pk]
    assert shown(reviewer, "due=soon") == [calm.pk]
    assert shown(reviewer, "due=late") == []


def test_filters_are_kept_by_name_for_their_owner_only(reviewer, log_in, record):
    kept = {"name": " 等我  审核 ", "query": "state=in_review&order=oldest&page=3&evil=1"}
    answer = reviewer.post(reverse("save_filter"), kept)
    assert answer["Location"] == f"{reverse('list')}?state=in_review&order=oldest"
    page = reviewer.get(reverse("list")).content.decode()
    assert "等我 审核" in page
    assert "evil" not in page
    other = log_in(Role.REVIEWER)
    assert "等我 审核" not in other.get(reverse("list")).content.decode()
    found = models.SavedFilter.objects.get()
    assert other.post(reverse("forget_filter", args=[found.pk])).status_code == 404
    reviewer.post(reverse("save_filter"), {"name": "等我 审核", "query": "state=approved"})
    found.refresh_from_db()
    assert found.query == "state=approved"
    reviewer.post(reverse("forget_filter", args=[found.pk]))
    assert not models.SavedFilter.objects.exists()


def test_filters_without_a_name_or_too_many_are_refused_in_words(reviewer, user_of):
    assert "起一个名字" in said(reviewer.post(reverse("save_filter"), {"name": "  "}))
    models.SavedFilter.objects.bulk_create(
        models.SavedFilter(user=user_of(reviewer), page="list", name=str(number)) for number in range(MOST)
    )
    assert "最多保存" in said(reviewer.post(reverse("save_filter"), {"name": "再一个"}))
    assert models.SavedFilter.objects.count() == MOST


def test_many_are_assigned_or_none(reviewer, user_of, record, calm):
    me = user_of(reviewer)
    answer = reviewer.post(reverse("bulk_assign"), {"ids": [record.pk, calm.pk], "assignee": me.pk, "next": "//evil"})
    assert answer["Location"] == reverse("list")
    assert set(models.Disclosure.objects.values_list("assigned_to", flat=True)) == {me.pk}
    assert set(shown(reviewer, "holder=me")) == {record.pk, calm.pk}
    stranger = models.User.objects.create(
        username="远", role=Role.REVIEWER, region=models.Region.objects.create(name="远方市")
    )
    refused = reviewer.post(reverse("bulk_assign"), {"ids": [record.pk, calm.pk], "assignee": stranger.pk})
    assert "看不到" in said(refused)
    assert set(models.Disclosure.objects.values_list("assigned_to", flat=True)) == {me.pk}
    reviewer.post(reverse("bulk_assign"), {"ids": [record.pk], "assignee": "nobody"})
    assert shown(reviewer, "holder=nobody") == [record.pk]


def test_what_is_out_of_reach_cannot_be_named(record, log_in):
    outsider = log_in(Role.REVIEWER, elsewhere=True)
    for name, more in (("bulk_assign", {"assignee": "nobody"}), ("bulk_recheck", {})):
        assert outsider.post(reverse(name), {"ids": [record.pk], **more}).status_code == 404, name
    sheet = outsider.post(reverse("bulk_export"), {"ids": [record.pk]})
    assert len(_rows(sheet)) == 1  # the heading
    assert not models.Task.objects.exists()


def test_a_recheck_is_queued_and_runs(record, calm, reviewer, user_of):
    models.Disclosure.objects.filter(pk=calm.pk).update(state=State.APPROVED)
    answer = reviewer.post(reverse("bulk_recheck"), {"ids": [record.pk, calm.pk]})
    assert said(answer) == "1 份正在重新核对，完成后列表里的问题数会更新。另有 1 份现在的状态不需要核对。"
    task = models.Task.objects.get()
    assert (task.params, task.user) == ({"disclosures": [record.pk]}, user_of(reviewer))
    before = record.audit_runs.count()
    context = cast(TaskContext, _Context(task))
    assert run_recheck(context) == {"checked": 1, "passed_over": 0}
    assert record.audit_runs.count() == before + 1
    models.Disclosure.objects.filter(pk=record.pk).update(state=State.PUBLISHED)
    assert run_recheck(context) == {"checked": 0, "passed_over": 1}


class _Context:
    """What a running task has in hand, without a worker."""

    def __init__(self, task: models.Task) -> None:
        self.task, self.user, self.params = task, task.user, task.params

    def check_cancelled(self) -> None:
        pass

    def progress(self, done: int, total: int, stage: str = "") -> None:
        assert 0 <= done <= total


def test_the_recheck_is_a_registered_kind():
    found = kind_of("recheck")
    assert found is not None
    assert found.run is run_recheck


def test_nothing_ticked_is_said_in_words(reviewer):
    for name in ("bulk_assign", "bulk_recheck", "bulk_export"):
        answer = reviewer.post(reverse(name), {"assignee": "nobody"})
        assert answer.status_code == 302
        assert "勾选" in said(answer)


def test_the_list_goes_out_as_excel(reviewer, record, calm):
    models.Department.objects.filter(pk=calm.department_id).update(name="=HYPERLINK(1)")
    answer = reviewer.post(reverse("bulk_export"), {"all": "1", "query": "order=name"})
    assert answer["Content-Disposition"].startswith("attachment")
    rows = _rows(answer)
    assert {row[1].value for row in rows[1:]} == {record.department.name, "=HYPERLINK(1)"}
    assert all(cell.data_type != "f" for row in rows for cell in row)


def _rows(answer):
    return list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows())


@pytest.mark.parametrize("query", ["", "findings=errors&order=errors&due=late&holder=me&turn=clerk"])
def test_queries_of_the_list(query, reviewer, record, calm, queries_of):
    assert queries_of(reviewer, f"{reverse('list')}?{query}") <= 15


def _others(record, number: int) -> list[int]:
    """More disclosures of the same region."""
    keys = []
    for index in range(number):
        department = models.Department.objects.create(name=f"青山市第{index}局", region=record.department.region)
        made = models.Disclosure.objects.create(
            department=department, fiscal_year=2026, kind=record.kind, version=1, profile=record.profile
        )
        keys.append(made.pk)
    return keys


def test_assigning_many_takes_as_many_queries_as_assigning_two(reviewer, user_of, log_in, record):
    others = _others(record, 12)
    colleague = user_of(log_in(Role.REVIEWER))
    with CaptureQueriesContext(connection) as two:
        assert assign(user_of(reviewer), others[:2], colleague) == 2
    with CaptureQueriesContext(connection) as ten:
        assert assign(user_of(reviewer), others[2:], colleague) == 10
    assert len(ten) == len(two)
    assert models.Event.objects.filter(action=models.Action.ASSIGNED).count() == 12
    told = models.Notification.objects.filter(user=colleague)
    assert sorted(told.values_list("subject", flat=True)) == ["10 份公开文本现在由您负责", "2 份公开文本现在由您负责"]


def test_a_recheck_that_runs_shows_its_bar(reviewer, record):
    assert "open-work" not in reviewer.get(reverse("list")).content.decode()
    reviewer.post(reverse("bulk_recheck"), {"ids": [record.pk]})
    task = models.Task.objects.get()
    page = reviewer.get(reverse("list"))
    assert page.context["open_work"] == [task.pk]
    assert f"{reverse('task_data')}?ids={task.pk}" in page.content.decode()
