"""The page of schedules: seen, changed, switched, run."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_celery_beat.models import PeriodicTask

from disclosures.models import Schedule, ScheduleRun, Task, User
from disclosures.schedules import run_now, start_due
from disclosures.schedules.managing import schedule_view

LIST = reverse("schedules")


@pytest.fixture
def browser(administrator) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def text(answer) -> str:
    return answer.content.decode()


def test_without_schedules_a_button_makes_them(browser):
    assert "还没有定时任务" in text(browser.get(LIST))
    answer = browser.post(reverse("schedules_sync"), follow=True)
    assert "每晚核对" in text(answer)
    assert "每天 02:00" in text(answer)
    assert "每周一 08:00" in text(answer)


def test_the_list_takes_few_queries(browser, schedules):
    for _ in range(3):
        start_due()
    with CaptureQueriesContext(connection) as queries:
        browser.get(LIST)
    assert sum("SAVEPOINT" not in query["sql"] for query in queries) <= 7


def test_run_now_and_what_came_of_it(browser, schedules):
    answer = browser.post(reverse("schedule_run", args=["tidy"]), follow=True)
    assert "“整理”已发起" in text(answer)
    assert "排队中" in text(answer)
    assert "正在进行，等它结束后再执行" in text(browser.post(reverse("schedule_run", args=["tidy"]), follow=True))
    assert Task.objects.count() == 1


def test_switching_off_and_on(browser, schedules):
    answer = browser.post(reverse("schedule_switch", args=["tidy"]), {"on": "0"}, follow=True)
    assert "“整理”已停用" in text(answer)
    assert not PeriodicTask.objects.get(details__key="tidy").enabled
    browser.post(reverse("schedule_switch", args=["tidy"]), {"on": "1"})
    assert PeriodicTask.objects.get(details__key="tidy").enabled


@pytest.mark.parametrize(
    ("entered", "when"),
    [
        ({"every": "day", "at": "04:15"}, "每天 04:15"),
        ({"every": "week", "weekday": "0", "at": "23:00"}, "每周日 23:00"),
        ({"every": "month", "day": "5", "at": "01:00"}, "每月 5 日 01:00"),
        ({"every": "minutes", "minutes": "30"}, "每 30 分钟"),
        ({"every": "other", "cron": "30 2 * * 1-5"}, "自定义（30 2 * * 1-5）"),
    ],
)
def test_a_time_is_changed_in_plain_words(browser, schedules, entered, when):
    address = reverse("schedule", args=["tidy"])
    answer = browser.post(address, {**entered, "option-days": "30"}, follow=True)
    assert f"“整理”已保存：{when}。" in text(answer)
    assert schedule_view("tidy").when == when
    assert Schedule.objects.get(key="tidy").options == {"days": "30"}


@pytest.mark.parametrize(
    "entered",
    [
        {"every": "day"},
        {"every": "day", "at": "25:00"},
        {"every": "month", "day": "31", "at": "01:00"},
        {"every": "month", "at": "01:00"},
        {"every": "other", "cron": "nonsense"},
        {"every": "never"},
        {"every": "day", "at": "04:15", "option-days": "x"},
    ],
)
def test_what_cannot_be_is_said_beside_its_field(browser, schedules, entered):
    answer = browser.post(reverse("schedule", args=["tidy"]), {"option-days": "30", **entered})
    assert answer.status_code == 200
    assert 'role="alert"' in text(answer)
    assert schedule_view("tidy").when == "每天 03:30"


def test_the_selection_of_the_nightly_audit_is_chosen(browser, schedules):
    entered = {"every": "day", "at": "02:00", "option-states": ["in_review", "approved"], "option-whole": "yes"}
    browser.post(reverse("schedule", args=["nightly_audit"]), entered)
    kept = Schedule.objects.get(key="nightly_audit").options
    assert kept == {"year": "", "region": "", "states": ["in_review", "approved"], "whole": "yes"}
    page = text(browser.get(reverse("schedule", args=["nightly_audit"])))
    assert page.count("checked") == 2


def test_an_unknown_schedule_is_not_found(browser, schedules):
    assert browser.get(reverse("schedule", args=["unknown"])).status_code == 404
    assert browser.post(reverse("schedule_run", args=["unknown"])).status_code == 404


def test_cron_is_for_the_admin_too(browser, schedules):
    assert "每晚核对" in text(browser.get(reverse("admin:django_celery_beat_periodictask_changelist")))
    one = PeriodicTask.objects.get(details__key="tidy")
    browser.post(
        reverse("admin:django_celery_beat_periodictask_changelist"),
        {"action": "run_them", "_selected_action": [one.pk]},
    )
    assert ScheduleRun.objects.get().schedule.key == "tidy"
    before = Schedule.objects.get(key="tidy").since
    crontab = schedules["weekly_report"].periodic.crontab_id
    browser.post(reverse("admin:django_celery_beat_periodictask_change", args=[one.pk]), {"crontab": crontab})
    changed = schedule_view("tidy")
    assert (changed.when, changed.enabled) == ("每周一 08:00", False)
    assert changed.record.since > before


def test_others_find_no_schedules_in_the_admin(schedules):
    clerk = User.objects.create(username="经办", role="clerk", is_staff=True)
    client = Client()
    client.force_login(clerk)
    assert client.get(reverse("admin:django_celery_beat_periodictask_changelist")).status_code == 403


def test_who_ran_it_by_hand_is_named(browser, schedules, administrator):
    run_now(administrator, "queue_health")
    assert "管理" in text(browser.get(reverse("schedule", args=["queue_health"])))
