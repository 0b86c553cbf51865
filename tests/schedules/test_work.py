"""What the schedules do when their time has come."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from docx import Document

from audit.models import Audit, AuditRun, Finding, RuleMute
from audit.services.weekly import figures, tell_weekly
from disclosures import tasks
from disclosures.models import (
    Department,
    DepartmentYear,
    Disclosure,
    Notification,
    Publication,
    Region,
    Role,
    Snapshot,
    State,
    Task,
    TaskState,
    User,
    Worker,
)
from disclosures.profiles import DEFAULT_PROFILE
from disclosures.schedules.registering import refresh_open_data
from disclosures.schedules.reminding import due_departments, read_days, remind
from disclosures.schedules.tidying import add_step, tidy
from disclosures.schedules.watching import watch
from disclosures.services.catalogues import sync_catalogue
from disclosures.tasks.running import run

TODAY = date(2026, 3, 16)  # a Monday


@pytest.fixture
def region(db) -> Region:
    return Region.objects.create(name="青山市")


@pytest.fixture
def reviewer(region) -> User:
    return User.objects.create(username="审核", role=Role.REVIEWER, region=region)


@pytest.fixture
def clerk(department) -> User:
    return User.objects.create(username="经办", role=Role.CLERK, department=department)


@pytest.fixture
def department(region) -> Department:
    """Its last day is today in ten days: the budget was approved ten days ago."""
    made = Department.objects.create(name="青山市档案馆", region=region)
    DepartmentYear.objects.create(department=made, fiscal_year=2026, budget_approved_on=TODAY - timedelta(days=10))
    return made


def disclosure(department: Department, state: State) -> Disclosure:
    return Disclosure.objects.create(
        department=department,
        fiscal_year=2026,
        kind="department_budget",
        version=1,
        profile=DEFAULT_PROFILE.id,
        state=state,
    )


def subjects(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("subject", flat=True))


def finished(kind: str, **params: object) -> Task:
    task = tasks.enqueue(kind, params=params)
    assert run(task.pk)
    task.refresh_from_db()
    return task


def test_clerks_are_reminded_at_each_stage_and_once(department, clerk):
    said = []
    for day in range(14):  # every day from ten days before to three days after
        remind(TODAY + timedelta(days=day), (10, 5, 1))
        remind(TODAY + timedelta(days=day), (10, 5, 1))
        said.append(len(subjects(clerk)))
    assert said == [1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4]
    assert subjects(clerk)[0] == "“青山市档案馆 2026 年”距公开期限还有 10 天"
    assert subjects(clerk)[3] == "“青山市档案馆 2026 年”已超过公开期限 1 天"


def test_a_reminder_that_was_missed_comes_later(department, clerk):
    remind(TODAY + timedelta(days=7), (10, 5, 1))  # three days left, the system was down before
    assert subjects(clerk) == ["“青山市档案馆 2026 年”距公开期限还有 3 天"]


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED, State.PUBLISHED])
def test_who_has_handed_in_is_left_alone(department, clerk, state):
    disclosure(department, state)
    assert remind(TODAY, (10, 5, 1)) == "没有需要提醒的部门"
    assert subjects(clerk) == []


def test_a_draft_is_no_submission(department, clerk):
    disclosure(department, State.TO_CORRECT)
    remind(TODAY, (10,))
    assert len(subjects(clerk)) == 1


def test_after_the_deadline_only_where_it_is_wanted(department, clerk):
    remind(TODAY + timedelta(days=12), (10,), afterwards=False)
    assert subjects(clerk) == []


def test_reviewers_get_a_list(department, clerk, reviewer):
    far = User.objects.create(username="远", role=Role.REVIEWER, region=Region.objects.create(name="南山市"))
    remind(TODAY, (10,))
    notice = Notification.objects.get(user=reviewer)
    assert notice.subject == "1 个部门临近或超过公开期限，还没有提交"
    assert notice.text == "青山市档案馆 2026 年：距公开期限还有 10 天"
    assert subjects(far) == []
    remind(TODAY + timedelta(days=1), (10,))  # nobody came to a new stage
    assert len(subjects(reviewer)) == 1


def test_reading_who_is_late_takes_one_query(department, region, django_assert_num_queries):
    for number in range(20):
        more = Department.objects.create(name=f"第{number}局", region=region)
        DepartmentYear.objects.create(department=more, fiscal_year=2026, budget_approved_on=TODAY)
    with django_assert_num_queries(1):
        assert len(due_departments(TODAY, (30,))) == 21


@pytest.mark.parametrize("entered", ["", "十天", "10,-1", "100"])
def test_days_that_are_none_are_refused(entered):
    with pytest.raises(ValueError, match="天数"):
        read_days(entered)


def test_days_are_read_as_people_write_them():
    assert read_days("1，10、5 5") == [10, 5, 1]


def test_the_nightly_audit_checks_what_was_chosen(department, region):
    sync_catalogue()
    disclosure(department, State.IN_REVIEW)
    task = finished("nightly_audit", year="2026", region=str(region.pk), states=["in_review"], whole="no")
    audit = Audit.objects.get()
    assert (task.result["words"], audit.trigger, audit.region, audit.total) == (
        "已发起，共 1 份",
        "schedule",
        region,
        1,
    )
    assert finished("nightly_audit", year="2019").result["words"] == "2019 年还没有可以核对的公开文本"


def test_the_week_in_figures(department, clerk, reviewer, django_assert_max_num_queries):
    auditor = User.objects.create(username="审计", role=Role.AUDITOR)
    Department.objects.create(name="别处的局", region=Region.objects.create(name="南山市"))
    disclosure(department, State.IN_REVIEW)
    with django_assert_max_num_queries(7):
        found = figures(reviewer.region_id, TODAY)
    assert (found.departments, found.handed_in, found.in_review, found.published) == (1, 1, 1, 0)
    assert figures(None, TODAY).departments == 2
    assert tell_weekly(TODAY) == 2
    tell_weekly(TODAY + timedelta(days=1))  # the same week
    assert len(subjects(reviewer)) == len(subjects(auditor)) == 1
    assert subjects(clerk) == []
    assert "部门（单位）1 个：已提交 1 个，没有提交 0 个" in Notification.objects.get(user=reviewer).text


def test_the_week_comes_with_a_word_file_to_download_and_in_the_mail(department, reviewer, client, mailoutbox):
    User.objects.filter(pk=reviewer.pk).update(email="shenhe@example.cn")
    record = disclosure(department, State.IN_REVIEW)
    run = AuditRun.objects.create(disclosure=record, trigger="import", revision=1)
    Finding.objects.create(
        disclosure=record, rule="N-ITEMS", family="narrative_text", severity="error", where="N/六/1",
        fingerprint="a", params={"numeral": "六", "label": "公用经费", "item": "会议费", "tail": "多了"}, position=0,
        first_run=run, last_run=run,
    )  # fmt: skip
    assert finished("weekly_report").result["words"] == "已告知 1 人"
    notice = Notification.objects.get(user=reviewer)
    client.force_login(User.objects.get(pk=reviewer.pk))
    answer = client.get(notice.link)
    data = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith("attachment")
    finished("mail_digest")
    (mail,) = mailoutbox
    ((name, attached, _),) = mail.attachments
    assert (name.startswith("青山市"), name.endswith(".docx"), attached) == (True, True, data)
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)
    assert "未处理的错误共1个，内容请登录系统查看" in words
    assert "会议费" not in words  # a mail quotes no disclosure


def test_open_data_is_asked_for_by_year(department, clerk):
    assert refresh_open_data() == "还没有公开过的年度"
    record = disclosure(department, State.PUBLISHED)
    day = date(2026, 3, 1)
    snapshot = Snapshot.objects.create(
        disclosure=record,
        content="{}",
        sha256="0" * 64,
        file_sha256="0" * 64,
        file_name="公开.docx",
        secrecy_reviewer="甲",
        secrecy_reviewed_on=day,
        leader="乙",
        signed_on=day,
        published_by=clerk,
    )
    Publication.objects.create(
        snapshot=snapshot,
        disclosure=record,
        department=department,
        fiscal_year=2026,
        kind=record.kind,
        version=1,
        status="current",
        title=department.name,
        published_at=timezone.now(),
        changed_at=timezone.now(),
    )
    assert refresh_open_data() == refresh_open_data() == "已发起 1 个年度"
    task = Task.objects.get(kind="open_data")
    assert (task.params, task.trigger) == ({"year": 2026}, "schedule")


def test_tidying_takes_what_nobody_needs_and_leaves_the_rest(db, reviewer):
    long_ago = timezone.now() - timedelta(days=400)
    old, waiting, young = (tasks.enqueue("tidy") for _ in range(3))
    Task.objects.filter(pk=old.pk).update(state=TaskState.DONE, finished_at=long_ago, queued_at=long_ago)
    Task.objects.filter(pk=waiting.pk).update(queued_at=long_ago)
    old.output_path.parent.mkdir(parents=True)
    old.output_path.write_bytes(b"report")
    for read in (None, timezone.now()):
        Notification.objects.create(user=reviewer, kind="weekly", subject="旧", created_at=long_ago, read_at=read)
    Notification.objects.create(user=reviewer, kind="weekly", subject="新")
    Session.objects.create(session_key="gone", session_data="", expire_date=long_ago)
    mute = RuleMute.objects.create(rule="table.sum", reason="试", muted_by=reviewer, ends_on=date(2020, 1, 1))
    words, failed = tidy(90)
    assert failed == []
    assert "任务记录 1 项" in words
    assert "旧通知 2 项" in words
    assert "到期的停用规则 1 项" in words
    assert set(Task.objects.values_list("pk", flat=True)) == {waiting.pk, young.pk}
    assert not old.output_path.exists()
    assert subjects(reviewer) == ["新"]
    assert not Session.objects.exists()
    mute.refresh_from_db()
    assert mute.ended_at is not None
    assert tidy(90) == ("没有需要清理的", [])


def test_a_step_that_fails_does_not_hold_up_the_others(db, monkeypatch):
    def broken() -> int:
        raise RuntimeError

    monkeypatch.setattr("disclosures.schedules.tidying._steps", {})
    add_step("坏的一步", broken)
    add_step("好的一步", lambda: 3)
    assert tidy(90) == ("清理了好的一步 3 项", ["坏的一步"])
    task = finished("tidy", days="90")
    assert (task.state, "坏的一步" in task.error) == ("failed", True)


def test_administrators_hear_of_a_standstill_once(db, administrator):
    for queue in ("interactive", "bulk"):
        Worker.objects.create(name=queue, queue=queue)
    assert watch() == "正常"
    Worker.objects.filter(queue="bulk").delete()
    waiting = tasks.enqueue("import")
    Task.objects.filter(pk=waiting.pk).update(queued_at=timezone.now() - timedelta(minutes=6))
    assert (
        watch()
        == watch()
        == "“有人在等”有 1 个任务等了太久；没有工作进程处理“批量”的任务，请检查 manage.py work 是否在运行"
    )
    assert subjects(administrator) == ["后台处理出现异常，请查看"]
