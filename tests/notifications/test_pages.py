"""The bell, the list of notifications, and choosing how to be told."""

from __future__ import annotations

import json
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from disclosures.models import Department, NoticeKind, NoticePreference, Notification, Task, TaskState, User
from disclosures.notifications import tell
from disclosures.notifications.inbox import MOST_COUNTED, preferences, unread_count
from disclosures.plain.codec import to_json
from disclosures.services import workflow
from disclosures.services.tasks import queue_import
from disclosures.synthetic import SIZES, generate
from disclosures.tasks.running import run

LIST, SETTINGS = reverse("notifications"), reverse("notification_settings")


@pytest.fixture
def browser(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def shown(client: Client, query: str = "") -> list[str]:
    return [item.subject for item in client.get(f"{LIST}?{query}").context["shown"]]


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def unread(user: User) -> int:
    return Notification.objects.filter(user=user, read_at=None).count()


def test_an_empty_list_says_what_will_stand_there(browser):
    assert "还没有通知" in text(browser, LIST)
    assert 'aria-label="通知"' in text(browser, LIST)


def test_the_bell_counts_in_one_query(browser, clerk, django_assert_num_queries):
    for number in range(3):
        tell([clerk], NoticeKind.APPROVED, f"第 {number} 条")
    assert "通知，3 条未读" in text(browser, LIST)
    Notification.objects.bulk_create(
        Notification(user=clerk, kind=NoticeKind.APPROVED, subject="多") for _ in range(2 * MOST_COUNTED)
    )
    assert f"{MOST_COUNTED}+ 条未读" in text(browser, LIST)
    with django_assert_num_queries(1):
        assert unread_count(clerk) == MOST_COUNTED + 1


def test_the_list_takes_as_many_queries_however_long_it_is(browser, clerk, record):
    numbers = []
    for _ in range(2):
        Notification.objects.bulk_create(
            Notification(user=clerk, kind=NoticeKind.APPROVED, subject="多", disclosure=record) for _ in range(10)
        )
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST)
        numbers.append(sum("SAVEPOINT" not in query["sql"] for query in queries))
    assert numbers[0] == numbers[1] <= 9


def test_opening_one_marks_it_and_leads_there(browser, clerk):
    tell([clerk], NoticeKind.APPROVED, "通过了", link="/disclosures/")
    notice = Notification.objects.get()
    answer = browser.post(reverse("notification_open", args=[notice.pk]))
    assert (answer.status_code, answer["Location"], unread(clerk)) == (302, "/disclosures/", 0)


def test_one_can_be_marked_without_leaving(browser, clerk):
    tell([clerk], NoticeKind.APPROVED, "通过了", link="/disclosures/")
    notice = Notification.objects.get()
    answer = browser.post(reverse("notification_open", args=[notice.pk]), {"stay": "1", "next": f"{LIST}?only=unread"})
    assert (answer["Location"], unread(clerk)) == (f"{LIST}?only=unread", 0)


def test_no_notice_leads_to_another_site(browser, clerk):
    notice = Notification.objects.create(user=clerk, kind="approved", subject="x", link="//example.com/")
    answer = browser.post(reverse("notification_open", args=[notice.pk]), {"next": "https://example.com/"})
    assert answer["Location"] == LIST


def test_what_others_are_told_is_not_there(browser, colleague):
    tell([colleague], NoticeKind.APPROVED, "别人的")
    notice = Notification.objects.get()
    assert browser.post(reverse("notification_open", args=[notice.pk])).status_code == 404
    browser.post(reverse("notifications_read"))
    assert unread(colleague) == 1
    assert shown(browser) == []


def test_all_are_marked_at_once(browser, clerk):
    for _ in range(3):
        tell([clerk], NoticeKind.APPROVED, "通过了")
    answer = browser.post(reverse("notifications_read"), follow=True)
    assert "3 条通知已标为已读" in answer.content.decode()
    assert unread(clerk) == 0


def test_the_list_is_narrowed(browser, clerk):
    tell([clerk], NoticeKind.APPROVED, "旧")
    Notification.objects.update(read_at=timezone.now())
    tell([clerk], NoticeKind.REMARK, "新")
    assert shown(browser) == ["新", "旧"]
    assert shown(browser, "only=unread") == shown(browser, "group=remarks") == ["新"]
    assert "没有符合条件的通知" in text(browser, f"{LIST}?group=deadlines")


def test_what_is_out_of_reach_disappears_from_list_and_bell(browser, clerk, reviewer, record):
    workflow.return_for_correction(reviewer, record.pk, "请修改")
    assert len(shown(browser)) == 1
    clerk.department = Department.objects.create(name="别的局")
    clerk.save()
    assert shown(browser) == []
    assert unread_count(User.objects.get(pk=clerk.pk)) == 0


def test_words_of_others_are_shown_as_words(browser, clerk):
    tell([clerk], NoticeKind.REMARK, "<b>粗</b>", text="<script>alert(1)</script>")
    page = text(browser, LIST)
    assert "<script>alert" not in page
    assert "&lt;b&gt;粗&lt;/b&gt;" in page


def test_ways_are_chosen_and_kept(browser, clerk):
    ways = {group.value: "digest" for group in preferences(clerk)}
    answer = browser.post(SETTINGS, {"email": "new@example.cn", **ways, "work": "none"}, follow=True)
    assert "通知方式已保存" in answer.content.decode()
    clerk.refresh_from_db()
    assert clerk.email == "new@example.cn"
    assert tell([clerk], NoticeKind.APPROVED, "不想知道") == 0
    assert tell([clerk], NoticeKind.REMARK, "想知道") == 1
    assert Notification.objects.get().way == "digest"


@pytest.mark.parametrize("wrong", [{"email": "不是邮箱"}, {"work": "pigeon"}, {"work": ""}])
def test_wrong_ways_are_refused_and_nothing_is_kept(browser, clerk, wrong):
    ways = {group.value: "digest" for group in preferences(clerk)}
    answer = browser.post(SETTINGS, {"email": "", **ways, **wrong})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not NoticePreference.objects.exists()


def test_only_groups_that_concern_the_role_are_offered(browser, reviewer):
    assert "等待审核" not in text(browser, SETTINGS)
    client = Client()
    client.force_login(reviewer)
    assert "等待审核" in text(client, SETTINGS)


@pytest.fixture
def imported(clerk, department) -> Task:
    """A file that the clerk handed in and that a worker has imported."""
    sound = generate(3, SIZES["small"])
    Department.objects.filter(pk=department.pk).update(name=sound.department)
    data = json.dumps(to_json(sound), ensure_ascii=False).encode()
    task = queue_import(clerk, "预算.json", data, uuid.uuid4())
    assert run(task.pk)
    task.refresh_from_db()
    return task


def test_who_was_away_finds_what_became_of_the_import(imported, browser, clerk):
    notice = Notification.objects.get(user=clerk)
    assert (notice.kind, notice.subject) == ("task_done", "导入文件“预算.json”已完成")
    assert notice.link == reverse("workbench", args=[imported.disclosure_id])


def test_who_watches_has_nothing_left_to_read(imported, browser, clerk):
    browser.get(reverse("import_tasks"))
    assert unread(clerk) == 0


def test_a_failed_import_and_its_retry_are_told(clerk, browser):
    task = queue_import(clerk, "坏.docx", b"nothing", uuid.uuid4())
    run(task.pk)
    task.refresh_from_db()
    assert task.state == TaskState.FAILED
    notice = Notification.objects.get(user=clerk)
    assert (notice.kind, notice.subject) == ("task_failed", "导入文件“坏.docx”没有完成，请看原因")
    browser.post(reverse("task_retry", args=[task.pk]))
    run(task.pk)
    assert Notification.objects.get(user=clerk).pk != notice.pk  # told anew, and not twice
