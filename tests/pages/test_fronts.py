"""Front pages: a clerk's next step in one sentence, a reviewer's queue, and who has not handed in."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from audit.models import Finding
from disclosures import models
from disclosures.models import Role, State
from disclosures.views.advice import advice


@pytest.fixture
def approved_on(record):
    """Say when the budget of the department was approved."""

    def approve(days_ago: int) -> None:
        models.DepartmentYear.objects.update_or_create(
            department=record.department,
            fiscal_year=record.fiscal_year,
            defaults={"budget_approved_on": timezone.localdate() - timedelta(days=days_ago)},
        )

    return approve


def sentence(client) -> str:
    return client.get(reverse("front")).context["advice"].sentence


def test_the_clerk_is_told_what_to_do_next_all_the_way(record, log_in, approved_on):
    client = log_in(Role.CLERK)
    errors = Finding.objects.filter(disclosure=record, severity="error", status="open")
    assert f"还有 {errors.count()} 个错误" in sentence(client)
    errors.update(status="waived")
    warned = Finding.objects.filter(disclosure=record, severity="warning", status="open")
    warned.update(status="waived")
    assert "可以提交审核" in sentence(client)
    for state, words in (
        (State.RETURNED, "被退回"),
        (State.IN_REVIEW, "等审核人员处理"),
        (State.APPROVED, "登记保密审查和签发，并上传定稿文件"),
        (State.WITHDRAWN, "启动修订"),
        (State.PUBLISHED, "今年的工作完成了"),
    ):
        models.Disclosure.objects.filter(pk=record.pk).update(state=state)
        assert words in sentence(client), state


@pytest.mark.parametrize(
    ("days_ago", "words"), [(14, "<strong>6</strong>"), (20, "<strong>今天</strong>"), (23, "<strong>3</strong>")]
)
def test_the_deadline_is_counted_down(days_ago, words, record, log_in, approved_on):
    approved_on(days_ago)
    assert words in log_in(Role.CLERK).get(reverse("front")).content.decode()


def test_a_clerk_with_nothing_yet(record, log_in):
    client = log_in(Role.CLERK, elsewhere=True)
    assert "还没有" in sentence(client)
    assert "请先导入" in sentence(client)
    assert advice((), (), (), 2026).address == reverse("import")


def test_the_queue_is_sorted_by_age_or_by_errors(record, log_in):
    client = log_in(Role.REVIEWER)
    other = models.Department.objects.create(name="青山市档案馆", region=record.department.region)
    now = timezone.now()
    older = models.Disclosure.objects.create(
        department=other,
        fiscal_year=record.fiscal_year,
        kind="department_budget",
        version=1,
        profile=record.profile,
        state=State.IN_REVIEW,
        submitted_at=now - timedelta(days=3),
    )
    models.Disclosure.objects.filter(pk=record.pk).update(state=State.IN_REVIEW, submitted_at=now)

    def queue(sort: str) -> list[int]:
        return [row.record.pk for row in client.get(f"{reverse('front')}?sort={sort}").context["queue"]]

    assert queue("") == queue("nonsense") == [older.pk, record.pk]
    assert queue("errors") == [record.pk, older.pk]
    assert client.get(reverse("front")).context["queue"][0].waiting == "3 天"


def test_who_has_not_handed_in_goes_out_as_excel(record, log_in, approved_on, queries_of):
    client = log_in(Role.REVIEWER)
    approved_on(18)
    idle = models.Department.objects.create(name="青山市档案馆", region=record.department.region)
    models.User.objects.create(username="c", first_name="王经办", role=Role.CLERK, department=idle)
    rows = client.get(reverse("missing")).context["rows"]
    assert [(row.department.name, row.state, row.clerks) for row in rows] == [
        (record.department.name, "待修改", ""),
        ("青山市档案馆", "没有导入", "王经办"),
    ]
    assert rows[0].deadline.days_left == 2
    sheet = load_workbook(BytesIO(client.get(reverse("missing_export")).content)).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [line[1] for line in lines[1:]] == [record.department.name, "青山市档案馆"]
    assert lines[1][6] == 2
    models.Disclosure.objects.filter(pk=record.pk).update(state=State.IN_REVIEW)
    assert client.get(reverse("missing")).context["shown"].paginator.count == 1
    outside = log_in(Role.REVIEWER, elsewhere=True).get(reverse("missing")).context["rows"]
    assert [row.department.name for row in outside] == ["远方局"]
    for address in (reverse("missing"), reverse("front"), f"{reverse('front')}?sort=errors"):
        assert queries_of(client, address) <= 15, address
