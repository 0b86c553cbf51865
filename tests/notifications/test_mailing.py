"""Mails: together, once, in plain words, and never with what a disclosure says."""

from __future__ import annotations

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from disclosures import tasks
from disclosures.models import Department, NoticeKind, NoticePreference, Notification, Role, Task
from disclosures.notifications import tell
from disclosures.notifications.mailing import mail_to
from disclosures.services import workflow
from disclosures.tasks.running import run


def due(**fields: object) -> Task:
    """The one mail task, whose pause is over."""
    Task.objects.filter(kind="mail").update(not_before=None, **fields)
    return Task.objects.get(kind="mail")


def ended(kind: str) -> Task:
    task = tasks.enqueue(kind)
    assert run(task.pk)
    task.refresh_from_db()
    return task


def test_what_happens_within_a_minute_is_one_mail(record, clerk, reviewer):
    tell([clerk], NoticeKind.APPROVED, "甲", link="/a/")
    tell([clerk], NoticeKind.PUBLISHED, "乙", link="/b/")
    task = Task.objects.get(kind="mail")
    assert task.not_before is not None
    assert task.not_before > timezone.now()
    assert not run(task.pk)
    assert run(due().pk)
    (message,) = mail.outbox
    assert message.subject == "部门预算公开：2 条通知"
    assert message.to == [clerk.email]
    assert "1. 甲\n   http://127.0.0.1:8000/a/" in message.body
    assert "http://127.0.0.1:8000/notifications/settings/" in message.body
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_a_mail_does_not_quote_the_disclosure(record, clerk, reviewer, settings):
    settings.SITE_URL = "https://budget.example.cn/"
    workflow.return_for_correction(reviewer, record.pk, "三公经费 123.45 万元不对")
    run(due().pk)
    (message,) = mail.outbox
    assert message.subject == "“青山市档案馆 2026 年”被退回，请修改后重新提交"
    assert "123.45" not in message.body
    assert f"https://budget.example.cn/disclosures/{record.pk}/" in message.body


def test_nothing_goes_to_who_may_not_see_it_any_more(record, clerk, reviewer):
    workflow.return_for_correction(reviewer, record.pk, "请修改")
    clerk.department = Department.objects.create(name="别的局")
    clerk.save()
    run(due().pk)
    assert mail.outbox == []


def test_what_was_read_meanwhile_is_not_mailed(clerk):
    tell([clerk], NoticeKind.APPROVED, "甲")
    Notification.objects.update(read_at=timezone.now())
    run(due().pk)
    assert mail.outbox == []


def test_a_second_run_sends_nothing(clerk):
    tell([clerk], NoticeKind.APPROVED, "甲")
    assert [mail_to(clerk), mail_to(clerk), len(mail.outbox)] == [1, 0, 1]


class _Killed(BaseException):
    """The worker's death."""


def test_a_worker_that_dies_between_two_people_mails_each_once(clerk, colleague, monkeypatch):
    """The digest's first mail is out when the worker dies; the next run sends the second and not the first."""
    NoticePreference.objects.bulk_create(
        NoticePreference(user=user, group="work", way="digest") for user in (clerk, colleague)
    )
    tell([clerk, colleague], NoticeKind.APPROVED, "甲")
    sending = EmailMessage.send

    def die_at_the_second(message: EmailMessage, **options: object) -> int:
        if mail.outbox:
            raise _Killed
        return sending(message)

    monkeypatch.setattr(EmailMessage, "send", die_at_the_second)
    task = tasks.enqueue("mail_digest")
    with pytest.raises(_Killed):
        run(task.pk)
    monkeypatch.setattr(EmailMessage, "send", sending)
    Task.objects.filter(pk=task.pk).update(state="queued")  # as the reaper does
    assert run(task.pk)
    assert sorted(message.to[0] for message in mail.outbox) == sorted([clerk.email, colleague.email])


def test_a_mail_sent_again_keeps_its_name(clerk, monkeypatch):
    """Death between sending and noting it: mail systems know the doubled mail by its Message-ID."""
    tell([clerk], NoticeKind.APPROVED, "甲")
    sending = EmailMessage.send

    def die_after(message: EmailMessage, **options: object) -> int:
        sending(message)
        raise _Killed

    monkeypatch.setattr(EmailMessage, "send", die_after)
    with pytest.raises(_Killed):
        mail_to(clerk)
    monkeypatch.setattr(EmailMessage, "send", sending)
    assert mail_to(clerk) == 0  # it might be alive still
    assert mail_to(clerk, again=True) == 1
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_the_digest_gathers_the_day_and_leaves_who_wants_nothing(clerk, colleague, reviewer, make):
    make("无邮箱", Role.CLERK, email="")
    for user, way in ((clerk, "digest"), (colleague, "none"), (reviewer, "in_app")):
        NoticePreference.objects.create(user=user, group="work", way=way)
    for subject in ("甲", "乙"):
        tell([clerk, colleague, reviewer], NoticeKind.APPROVED, subject)
    assert not Task.objects.filter(kind="mail").exists()
    assert ended("mail_digest").result == {"words": "发出 1 封"}
    assert [message.to for message in mail.outbox] == [[clerk.email]]
    assert not Notification.objects.filter(user=colleague).exists()
    assert Notification.objects.filter(user=reviewer).count() == 2


def test_one_address_out_of_reach_does_not_hold_up_the_others(clerk, colleague, monkeypatch):
    for user in (clerk, colleague):
        NoticePreference.objects.create(user=user, group="work", way="digest")
    tell([clerk, colleague], NoticeKind.APPROVED, "甲")
    sending = EmailMessage.send

    def refuse_one(message: EmailMessage, **options: object) -> int:
        if message.to == [clerk.email]:
            raise SMTPServerDisconnected
        return sending(message)

    monkeypatch.setattr(EmailMessage, "send", refuse_one)
    task = ended("mail_digest")
    assert (task.state, task.result["words"]) == ("done", "发出 1 封，1 人的没有发出，下次再试")
    assert [message.to for message in mail.outbox] == [[colleague.email]]


def test_a_subject_cannot_bring_headers_of_its_own(clerk):
    tell([clerk], NoticeKind.APPROVED, "甲\r\nBcc: somebody@example.cn")
    mail_to(clerk)
    assert mail.outbox[0].subject == "甲 Bcc: somebody@example.cn"
    assert mail.outbox[0].recipients() == [clerk.email]
