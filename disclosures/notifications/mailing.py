"""E-mails: what waits for one person goes out as one plain-text mail.

A mail is named in its notifications before it is sent and noted after. A worker that dies before sending leaves it
to the next run; one that dies in the moment between sending and noting lets it be sent again under the same
Message-ID, by which mail systems know it again: a doubled notice is better than none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from disclosures import tasks
from disclosures.models import NoticeWay, Notification, User
from disclosures.tasks.delivering import delivered

from .delivery import MAIL
from .inbox import inbox
from .kinds import MAILED_WITH_TEXT

DIGEST = "mail_digest"
LEFT = timedelta(minutes=3)  # after this nobody sends a mail any more that is not noted: a task has less time
_MOST_IN_ONE = 100
_LARGEST_FILE = 5_000_000  # bytes; what is larger is to be had by its link


def mail_to(user: User, *, digest: bool = False, again: bool = False) -> int:
    """Send a person what waits to be mailed; how many mails.

    `digest`: also what is gathered for the day. `again`: an earlier run of the same task is known to be dead, so
    what it began is taken over at once.
    """
    if not user.email or not user.is_active:
        return 0
    sent = 0
    for mail in _mails(user, digest=digest, again=again):
        _send(user, mail)
        sent += 1
    return sent


def waiting(*, digest: bool) -> QuerySet[Notification]:
    """What is to be mailed and still unread; read ones need no mail any more."""
    ways = (NoticeWay.AT_ONCE, NoticeWay.DIGEST) if digest else (NoticeWay.AT_ONCE,)
    return Notification.objects.filter(way__in=ways, mailed_at=None, read_at=None)


def people_waiting() -> QuerySet[User]:
    """Whose mail waits for the day's round."""
    waits = waiting(digest=True).values("user")
    return User.objects.filter(pk__in=waits, is_active=True).exclude(email="").order_by("pk")


def _mails(user: User, *, digest: bool, again: bool) -> Iterator[str]:
    """The names of a person's unsent mails: first those that a dead run left, then new ones."""
    now = timezone.now()
    begun = Notification.objects.filter(user=user, mailed_at=None).exclude(mail="")
    left = begun if again else begun.filter(mail_taken_at__lt=now - LEFT)
    for mail, taken in left.order_by().values_list("mail", "mail_taken_at").distinct():
        if begun.filter(mail=mail, mail_taken_at=taken).update(mail_taken_at=now):
            yield mail
    while True:
        fresh = inbox(user).filter(pk__in=waiting(digest=digest).filter(user=user, mail=""))
        chosen = list(fresh.values_list("pk", flat=True)[:_MOST_IN_ONE])
        mail = uuid.uuid4().hex
        mine = Notification.objects.filter(pk__in=chosen, mail="")
        if not mine.update(mail=mail, mail_taken_at=timezone.now()):
            return
        yield mail


def _send(user: User, mail: str) -> None:
    mine = Notification.objects.filter(user=user, mail=mail)
    items = list(inbox(user).filter(mail=mail).order_by("pk"))
    if items:
        message = EmailMessage(
            subject=items[0].headline if len(items) == 1 else f"部门预算公开：{len(items)} 条通知",
            body=body(user, items),
            to=[user.email],
            headers={"Message-ID": f"<{mail}@{_host()}>", "Auto-Submitted": "auto-generated"},
        )
        for item in items:
            if item.kind in MAILED_WITH_TEXT and (file := delivered(user, item.key, _LARGEST_FILE)):
                message.attach(*file)
        message.send()
    mine.update(mailed_at=timezone.now())


def body(user: User, items: list[Notification]) -> str:
    """The mail's text: subjects and links; the text only of what was made for mails."""
    parts = [f"{user}，您好：", ""]
    for number, item in enumerate(items, start=1):
        parts.append(f"{number}. {item.headline}" if len(items) > 1 else item.headline)
        if item.text and item.kind in MAILED_WITH_TEXT:
            parts += [f"   {line}" for line in item.text.splitlines()]
        if item.link:
            parts.append(f"   {absolute(item.link)}")
    parts += [
        "",
        "登录后可以查看详情；不想再收到这类邮件，可以在“通知方式”中修改：",
        absolute(reverse("notification_settings")),
    ]
    return "\n".join(parts)


def absolute(link: str) -> str:
    """An address of this site as it stands in a mail."""
    return f"{settings.SITE_URL.rstrip('/')}{link}"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def run_mail(context: tasks.TaskContext) -> dict[str, Any]:
    """Send one person's mail."""
    user = User.objects.filter(pk=context.params["user"]).first()
    return {"mails": mail_to(user, again=context.attempt > 1) if user else 0}


def run_digests(context: tasks.TaskContext) -> dict[str, Any]:
    """Send everybody's; an address that cannot be reached does not hold up the others."""
    people = list(people_waiting())
    sent = failed = 0
    for number, user in enumerate(people):
        context.check_cancelled()
        context.progress(number, len(people), "正在发送邮件")
        try:
            sent += mail_to(user, digest=True, again=context.attempt > 1)
        except (SMTPException, OSError):
            failed += 1
    words = f"发出 {sent} 封" + (f"，{failed} 人的没有发出，下次再试" if failed else "")
    if failed and not sent:
        raise tasks.TaskFailedError("邮件没有发出，请检查邮件服务器的设置")
    return {"words": words}


def register_mail() -> None:
    """Called when the app starts."""
    unsent = (SMTPException, OSError)
    tasks.register_bulk(MAIL, "发送邮件", run_mail, 60, grace=30, attempts=5, transient=unsent)
    tasks.register_bulk(DIGEST, "每日邮件汇总", run_digests, 1800, grace=30, attempts=5, transient=unsent)
